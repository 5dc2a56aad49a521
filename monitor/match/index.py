"""Compile watch entries into an index; how a text is read against it is ``names``.

Every entry is judged by itself: adding one never changes what another matches.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar
from urllib.parse import unquote

from rapidfuzz import process
from rapidfuzz.distance import OSA

from monitor.match.fold import collapse, fold, plain, spellings, unsigned
from monitor.match.lexicon import lexicon
from monitor.types import Entry

K = TypeVar("K")
V = TypeVar("V")
# Small words of a name; whether they are written proves nothing.
PARTICLES = frozenset(
    {"al", "el", "de", "du", "da", "den", "der", "di", "la", "le", "van", "von"}
    | {"af", "bin", "bint", "abu", "ben", "dos", "ten", "ter", "zu"}
)
_SHORTEST_TYPO = 4  # letters; shorter parts are found exactly or not at all
_TWO_EDITS = 9  # letters from which two edits are a typo
_SHORTEST_JOINED = 6
_SHORTEST_PATH = 4
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

    def only_since(self, generation: int) -> Index:
        """The index of those entries that changed after a watchlist generation."""
        return build(e for e in self.entries if e.generation > generation)

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
        if len(word) < _SHORTEST_TYPO or lexicon().is_word(word):
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


def build(entries: Iterable[Entry]) -> Index:
    """Compile entries; costs about 20 microseconds each per name form."""
    kept = tuple(entries)
    tables = _Tables()
    for number, entry in enumerate(kept):
        for name, alias in _names(entry):
            for form in _forms(number, name, alias=alias):
                tables.add(form)
        for email in entry.emails:
            tables.emails[fold(email.strip())].append(number)
        for url in entry.profile_urls:
            if len(path := profile_path(url)) >= _SHORTEST_PATH:
                tables.paths[path].append(number)
    return tables.index(kept)


def _names(entry: Entry) -> Iterable[tuple[str, bool]]:
    yield entry.full_name, False
    for alias in entry.aliases:
        yield alias, True


def profile_path(url: str) -> str:
    """What of a profile's address names its owner: the folded path."""
    path = url[url.find("//") + 2 :] if "//" in url else url
    path = re.split("[?#]", path)[0].partition("/")[2]
    return fold(unquote(path)).strip("/")


class _Tables:
    """The tables of an index while they grow."""

    def __init__(self) -> None:
        self.pairs: dict[tuple[str, str], list[Form]] = defaultdict(list)
        self.single: dict[str, list[Form]] = defaultdict(list)
        self.joined: dict[str, list[Form]] = defaultdict(list)
        self.emails: dict[str, list[int]] = defaultdict(list)
        self.paths: dict[str, list[int]] = defaultdict(list)
        self.parts: set[str] = set()

    def add(self, form: Form) -> None:
        """Enter a form under every pair of words that may give it away."""
        first, *rest = form.words
        self.parts.update(form.words)
        if not rest:
            self.single[first].append(form)
            return
        for word in dict.fromkeys(_surnames(form)):
            self.pairs[first, word].append(form)
            self.pairs[f"{first[0]}.", word].append(form)
        for word in {form.words[-form.family], form.words[-1]}:
            self.pairs[first, f"{word[0]}."].append(form)
        for whole in {"".join(form.words), first + form.words[-1]}:
            if len(whole) >= _SHORTEST_JOINED:
                for spelling in spellings(whole):
                    self.joined[spelling].append(form)

    def index(self, entries: tuple[Entry, ...]) -> Index:
        """The finished, frozen index."""
        spelled: dict[str, list[str]] = defaultdict(list)
        for part in sorted(self.parts):
            for spelling in dict.fromkeys(spellings(part)):
                spelled[spelling].append(part)
        partners: dict[str, list[str]] = defaultdict(list)
        for one, other in self.pairs:
            if len(other) >= _SHORTEST_TYPO:
                partners[one].append(other)
            if len(one) >= _SHORTEST_TYPO:
                partners[other].append(one)
        return Index(
            entries,
            _frozen(spelled),
            _frozen(self.pairs),
            {
                word: Partners(tuple(others), tuple(map(collapse, others)))
                for word, others in partners.items()
            },
            _frozen(self.single),
            _frozen(self.joined),
            _frozen(self.emails),
            _frozen(self.paths),
        )


def _frozen(table: Mapping[K, list[V]]) -> dict[K, tuple[V, ...]]:
    return {key: tuple(dict.fromkeys(values)) for key, values in table.items()}


def _surnames(form: Form) -> Iterable[str]:
    """The words that may stand for the surname: middle names unless given names."""
    for number, word in enumerate(form.words[form.given :], form.given):
        middle = number < len(form.words) - form.family
        if word not in PARTICLES and not (middle and lexicon().is_given(word)):
            yield word


_UNIT = re.compile(r"[^\s,;/]+")
_WORDS = re.compile(r"[^\W_]+(?:[\0'][^\W_]+)*")


def _forms(entry: int, name: str, *, alias: bool) -> Iterable[Form]:
    """The name as given, and with double names written together."""
    units = [_unit(unit) for unit in _UNIT.findall(fold(name))]
    units = [unit for unit in units if unit]
    words = tuple(word for unit in units for word in unit)
    if not words:
        return
    given, family = len(units[0]), len(units[-1]) if len(units) > 1 else 0
    yield Form(entry, words, given, family, alias)
    if len(words) < 3:
        return
    tail = (*words[:-2], words[-2] + words[-1])
    yield Form(entry, tail, given, max(1, family - 1), alias)
    head = (words[0] + words[1], *words[2:])
    yield Form(entry, head, max(1, given - 1), family, alias)


def _unit(unit: str) -> tuple[str, ...]:
    return tuple(plain(word) for word in _WORDS.findall(unit))
