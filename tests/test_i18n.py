"""Codes become sentences in the reader's language, and never fail to."""

from __future__ import annotations

import gettext
import os
import threading
from collections.abc import Iterator

import pytest

from monitor import i18n
from monitor.types import MatchReason, Param, Reason
from monitor.wording import WORDING


@pytest.fixture(autouse=True)
def language(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LANGUAGE", "")
    before, domain = i18n.current(), gettext.textdomain()
    yield
    i18n.use(before)
    gettext.textdomain(domain)


def test_code_is_said_in_the_chosen_language() -> None:
    unknown = Reason("hit_unknown", {"hit": 7})
    i18n.use("en")
    assert i18n.say(unknown).startswith("There is no hit 7.")
    i18n.use("da")
    danish = i18n.say(unknown)
    assert "7" in danish
    assert danish != i18n.say(unknown, "en")
    assert i18n.say(MatchReason("rare_name", 0.1), "en") == WORDING["rare_name"]


def test_states_are_named_as_people_call_them() -> None:
    params: dict[str, Param] = {
        "letter": 7,
        "state": "draft",
        "needed": "approved, sent",
    }
    wrong = Reason("letter_wrong_state", params)
    danish = i18n.say(wrong, "da")
    assert "kladde" in danish
    assert "godkendt, sendt" in danish
    moved = Reason("case_cannot_move", {"case": 1, "state": "closed", "to": "newer"})
    assert "“closed”" not in i18n.say(moved, "da")
    assert "newer" in i18n.say(moved, "da")


def test_what_was_not_kept_with_a_code_leaves_a_gap() -> None:
    i18n.use("en")
    assert i18n.say_kept("hit_unknown").startswith("There is no hit ….")


def test_language_of_one_call_changes_no_other() -> None:
    i18n.use("da")
    reason = Reason("hit_unknown", {"hit": 7})
    assert i18n.say(reason, "en") != i18n.say(reason)
    assert i18n.current() == "da"


@pytest.mark.parametrize("told", ["sv", "", "DA", "../da", "en_GB"])
def test_unknown_language_means_english(told: str) -> None:
    i18n.use(told)
    assert i18n.current() == "en"
    assert i18n._("Nothing here.") == "Nothing here."


def test_code_of_an_older_version_is_shown_as_it_is() -> None:
    assert i18n.say(Reason("no_longer_known", {"hit": 1})) == "no_longer_known"


@pytest.mark.parametrize("params", [{}, {"other": 1}])
def test_sentence_with_a_gap_unfilled_is_shown_all_the_same(
    params: dict[str, int],
) -> None:
    assert "{hit}" in i18n.say(Reason("hit_unknown", params), "en")


def test_what_fills_a_gap_is_not_read_as_a_gap() -> None:
    reason = Reason("outcome_unknown", {"outcome": "{hit} {0.__class__}"})
    assert "“{hit} {0.__class__}”" in i18n.say(reason, "en")


def test_one_and_many_have_their_own_words() -> None:
    one, many = "{value!r} is not {choice}.", "{value!r} is not one of {choices}."
    i18n.use("en")
    assert [i18n.plural(one, many, n) for n in (1, 2, 0)] == [one, many, many]
    i18n.use("da")
    danish = [i18n.plural(one, many, n) for n in (1, 2)]
    assert len({one, many, *danish}) == 4


def test_tasks_side_by_side_keep_their_languages() -> None:
    i18n.use("en")
    heard = []

    def other() -> None:
        i18n.use("da")
        heard.append(i18n.current())

    task = threading.Thread(target=other)
    task.start()
    task.join()
    assert heard == ["da"]
    assert i18n.current() == "en"


def test_libraries_follow_the_chosen_language() -> None:
    for language, same in (("da", False), ("en", True)):
        i18n.use(language)
        i18n.lead_libraries()
        assert os.environ["LANGUAGE"] == language
        assert (gettext.gettext("Usage:") == "Usage:") is same


def test_marked_text_is_the_text_itself() -> None:
    assert i18n.N_("Nothing here.") == "Nothing here."
