"""Values of fields become plain text, and gaps are named all at once."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.errors import Refused
from monitor.letters.fields import FIELDS, checked, clean, meaning
from monitor.wording import WORDING


def test_controls_and_direction_changes_are_dropped() -> None:
    assert clean("a\x00b\x1b[31m\u202ec\u2066d\ufeff\u200e") == "ab[31mcd"


def test_every_kind_of_line_end_becomes_one() -> None:
    assert clean("a\r\nb\rc\u2028d\x85e\x0bf") == "a\nb\nc\nd\ne\nf"


def test_spaces_are_single_and_letters_composed() -> None:
    assert clean("  A\u030arhus \t\u00a0 by ") == "Århus by"


def test_compound_emoji_stay_whole() -> None:
    assert clean("👨‍👩‍👧") == "👨‍👩‍👧"


@given(st.text())
@example("0 \x08 0")
@example("e\x08\u0301")
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    hidden = {c for c in once if unicodedata.category(c).startswith("C")}
    assert hidden <= {"\n", "\u200c", "\u200d"}


def test_all_missing_and_empty_fields_are_named_together() -> None:
    with pytest.raises(Refused) as refusal:
        checked(
            "t1", frozenset({"url", "quote", "date"}), {"url": "", "date": "\u202e"}
        )
    assert refusal.value.reason.code == "letter_fields_missing"
    assert refusal.value.reason.params == {
        "template": "t1",
        "fields": "date, quote, url",
    }


def test_a_field_of_joiners_only_is_empty() -> None:
    with pytest.raises(Refused, match="letter_fields_missing"):
        checked("t1", frozenset({"url"}), {"url": "\u200d \u200c"})


def test_values_nobody_asked_for_are_passed_over() -> None:
    assert checked("t1", frozenset({"url"}), {"url": "x", "colour": "red"}) == {
        "url": "x"
    }


@pytest.mark.parametrize(
    ("quote", "lines", "characters"),
    [("a\nb\nc", 3, 5), ("x" * 301, 1, 301)],
)
def test_a_long_quote_is_refused_with_its_size(
    quote: str, lines: int, characters: int
) -> None:
    with pytest.raises(Refused) as refusal:
        checked("t1", frozenset({"quote"}), {"quote": quote})
    assert refusal.value.reason.code == "letter_quote_too_long"
    assert refusal.value.reason.params["lines"] == lines
    assert refusal.value.reason.params["characters"] == characters


def test_a_quote_at_the_limit_is_accepted() -> None:
    quote = "x" * 149 + "\n" + "y" * 150
    assert checked("t1", frozenset({"quote"}), {"quote": quote}) == {"quote": quote}


@pytest.mark.parametrize("template_id", FIELDS)
def test_needed_fields_are_known_and_every_field_is_explained(template_id: str) -> None:
    fields = FIELDS[template_id]
    assert fields.needed <= fields.known
    assert all(meaning(name).code in WORDING for name in fields.known)
