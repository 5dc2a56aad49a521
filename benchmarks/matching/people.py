"""Synthetic people: a watchlist of any length, and what tells two names apart.

How their names are written is left to ``writings``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from random import Random

from rapidfuzz import process
from rapidfuzz.distance import OSA

from benchmarks.matching.names import (
    COMPOUND,
    DANISH_FAMILY,
    DOUBLE_GIVEN,
    GIVEN,
    NICKNAMES,
    ORIGINS,
    PATRONYMIC,
    compounds,
)
from monitor.types import Entry

POPULATION = 5_900_000
_FEW = frozenset(COMPOUND).union(*(origin.family for origin in ORIGINS))
_TOO_CLOSE = 2  # letters
CENTERS = {
    "havnelyst": ("Jobcenter Havnelyst", "Havnelyst", "Tågeby", "Tågeby Kommune"),
    "engdraget": ("Fagcenter Engdraget", "Engdraget", "Tågeby Kommune"),
    "molevej": ("Ydelsescenter Molevej", "Molevej", "Tågeby Kommune"),
}
_PATRONYMIC, _DANISH, _COMPOUND = 0.45, 0.21, 0.22  # of surnames; the rest is foreign


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the list; ``bearers`` is how many people share given and surname."""

    id: int
    given: str
    middle: tuple[str, ...]
    family: str
    aliases: tuple[str, ...]
    email: str
    profile: str
    center: str
    bearers: float

    @property
    def name(self) -> str:
        """The full name as it stands on the list."""
        return " ".join((self.given, *self.middle, self.family))

    def entry(self) -> Entry:
        """What the product knows of the person."""
        return Entry(
            employee_id=self.id,
            center=self.center,
            full_name=self.name,
            aliases=self.aliases,
            emails=(self.email,),
            profile_urls=(self.profile,),
        )


@dataclass(frozen=True, slots=True)
class Named:
    """A name without a person: what bystanders are made of."""

    given: str
    family: str
    bearers: float


class Namer:
    """Draws names as they are distributed; a draw for tuning knows fewer of them."""

    def __init__(self, rng: Random, *, tuning: bool) -> None:
        self.rng = rng
        self._compounds = compounds(tuning=tuning)
        self._given = tuple(GIVEN.weights), tuple(GIVEN.weights.values())
        self._patronymic = tuple(PATRONYMIC.weights), tuple(PATRONYMIC.weights.values())
        self._danish = (
            tuple(DANISH_FAMILY.weights),
            tuple(DANISH_FAMILY.weights.values()),
        )

    def draw(self) -> Named:
        """A given name and a surname that may be borne together."""
        kind = self.rng.random()
        if kind >= _PATRONYMIC + _DANISH + _COMPOUND:
            origin = self.rng.choices(ORIGINS, [o.share for o in ORIGINS])[0]
            given = self.rng.choice(origin.given)
            return Named(given, self.rng.choice(origin.family), 5)
        given, given_share = self.given()
        if kind < _PATRONYMIC:
            family = self._one(self._patronymic)
            share = PATRONYMIC.share(family) * _PATRONYMIC
        elif kind < _PATRONYMIC + _DANISH:
            family = self._one(self._danish)
            share = DANISH_FAMILY.share(family) * _DANISH
        else:
            family, share = self.rng.choice(self._compounds), 0.00003
        return Named(given, family, given_share * share * POPULATION)

    def given(self) -> tuple[str, float]:
        """A Danish given name and the share that bears it."""
        if self.rng.random() < 0.06:
            return self.rng.choice(DOUBLE_GIVEN), 0.0008
        given = self._one(self._given)
        return given, GIVEN.share(given)

    def middle(self) -> str:
        """A surname in the middle of a name, as many Danes have one."""
        if self.rng.random() < 0.5:
            return self.rng.choice(self._compounds)
        return self._one(self._danish)

    def _one(self, pool: tuple[tuple[str, ...], tuple[float, ...]]) -> str:
        return self.rng.choices(*pool)[0]


def watchlist(seed: int, size: int, *, tuning: bool) -> list[Person]:
    """That many people; the same seed gives the same ones."""
    rng = Random(f"people-{seed}-{size}")
    namer = Namer(rng, tuning=tuning)
    return [_person(number, namer) for number in range(1, size + 1)]


def _person(number: int, namer: Namer) -> Person:
    rng, named = namer.rng, namer.draw()
    given, family = named.given, named.family
    middle: tuple[str, ...] = ()
    if rng.random() < 0.32:
        middle = (namer.middle(),)
    elif rng.random() < 0.06:
        family = f"{family}-{namer.middle()}"
    if "-" in given and rng.random() < 0.4:
        given = given.replace("-", " ")
    last = family.split("-")[-1]
    aliases = []
    if rng.random() < 0.12:
        aliases.append(f"{given.split()[0]} {namer.middle()}")  # a former surname
    if given in NICKNAMES and rng.random() < 0.25:
        aliases.append(f"{NICKNAMES[given]} {last}")
    slug = f"{slugged(given, '-')}-{slugged(last, '-')}"
    return Person(
        id=number,
        given=given,
        middle=middle,
        family=family,
        aliases=tuple(aliases),
        email=f"{slugged(given, '.')}.{slugged(last, '.')}{number}@taageby.example",
        profile=f"https://www.linkedin.example/in/{slug}-{number:x}b{number % 97}/",
        center=rng.choice(tuple(CENTERS)),
        bearers=named.bearers if family == named.family else named.bearers / 100,
    )


_ASCII = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ı": "i", "ł": "l", "đ": "d", "ð": "d"}
    | {"þ": "th", "ß": "ss", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"}
    | {"Ł": "L", "Đ": "D", "İ": "I", "Þ": "Th"}
)


def ascii_of(text: str) -> str:
    """A name in the twenty-six letters, as addresses write it."""
    apart = unicodedata.normalize("NFD", text.translate(_ASCII))
    return "".join(char for char in apart if not unicodedata.combining(char))


def slugged(text: str, between: str) -> str:
    """A name in an address: small, without signs."""
    return re.sub(r"[ \-]+", between, ascii_of(text).lower())


_SOUNDS = (
    (r"aa", "a"), (r"ae", "a"), (r"oe", "o"), (r"c[hk]", "k"), (r"c(?![eiy])", "k"),
    (r"ph", "f"), (r"th", "t"), (r"dt", "t"), (r"kj", "k"), (r"hj", "j"), (r"hv", "v"),
    (r"w", "v"), (r"q", "k"), (r"z", "s"), (r"x", "ks"), (r"y", "i"), (r"son$", "sen"),
    (r"dahl$", "dal"), (r"h(?![aeiou])", ""), (r"ie$", "i"), (r"j", "i"), (r"ei", "ai"),
    (r"(.)\1+", r"\1"),
)  # fmt: skip


@cache
def key(word: str) -> str:
    """What a name sounds like, roughly: names with the same key may be one name."""
    sound = slugged(word, "")
    for pattern, plain in _SOUNDS:
        sound = re.sub(pattern, plain, sound)
    return sound


class Crowd:
    """A watchlist that knows who is called how, to keep others' names apart."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = {person.id: person for person in people}

    @cached_property
    def _pairs(self) -> set[tuple[str, str]]:
        return {
            pair for person in self.people.values() for pair in person_pairs(person)
        }

    @cached_property
    def initials(self) -> dict[tuple[str, str], list[int]]:
        """Who shares an initial and a surname."""
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for person in self.people.values():
            for given, family in person_pairs(person):
                found[given[:1], family].append(person.id)
        return found

    @cached_property
    def given_initials(self) -> dict[tuple[str, str], list[int]]:
        """Who shares a first name and the initial of a later one."""
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for person in self.people.values():
            for word in dict.fromkeys((*person.middle, person.family)):
                found[key(person.given), word[0]].append(person.id)
        return found

    @cached_property
    def givens(self) -> dict[str, list[int]]:
        """Who shares a first name."""
        found: dict[str, list[int]] = defaultdict(list)
        for person in self.people.values():
            found[key(person.given.split()[0])].append(person.id)
        return found

    @cached_property
    def _families(self) -> dict[str, list[str]]:
        """The later words of all who share a first name."""
        found: dict[str, set[str]] = defaultdict(set)
        for person in self.people.values():
            for first, word in person_pairs(person):
                found[first].add(word)
        return {first: sorted(words) for first, words in found.items()}

    def crowds(self, given: str, family: str) -> bool:
        """Whether a surname lies too close to that of a listed namesake.

        Made-up and foreign surnames are few here; somebody who bears one within two
        letters of a listed person's would be met far more often than in life.
        """
        if family not in _FEW:
            return False
        firsts = {key(given), key(re.split(r"[ \-]", given)[0])}
        return any(
            process.extractOne(
                key(family),
                self._families.get(first, ()),
                scorer=OSA.distance,
                score_cutoff=_TOO_CLOSE,
            )
            for first in firsts
        )

    def holds(self, *words: str) -> bool:
        """Whether any two of these words, in this order, may name one of them."""
        parts = [key(part) for word in words for part in re.split(r"[ \-]", word)]
        return any(
            (one, other) in self._pairs or (other, one) in self._pairs
            for number, one in enumerate(parts)
            for other in parts[number + 1 :]
        ) or any(
            (key(one), key(other)) in self._pairs for one, other in pairwise(words)
        )


def person_pairs(person: Person) -> Iterator[tuple[str, str]]:
    """Keys of a first and another word that together may name somebody."""
    first = re.split(r"[ \-]", person.given)[0]
    for word in (*person.middle, *person.family.split("-")):
        yield key(first), key(word)
        yield key(person.given), key(word)
    yield key(person.given), key(person.family)
    for alias in person.aliases:
        given, *rest = alias.split()
        for word in rest:
            yield key(given), key(word)
            yield key(given.split("-")[0]), key(word)
