"""Counts how often people put aside hits on which a rule had fired.

Shown to those who keep the rules: a rule that mostly fires on lawful posts is noise.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from monitor.models.audit import Counter
from monitor.models.hit import DISMISSED, HitState
from monitor.signals import Signal
from watchlist.base import insert_missing

_PREFIX = "sig"


def count(
    session: Session, signals: Iterable[Signal], state: HitState, *, by: int
) -> None:
    """Count a hit put aside (1), or taken back (-1), under each rule that fired."""
    for code in sorted({signal.code for signal in signals}):
        name = f"{_PREFIX}.{code}.{state.value}"
        insert_missing(session, Counter, name=name, value=0)
        counted = update(Counter).where(Counter.name == name)
        session.execute(counted.values(value=Counter.value + by))


def tally(session: Session) -> dict[str, dict[HitState, int]]:
    """For each rule that fired on a hit put aside, how often it ended as what."""
    found = select(Counter.name, Counter.value).where(Counter.name.like(f"{_PREFIX}.%"))
    counts: dict[str, dict[HitState, int]] = {}
    for name, value in session.execute(found):
        _prefix, code, state = name.split(".")
        counts.setdefault(code, dict.fromkeys(DISMISSED, 0))[HitState(state)] = value
    return counts
