"""Which words near a name place it at work: role words and words of the centres."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from typing import NamedTuple

from monitor.match.candidate import Candidate, Way
from monitor.match.fold import fold, spellings, tokens
from monitor.match.lexicon import lexicon
from monitor.match.narrow import BEYOND
from monitor.match.page import Gap, Page
from monitor.types import Context, Entry

_BESIDE = 4  # words either side, whatever stands between
_NEAR = 12  # words either side within one paragraph, of an initial or a short form
_NEAR_IN_PARAGRAPH = 40  # words either side within one paragraph
_ENDINGS = ("s", "en", "ens", "et", "ets", "er", "ers", "erne", "ernes", "ne", "n", "r")
_SHORTEST_STEM = 4
# After a town's name these make it a sports club.
_CLUBS = frozenset(
    {"q", "if", "bk", "fc", "gf", "ik", "hk", "kfum", "boldklub", "håndbold", "fodbold"}
)
_REMEMBERED = 20_000  # words kept for each set of phrases
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")

Phrase = tuple[str, ...]


class Places(NamedTuple):
    """Where context words stand in a page, in order; how many words each has."""

    places: list[int]
    lengths: dict[int, int]


class _Starts(dict[str, tuple[Phrase, ...]]):
    """The phrases that a word of a text may begin, whatever its ending; bounded."""

    def __init__(self, phrases: tuple[str, ...], towns: frozenset[str]) -> None:
        self._by_first: dict[str, list[Phrase]] = {}
        for text in phrases:
            phrase = _phrase(text)
            if phrase and not (len(phrase) == 1 and phrase[0] in towns):
                for spelling in spellings(phrase[0]):
                    self._by_first.setdefault(spelling, []).append(phrase)

    def __missing__(self, word: str) -> tuple[Phrase, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        stems = (_stem(word, ending) for ending in ("", *_ENDINGS))
        found = [p for stem in stems for p in self._by_first.get(stem or "", ())]
        self[word] = tuple(found)
        return self[word]


class _Roles(dict[str, bool]):
    """Whether a word of a text is a role word; bounded."""

    def __missing__(self, word: str) -> bool:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = lexicon().is_role(word)
        return self[word]


class Hints(dict[str, bool]):
    """Whether a run of characters may hold the first word of a phrase; bounded."""

    def __init__(self, starts: list[Callable[[str], object]]) -> None:
        self._starts = starts

    def __missing__(self, run: str) -> bool:
        if len(self) >= _REMEMBERED:
            self.clear()
        words = [token.word for token in tokens(run)]
        self[run] = BEYOND in run or any(
            starts(word) for word in words for starts in self._starts
        )
        return self[run]

    def in_any(self, runs: list[str]) -> bool:
        """Whether any of the runs may."""
        return any(map(self.__getitem__, runs))


_ROLES = _Roles()
ROLE_HINTS = Hints([_ROLES.__getitem__])


@lru_cache(maxsize=16)
def hints_of(centers: tuple[tuple[str, ...], ...]) -> Hints:
    """The runs that may begin any words of any centre."""
    towns = _towns(centers)
    return Hints([_starts(phrases, towns).__getitem__ for phrases in centers])


_starts = lru_cache(maxsize=256)(_Starts)


def _phrase(text: str) -> Phrase:
    return tuple(token.word for token in tokens(fold(text)))


@lru_cache(maxsize=16)
def _towns(centers: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    """Names of municipalities: alone they say nothing about somebody's work."""
    phrases = (_phrase(text) for words in centers for text in words)
    return frozenset(
        word
        for phrase in phrases
        if len(phrase) > 1 and "kommune" in (phrase[0], phrase[-1])
        for word in phrase
        if word != "kommune"
    )


class Surroundings:
    """What stands around the names of one page; read only as far as asked."""

    def __init__(self, page: Page, context: Context) -> None:
        self._page = page
        self._context = context
        self._found: dict[tuple[str, ...], Places] = {}

    def word_near(self, found: Candidate, entry: Entry) -> str | None:
        """The context word of an entry nearest to a candidate for it."""
        first, last = found.first, found.last
        near = [
            (max(first - place, place - last), place, -lengths[place])
            for places, lengths in self._sets(entry)
            for place in _neighbours(places, first, last)
            if self._is_near(place, found)
        ]
        if not near:
            return None
        _, nearest, negative = min(near)  # the nearest, and of these the longest
        words = self._page.tokens
        end = words[nearest - negative - 1].end
        return self._page.text[words[nearest].start : end]

    def _sets(self, entry: Entry) -> Iterable[Places]:
        yield self._roles
        for center in dict.fromkeys((entry.center, self._context.source_center)):
            if words := self._context.center_words.get(center or "", ()):
                yield self._positions(words)
        if entry.role_words:
            yield self._positions(entry.role_words)

    @cached_property
    def _roles(self) -> Places:
        words = enumerate(self._page.tokens)
        places = [place for place, token in words if _ROLES[token.word]]
        return Places(places, dict.fromkeys(places, 1))

    def _positions(self, phrases: tuple[str, ...]) -> Places:
        """Where any of some words or phrases begins, in order."""
        if phrases not in self._found:
            self._found[phrases] = self._search(phrases)
        return self._found[phrases]

    def _search(self, phrases: tuple[str, ...]) -> Places:
        starts = _starts(phrases, _towns(tuple(self._context.center_words.values())))
        found: dict[int, int] = {}
        for place, token in enumerate(self._page.tokens):
            begun = starts[token.word]
            if lengths := [len(p) for p in begun if self._continues(place, p)]:
                found[place] = max(lengths)
        return Places(list(found), found)

    def _continues(self, place: int, phrase: Phrase) -> bool:
        following = self._page.tokens[place + 1 : place + len(phrase) + 1]
        words = [token.word for token in following]
        if len(phrase) == 1:
            return not (words and words[0] in _CLUBS)
        return (
            all(
                word == wanted
                or (word.startswith(wanted) and word[len(wanted) :] == "s")
                for word, wanted in zip(words, phrase[1:], strict=False)
            )
            and len(words) >= len(phrase) - 1
        )

    def centers(self) -> frozenset[str]:
        """The centres that the page is of, or names."""
        named = self._context.center_words.items()
        found = {center for center, words in named if self._positions(words).places}
        return frozenset(found | {self._context.source_center or ""})

    def _is_near(self, place: int, found: Candidate) -> bool:
        """Whether a word is near enough; what says little needs it nearer."""
        distance = max(found.first - place, place - found.last)
        if found.way is Way.GIVEN:
            return self._is_beside(place, found)
        if distance <= _BESIDE:
            return True
        within = _NEAR if found.says_little else _NEAR_IN_PARAGRAPH
        here, there = self._paragraph(found.first), self._paragraph(place)
        return distance <= within and here == there

    def _is_beside(self, place: int, found: Candidate) -> bool:
        """Whether a first name alone stands right beside a word about the work."""
        if not -2 <= place - found.first <= found.last - found.first + 3:
            return False
        between = range(min(place, found.last), max(place, found.first))
        return all(self._page.gap(n) in (Gap.SPACE, Gap.COMMA) for n in between)

    def _paragraph(self, place: int) -> int:
        return bisect_right(self._blank_lines, self._page.tokens[place].start)

    @cached_property
    def _blank_lines(self) -> list[int]:
        return [found.end() for found in _BLANK_LINE.finditer(self._page.folded)]


def _stem(word: str, ending: str) -> str | None:
    """A word without an ending; None when it has not got it or gets too short."""
    if not ending:
        return word
    if len(word) - len(ending) >= _SHORTEST_STEM and word.endswith(ending):
        return word[: -len(ending)]
    return None


def _neighbours(positions: list[int], first: int, last: int) -> Iterable[int]:
    """The nearest of sorted positions on either side."""
    left = bisect_left(positions, first)
    if left:
        yield positions[left - 1]
    right = bisect_left(positions, last + 1)
    if right < len(positions):
        yield positions[right]
