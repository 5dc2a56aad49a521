"""Find a rule's phrases in a text: endings, words between, exceptions, negation."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property

from monitor.signals.rules import Reach, WordRule

_BETWEEN = r"[^\w.!?\n]{1,4}"  # what may stand between two words of a phrase
_SPELLINGS = str.maketrans({"æ": "(?:æ|ae)", "ø": "(?:ø|oe|ö)", "å": "(?:å|aa)"})
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)|\n")
_NEGATED_WITHIN = 5  # words before a phrase in which a negation counts

Span = tuple[int, int]


@cache
def pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for several phrases; matches nothing when there are none."""
    longest_first = sorted(phrases, key=len, reverse=True)
    either = "|".join(_expression(phrase) for phrase in longest_first)
    whole_words = rf"(?<!\w)(?:{either})(?!\w)" if either else r"(?!)"
    return re.compile(whole_words, re.IGNORECASE)


def _expression(phrase: str) -> str:
    built = ""
    for word in phrase.lower().split():
        if word == "…":
            built += rf"(?:\w+{_BETWEEN}){{0,3}}"
            continue
        stem = re.escape(word.removesuffix("*")).translate(_SPELLINGS)
        built += stem + (r"\w*" if word.endswith("*") else "") + _BETWEEN
    return built.removesuffix(_BETWEEN)


class Text:
    """A text in which the rules are looked for around the places of a name.

    Without places all of it is about the name.
    """

    def __init__(self, text: str, places: Iterable[Span], near: int) -> None:
        self.text = text
        self._places = sorted(places)
        self._near = near

    @cached_property
    def _words(self) -> list[int]:
        return [found.start() for found in _WORD.finditer(self.text)]

    @cached_property
    def _ends(self) -> list[int]:
        return [found.end() for found in _SENTENCE_END.finditer(self.text)]

    @cached_property
    def _sentences(self) -> frozenset[int]:
        return frozenset(self._sentence(start) for start, _end in self._places)

    def occurrences(self, rule: WordRule) -> Iterator[Span]:
        """Where a rule's phrases stand within its reach; exceptions left out."""
        barred = [m.span() for m in pattern(rule.exceptions).finditer(self.text)]
        for found in pattern(rule.phrases).finditer(self.text):
            start, end = found.span()
            if any(s < end and start < e for s, e in _around(barred, start)):
                continue
            if self.reaches((start, end), rule.reach):
                yield start, end

    def reaches(self, span: Span, reach: Reach) -> bool:
        """Whether a place is within reach of any place of the name."""
        if reach is Reach.POST or not self._places:
            return True
        if reach is Reach.SENTENCE:
            return self._sentence(span[0]) in self._sentences
        near = _around(self._places, span[0])
        return any(self._apart(span, place) <= self._near for place in near)

    def _sentence(self, position: int) -> int:
        return bisect_right(self._ends, position)

    def _apart(self, one: Span, other: Span) -> int:
        """How many words stand between two places; 0 when they touch or overlap."""
        left, right = sorted((one, other))
        last = bisect_left(self._words, left[1])
        return max(0, bisect_left(self._words, right[0]) - last)

    def negated(self, span: Span, negations: tuple[str, ...]) -> bool:
        """Whether a negation stands shortly before a place in its sentence."""
        first = bisect_left(self._words, span[0])
        back = self._words[max(0, first - _NEGATED_WITHIN)] if first else span[0]
        sentence = self._sentence(span[0])
        begin = self._ends[sentence - 1] if sentence else 0
        before = self.text[max(back, begin) : span[0]]
        return pattern(negations).search(before) is not None


def _around(spans: Sequence[Span], position: int) -> Sequence[Span]:
    """Of spans in order, the last that begins before a position and the next."""
    number = bisect_left(spans, (position, position))
    return spans[max(0, number - 1) : number + 1]
