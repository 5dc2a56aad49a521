"""Find the few places of a text that are worth reading closely, at the speed of C.

Every run between spaces is asked about once and remembered as one letter, so that a
text becomes a short row of letters, and rows that may hold a name are found in it.
Those places are read by ``names``, which finds in them what it finds in the whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, islice
from typing import NamedTuple

from monitor.match.addresses import SPOKEN, SPOKEN_ON, addresses
from monitor.match.context import ROLE_HINTS
from monitor.match.disguise import disguised
from monitor.match.fold import GONE, fold
from monitor.match.index import PARTICLES, SHORTEST_TYPO, UNMET, Index
from monitor.match.lexicon import Rarity, lexicon
from monitor.match.names import AT_WORK, REACH
from monitor.match.narrow import BEYOND, LINE, Narrow
from monitor.match.page import Page

# What a run of characters between spaces is.
_STOP = " "  # no name reaches over it, nor is it a misspelt one
_WORD = "w"  # no name reaches over it, but it may be a misspelt one
_NAME = "n"  # a name that nobody here bears: names of others reach over it
_MAYBE = "m"  # the same, but it may be a misspelt one
_PART = "p"  # a part of a name, to be read with what stands beside it
_LETTER = "l"  # one letter
_SEVERAL = "v"  # several words, none of them of a name
_SIGNS = "s"  # signs only
_SURE = "S"  # to be read whatever stands beside it
_AT_WORK = "a"  # what tells where a first name works, as "at" and "from" do
_BEYOND = "b"  # to be asked with characters that have no place in one byte
# A capital is for a word after which a name cannot go on.
# An unknown word may be a middle name, between two parts.
_ROWS = re.compile(
    "(?<![nmlvs])[nmlvs]*+(?:P|p(?:[nmplvs]|w(?=[nmlvs]*[pP]))*[NMP]?)|S"
)
_REACHED = frozenset("nmw")  # of words that are no parts, those that count at all
_TYPOS = ("w", "W")
_DOUBTFUL = re.compile("[mMlvwW]")
_ENDS = '.!?:;)]"»'
_TWO_LETTERS = re.compile(r"[^\W\d_]{2}")
# How two words may be of one name: in this order, the other way round, misspelt.
_NATURAL, _REVERSED, _MISSPELT = 1, 2, 4
_COMMON = 8  # so many people bear it that it is nothing without context
_MARGIN = 16  # runs either side of a spot within which names are judged
_MOST_JOINED = 8  # words of a name with hyphens
_LONGEST_KEPT = 64  # characters of a run that is worth remembering
_TYPO_REACH = 2
_L = r"[^\W_]"
_HEAD, _TAIL = r"[(\[\"'«»-]*", r"[,;:?!)\]\"'«»-]*+\.?[)\]\"'«»]*"
_SIMPLE = re.compile(rf"{_HEAD}[^\W\d_]+{_TAIL}")
_DOUBLE = re.compile(rf"{_HEAD}[^\W\d_]+(?:-[^\W\d_]+)+{_TAIL}")
_TAGS = frozenset("@#")
_LETTERS = re.compile(r"[^\W\d_]+")
_SPELLED = re.compile(rf"(?<!{_L}){_L}(?:(?:\W|_){{1,6}}+{_L}(?!{_L})){{3,}}")


class Spot(NamedTuple):
    """A place in a text that may be of a name.

    ``alone`` it may be disguised, and other parts of the name may stand around it.
    """

    start: int
    end: int
    alone: bool = False


@dataclass(slots=True)
class Stretch:
    """A stretch of a text to be read, with the spots for which it is."""

    start: int
    end: int
    spots: list[Spot]

    @property
    def hidden(self) -> bool:
        """Whether a disguised name may be in it."""
        return any(spot.alone for spot in self.spots)


@dataclass(frozen=True, slots=True)
class Whole:
    """What matters of a whole text: centres it is of or names; any context word."""

    centers: Callable[[], frozenset[str]]
    has_context: Callable[[], bool]


def stretches(index: Index, narrow: Narrow, whole: Whole) -> Iterator[Stretch]:
    """The stretches of a text outside of which no name is found, in order, apart."""
    begun: Stretch | None = None
    for spot in sorted(_spots(index, narrow, whole)):
        start, end = narrow.widened(spot.start, spot.end, _MARGIN)
        if begun is not None and start <= begun.end:
            begun.end = max(begun.end, end)
            begun.spots.append(spot)
            continue
        if begun is not None:
            yield begun
        begun = Stretch(start, end, [spot])
    if begun is not None:
        yield begun


def _spots(index: Index, narrow: Narrow, whole: Whole) -> Iterator[Spot]:
    runs = narrow.spaced.split(" ")
    kinds = "".join(map(index.told.__getitem__, runs))
    if UNMET in kinds or _BEYOND in kinds:
        kinds = _asked(index, narrow, runs, kinds=kinds)
    rows = Rows(index, runs, kinds, whole)
    place, at = -1, 0  # run number ``at`` begins at ``place`` of the text
    for first, last in sorted(rows.near_each_other()):
        if first > at:
            place, at = place + len(" ".join(runs[at:first])) + 1, first
        length = len(" ".join(runs[first : last + 1]))
        yield Spot(place, place + length, kinds[first] == _SURE)
    if _LETTER in kinds:
        for found in _SPELLED.finditer(narrow.exactly()):
            yield Spot(found.start(), found.end(), alone=True)
    yield from _broken(index, narrow)
    if index.emails:
        yield from _spoken(narrow)


def _asked(index: Index, narrow: Narrow, runs: list[str], *, kinds: str) -> str:
    """The kinds of all runs, those asked about that were not met before."""
    told = list(kinds)
    place = 0
    for number, run in enumerate(runs):
        if told[number] == UNMET:
            told[number] = _ask(index, run)
        if told[number] == _BEYOND:
            exactly = fold(narrow.text[place - 1 : place - 1 + len(run)])
            told[number] = _told(index, exactly)
        place += len(run) + 1
    return "".join(told)


def _told(index: Index, run: str) -> str:
    kind = index.told[run]
    return _ask(index, run) if kind == UNMET else kind


def _ask(index: Index, run: str) -> str:
    kind = _BEYOND if BEYOND in run else _kind(index, run)
    return index.told.keep(run, kind) if len(run) <= _LONGEST_KEPT else kind


def _kind(index: Index, run: str) -> str:
    """What a run of characters may be to a name, whatever stands around it."""
    if run == "i":  # only "I." may be an initial
        return _AT_WORK
    if _SIMPLE.fullmatch(run):
        (word,) = _LETTERS.findall(run)
        return _ended(run, _kind_of_word(index, word))
    page = Page(run, index.knows)
    words = [token.word for token in page.tokens]
    if _DOUBLE.fullmatch(run) and words == _LETTERS.findall(run):
        return _ended(run, _kind_of_double(index, words))
    if next(addresses(index, page), None) is not None:
        return _SURE
    if not _TAGS.isdisjoint(run) and any(map(index.inside, words)):
        return _SURE
    return _kind_of_several({_kind_of_word(index, word) for word in words})


def _kind_of_several(kinds: set[str]) -> str:
    """The kind of words that signs join."""
    if kinds & {_PART, _SURE}:
        return _SURE
    if _LETTER in kinds:
        return _LETTER
    if not kinds:
        return _SIGNS
    return _SEVERAL if kinds & _REACHED else _STOP


def _ended(run: str, kind: str) -> str:
    """The kind of a run that may end in a sign over which no name reaches."""
    last = max(map(run.rfind, _ENDS))
    ended = last > 0 and _TWO_LETTERS.search(run, 0, last) is not None
    return kind.upper() if kind in "nmwp" and ended else kind


def _kind_of_double(index: Index, words: list[str]) -> str:
    """The kind of words that hyphens join; what no name can be is read in full."""
    if len(words) > _MOST_JOINED:
        return _SURE
    kinds = {_kind_of_word(index, word) for word in words}
    initial = {_PART, _LETTER} <= kinds
    if (
        _SURE in kinds
        or initial
        or any(_pair(index, a, b) for a, b in combinations(words, 2))
    ):
        return _SURE
    for kind in (_PART, _LETTER):
        if kind in kinds:
            return kind
    if kinds == {_NAME}:
        return _NAME
    return _MAYBE if kinds & _REACHED else _STOP


def _kind_of_word(index: Index, word: str) -> str:
    if index.whole(word):
        return _SURE
    if readings := index.readings(word):
        single = any(reading.part in index.single for reading in readings)
        return _SURE if single else _PART
    if len(word) == 1:
        return _LETTER
    return _kind_of_another(word)


def _kind_of_another(word: str) -> str:
    """The kind of a word that is of nobody's name."""
    lex = lexicon()
    name = lex.is_given(word) or lex.is_family(word) or word in PARTICLES
    if len(word) >= SHORTEST_TYPO and not lex.is_word(word):
        return _MAYBE if name else _WORD
    if name:
        return _NAME
    return _AT_WORK if word in AT_WORK else _STOP


@dataclass(frozen=True, slots=True)
class Rows:
    """The runs of a text with their kinds, in which rows of names are looked for."""

    index: Index
    runs: list[str]
    kinds: str
    whole: Whole

    def near_each_other(self) -> Iterator[tuple[int, int]]:
        """The numbers of the first and last of runs that may be of one name."""
        kinds = self.kinds
        for row in _ROWS.finditer(kinds):
            first, last = row.span()
            if kinds[first] == _SURE:
                yield first, first
                continue
            before = kinds[first - 1 : first] in _TYPOS
            after = kinds[last : last + 1] in _TYPOS
            if last - first > 1:
                yield from self._parts(first, last)
            if before or after or _DOUBTFUL.search(kinds, first, last):
                yield from self._doubtful(first - before, last + after)
            if self._is_placed(first, last):
                yield from self._givens(first, last)

    def _parts(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Parts in a row with each that follows near and may be of the same name."""
        for number in range(first, last):
            if self.kinds[number] in "pP":
                yield from self._after(number, last)

    def _after(self, number: int, last: int) -> Iterator[tuple[int, int]]:
        distance = commas = 0
        for other in range(number + 1, last):
            commas += self.runs[other - 1][-1:] == ","
            distance += self.kinds[other] != _SIGNS
            if commas > 1 or distance > REACH:
                break
            if self.kinds[other] in "pP":
                pairing = _pairing(self.index, self.runs[number], self.runs[other])
                if pairing & _COMMON and self._stand_alone(number, other):
                    continue
                if pairing and _holds(pairing, commas=commas, distance=distance):
                    yield number, other

    def _stand_alone(self, number: int, other: int) -> bool:
        """Whether nothing makes more of two parts that very many people bear."""
        around = (
            self.kinds[max(0, number - 1) : number] + self.kinds[other + 1 : other + 2]
        )
        apart = "p" not in around.lower() and _DOUBTFUL.search(around) is None
        return apart and other == number + 1 and not self.whole.has_context()

    def _doubtful(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Parts of names near letters, or near words that may be misspelt parts."""
        for number in range(first, last):
            if self.kinds[number] in "pP":
                before = range(number - 1, first - 1, -1)
                for side in (before, range(number + 1, last)):
                    near = (n for n in side if self.kinds[n] != _SIGNS)
                    for distance, other in enumerate(islice(near, REACH), 1):
                        if self._may_be_part(number, other, distance):
                            yield min(number, other), max(number, other)

    def _may_be_part(self, number: int, other: int, distance: int) -> bool:
        kind = self.kinds[other]
        if kind in "lv":
            return True
        if kind not in "wWmM" or distance > _TYPO_REACH:
            return False
        return _pairing(self.index, self.runs[number], self.runs[other]) > 0

    def _is_placed(self, first: int, last: int) -> bool:
        """Whether a role stands by a row, or where somebody works after it."""
        near = self.runs[max(0, first - 2) : first] + self.runs[last : last + 1]
        by_role = ROLE_HINTS.in_any(near)
        at_work = self.kinds[last : last + 1] == _AT_WORK
        return by_role or at_work or "der" in self.runs[first:last]

    def _givens(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """First names that may be meant when they stand alone."""
        for number in range(first, last):
            if self.kinds[number] in "pP":
                parts = _read(self.index, self.runs[number])[1]
                if any(self._is_given(part) for part in parts):
                    yield number, number

    def _is_given(self, part: str) -> bool:
        givens = self.index.givens
        return (part, "") in givens or any(
            (part, c) in givens for c in self.whole.centers()
        )


def _holds(pairing: int, *, commas: int, distance: int) -> bool:
    """Whether two parts may be of one name with so much between them."""
    if pairing & _MISSPELT and distance <= _TYPO_REACH:
        return True
    return bool(pairing & _REVERSED) or (not commas and bool(pairing & _NATURAL))


def _pairing(index: Index, run: str, other: str) -> int:
    """How two runs may be parts of one name."""
    known = index.paired.get((run, other))
    if known is None:
        known = index.paired.keep((run, other), _pair(index, run, other))
    return known


def _pair(index: Index, run: str, other: str) -> int:
    words, parts = _read(index, run)
    others, other_parts = _read(index, other)
    both = [(a, b) for a in parts for b in other_parts]
    misspelt = any(index.typos(word, part) for word in others for part in parts) or any(
        index.typos(word, part) for word in words for part in other_parts
    )
    natural = [pair for pair in both if pair in index.pairs]
    backward = [(b, a) for a, b in both if (b, a) in index.pairs]
    single = len(words) == len(others) == 1
    pairs = natural + backward
    common = single and not misspelt and bool(pairs) and all(map(_is_common, pairs))
    return (
        _NATURAL * bool(natural)
        + _REVERSED * bool(backward)
        + _MISSPELT * misspelt
        + _COMMON * common
    )


def _is_common(pair: tuple[str, str]) -> bool:
    return lexicon().rarity(*pair) is Rarity.VERY_COMMON


def _read(index: Index, run: str) -> tuple[list[str], list[str]]:
    words = _LETTERS.findall(run)
    return words, [read.part for word in words for read in index.readings(word)]


def _broken(index: Index, narrow: Narrow) -> Iterator[Spot]:
    """Names broken at the end of a line."""
    folded = narrow.folded
    for sign in (f"-{LINE}", f"{GONE}{LINE}"):
        at = folded.find(sign)
        while at >= 0:
            start, end = narrow.widened(at, at + 2, 1)
            for hidden in disguised(fold(narrow.text[start:end])):
                if index.knows(hidden.word):
                    yield Spot(start + hidden.start, start + hidden.end, alone=True)
            at = folded.find(sign, at + 2)


def _spoken(narrow: Narrow) -> Iterator[Spot]:
    """E-mail addresses spelled out over several runs."""
    for sign in SPOKEN:
        at = narrow.folded.find(sign)
        while at >= 0:
            if found := SPOKEN_ON.match(narrow.folded, at):
                yield Spot(found.start(), found.end())
            at = narrow.folded.find(sign, at + 1)
