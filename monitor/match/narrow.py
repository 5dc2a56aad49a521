"""Fold a whole text into one byte a character, fast, and cut stretches out of it.

Folding with all its letters is for ``fold``, which is used on the stretches only.
"""

from __future__ import annotations

import codecs

from monitor.match.fold import composed, fold

BEYOND = "\x7f"  # stands for letters, and signs with a meaning, of more than a byte
LINE = "\n"
_SIGN = "¤"  # stands for all signs without a meaning
_MEANT = "…█•€"  # signs that hide letters, or look like one
_ERRORS = "monitor.match.narrow"
_USUAL_RUN = 8  # characters of a run with its space; longer ones cost a second look


class _OneByte(dict[int, str]):
    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char.isspace():
            return char if char == LINE else " "
        if code > 255:
            return BEYOND if char.isalnum() or char in _MEANT else _SIGN
        return _SIGN if char == BEYOND else char


_ONE_BYTE = _OneByte()  # not filled: what has more than a byte is rare


def _fold_beyond(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    beyond = fold(error.object[error.start : error.end])
    return beyond.translate(_ONE_BYTE), error.end


codecs.register_error(_ERRORS, _fold_beyond)
_TABLE = "".join(fold(chr(code)).translate(_ONE_BYTE) for code in range(256))
_TABLE_OF_BYTES = _TABLE.encode("latin-1")


class Narrow:
    """A text folded as ``fold`` does, in one byte a character, all spaces alike.

    ``folded`` has the text's places and lines; ``spaced`` has spaces for lines, and
    one more before and after, so that each run between spaces has one on both sides.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        coded = composed(text).encode("latin-1", _ERRORS)
        self.folded = coded.translate(_TABLE_OF_BYTES).decode("latin-1")
        self.spaced = f" {self.folded.replace(LINE, ' ')} "

    def exactly(self) -> str:
        """The folded text with all its characters."""
        return fold(self.text) if BEYOND in self.folded else self.folded

    def widened(self, start: int, end: int, margin: int) -> tuple[int, int]:
        """The stretch from ``margin`` runs before a place to as many after it."""
        return self._before(start, margin), self._after(end, margin)

    def _before(self, start: int, margin: int) -> int:
        width = margin * _USUAL_RUN
        while True:
            begin = max(0, start - width)
            runs = self.folded[begin:start].rsplit(None, margin)
            if len(runs) > margin:
                return begin + len(runs[0])
            if begin == 0:
                return 0
            width *= 2

    def _after(self, end: int, margin: int) -> int:
        width = margin * _USUAL_RUN
        while True:
            stop = min(end + width, len(self.folded))
            runs = self.folded[end:stop].split(None, margin)
            if len(runs) > margin:
                return stop - len(runs[-1])
            if stop == len(self.folded):
                return stop
            width *= 2
