"""Find words that hide their letters, and tell what they may stand for.

Which of these is a name is left to ``index``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import product
from urllib.parse import unquote

from monitor.match.fold import GONE, Token, fold, plain

_LETTER = r"[^\W_]"
_SIGN = r"(?:[^\w\s/\\,:;?\"()\[\]{}<>&%=]|_)"
# Letters one by one: "m a l t h e", "m.a.l.t.h.e", "m🔥a🔥l🔥t🔥h🔥e".
_SPELLED = rf"{_LETTER}(?:(?:\W|_){{1,6}}+{_LETTER}(?!{_LETTER})){{3,}}+"
# Signs inside a word, before it or in the place of its end: "m*lthe", "$igne", "m***".
_SIGNED = (
    rf"{_LETTER}++(?:(?:{_SIGN}{{1,12}}+{_LETTER}++)++[*#_…█•]*+|[*#_…█•]++|\.\.++)"
    rf"|[@$€!|*]{{1,2}}+{_LETTER}++(?:{_SIGN}{{1,12}}+{_LETTER}++)*+"
)
# A word broken at the end of a line: "kringel-¶bæk".
_BROKEN = rf"{_LETTER}++[-{GONE}]\n{_LETTER}++"
# Letters written for a machine: "kringelb%c3%a6k", "kringelb&aelig;k", "\u00e6".
_CODE = r"(?:%c[2-9]%[89ab][0-9a-f]|&[a-z]{3,6};|&#x?[0-9a-f]{2,5};|\\u[0-9a-f]{4})"
_CODED = rf"(?:{_LETTER}*+{_CODE})++{_LETTER}*+"
_HIDDEN = re.compile(
    rf"(?<!{_LETTER})(?:(?P<spelled>{_SPELLED})|(?P<broken>{_BROKEN})"
    rf"|(?P<coded>{_CODED})|(?P<signed>{_SIGNED}))"
)
_INNER = re.compile(r"[^-_.+~]+")  # what such a sign may join to another word
_APART = re.compile(rf"((?:\W|_)+)({_LETTER})")
_LONGEST = 40  # letters of a disguised word


def disguised(folded: str) -> Iterator[Token]:
    """Words of a folded text that may be disguised; those that overlap, likeliest
    first. Most are ordinary: file names, addresses, words with a hyphen.
    """
    for found in _HIDDEN.finditer(folded):
        start, end = found.span()
        match found.lastgroup:
            case "spelled":
                yield from _spelled(found[0], start)
            case "broken":
                yield Token(start, end, _letters(found[0]))
            case "coded":
                # What follows a "%20" is a word of its own.
                lead = 2 if folded[start - 1 : start + 2] == "%20" else 0
                word = _letters(fold(html.unescape(_decoded(found[0][lead:]))))
                yield Token(start + lead, end, word)
            case _:
                yield from _signed(found[0], start)


def _decoded(word: str) -> str:
    return re.sub(
        r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), unquote(word)
    )


def _letters(word: str) -> str:
    return "".join(filter(str.isalnum, word))


def _spelled(run: str, start: int) -> Iterator[Token]:
    """A run of single letters as one word, and as those that wider gaps part."""
    letters = [Token(start, start + 1, run[0])]
    breaks: list[int] = []
    narrow = -1
    for found in _APART.finditer(run, 1):
        width = sum(char.isspace() for char in found[1])
        if narrow < 0:
            narrow = width
        elif width > narrow:
            breaks.append(len(letters))
        letters.append(Token(start + found.start(2), start + found.end(2), found[2]))
    for first, last in ((0, len(letters)), (0, len(letters) - 1), (1, len(letters))):
        yield from _together(letters[first:last])
    for first, last in zip((0, *breaks), (*breaks, len(letters)), strict=True):
        yield from _together(letters[first:last])


def _together(letters: list[Token]) -> Iterator[Token]:
    if 1 < len(letters) <= _LONGEST:
        word = "".join(letter.word for letter in letters)
        yield Token(letters[0].start, letters[-1].end, word)


def _signed(chunk: str, start: int) -> Iterator[Token]:
    if len(chunk) <= _LONGEST:
        yield Token(start, start + len(chunk), plain(chunk))
    for found in _INNER.finditer(chunk):
        inner = found[0]
        if found.span() != (0, len(chunk)) and not plain(inner).isalnum():
            yield Token(start + found.start(), start + found.end(), plain(inner))


_LEET = dict(zip("4@3€05$7+8962", "aaeeossttbggz", strict=True))
_LEET |= dict.fromkeys("1!|", "il")
_RUN = re.compile(r"(.)\1+")
_MOST_RUNS = 5
_MOST_LEET = 8


def is_plain(word: str) -> bool:
    """Whether a word can hide nothing: only letters, none three times in a row."""
    return word.isalpha() and not any(len(run[0]) > 2 for run in _RUN.finditer(word))


def unveiled(word: str) -> Iterator[str]:
    """What a word says without its disguise, in likely order; never itself.

    Signs between letters are dropped, digits and signs read as the letters they
    look like ("m4lthe"), letters that are repeated written once or twice.
    """
    if len(word) > _LONGEST or not any(map(str.isalpha, word)):
        return
    seen = {word}
    for bare in _without_signs(word):
        for squeezed in _squeezed(bare):
            if squeezed and squeezed not in seen:
                seen.add(squeezed)
                yield squeezed


def _without_signs(word: str) -> Iterator[str]:
    yield _letters(word)
    coded = [char for char in word if char in _LEET]
    if not coded or len(coded) > _MOST_LEET:
        return
    for chosen in product(*(_LEET[char] for char in dict.fromkeys(coded))):
        table = str.maketrans(dict(zip(dict.fromkeys(coded), chosen, strict=True)))
        yield _letters(word.translate(table))


def _squeezed(word: str) -> Iterator[str]:
    runs = list(_RUN.finditer(word))
    yield word
    if len(runs) > _MOST_RUNS or not any(len(run[0]) > 2 for run in runs):
        return
    for counts in product((1, 2), repeat=len(runs)):
        pieces, end = [], 0
        for run, count in zip(runs, counts, strict=True):
            pieces += [word[end : run.start()], run[1] * count]
            end = run.end()
        yield "".join(pieces) + word[end:]


_PIECES = re.compile(r"[^\W_]|…|\.\.+|\W|_")


def visible(word: str) -> str:
    """The letters that a masked word still shows."""
    return _letters(word)


def fits(masked: str, part: str) -> bool:
    """Whether a part may stand behind a mask, a sign for each hidden letter."""
    return len(masked) == len(part) and all(
        sign == letter or not sign.isalnum()
        for sign, letter in zip(masked, part, strict=True)
    )


def loosely(masked: str) -> re.Pattern[str]:
    """What fits a mask whose signs may each stand for any number of letters."""
    pieces = _PIECES.findall(masked)
    return re.compile("".join(p if p.isalnum() else ".+" for p in pieces))
