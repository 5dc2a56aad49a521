"""Counts what a finder found on labelled pages against what is true of them.

A pair is one person on one page. Others who may be meant by the same words (the same
name, or as near to the written one as its slip) count neither for nor against.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from rapidfuzz.distance import OSA

from benchmarks.matching.names import NICKNAMES
from benchmarks.matching.pages import Labelled, Truth
from benchmarks.matching.people import Person, key
from benchmarks.matching.writings import Written
from monitor.types import Band

WEAK_BELOW = 0.70


class Alert(NamedTuple):
    """One find of a finder; ``score`` and ``band`` only where it has such."""

    person: int
    start: int
    end: int
    score: float = 1.0
    band: Band = Band.HIT
    quote: str | None = None


@dataclass
class Tally:
    """What was counted; kinds have names such as ``fuzzy.typo_family``."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    as_hit: Counter[str] = field(default_factory=Counter)
    pages: Counter[str] = field(default_factory=Counter)
    alerting: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)  # pairs, by sort of page
    quoted: int = 0
    quoted_as_it_stands: int = 0
    located: int = 0
    overlapping: int = 0
    misses: list[tuple[Labelled, Truth]] = field(default_factory=list)
    false: list[tuple[Labelled, Alert]] = field(default_factory=list)

    def recall(self, *kinds: str) -> float:
        """Of planted names of kinds or groups, the share found."""
        return _share(_of(self.found, kinds), _of(self.planted, kinds))

    def hit_share(self, *kinds: str) -> float:
        """Of planted names, the share found as a full hit."""
        return _share(_of(self.as_hit, kinds), _of(self.planted, kinds))

    @property
    def core_found(self) -> int:
        """Pairs found of all groups but weak."""
        return sum(n for kind, n in self.found.items() if not kind.startswith("weak"))

    @property
    def core_planted(self) -> int:
        """Pairs there are of all groups but weak."""
        return sum(n for kind, n in self.planted.items() if not kind.startswith("weak"))

    @property
    def core_recall(self) -> float:
        """Recall over all groups but weak."""
        return _share(self.core_found, self.core_planted)

    @property
    def precision(self) -> float:
        """Of pairs told, the share that is true; all sorts of pages count."""
        return _share(self.core_found, self.core_found + self.wrong.total())

    @property
    def f1(self) -> float:
        """Of precision and recall, the harmonic mean."""
        both = self.precision + self.core_recall
        return 2 * self.precision * self.core_recall / both if both else 0.0

    def alerts(self, *kinds: str) -> float:
        """Of pages of some kinds or sorts, the share with any wrong alert."""
        return _share(_of(self.alerting, kinds), _of(self.pages, kinds))

    @property
    def per_thousand_clean(self) -> float:
        """False alerts on a thousand clean pages."""
        return 1000 * _share(self.wrong["clean"], _of(self.pages, ("clean",)))

    @property
    def offsets(self) -> float:
        """Of names found whose place is known, the share told at that place."""
        return _share(self.overlapping, self.located)

    @property
    def quotes(self) -> float:
        """Of quotes told, the share that stands at its place letter by letter."""
        return _share(self.quoted_as_it_stands, self.quoted)


def _of(counts: Counter[str], kinds: tuple[str, ...]) -> int:
    return sum(
        number
        for kind, number in counts.items()
        if any(kind == wanted or kind.startswith(f"{wanted}.") for wanted in kinds)
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


class Scorer:
    """Counts alerts on the pages about the people of one list."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = {person.id: person for person in people}
        self.tally = Tally()

    def count(self, page: Labelled, alerts: Iterable[Alert]) -> None:
        """Add what one page's alerts got right and wrong."""
        tally = self.tally
        tally.pages[page.kind] += 1
        told = list(alerts)
        for truth in page.truths:
            self._count_truth(page, truth, told)
        wrong: dict[int, Alert] = {}
        for alert in told:
            tally.quoted += alert.quote is not None
            tally.quoted_as_it_stands += (
                alert.quote == page.text[alert.start : alert.end]
            )
            if not any(self._may_mean(truth, alert.person) for truth in page.truths):
                wrong.setdefault(alert.person, alert)
        tally.wrong[page.sort] += len(wrong)
        tally.false += [(page, alert) for alert in wrong.values()]
        tally.alerting[page.kind] += bool(wrong)

    def _count_truth(self, page: Labelled, truth: Truth, told: list[Alert]) -> None:
        tally, kind = self.tally, truth.writing.kind
        tally.planted[kind] += 1
        own = [alert for alert in told if alert.person == truth.person]
        tally.as_hit[kind] += any(alert.band is Band.HIT for alert in own)
        if page.sort == "weak":
            own = [a for a in own if a.band is Band.WEAK and a.score < WEAK_BELOW]
        if not own:
            tally.misses.append((page, truth))
            return
        tally.found[kind] += 1
        if truth.start >= 0:
            tally.located += 1
            tally.overlapping += any(
                a.start < truth.end and truth.start < a.end for a in own
            )

    def _may_mean(self, truth: Truth, number: int) -> bool:
        """Whether the words planted for one person may name another as well."""
        if number == truth.person:
            return True
        return may_mean(self.people[number], truth)


def may_mean(person: Person, truth: Truth) -> bool:
    """Whether written words may be this person's name too."""
    return any(
        _fits(given, family, truth.writing)
        for givens, families in _names(person)
        for given in givens
        for family in families
    )


def _names(person: Person) -> Iterator[tuple[list[str], list[str]]]:
    """What a person may be called before and after the space."""
    givens = [person.given, *re.split("[ -]", person.given)[:1]]
    yield givens, [*person.middle, person.family, *person.family.split("-")]
    for alias in person.aliases:
        first, *rest = alias.split()
        yield [first], rest


def _fits(given: str, family: str, writing: Written) -> bool:
    same_family = key(family) == key(writing.family)
    match writing.kind:
        case "weak.initial_surname":
            return given[0] == writing.given[0] and same_family
        case "weak.given_initial":
            same_initial = family[0] == writing.family[0]
            return key(given) == key(writing.given) and same_initial
        case "weak.given_alone":
            return key(given) == key(writing.given)
        case "weak.nickname":
            return NICKNAMES.get(given, given) == writing.given and same_family
    return _same(given, family, writing) or _close(given, family, writing)


def _same(given: str, family: str, writing: Written) -> bool:
    givens = {key(writing.given), key(re.split("[ -]", writing.given)[0])}
    families = {key(part) for part in (writing.family, *writing.family.split("-"))}
    return key(given) in givens and key(family) in families


def _close(given: str, family: str, writing: Written) -> bool:
    """Whether the slips of the writing may have started from this name."""
    written = f"{writing.given} {writing.family}".lower()
    return OSA.distance(f"{given} {family}".lower(), written) <= writing.slack
