"""What it costs to ask what is due among ten thousand sources, also after a pause."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import update

from monitor.models import SourceState
from monitor.pipeline import due, register
from monitor.startup import Opened
from monitor.types import Source

SOURCES = 10_000
CHECKS = 20
PAUSE = timedelta(minutes=10)
HOUR = timedelta(hours=1)


class Clock(NamedTuple):
    """Processor milliseconds of a check, and who was missed after the pause."""

    idle: float
    each: float
    missed: int


def clock(opened: Opened) -> Clock:
    """Every source hourly, spread evenly; ten minutes pass without a check."""
    now = datetime.now(UTC)
    with opened.database.begin() as session:
        register(session, map(_source, range(SOURCES)), now)
        for number in range(SOURCES):
            at = now + (number + 1) / SOURCES * HOUR
            state = update(SourceState).where(SourceState.id == f"site-{number}")
            session.execute(state.values(next_due_at=at))
    with opened.database.read() as session:
        due(session, now)
        begun = time.process_time()
        for _ in range(CHECKS):
            due(session, now)
        idle = (time.process_time() - begun) / CHECKS
        begun = time.process_time()
        found = due(session, now + PAUSE)
        spent = time.process_time() - begun
    expected = int(SOURCES * (PAUSE / HOUR))
    missed = expected - len(set(found))
    return Clock(idle * 1000, spent * 1000 / max(1, len(found)), missed)


def _source(number: int) -> Source:
    url = f"https://forum-{number}.example/"
    return Source(f"site-{number}", "web", (url,), "havnelyst", HOUR)
