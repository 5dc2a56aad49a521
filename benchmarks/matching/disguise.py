"""Names mistyped or disguised letter by letter, as typing or spite make them.

Whole other spellings are left to ``writings``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from random import Random

from benchmarks.matching.names import (
    ALSO_NAMES,
    COMPOUND,
    DANISH_FAMILY,
    DOUBLE_GIVEN,
    GIVEN,
    ORIGINS,
    PATRONYMIC,
)
from benchmarks.matching.people import Person
from benchmarks.matching.sentences import everyday
from benchmarks.matching.writings import Writer, Written, short, written

_SHORTEST_TYPO = 5
_LONG = 9
_BESIDE = dict(
    zip("qwertyuiopasdfghjklzxcvbnmæøå", "wertyuioposdfghjklkxcvbnmnøæp", strict=True)
)


@cache
def real_names() -> frozenset[str]:
    """Every name there is here, in small letters."""
    pools = [*GIVEN.weights, *PATRONYMIC.weights, *DANISH_FAMILY.weights]
    foreign = [name for origin in ORIGINS for name in (*origin.given, *origin.family)]
    names = (*pools, *COMPOUND, *DOUBLE_GIVEN, *foreign)
    return ALSO_NAMES | {name.lower() for name in names}


def mistype(rng: Random, word: str) -> str:
    """One slip of the finger after the first letter."""
    place = rng.randrange(1, len(word))
    letter = word[place]
    kind = rng.choice(("swap", "drop", "double", "beside", "insert"))
    if kind == "swap" and place + 1 < len(word) and letter != word[place + 1]:
        return word[:place] + word[place + 1] + letter + word[place + 2 :]
    if kind == "drop":
        return word[:place] + word[place + 1 :]
    if kind == "double":
        return word[:place] + letter + word[place:]
    near = _BESIDE.get(letter.lower(), "e")
    if kind == "beside":
        return word[:place] + near + word[place + 1 :]
    return word[:place] + near + word[place:]


def _typo(rng: Random, word: str, edits: int) -> str | None:
    """A word with so many slips; None where it became another name or word."""
    if not word.isalpha() or len(word) < (_LONG if edits > 1 else _SHORTEST_TYPO):
        return None
    mistyped = word
    for _ in range(edits):
        mistyped = mistype(rng, mistyped)
    low = mistyped.lower()
    known = low in real_names() or low.removesuffix("s") in real_names()
    if known or low in everyday() or low == word.lower():
        return None
    return mistyped


def _mistyped(kind: str, *, given: int = 0, family: int = 0) -> Writer:
    """So many slips in the first name or in the surname."""

    def write(rng: Random, person: Person) -> Written | None:
        first = _typo(rng, person.given, given) if given else person.given
        last = _typo(rng, person.family, family) if family else person.family
        if first is None or last is None:
            return None
        return written(person, kind, f"{first} {last}", slack=given + family + 1)

    return write


def _masked(rng: Random, person: Person) -> Written | None:
    """Some letters hidden, never the first: at most half of a word."""
    mark = rng.choice("*****#•")
    hidden = 0

    def mask(found: re.Match[str]) -> str:
        nonlocal hidden
        word = list(found[0])
        count = 1 if len(word) < 5 else rng.choice((1, 2, 2))
        start = rng.randrange(1, len(word) - count + 1)
        hidden += count
        word[start : start + count] = mark * count
        return "".join(word)

    words = re.sub(r"\w{3,}", mask, short(person))
    return written(person, "obfuscated.masked", words, slack=hidden)


_LEET = str.maketrans("aeiostAEIOST", "431057431057")


def _leet(rng: Random, person: Person) -> Written | None:
    name = short(person)
    places = [n for n, char in enumerate(name) if char in "aeiosAEIOS" and n]
    if len(places) < 2:
        return None
    chosen = rng.sample(places, rng.randrange(1, len(places) + 1))
    text = "".join(
        char.translate(_LEET) if n in chosen else char for n, char in enumerate(name)
    )
    return written(person, "obfuscated.leet", text, slack=1)


def _apart(kind: str, between: tuple[str, ...], gap: tuple[str, ...]) -> Writer:
    def write(rng: Random, person: Person) -> Written | None:
        if "-" in short(person):
            return None
        mark = rng.choice(between)
        words = (mark.join(word) for word in short(person).split(" "))
        text = rng.choice(gap).join(words)
        return written(person, kind, text)

    return write


def _sprinkled(kind: str, marks: str) -> Writer:
    """Unseen characters at one to three places inside the name."""

    def write(rng: Random, person: Person) -> Written | None:
        chars = list(short(person))
        for _ in range(rng.randrange(1, 4)):
            place = rng.randrange(1, len(chars))
            if not chars[place].isspace() and not chars[place - 1].isspace():
                chars[place] = rng.choice(marks) + chars[place]
        text = "".join(chars)
        return written(person, kind, text) if text != short(person) else None

    return write


def _twice(rng: Random, person: Person) -> Written | None:
    """Figures for letters, and unseen characters between them."""
    figures = _leet(rng, person)
    if figures is None:
        return None
    place = rng.randrange(1, len(person.given))
    text = (
        figures.text[:place] + rng.choice("\u200b\u00ad\u2060") + figures.text[place:]
    )
    return replace(figures, kind="obfuscated.twice", text=text)


_HOMOGLYPHS = dict(
    zip("aceopxyijsABCEHIKMOPTXSN", "асеорхуіјѕАВСЕНІКМОРТХЅΝ", strict=True)
)


def _homoglyph(rng: Random, person: Person) -> Written | None:
    share = rng.choice((0.3, 0.6, 1.0))
    text = "".join(
        _HOMOGLYPHS.get(char, char) if rng.random() < share else char
        for char in short(person)
    )
    return (
        written(person, "obfuscated.homoglyph", text) if text != short(person) else None
    )


def _shifted(kind: str, bases: tuple[tuple[int, int], ...]) -> Writer:
    """ASCII letters from another block of Unicode, capitals and small ones."""

    def write(rng: Random, person: Person) -> Written | None:
        capitals, small = rng.choice(bases)
        text = "".join(_shift(char, capitals, small) for char in short(person))
        return written(person, kind, text)

    return write


def _shift(char: str, capitals: int, small: int) -> str:
    if "A" <= char <= "Z":
        return chr(capitals + ord(char) - ord("A"))
    return chr(small + ord(char) - ord("a")) if "a" <= char <= "z" else char


def _repeats(rng: Random, person: Person) -> Written:
    def stretch(found: re.Match[str]) -> str:
        return found[0] * rng.randrange(3, 6) if rng.random() < 0.4 else found[0]

    given, family = (
        re.sub("[aeiouyæøå]", stretch, w) for w in (person.given, person.family)
    )
    if (given, family) == (person.given, person.family):
        family = family + family[-1] * 3
    return written(person, "obfuscated.repeats", f"{given} {family}")


_STYLES = ((0x1D400, 0x1D41A), (0x1D5D4, 0x1D5EE), (0x1D670, 0x1D68A))
_EMOJI = ("🔥", "😡", "❤️", "🤡", "👀", "✨", "🙃")
TYPOS: tuple[Writer, ...] = (
    *[_mistyped("fuzzy.typo_family", family=1)] * 2,
    *[_mistyped("fuzzy.typo_given", given=1)] * 2,
    _mistyped("fuzzy.two_typos", family=2),
)
OBFUSCATED: tuple[Writer, ...] = (
    _masked,
    _leet,
    _twice,
    _apart("obfuscated.spaced", (" ",), ("  ", "   ", " ")),
    _apart("obfuscated.dotted", (".",), (" ", "  ", ". ")),
    _apart("obfuscated.underscored", ("_",), (" ", "__")),
    _apart("obfuscated.emoji", _EMOJI, (" ",)),
    _sprinkled("obfuscated.zero_width", "\u200b\u200c\u200d\u2060\ufeff"),
    _sprinkled("obfuscated.soft_hyphen", "\u00ad"),
    _homoglyph,
    _shifted("obfuscated.fullwidth", ((0xFF21, 0xFF41),)),
    _shifted("obfuscated.styled", _STYLES),
    _repeats,
)  # fmt: skip
