"""Load the word lists of this room once; the one place here that reads files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from monitor.match.fold import fold, spellings

POPULATION = 5_900_000  # Denmark; what "how many bear this name" is a share of
UNKNOWN_GIVEN = 400  # bearers assumed of a name that no list holds
UNKNOWN_FAMILY = 150
VERY_COMMON = 100  # expected bearers from which a full name proves little
COMMON = 20
_SURNAME_ENDINGS = ("sen", "gaard", "gård", "kjær", "toft", "lund", "holm", "dahl")
_SHORTEST_BUILT = 5


_LISTED = ("given.txt", "family.txt", "given-abroad.txt", "family-abroad.txt")


class Rarity(StrEnum):
    """How many people in Denmark are likely to share a full name."""

    VERY_COMMON = "very_common"
    COMMON = "common"
    RARE = "rare"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Danish names with rough numbers of bearers, and words that are no names.

    ``given`` and ``family`` know each name in all spellings of æ, ø and å;
    ``listed`` holds both as they are commonly written. ``nicknames`` maps a short
    form to the given names it may stand for, ``same_names`` a name to the first of
    those that are one name in another alphabet.
    """

    given: dict[str, int]
    family: dict[str, int]
    listed: frozenset[str]
    everyday: frozenset[str]
    also_words: frozenset[str]
    streets: frozenset[str]
    compounding: tuple[str, ...]
    role_words: frozenset[str]
    role_stems: tuple[str, ...]
    nicknames: dict[str, tuple[str, ...]]
    same_names: dict[str, str]

    def is_given(self, word: str) -> bool:
        """Whether a folded word is a known given name."""
        return word in self.given

    def is_family(self, word: str) -> bool:
        """Whether a folded word is a known surname, or is built like one."""
        return word in self.family or (
            len(word) > _SHORTEST_BUILT
            and word.endswith(_SURNAME_ENDINGS)
            and word not in self.everyday
        )

    def is_word(self, word: str) -> bool:
        """Whether a folded word means something else than a misspelt name."""
        return word in self.everyday or word in self.given or word in self.family

    def is_role(self, word: str) -> bool:
        """Whether a folded word places somebody at work in a municipality."""
        return word in self.role_words or word.startswith(self.role_stems)

    def is_foreign(self, word: str) -> bool:
        """Whether a frequent word is the foreign spelling of a Danish name."""
        return word in self.same_names or (word.endswith("son") and len(word) > 5)

    def is_compound(self, word: str) -> bool:
        """Whether a folded word is made of two words as Danish surnames are."""
        return any(
            spelling.endswith(last) and self._is_first(spelling[: -len(last)])
            for spelling in spellings(word)
            for last in self.compounding
        )

    def _is_first(self, word: str) -> bool:
        stems = (word, word.removesuffix("s"), word.removesuffix("e"), f"{word}e")
        return len(word) > 1 and any(self.means_something(stem) for stem in stems)

    def means_something(self, word: str) -> bool:
        """Whether a folded word is an everyday word, even if also a name."""
        return word in self.everyday or word in self.also_words

    def bearers(self, given: str, family: str) -> int:
        """How many people likely bear both names, were they independent."""
        first = self.given.get(given, UNKNOWN_GIVEN)
        last = self.family.get(family, UNKNOWN_FAMILY)
        return round(first * last / POPULATION)

    def rarity(self, given: str, family: str) -> Rarity:
        """The band of ``bearers``."""
        number = self.bearers(given, family)
        if number >= VERY_COMMON:
            return Rarity.VERY_COMMON
        return Rarity.COMMON if number >= COMMON else Rarity.RARE


def _lines(name: str) -> list[str]:
    text = (files("monitor.match") / "data" / name).read_text("utf-8")
    return [fold(line) for line in text.splitlines() if not line.startswith("#")]


def _words(name: str) -> list[str]:
    return " ".join(_lines(name)).split()


def _bands(name: str) -> dict[str, int]:
    """Names with the number of their band; the first band that names one counts."""
    found: dict[str, int] = {}
    number = 0
    words = iter(_words(name))
    for word in words:
        if word == "=":
            number = int(next(words))
            continue
        for spelling in spellings(word):
            found.setdefault(spelling, number)
    return found


def _nicknames() -> dict[str, tuple[str, ...]]:
    """Each line of the list: a given name, then the short forms of it."""
    found: dict[str, list[str]] = {}
    for line in _lines("nicknames.txt"):
        full, *short = line.split()
        for nickname in short:
            found.setdefault(nickname, []).append(full)
    return {nickname: tuple(full) for nickname, full in found.items()}


def _same_names() -> dict[str, str]:
    lines = map(str.split, _lines("same-names.txt"))
    return {name: names[0] for names in lines for name in names}


def _also_abroad(known: dict[str, int], name: str, bearers: int) -> dict[str, int]:
    """Banded names, and those of another list as borne by few."""
    words = frozenset(_words("everyday.txt"))
    abroad = (s for word in _words(name) for s in spellings(word) if s not in words)
    return dict.fromkeys(abroad, bearers) | known


@cache
def lexicon() -> Lexicon:
    """The word lists, read on first use."""
    roles = _words("roles.txt")
    return Lexicon(
        given=_also_abroad(_bands("given.txt"), "given-abroad.txt", UNKNOWN_GIVEN),
        family=_also_abroad(_bands("family.txt"), "family-abroad.txt", UNKNOWN_FAMILY),
        listed=frozenset(word for name in _LISTED for word in _words(name)),
        everyday=frozenset(_words("everyday.txt")),
        also_words=frozenset(_words("also-words.txt")),
        streets=frozenset(_words("streets.txt")),
        compounding=tuple(_words("compounding.txt")),
        role_words=frozenset(word for word in roles if not word.endswith("*")),
        role_stems=tuple(word[:-1] for word in roles if word.endswith("*")),
        nicknames=_nicknames(),
        same_names=_same_names(),
    )
