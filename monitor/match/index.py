"""Look up what a word of a text may be: parts of watched names, typos, whole names.

How entries become an index is left to ``build``, how a text is read to ``names``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from monitor.match.fold import collapse, spellings, unsigned
from monitor.match.lexicon import lexicon
from monitor.types import Entry

K = TypeVar("K")
# Small words of a name; whether they are written proves nothing.
PARTICLES = frozenset(
    {"al", "el", "de", "du", "da", "den", "der", "di", "la", "le", "van", "von"}
    | {"af", "bin", "bint", "abu", "ben", "dos", "ten", "ter", "zu"}
)
SHORTEST_TYPO = 4  # letters; shorter parts are found exactly or not at all
_TWO_EDITS = 9  # letters from which two edits are a typo
_REMEMBERED = 50_000  # readings kept per process


class Form(NamedTuple):
    """One way to write an employee's name, as folded words, given name first.

    ``given`` and ``family`` count the words of either, at both ends of ``words``;
    what lies between are middle names.
    """

    entry: int
    words: tuple[str, ...]
    given: int
    family: int
    alias: bool

    @property
    def given_name(self) -> str:
        """The given name as one word, as the name lists know it."""
        return "".join(self.words[: self.given])

    @property
    def family_name(self) -> str:
        """The surname as one word, as the name lists know it."""
        return "".join(self.words[len(self.words) - self.family :])


class Reading(NamedTuple):
    """What a word of a text may be: a name part, and what was changed to see it."""

    part: str
    folded: bool = False
    genitive: bool = False
    edits: int = 0
    initial: bool = False


class _Memo(dict[K, tuple[Reading, ...]]):
    """Readings of words seen before, bounded; stays behind when the index travels."""

    def __reduce__(self) -> tuple[type[_Memo[K]], tuple[()]]:
        return (type(self), ())

    def keep(self, key: K, readings: Iterable[Reading]) -> tuple[Reading, ...]:
        """Remember readings, forgetting all others when there are too many."""
        if len(self) >= _REMEMBERED:
            self.clear()
        kept = self[key] = tuple(readings)
        return kept


class Partners(NamedTuple):
    """Words that form a pair with one, and the same collapsed, for counting edits."""

    words: tuple[str, ...]
    collapsed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """All entries, ready to be looked for; immutable and picklable.

    ``spelled`` maps each spelling to the name parts it stands for, ``pairs`` a
    first and another word of a name (either may be an initial) to forms,
    ``partners`` a word to those it forms pairs with.
    """

    entries: tuple[Entry, ...]
    spelled: Mapping[str, tuple[str, ...]]
    pairs: Mapping[tuple[str, str], tuple[Form, ...]]
    partners: Mapping[str, Partners]
    single: Mapping[str, tuple[Form, ...]]
    joined: Mapping[str, tuple[Form, ...]]
    emails: Mapping[str, tuple[int, ...]]
    paths: Mapping[str, tuple[int, ...]]
    _read_before: _Memo[str] = field(default_factory=_Memo, compare=False, repr=False)
    _typos_before: _Memo[tuple[str, str]] = field(
        default_factory=_Memo, compare=False, repr=False
    )

    def readings(self, word: str) -> tuple[Reading, ...]:
        """The name parts a folded word is, without any typo."""
        known = self._read_before.get(word)
        if known is None:
            known = self._read_before.keep(word, self._read(word))
        return known

    def whole(self, word: str) -> tuple[tuple[Form, bool], ...]:
        """The forms that a folded word is joined of, and whether in the genitive."""
        return tuple(
            (form, genitive)
            for stem, genitive in _stems(word)
            for form in self.joined.get(stem, ())
        )

    def _read(self, word: str) -> Iterable[Reading]:
        seen: set[str] = set()
        for stem, genitive in _stems(word):
            for part in self._parts(stem):
                if part not in seen and not _another_name(stem, part):
                    seen.add(part)
                    yield Reading(part, folded=part != stem, genitive=genitive)

    def _parts(self, word: str) -> Iterable[str]:
        for spelling in spellings(word):
            yield from self.spelled.get(spelling, ())

    def typos(self, word: str, partner: str) -> tuple[Reading, ...]:
        """The misspelt parts a folded word may be, next to an exact ``partner``."""
        if len(word) < SHORTEST_TYPO or lexicon().is_word(word):
            return ()
        known = self._typos_before.get((word, partner))
        if known is None:
            found = self.near(word, partner)
            known = self._typos_before.keep((word, partner), found)
        return known

    def near(self, word: str, partner: str) -> Iterable[Reading]:
        """The parts within few edits of a folded word, were it no word itself."""
        partners = self.partners.get(partner)
        if partners is None or word[-1].isdigit():
            return
        best: dict[str, Reading] = {}
        for stem, genitive in ((word, False), (word.removesuffix("s"), True)):
            for number, edits in _edits(stem, partners.collapsed):
                part = partners.words[number]
                exact = part == stem or word in (f"{part}s", f"{part}es")
                worse = part in best and best[part].edits <= edits
                if edits <= _allowed(part) and not (exact or worse):
                    best[part] = Reading(part, genitive=genitive, edits=edits)
        yield from best.values()


def _stems(word: str) -> Iterable[tuple[str, bool]]:
    yield word, False
    if word[-1].isdigit():
        yield word.rstrip("0123456789"), False
    if word.endswith("s") and not lexicon().is_family(word):
        yield word[:-1], True
        if word.endswith("es"):
            yield word[:-2], True


def _another_name(word: str, part: str) -> bool:
    """Whether a word that has lost a sign of a part is a name itself: Bak, not Bæk."""
    return unsigned(word) != unsigned(part) and word in lexicon().listed


def _edits(word: str, others: tuple[str, ...]) -> Iterable[tuple[int, int]]:
    """Others by number with their edits from a word, swapped neighbours being one.

    Words that only collapse to the same are one edit apart.
    """
    close = process.extract(
        collapse(word), others, scorer=OSA.distance, score_cutoff=2, limit=None
    )
    return ((number, max(1, int(edits))) for _, edits, number in close)


def _allowed(part: str) -> int:
    return 2 if len(part) >= _TWO_EDITS else 1
