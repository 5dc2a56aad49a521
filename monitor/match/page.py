"""A text taken apart into words, and what stands between two of them.

Which words are names is left to ``index`` and ``names``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum

from monitor.match.disguise import disguised
from monitor.match.fold import GONE, Token, fold, tokens


class Gap(StrEnum):
    """What stands between two neighbouring words."""

    SPACE = "space"
    LINE = "line"
    HYPHEN = "hyphen"
    TIGHT = "tight"  # a full stop or underscore without any space, as in handles
    DOT = "dot"
    COMMA = "comma"
    SENTENCE_END = "sentence_end"
    BLANK_LINE = "blank_line"
    OTHER = "other"


_EMOJI = "\u2600-\u27bf\U0001f300-\U0001faff"  # between words they say nothing
_GAPS = (
    (Gap.SPACE, re.compile(rf"[ \t]+|%20|[ \t]*[{_EMOJI}]+[ \t]*")),
    (Gap.HYPHEN, re.compile(r" ?- ?|-\n")),
    (Gap.TIGHT, re.compile(r"[._+]")),
    (Gap.DOT, re.compile(r"\.[ \t]+")),
    (Gap.LINE, re.compile(r"[ \t\r]*\n[ \t]*")),
    (Gap.COMMA, re.compile(r"[ \t]*,[ \t]*(?:\r?\n)?[ \t]*")),
    (Gap.BLANK_LINE, re.compile(r".*\n[ \t\r]*\n.*", re.DOTALL)),
    (Gap.SENTENCE_END, re.compile(r".*[.!?:;…].*", re.DOTALL)),
)
_LONGEST_GAP = 24
Known = Callable[[str], bool] | None


def _unveiled(
    words: list[Token], hidden: Iterable[Token], known: Callable[[str], bool]
) -> list[Token]:
    """The words of a text, known disguised ones in the place of what they cover."""
    whole: list[Token] = []
    for one in hidden:
        if not (whole and one.start < whole[-1].end) and known(one.word):
            whole.append(one)
    kept: list[Token] = []
    rest = iter(words)
    word = next(rest, None)
    for one in whole:
        while word is not None and word.end <= one.start:
            kept.append(word)
            word = next(rest, None)
        while word is not None and word.start < one.end:
            word = next(rest, None)
        kept.append(one)
    if word is not None:
        kept.append(word)
    return [*kept, *rest]


class Page:
    """A text, folded and taken apart once; positions are code points of it.

    ``known`` tells which disguised words to see through; without it none are.
    """

    def __init__(self, text: str, known: Known = None) -> None:
        self.text = text
        self.known = known
        self.folded = fold(text)
        self.tokens: list[Token] = tokens(self.folded)
        if known is not None:
            self.tokens = _unveiled(self.tokens, disguised(self.folded), known)

    def between(self, left: int) -> str:
        """The folded characters between a word and the next, seen ones only."""
        start, end = self.tokens[left].end, self.tokens[left + 1].start
        between = self.folded[start : min(end, start + _LONGEST_GAP + 1)]
        return between.replace(GONE, "") if GONE in between else between

    def gap(self, left: int) -> Gap:
        """What stands between word number ``left`` and the next one."""
        between = self.between(left)
        if between == " ":
            return Gap.SPACE
        if len(between) > _LONGEST_GAP:
            return Gap.OTHER
        for gap, pattern in _GAPS:
            if pattern.fullmatch(between):
                return gap
        return Gap.OTHER

    def capital(self, number: int) -> bool:
        """Whether a word begins with a capital letter."""
        return self.text[self.tokens[number].start].isupper()

    def before(self, number: int) -> str:
        """The character right before a word, or nothing."""
        start = self.tokens[number].start
        return self.folded[start - 1 : start]

    def after(self, number: int) -> str:
        """The character right after a word, or nothing."""
        end = self.tokens[number].end
        return self.folded[end : end + 1]
