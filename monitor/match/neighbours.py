"""What right beside a name says that it is another name, a street or a firm."""

from __future__ import annotations

import re

from monitor.match.candidate import Candidate, Way
from monitor.match.index import How
from monitor.match.lexicon import Rarity, lexicon
from monitor.match.page import Gap, Page

_FIRM = re.compile(
    r"'?s?[ ]{1,2}(?:(?:aps|a/s|i/s|k/s|p/s|ivs|holding|invest|vvs|byg|auto|consult)\b"
    r"|(?:&|og) (?:co|søn)|(?:minde)?(?:legat|fond)(?:et|en)?\b)"
)
_FIRMS_BEFORE = ("firmaet", "firma", "fonden", "legatet")
_LONGEST_FIRM = 16
_SURELY_STREETS = frozenset({"vej", "vejen", "gade", "stræde", "boulevard"})
_LISTED = (Way.SURNAME_FIRST, Way.SWAPPED)
_SLUG = frozenset((Gap.TIGHT, Gap.HYPHEN))
_BREAKS = (Gap.LINE, Gap.BLANK_LINE)
_CLAIMS = {Gap.SPACE: "other_name", Gap.COMMA: "list"}
_ALONE = (Way.SURNAME_FIRST, Way.INSIDE, Way.SINGLE, Way.GIVEN)


def refusal(found: Candidate, page: Page, context_word: str | None) -> str | None:
    """Why a candidate is none after all, as a code; None when nothing says so.

    A ``context_word`` that follows is no further surname.
    """
    if found.way in (Way.EMAIL, Way.PROFILE_URL):
        return None
    checks = (_street, _firm, _in_list, _lines, _nickname, _before, _everyday)
    code = next((code for check in checks if (code := check(found, page))), None)
    return code or _after(found, page, context_word)


def _firm(found: Candidate, page: Page) -> str | None:
    beside = page.folded[found.end : found.end + _LONGEST_FIRM]
    beside_it = found.first > 0 and page.gap(found.first - 1) is Gap.SPACE
    before = page.tokens[found.first - 1].word if beside_it else ""
    is_firm = _FIRM.match(beside) or before.endswith(_FIRMS_BEFORE)
    return "firm" if is_firm else None


def _street(found: Candidate, page: Page) -> str | None:
    after = found.last + 1
    if after >= len(page.tokens) or page.gap(found.last) is not Gap.SPACE:
        return None
    word = page.tokens[after].word
    if word not in lexicon().streets:
        return None
    numbered = after + 1 < len(page.tokens) and page.tokens[after + 1].word[0].isdigit()
    meant = word in _SURELY_STREETS or page.capital(after) or numbered
    return "street" if meant else None


def _in_list(found: Candidate, page: Page) -> str | None:
    """Whether words before or after claim a part of it for another name.

    In "Mette Hansen, Malthe Kringelbæk" nobody is called Malthe Hansen.
    """
    if found.way not in _LISTED:
        return _in_register(found, page)
    lex, first = lexicon(), page.tokens[found.first].word
    in_cells = "\t" in page.folded[found.start : found.end]
    given_first = lex.is_given(first) and first not in lex.family
    if found.way is Way.SWAPPED and given_first and not in_cells:
        return "other_name"
    return _claimed_before(found, page) or _claimed_after(found, page)


def _in_register(found: Candidate, page: Page) -> str | None:
    """In "Sørensen, Anette Østergaard" nobody has the surname Østergaard."""
    before = found.first - 1
    if before < 0 or not found.missing() or page.gap(before) is not Gap.COMMA:
        return None
    start = page.tokens[before].start
    first = (
        before == 0
        or page.gap(before - 1) in _BREAKS
        or page.folded[max(0, start - 2) : start].strip(" ") in ("\n", "-", "\t")
    )
    is_surname = lexicon().is_family(page.tokens[before].word)
    return "list" if first and is_surname and page.capital(before) else None


def _claimed_before(found: Candidate, page: Page) -> str | None:
    before = found.first - 1
    if before < 0 or not _is_name(page, before):
        return None
    return _CLAIMS.get(page.gap(before))


def _claimed_after(found: Candidate, page: Page) -> str | None:
    after = found.last + 1
    if after >= len(page.tokens):
        return None
    gap = page.gap(found.last)
    if page.between(found.last) == "-" and _may_be_name(page, after):
        return "hyphen_after"
    if gap is Gap.SPACE and page.capital(after) and _may_be_surname(page, after):
        return "other_name"
    return "list" if gap is Gap.COMMA and _is_name(page, after) else None


def _is_name(page: Page, number: int) -> bool:
    lex, word = lexicon(), page.tokens[number].word
    return page.capital(number) and (
        len(word) == 1 or lex.is_given(word) or lex.is_family(word)
    )


def _may_be_surname(page: Page, number: int) -> bool:
    return page.tokens[number].word not in lexicon().everyday


def _lines(found: Candidate, page: Page) -> str | None:
    """A name broken over lines that has no other word on either of them."""
    if Gap.LINE not in found.gaps or found.way in _LISTED:
        return None
    start = page.folded.rfind("\n", 0, found.start) + 1
    end = page.folded.find("\n", found.end)
    line_end = len(page.folded) if end < 0 else end
    around = page.folded[start : found.start] + page.folded[found.end : line_end]
    return None if any(char.isalnum() for char in around) else "separate_lines"


def _everyday(found: Candidate, page: Page) -> str | None:
    """Small everyday words are no name: "Signe av", "Maja sand", "bo skov"."""
    in_slug = found.gaps <= _SLUG
    if found.family is None or found.way in _LISTED or in_slug:
        return None
    if page.capital(found.last):
        return None
    lex = lexicon()
    first, last = page.tokens[found.first].word, page.tokens[found.last].word
    if not page.capital(found.first):
        if first + last in lex.everyday:
            return "everyday_word"
        both = lex.means_something(first) and lex.means_something(last)
        return "everyday_word" if both else None
    doubtful = found.family.edits > 0 and len(last) < _SHORT_TYPO
    meant = doubtful or len(last) < _SHORT or lex.means_something(last)
    return "everyday_word" if meant else None


_SHORTEST_NAME = 2
_LONGEST_SHORT = 5  # letters up to which capitals alone are rather an abbreviation
_SHORT = 4
_SHORT_TYPO = 6  # letters under which a small misspelt word is rather another


def _nickname(found: Candidate, page: Page) -> str | None:
    """A short form that many bear as their own name, with the same surname."""
    given, family = found.given, found.family
    if given is None or family is None or given.how is not How.NICKNAME:
        return None
    lex, nickname = lexicon(), page.tokens[found.first].word
    surname = found.form.family_name if found.form else family.part
    if lex.is_given(nickname):
        return "common_nickname" if lex.bearers(nickname, surname) >= 1 else None
    rare = lex.rarity(nickname, surname) is Rarity.RARE
    return None if rare else "common_nickname"


def _after(found: Candidate, page: Page, context_word: str | None) -> str | None:
    """A further surname that makes it the beginning of a longer, different name."""
    after = found.last + 1
    if found.form is None or found.way in _ALONE or after >= len(page.tokens):
        return None
    between = page.between(found.last)
    if between == "-" and _may_be_name(page, after):
        return "hyphen_after"
    initial = found.family is not None and found.family.how is How.INITIAL
    if initial and _is_middle_initial(page, found.last):
        return "longer_name_after"
    start = page.tokens[after].start
    if between != " " or (context_word and page.text.startswith(context_word, start)):
        return None
    further = _is_surname(page, after) or _is_unknown(page, after)
    longer = further and not _begins_name(page, after) and _alike(found, page, after)
    return "longer_name_after" if longer else None


def _before(found: Candidate, page: Page) -> str | None:
    """A further first name that makes it the end of a longer, different name."""
    if found.form is None or found.way in (Way.SINGLE, Way.GIVEN) or not found.first:
        return None
    before = found.first - 1
    between = page.between(before)
    is_given = lexicon().is_given(page.tokens[before].word)
    if (between == "-" and _may_be_name(page, before)) or (
        between in ("-", ".", "_") and is_given
    ):
        return "hyphen_before"
    initial = found.given is not None and found.given.how is How.INITIAL
    further = is_given or (initial and _is_unknown(page, before))
    word = page.tokens[before].word
    small = not page.capital(before) and word in lexicon().also_words
    if between == " " and further and not small and _alike(found, page, before):
        return "longer_name_before"
    return None


def _is_unknown(page: Page, number: int) -> bool:
    """Whether a word with a capital is none that is known but as a name."""
    lex, word = lexicon(), page.tokens[number].word
    written = page.text[page.tokens[number].start : page.tokens[number].end]
    if len(word) < _SHORTEST_NAME or not word.isalpha() or lex.is_role(word):
        return False
    if written.isupper() and len(word) < _LONGEST_SHORT:
        return False
    return page.capital(number) and word not in lex.everyday


def _begins_name(page: Page, number: int) -> bool:
    """Whether a first name follows that has a surname of its own."""
    after = number + 1
    return (
        lexicon().is_given(page.tokens[number].word)
        and after < len(page.tokens)
        and page.gap(number) is Gap.SPACE
        and page.capital(after)
    )


def _may_be_name(page: Page, number: int) -> bool:
    """Whether a word is a known name, or has a capital and is no everyday word."""
    lex, word = lexicon(), page.tokens[number].word
    if lex.is_given(word) or lex.is_family(word):
        return True
    return page.capital(number) and word.isalpha() and word not in lex.everyday


def _is_middle_initial(page: Page, number: int) -> bool:
    """Whether a surname follows an initial: Hanne N. Møller is no Hanne Nielsen."""
    after = number + 1
    if page.gap(number) not in (Gap.SPACE, Gap.DOT, Gap.TIGHT):
        return False
    if not page.capital(after):
        return False
    return _is_surname(page, after) or _may_be_surname(page, after)


def _is_surname(page: Page, number: int) -> bool:
    lex, word = lexicon(), page.tokens[number].word
    stem = word.removesuffix("s")
    return lex.is_family(word) or lex.is_family(stem) or lex.is_compound(stem)


def _alike(found: Candidate, page: Page, number: int) -> bool:
    """Whether a neighbour is written as a name here: with a capital, if the name is."""
    if page.capital(found.first):
        return page.capital(number)
    return page.tokens[number].word not in lexicon().everyday
