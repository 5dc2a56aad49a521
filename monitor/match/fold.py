"""Fold text one character to one character, so that offsets need no map.

What a folded word means is left to ``index``; what stands near what, to ``names``.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import product
from typing import NamedTuple

GONE = "\0"  # a character that a reader does not see; dropped from words
LOST = "ª"  # a letter that a wrong decoding has eaten (U+FFFD)

# Letters of other alphabets that look like ours, letter by letter.
_LOOKALIKES = dict(
    zip(
        "авекмнорстухіјѕԁɡһԛԝӏαβεηικνορτυχγωߋ",
        "abekmhopctyxijsdghqwlabenikvoptuxywo",
        strict=True,
    )
)
# Capitals whose small letter no longer looks like ours, and letters that
# Unicode does not take apart.
_LOOKALIKES |= {"В": "b", "Н": "h", "Ν": "n", "Η": "h", "Μ": "m", "Υ": "y", "Ι": "i"}
_LOOKALIKES |= {"ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ß": "s", "ŧ": "t"}
_LOOKALIKES |= {"œ": "ø", "ö": "ø", "ä": "æ", "ɑ": "a", "ƒ": "f", "ŋ": "n", "ĸ": "k"}
_LOOKALIKES |= {"þ": "t", "Þ": "t"}
_SIGNS = dict.fromkeys("’‘ʼʹ′´`＇", "'") | dict.fromkeys("‐‑‒–—−﹣－", "-")
_SIGNS |= {"\ufffd": LOST, "…": "…"}
_CACHED = 20_000  # characters remembered; text decides them, so there is a bound


def _folded_char(char: str) -> str:
    if char in _SIGNS:
        return _SIGNS[char]
    if char in _LOOKALIKES:
        return _LOOKALIKES[char]
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return GONE
    plain = unicodedata.normalize("NFKC", char).lower()[:1] or char
    if plain in "æøå":
        return plain
    plain = _LOOKALIKES.get(plain, plain)
    base = unicodedata.normalize("NFKD", plain)[:1]
    base = _LOOKALIKES.get(base, base)
    return base.lower() if len(base.lower()) == 1 else base


class _Table(dict[int, str]):
    def __missing__(self, code: int) -> str:
        folded = _folded_char(chr(code))
        if len(self) < _CACHED:
            self[code] = folded
        return folded


_TABLE = _Table()
# A letter and its sign as two characters, as macOS writes file names.
_PAIRS = re.compile("([aA])\u030a|([oOaA])\u0308")


def _composed(pair: re.Match[str]) -> str:
    if pair[1]:
        return "å" + GONE
    return ("ø" if pair[2] in "oO" else "æ") + GONE


def fold(text: str) -> str:
    """Small letters without signs but æ, ø and å; always as long as ``text``.

    Look-alikes, full-width and styled letters become plain, quotes and dashes
    uniform, unseen characters ``GONE``.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    return composed(text).translate(_TABLE)


def composed(text: str) -> str:
    """A text whose letters stand as one character with their ring or dots."""
    if "\u030a" in text or "\u0308" in text:
        return _PAIRS.sub(_composed, text)
    return text


class Token(NamedTuple):
    """A word of a text: where it stands, and its letters as ``index`` knows them."""

    start: int
    end: int
    word: str


_WORD = re.compile(rf"[^\W_](?:[{GONE}']*[^\W_])*")
_UNSEEN = str.maketrans("", "", GONE + "'")


def tokens(folded: str) -> list[Token]:
    """All words of a folded text, in order; linear in its length."""
    return [Token(*found.span(), plain(found[0])) for found in _WORD.finditer(folded)]


def plain(word: str) -> str:
    """A folded word without apostrophes and unseen characters."""
    return word if word.isalnum() else word.translate(_UNSEEN)


_VARIANTS = {
    "æ": ("æ", "ae", "a"),
    "ø": ("ø", "oe", "o"),
    "å": ("å", "aa", "a"),
    "aa": ("aa", "å", "a"),
    "ae": ("ae", "æ"),
    "oe": ("oe", "ø"),
}
_SPECIAL = re.compile("(aa|ae|oe|[æøå])")
_MOST_SPECIAL = 4  # letters of one word that vary: 3 ** 4 spellings at most


def spellings(word: str) -> tuple[str, ...]:
    """The ways a folded word's æ, ø and å are written; itself first."""
    pieces = _SPECIAL.split(word)
    if len(pieces) == 1:
        return (word,)
    if len(pieces) > 2 * _MOST_SPECIAL + 1:
        return (word,)
    options = [_VARIANTS.get(piece, (piece,)) for piece in pieces]
    return tuple("".join(chosen) for chosen in product(*options))


_UNSIGNED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def unsigned(word: str) -> str:
    """A folded word with æ, ø and å as the two letters that stand for each."""
    return word.translate(_UNSIGNED)


_COLLAPSED = str.maketrans({"æ": "a", "ø": "o", "å": "a"})


def collapse(word: str) -> str:
    """A folded word with all spellings of æ, ø and å made one, for counting edits."""
    word = word.replace("aa", "å").replace("ae", "æ").replace("oe", "ø")
    return word.translate(_COLLAPSED)


def unmarked(word: str) -> str:
    """A folded word with æ, ø and å as the letters that are left without their sign."""
    return word.translate(_COLLAPSED)
