"""Find the places in a page that may name somebody, by their words and order.

How much a place proves is left to ``score``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from operator import attrgetter
from urllib.parse import unquote

from monitor.match.fold import fold
from monitor.match.index import PARTICLES, Form, Index, Reading
from monitor.match.lexicon import lexicon
from monitor.match.page import Gap, Page

_REACH = 5  # words between which a name's first and last word may stand
_STEPS = frozenset((Gap.SPACE, Gap.LINE, Gap.HYPHEN, Gap.TIGHT, Gap.COMMA))


class Way(StrEnum):
    """How a name is written."""

    NATURAL = "natural"
    SURNAME_FIRST = "surname_first"
    SWAPPED = "swapped"
    SINGLE = "single"
    JOINED = "joined"
    EMAIL = "email"
    PROFILE_URL = "profile_url"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may name an entry, before it is judged.

    ``first`` and ``last`` number the words of the page that it covers; ``missing``
    are words of the name that were not found, ``added`` words between that are not
    of the name.
    """

    entry: int
    way: Way
    first: int
    last: int
    start: int
    end: int
    form: Form | None = None
    given: Reading | None = None
    family: Reading | None = None
    used: frozenset[int] = frozenset()
    middle_initials: int = 0
    added: int = 0
    added_initials: int = 0
    gaps: frozenset[Gap] = frozenset()


def candidates(index: Index, page: Page) -> Iterator[Candidate]:
    """Every place that may name an entry; the same place may come more than once."""
    for number, token in enumerate(page.tokens):
        readings = index.readings(token.word)
        if readings:
            yield from _around(index, page, number)
            yield from _singles(index, page, number, readings)
        if len(token.word) >= _SHORTEST_JOINED:
            yield from _joined(index, page, number)
    yield from addresses(index, page)


def _around(index: Index, page: Page, number: int) -> Iterator[Candidate]:
    """Pairs of a word that is a name part with words near it."""
    for other in _reach(index, page, number, 1):
        yield from _pairs(index, page, number, other)
    for other in _reach(index, page, number, -1):
        if not index.readings(page.tokens[other].word):
            yield from _pairs(index, page, other, number)


def _reach(index: Index, page: Page, number: int, step: int) -> Iterator[int]:
    """The words near one, as far as nothing but parts of a name stand between."""
    for other in range(number + step, number + step * (_REACH + 1), step):
        if not 0 <= other < len(page.tokens):
            return
        left = min(other, other - step)
        gap = page.gap(left)
        dotted = gap is Gap.DOT and len(page.tokens[left].word) == 1
        if not (gap in _STEPS or dotted):
            return
        yield other
        if not _may_stand_between(index, page.tokens[other].word):
            return


def _may_stand_between(index: Index, word: str) -> bool:
    lex = lexicon()
    return (
        len(word) == 1
        or word in PARTICLES
        or bool(index.readings(word))
        or lex.is_given(word)
        or lex.is_family(word)
    )


def _initial(page: Page, number: int) -> tuple[Reading, ...]:
    """A capital letter as somebody's initial; "I" only with a full stop."""
    word = page.tokens[number].word
    if len(word) != 1 or not page.capital(number):
        return ()
    if word == "i" and page.after(number) != ".":
        return ()
    return (Reading(f"{word}.", initial=True),)


def _pairs(index: Index, page: Page, left: int, right: int) -> Iterator[Candidate]:
    ones = index.readings(page.tokens[left].word)
    others = index.readings(page.tokens[right].word)
    read = chain(
        ((one, other) for one in ones for other in others),
        ((one, other) for one in _initial(page, left) for other in others),
        ((one, other) for one in ones for other in _initial(page, right)),
        _misspelt(index, page, right, ones),
        ((one, other) for other, one in _misspelt(index, page, left, others)),
    )
    for one, other in read:
        for form in index.pairs.get((one.part, other.part), ()):
            yield from _natural(index, page, form, (left, right), (one, other))
        for form in index.pairs.get((other.part, one.part), ()):
            yield from _reversed(index, page, form, (left, right), (other, one))


def _misspelt(
    index: Index, page: Page, number: int, exact: tuple[Reading, ...]
) -> Iterator[tuple[Reading, Reading]]:
    """Exact readings with what a word may be a misspelt partner of."""
    word = page.tokens[number].word
    for reading in exact:
        for typo in index.typos(word, reading.part):
            yield reading, typo


def _place(form: Form, family: Reading) -> int:
    """Which word of a form a reading stands for; the last, if it is several."""
    for number in range(len(form.words) - 1, 0, -1):
        word = form.words[number]
        if word == family.part or (family.initial and word[0] == family.part[0]):
            return number
    raise LookupError(family.part)  # pairs hold words of the form only


def _natural(
    index: Index,
    page: Page,
    form: Form,
    places: tuple[int, int],
    readings: tuple[Reading, Reading],
) -> Iterator[Candidate]:
    left, right = places
    given, family = readings
    gaps = {page.gap(n) for n in range(left, right)}
    if given.genitive or Gap.COMMA in gaps:
        return
    middle = _Middle(form, {0, _place(form, family)})
    if not all(middle.take(index, page, n) for n in range(left + 1, right)):
        return
    if not family.genitive and not family.initial:
        right = middle.extend(index, page, right)
    yield middle.candidate(page, Way.NATURAL, (left, right), readings, gaps)


def _reversed(
    index: Index,
    page: Page,
    form: Form,
    places: tuple[int, int],
    readings: tuple[Reading, Reading],
) -> Iterator[Candidate]:
    """ "Surname, First Middle", also with the comma left out."""
    left, right = places
    given, family = readings
    gaps = [page.gap(n) for n in range(left, right)]
    if family.genitive or given.initial or family.initial:
        return
    if not set(gaps) <= {Gap.COMMA, Gap.SPACE, Gap.HYPHEN} or gaps.count(Gap.COMMA) > 1:
        return
    if Gap.COMMA in gaps and gaps[-1] is not Gap.COMMA:
        return
    middle = _Middle(form, {0, _place(form, family)})
    if not all(middle.own(index, page, n) for n in range(left + 1, right)):
        return
    left = middle.extend_left(index, page, left)
    right = middle.extend(index, page, right)
    way = Way.SURNAME_FIRST if Gap.COMMA in gaps else Way.SWAPPED
    yield middle.candidate(page, way, (left, right), readings, set(gaps))


class _Middle:
    """The words of a form that were found, and what else stood between."""

    def __init__(self, form: Form, used: set[int]) -> None:
        self.form = form
        self.used = used
        self.initials = self.added = self.added_initials = 0

    def own(self, index: Index, page: Page, number: int) -> bool:
        """Take a word of the page as a word of the name not found before."""
        for reading in index.readings(page.tokens[number].word):
            if reading.genitive:
                continue
            for place, word in enumerate(self.form.words):
                if place not in self.used and word == reading.part:
                    self.used.add(place)
                    return True
        return False

    def take(self, index: Index, page: Page, number: int) -> bool:
        """Take a word between given and family name, if it may stand there."""
        word = page.tokens[number].word
        if self.own(index, page, number):
            return True
        if len(word) == 1:
            return page.capital(number) and self._initial(word)
        lex = lexicon()
        if self.added or not page.capital(number):
            return False
        self.added += 1
        return lex.is_given(word) or lex.is_family(word) or word in PARTICLES

    def _initial(self, letter: str) -> bool:
        for place, word in enumerate(self.form.words):
            if place not in self.used and word[0] == letter:
                self.used.add(place)
                self.initials += 1
                return True
        self.added_initials += 1
        return True

    def extend(self, index: Index, page: Page, right: int) -> int:
        """Take own words that follow, as in a double surname."""
        while right + 1 < len(page.tokens) and len(self.used) < len(self.form.words):
            if page.gap(right) not in (Gap.SPACE, Gap.HYPHEN):
                break
            if not self.own(index, page, right + 1):
                break
            right += 1
        return right

    def extend_left(self, index: Index, page: Page, left: int) -> int:
        """Take own words that stand before a surname written first."""
        while left > 0 and page.gap(left - 1) in (Gap.SPACE, Gap.HYPHEN):
            if not self.own(index, page, left - 1):
                break
            left -= 1
        return left

    def candidate(
        self,
        page: Page,
        way: Way,
        places: tuple[int, int],
        readings: tuple[Reading, Reading],
        gaps: set[Gap],
    ) -> Candidate:
        """What was found, as a value."""
        return Candidate(
            entry=self.form.entry,
            way=way,
            first=places[0],
            last=places[1],
            start=page.tokens[places[0]].start,
            end=page.tokens[places[1]].end,
            form=self.form,
            given=readings[0],
            family=readings[1],
            used=frozenset(self.used),
            middle_initials=self.initials,
            added=self.added,
            added_initials=self.added_initials,
            gaps=frozenset(gaps),
        )


def _singles(
    index: Index, page: Page, number: int, readings: tuple[Reading, ...]
) -> Iterator[Candidate]:
    for reading in readings:
        for form in index.single.get(reading.part, ()):
            yield _whole(page, form, number, Way.SINGLE, reading)


_SHORTEST_JOINED = 6
_TAGS = frozenset("@#")


def _joined(index: Index, page: Page, number: int) -> Iterator[Candidate]:
    """Names written as one word, as in handles and hashtags."""
    word = page.tokens[number].word
    for stem in dict.fromkeys(
        (word, word.rstrip("0123456789"), word.removesuffix("s"))
    ):
        for form in dict.fromkeys(index.joined.get(stem, ())):
            if page.before(number) in _TAGS or not lexicon().is_word(word):
                reading = Reading(stem, genitive=stem + "s" == word)
                yield _whole(page, form, number, Way.JOINED, reading)


def _whole(
    page: Page, form: Form, number: int, way: Way, reading: Reading
) -> Candidate:
    token = page.tokens[number]
    return Candidate(
        entry=form.entry,
        way=way,
        first=number,
        last=number,
        start=token.start,
        end=token.end,
        form=form,
        given=reading,
        used=frozenset(range(len(form.words))),
    )


_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")
_MOST_SEGMENTS = 4  # of a path that a profile address may have
_PATH = re.compile(r"/[^\s?#\"'<>()\[\]{}|]+")


def addresses(index: Index, page: Page) -> Iterator[Candidate]:
    """Exact e-mail addresses and profile paths of entries."""
    if index.emails and "@" in page.folded:
        for found in _EMAIL.finditer(page.folded):
            for entry in index.emails.get(found[0], ()):
                yield _address(page, entry, Way.EMAIL, found.span())
    if index.paths:
        for found in _PATH.finditer(page.folded):
            yield from _profiles(index, page, found)


def _profiles(index: Index, page: Page, found: re.Match[str]) -> Iterator[Candidate]:
    """The path of an address, or its beginning, as one that an entry gave."""
    address, offset = found[0], found.start()
    start = address.find("/", 2) if address.startswith("//") else 0
    if start < 0:
        return
    end = start
    for _ in range(_MOST_SEGMENTS):
        following = address.find("/", end + 1)
        end = len(address) if following < 0 else following
        path = fold(unquote(address[start + 1 : end])).rstrip(".,;:!*")
        for entry in index.paths.get(path, ()):
            stop = start + 1 + len(address[start + 1 : end].rstrip(".,;:!*"))
            place = (offset + start + 1, offset + stop)
            yield _address(page, entry, Way.PROFILE_URL, place)
        if following < 0:
            return


def _address(page: Page, entry: int, way: Way, place: tuple[int, int]) -> Candidate:
    start, end = place
    return Candidate(
        entry=entry,
        way=way,
        first=bisect_right(page.tokens, start, key=attrgetter("start")) - 1,
        last=bisect_left(page.tokens, end, key=attrgetter("start")) - 1,
        start=start,
        end=end,
    )
