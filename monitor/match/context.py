"""Which words near a name place it at work: role words and words of the centres."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property

from monitor.match.fold import fold, spellings, tokens
from monitor.match.lexicon import lexicon
from monitor.match.page import Page
from monitor.types import Context, Entry

_NEAR = 12  # words either side, whatever stands between
_NEAR_IN_PARAGRAPH = 40  # words either side within one paragraph
_ENDINGS = ("s", "en", "ens", "et", "ets", "er", "ers", "erne", "ernes", "ne", "n", "r")
_SHORTEST_STEM = 4
# After a town's name these make it a sports club.
_CLUBS = frozenset(
    {"q", "if", "bk", "fc", "gf", "ik", "hk", "kfum", "boldklub", "håndbold", "fodbold"}
)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")

Phrase = tuple[str, ...]


class Surroundings:
    """What stands around the names of one page; read only as far as asked."""

    def __init__(self, page: Page, context: Context) -> None:
        self._page = page
        self._context = context
        self._found: dict[tuple[str, ...], list[int]] = {}
        self._lengths: dict[int, int] = {}

    def word_near(self, first: int, last: int, entry: Entry) -> str | None:
        """The context word of an entry nearest to words ``first`` … ``last``."""
        near = [
            place
            for positions in self._sets(entry)
            for place in _neighbours(positions, first, last)
            if self._is_near(place, first, last)
        ]
        if not near:
            return None
        nearest = min(near, key=lambda p: (max(first - p, p - last), p))
        words = self._page.tokens
        end = nearest + self._lengths.get(nearest, 1) - 1
        return self._page.text[words[nearest].start : words[end].end]

    def _sets(self, entry: Entry) -> Iterable[list[int]]:
        yield self._roles
        for center in dict.fromkeys((entry.center, self._context.source_center)):
            if words := self._context.center_words.get(center or "", ()):
                yield self._positions(words)
        if entry.role_words:
            yield self._positions(entry.role_words)

    @cached_property
    def _roles(self) -> list[int]:
        words = self._page.tokens
        roles = {word for word in {token.word for token in words} if _is_role(word)}
        return [place for place, token in enumerate(words) if token.word in roles]

    def _positions(self, phrases: tuple[str, ...]) -> list[int]:
        """Where any of some words or phrases begins, in order."""
        if phrases not in self._found:
            self._found[phrases] = self._search(phrases)
        return self._found[phrases]

    def _search(self, phrases: tuple[str, ...]) -> list[int]:
        by_first = self._by_first(phrases)
        endings = ("", *_ENDINGS)
        words = self._page.tokens
        starts = {
            word: [
                p for end in endings for p in by_first.get(_stem(word, end) or "", ())
            ]
            for word in {token.word for token in words}
        }
        found = []
        for place, token in enumerate(words):
            lengths = [len(p) for p in starts[token.word] if self._continues(place, p)]
            if lengths:
                found.append(place)
                self._lengths[place] = max(lengths)
        return found

    def _by_first(self, phrases: tuple[str, ...]) -> dict[str, list[Phrase]]:
        by_first: dict[str, list[Phrase]] = {}
        for text in phrases:
            phrase = tuple(token.word for token in tokens(fold(text)))
            if phrase and not (len(phrase) == 1 and phrase[0] in self._towns):
                for spelling in spellings(phrase[0]):
                    by_first.setdefault(spelling, []).append(phrase)
        return by_first

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

    @cached_property
    def _towns(self) -> frozenset[str]:
        """Names of municipalities: alone they say nothing about somebody's work."""
        towns = set()
        for words in self._context.center_words.values():
            for text in words:
                phrase = [token.word for token in tokens(fold(text))]
                if len(phrase) > 1 and "kommune" in (phrase[0], phrase[-1]):
                    towns.update(phrase)
        return frozenset(towns - {"kommune"})

    def _is_near(self, place: int, first: int, last: int) -> bool:
        distance = max(first - place, place - last)
        if distance <= _NEAR:
            return True
        return distance <= _NEAR_IN_PARAGRAPH and self._paragraph(
            place
        ) == self._paragraph(first)

    def _paragraph(self, place: int) -> int:
        return bisect_left(self._blank_lines, self._page.tokens[place].start)

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


def _is_role(word: str) -> bool:
    lex = lexicon()
    return word in lex.role_words or word.startswith(lex.role_stems)


def _neighbours(positions: list[int], first: int, last: int) -> Iterable[int]:
    """The nearest of sorted positions on either side."""
    left = bisect_left(positions, first)
    if left:
        yield positions[left - 1]
    right = bisect_left(positions, last + 1)
    if right < len(positions):
        yield positions[right]
