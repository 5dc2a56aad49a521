"""Which words near a name place it at work: role words and words of the centres."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
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
        self._found: dict[object, list[int]] = {}

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
        token = self._page.tokens[nearest]
        return self._page.text[token.start : token.end]

    def _sets(self, entry: Entry) -> Iterable[list[int]]:
        yield self._positions("roles", self._is_role)
        for center in dict.fromkeys((entry.center, self._context.source_center)):
            if words := self._context.center_words.get(center or "", ()):
                yield self._positions(("center", center), self._phrases(words))
        if entry.role_words:
            phrases = self._phrases(entry.role_words)
            yield self._positions(("words", entry.role_words), phrases)

    def _positions(self, key: object, says: Callable[[int], bool]) -> list[int]:
        if key not in self._found:
            places = range(len(self._page.tokens))
            self._found[key] = [place for place in places if says(place)]
        return self._found[key]

    def _is_role(self, place: int) -> bool:
        word = self._page.tokens[place].word
        lex = lexicon()
        return word in lex.role_words or any(
            word[:size] in lex.role_stems for size in _stem_sizes()
        )

    def _phrases(self, words: Iterable[str]) -> Callable[[int], bool]:
        by_first: dict[str, list[Phrase]] = {}
        for text in words:
            phrase = tuple(token.word for token in tokens(fold(text)))
            if phrase and not (len(phrase) == 1 and phrase[0] in self._towns):
                for spelling in spellings(phrase[0]):
                    by_first.setdefault(spelling, []).append(phrase)

        def says(place: int) -> bool:
            word = self._page.tokens[place].word
            stems = (word, *(_stem(word, ending) for ending in _ENDINGS))
            return any(
                self._continues(place, phrase)
                for stem in stems
                for phrase in by_first.get(stem, ())
            )

        return says

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


def _stem(word: str, ending: str) -> str:
    if len(word) - len(ending) >= _SHORTEST_STEM and word.endswith(ending):
        return word[: -len(ending)]
    return word


def _stem_sizes() -> range:
    sizes = {len(stem) for stem in lexicon().role_stems}
    return range(min(sizes), max(sizes) + 1)


def _neighbours(positions: list[int], first: int, last: int) -> Iterable[int]:
    """The nearest of sorted positions on either side."""
    left = bisect_left(positions, first)
    if left:
        yield positions[left - 1]
    right = bisect_left(positions, last + 1)
    if right < len(positions):
        yield positions[right]
