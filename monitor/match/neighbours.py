"""What right beside a name says that it is another name, a street or a firm."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.match.candidate import Candidate, Way
from monitor.match.lexicon import Lexicon, lexicon
from monitor.match.page import Gap, Page

_FIRM = re.compile(
    r"'?s?[ ]{1,2}(?:(?:aps|a/s|i/s|k/s|p/s|ivs|holding|invest)\b|(?:&|og) (?:co|søn))"
)
_LONGEST_FIRM = 16
_SURELY_STREETS = frozenset({"vej", "vejen", "gade", "stræde", "boulevard"})
_LISTED = (Way.SURNAME_FIRST, Way.SWAPPED)


def refusal(found: Candidate, page: Page) -> str | None:
    """Why a candidate is none after all, as a code; None when nothing says so."""
    if found.way in (Way.EMAIL, Way.PROFILE_URL):
        return None
    if _is_street(found, page):
        return "street"
    end = found.end
    if _FIRM.match(page.folded[end : end + _LONGEST_FIRM]):
        return "firm"
    if found.way in _LISTED:
        return _in_list(found, page)
    if Gap.LINE in found.gaps and _alone_on_lines(found, page):
        return "separate_lines"
    return _everyday(found, page)


def _is_street(found: Candidate, page: Page) -> bool:
    after = found.last + 1
    if after >= len(page.tokens) or page.gap(found.last) is not Gap.SPACE:
        return False
    word = page.tokens[after].word
    if word not in lexicon().streets:
        return False
    numbered = after + 1 < len(page.tokens) and page.tokens[after + 1].word[0].isdigit()
    return word in _SURELY_STREETS or page.capital(after) or numbered


def _in_list(found: Candidate, page: Page) -> str | None:
    """Whether words before or after claim a part of it for another name.

    In "Mette Hansen, Malthe Kringelbæk" nobody is called Malthe Hansen.
    """
    lex = lexicon()
    if found.first > 0:
        before, gap = found.first - 1, page.gap(found.first - 1)
        if gap is Gap.SPACE and _is_name(page, before, lex):
            return "other_name"
        if gap is Gap.COMMA and _is_name(page, before, lex):
            return "list"
    after = found.last + 1
    if after < len(page.tokens):
        gap = page.gap(found.last)
        if gap is Gap.SPACE and page.capital(after) and _may_be_surname(page, after):
            return "other_name"
        if gap is Gap.COMMA and _is_name(page, after, lex):
            return "list"
    return None


def _is_name(page: Page, number: int, lex: Lexicon) -> bool:
    word = page.tokens[number].word
    return page.capital(number) and (
        len(word) == 1 or lex.is_given(word) or lex.is_family(word)
    )


def _may_be_surname(page: Page, number: int) -> bool:
    return page.tokens[number].word not in lexicon().everyday


def _alone_on_lines(found: Candidate, page: Page) -> bool:
    """Whether a name broken over lines has no other word on either of them."""
    start = page.folded.rfind("\n", 0, found.start) + 1
    end = page.folded.find("\n", found.end)
    line_end = len(page.folded) if end < 0 else end
    around = page.folded[start : found.start] + page.folded[found.end : line_end]
    return not any(char.isalnum() for char in around)


def _everyday(found: Candidate, page: Page) -> str | None:
    """Small everyday words are no name: "Signe av", "Maja sand", "bo skov"."""
    if found.family is None or Gap.TIGHT in found.gaps or page.capital(found.last):
        return None
    lex = lexicon()
    first, last = page.tokens[found.first].word, page.tokens[found.last].word
    if not page.capital(found.first):
        both = lex.means_something(first) and lex.means_something(last)
        return "everyday_word" if both else None
    doubtful = found.family.edits > 0 and len(last) < _SHORT_TYPO
    meant = doubtful or len(last) < _SHORT or lex.means_something(last)
    return "everyday_word" if meant else None


_SHORT = 4
_SHORT_TYPO = 6  # letters under which a small misspelt word is rather another


def weights(found: Candidate, page: Page) -> Iterator[tuple[str, float]]:
    """What beside a candidate makes it a longer, different name, with weights."""
    if found.form is None or found.way is Way.SINGLE:
        return
    lex = lexicon()
    after = found.last + 1
    if after < len(page.tokens) and found.way not in _LISTED:
        word, between = page.tokens[after].word, page.between(found.last)
        if between == "-" and (lex.is_family(word) or lex.is_given(word)):
            yield "hyphen_after", -0.34
        elif between == " " and lex.is_family(word) and _alike(found, page, after):
            yield "longer_name_after", -0.34
    if found.first > 0:
        word, between = page.tokens[found.first - 1].word, page.between(found.first - 1)
        if between == "-" and lex.is_given(word):
            yield "hyphen_before", -0.34
        elif (
            between == " "
            and lex.is_given(word)
            and _alike(found, page, found.first - 1)
        ):
            yield "longer_name_before", -0.32


def _alike(found: Candidate, page: Page, number: int) -> bool:
    """Whether a neighbour is written as a name here: with a capital, if the name is."""
    if page.capital(found.first):
        return page.capital(number)
    return page.tokens[number].word not in lexicon().everyday
