from __future__ import annotations

import pytest

from monitor.match.page import Gap, Page


@pytest.mark.parametrize(
    ("between", "gap"),
    [
        (" ", Gap.SPACE),
        ("\u00a0 \t", Gap.SPACE),
        ("\u200b \u00ad", Gap.SPACE),
        ("-", Gap.HYPHEN),
        (" – ", Gap.HYPHEN),
        ("_", Gap.TIGHT),
        (".", Gap.TIGHT),
        (". ", Gap.DOT),
        ("\n", Gap.LINE),
        (" \r\n ", Gap.LINE),
        (", ", Gap.COMMA),
        (",\n", Gap.COMMA),
        ("! ", Gap.SENTENCE_END),
        (".\n", Gap.SENTENCE_END),
        ("\n\n", Gap.BLANK_LINE),
        (".\n \n", Gap.BLANK_LINE),
        (" & ", Gap.OTHER),
        (" " * 30, Gap.OTHER),
    ],
)
def test_what_stands_between_two_words_is_told(between: str, gap: Gap) -> None:
    assert Page(f"a{between}b").gap(0) is gap


def test_letters_around_a_word_are_those_of_the_text() -> None:
    page = Page("@Malthe kringelbæk.")
    assert (page.before(0), page.after(1)) == ("@", ".")
    assert (page.before(1), Page("a").before(0), Page("a").after(0)) == (" ", "", "")
    assert (page.capital(0), page.capital(1)) == (True, False)
