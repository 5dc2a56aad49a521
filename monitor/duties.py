"""What the clock has done besides crawling: erasing, backups, rechecks, alarms."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from monitor import enrolment
from monitor.backup import backup
from monitor.evidence.verify import sweep
from monitor.models.crawl import SourceState
from monitor.pipeline import Crawl
from monitor.pipeline.runs import silent
from monitor.recheck import look_at_due
from monitor.retention import purge
from monitor.types import Source

log = logging.getLogger(__name__)
Duty = Callable[[Crawl], Awaitable[None]]


async def erase(crawl: Crawl) -> None:
    """Erase what was kept long enough, and files that nothing refers to."""
    receipt = await asyncio.to_thread(
        purge, crawl.database, crawl.settings, crawl.clock()
    )
    log.info("purged: %s", receipt)
    swept = await asyncio.to_thread(_sweep, crawl)
    if swept:
        log.info("removed %s files that nothing referred to", swept)


def _sweep(crawl: Crawl) -> int:
    with crawl.database.read() as session:
        done = sweep(session, crawl.settings.evidence_dir, crawl.clock())
    for item in done.missing:
        log.error("evidence %s has lost its file", item)
    return done.removed


async def back_up(crawl: Crawl) -> None:
    """Write a verified backup, unless the newest is young enough."""
    if crawl.database.url.get_backend_name() != "sqlite":
        return
    if _backed_up(crawl, crawl.clock()):
        return
    report = await asyncio.to_thread(
        backup, crawl.database, crawl.settings, crawl.clock()
    )
    log.info("backup written: %s rows, %s evidence files", report.rows, report.evidence)
    for fault in report.faults:
        log.error("backup: %s", fault.code)


def _backed_up(crawl: Crawl, now: datetime) -> bool:
    folder, every = crawl.settings.backup_dir, crawl.settings.monitor.backup.every
    made = [path.stat().st_mtime for path in folder.glob("udkig-*")]
    return bool(made) and max(made) > now.timestamp() - every.total_seconds()


async def expire(crawl: Crawl) -> None:
    """Pause those whose yes has run out."""
    for _work_id in await asyncio.to_thread(_expire, crawl):
        log.info("an opt-in has run out; its entry is paused")


def _expire(crawl: Crawl) -> list[str]:
    with crawl.database.begin() as session:
        return enrolment.expire(session, crawl.clock())


async def alarm(crawl: Crawl) -> None:
    """Announce each source that is not truly read, again and again until mended."""
    for source_id, failures in await asyncio.to_thread(_alarms, crawl):
        log.warning(
            "source %s has not been truly read for too long; failed runs in a row: %s",
            source_id,
            failures,
        )


def _alarms(crawl: Crawl) -> list[tuple[str, int]]:
    now, told = crawl.clock(), crawl.settings.monitor
    since, repeat = now - told.schedule.silent_after, told.alarms.repeat
    with crawl.database.begin() as session:
        quiet = silent(session, since, failures=told.alarms.after_failures)
        states = session.scalars(select(SourceState).where(SourceState.id.in_(quiet)))
        due = [
            state
            for state in states
            if state.alarm_at is None or state.alarm_at <= now - repeat
        ]
        for state in due:
            state.alarm_at = now
        return [(state.id, state.failures) for state in due]


def duties_of(sources: Mapping[str, Source]) -> Mapping[str, tuple[timedelta, Duty]]:
    """Every duty with how often it is taken up."""

    async def look_again(crawl: Crawl) -> None:
        await look_at_due(crawl, sources)

    return {
        "recheck": (timedelta(minutes=5), look_again),
        "expire": (timedelta(hours=1), expire),
        "alarm": (timedelta(hours=1), alarm),
        "backup": (timedelta(hours=1), back_up),
        "erase": (timedelta(days=1), erase),
    }
