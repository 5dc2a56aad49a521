"""Compile watch entries into an index.

Every entry is compiled by itself: adding one never changes what another matches.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar
from urllib.parse import unquote

from monitor.match.fold import collapse, fold, plain, spellings, unsigned
from monitor.match.index import PARTICLES, SHORTEST_TYPO, Form, Index, Partners
from monitor.match.lexicon import lexicon
from monitor.match.sounds import sound
from monitor.types import Entry

K = TypeVar("K")
V = TypeVar("V")
_SHORTEST_JOINED = 6
_RARE_GIVEN = 1500  # bearers up to which a first name says something by itself
_SHORTEST_PATH = 4
_BARE = str.maketrans("æøå", "aoa")


def build(entries: Iterable[Entry]) -> Index:
    """Compile entries; costs about 20 microseconds each per name form."""
    kept = tuple(entries)
    tables = _Tables()
    for number, entry in enumerate(kept):
        for name, alias in _names(entry):
            forms = _forms(number, name, alias=alias)
            for form in forms:
                tables.add(form)
            for form in forms[:1]:
                tables.add_short(form, entry.center)
        for email in entry.emails:
            tables.emails[fold(email.strip())].append(number)
        for url in entry.profile_urls:
            if len(path := profile_path(url)) >= _SHORTEST_PATH:
                tables.paths[path].append(number)
    return tables.index(kept)


def only_since(index: Index, generation: int) -> Index:
    """The index of those entries that changed after a watchlist generation."""
    changed = build(e for e in index.entries if e.generation > generation)
    return replace(changed, listed=index.listed)


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
        self.givens: dict[tuple[str, str], list[Form]] = defaultdict(list)
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
        for whole in {"".join(form.words), first + form.words[-1]}:
            if len(whole) >= _SHORTEST_JOINED:
                for spelling in _written_alike(whole):
                    self.joined[spelling].append(form)

    def add_short(self, form: Form, center: str) -> None:
        """Enter a form under an initial for either name, and its given name alone."""
        first, *rest = form.words
        if not rest:
            return
        self.givens[first, center].append(form)
        bearers = lexicon().given.get(form.given_name, 0)
        # A double name that the lists hold is borne by very many.
        if bearers <= (_RARE_GIVEN if form.given == 1 else 0):
            self.givens[first, ""].append(form)
        for word in dict.fromkeys(_surnames(form)):
            self.pairs[f"{first[0]}.", word].append(form)
        for word in {form.words[-form.family], form.words[-1]}:
            self.pairs[first, f"{word[0]}."].append(form)

    def index(self, entries: tuple[Entry, ...]) -> Index:
        """The finished, frozen index."""
        spelled: dict[str, list[str]] = defaultdict(list)
        for part in sorted(self.parts):
            for spelling in dict.fromkeys(spellings(part)):
                spelled[spelling].append(part)
        sounding: dict[str, list[str]] = defaultdict(list)
        for part in sorted(self.parts):
            if len(part) >= SHORTEST_TYPO:
                sounding[sound(part)].append(part)
        words = {word for pair in self.pairs for word in pair}
        collapsed = {word: collapse(word) for word in words}
        partners: dict[str, list[str]] = defaultdict(list)
        for one, other in self.pairs:
            if len(other) >= SHORTEST_TYPO:
                partners[one].append(other)
            if len(one) >= SHORTEST_TYPO:
                partners[other].append(one)
        listed = _frozen(spelled)
        return Index(
            entries,
            listed,
            _frozen(sounding),
            _frozen(self.pairs),
            {
                word: Partners(tuple(others), tuple(map(collapsed.__getitem__, others)))
                for word, others in partners.items()
            },
            _frozen(self.single),
            _frozen(self.joined),
            _frozen(self.givens),
            _frozen(self.emails),
            _frozen(self.paths),
            any(entry.role_words for entry in entries),
            listed,
        )


def _frozen(table: Mapping[K, list[V]]) -> dict[K, tuple[V, ...]]:
    return {key: tuple(dict.fromkeys(values)) for key, values in table.items()}


def _written_alike(whole: str) -> set[str]:
    """A joined name with its æ, ø and å all written in one of the usual ways.

    All mixtures of them would be dozens of spellings of a long name.
    """
    signed = whole.replace("aa", "å").replace("ae", "æ").replace("oe", "ø")
    return {whole, signed, unsigned(signed), signed.translate(_BARE)}


def _surnames(form: Form) -> Iterable[str]:
    """The words that may stand for the surname: middle names unless given names."""
    last = len(form.words) - form.family
    for number, word in enumerate(form.words[form.given :], form.given):
        if number == len(form.words) - 1 or (
            word not in PARTICLES and (number >= last or not lexicon().is_given(word))
        ):
            yield word


_UNIT = re.compile(r"[^\s,;/]+")
_WORDS = re.compile(r"[^\W_]+(?:[\0'][^\W_]+)*")


def _forms(entry: int, name: str, *, alias: bool) -> list[Form]:
    """The name as given, then with double names written together."""
    units = [_unit(unit) for unit in _UNIT.findall(fold(name))]
    units = [unit for unit in units if unit]
    words = tuple(word for unit in units for word in unit)
    if not words:
        return []
    given, family = len(units[0]), len(units[-1]) if len(units) > 1 else 0
    as_given = Form(entry, words, given, family, alias)
    if len(words) < 3:
        return [as_given]
    forms = [as_given]
    # Written together: a surname of two with a hyphen, a given name of two words.
    if family > 1:
        tail = (*words[:-2], words[-2] + words[-1])
        forms.append(Form(entry, tail, given, family - 1, alias))
    if given > 1 or lexicon().is_given(words[1]):
        head = (words[0] + words[1], *words[2:])
        forms.append(Form(entry, head, max(1, given - 1), family, alias))
    return forms


def _unit(unit: str) -> tuple[str, ...]:
    return tuple(plain(word) for word in _WORDS.findall(unit))
