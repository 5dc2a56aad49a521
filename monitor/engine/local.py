"""Works in this process: picks the sources that are due and runs them side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from monitor.pipeline import Crawl, Job, Report, due, open_run, work_through
from monitor.types import Source


async def crawl_due(
    crawl: Crawl,
    sources: Mapping[str, Source],
    *,
    stopping: Callable[[], bool] = lambda: False,
    done: Callable[[Report], None] = lambda _report: None,
) -> list[Report]:
    """Run every source that is due; ``done`` is called as each run ends."""
    wanted = await due_now(crawl, sources)
    return await crawl_all(crawl, wanted, stopping=stopping, done=done)


async def crawl_all(
    crawl: Crawl,
    sources: Iterable[Source],
    *,
    now: datetime | None = None,
    stopping: Callable[[], bool] = lambda: False,
    done: Callable[[Report], None] = lambda _report: None,
) -> list[Report]:
    """Run these sources side by side; ``now`` makes a slot of its own.

    A fault in one (the disk, the database) does not end the others; it is raised
    when they are through.
    """
    reports: list[Report] = []

    async def one(source: Source) -> None:
        report = await crawl_one(crawl, source, slot=now, stopping=stopping)
        if report is not None:
            reports.append(report)
            done(report)

    ended = await asyncio.gather(*map(one, sources), return_exceptions=True)
    for fault in ended:
        if fault is not None:
            raise fault
    return reports


async def crawl_one(
    crawl: Crawl,
    source: Source,
    *,
    slot: datetime | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> Report | None:
    """Open the run of a source, or the one that was cut off, and work through it.

    None when there is nothing to do in this slot, or when a page is left to another
    worker or to a later time.
    """
    run_id = await asyncio.to_thread(_open, crawl, source, slot)
    if run_id is None:
        return None
    return await work_through(Job(crawl, run_id, source), stopping=stopping)


async def due_now(crawl: Crawl, sources: Mapping[str, Source]) -> list[Source]:
    """Those of the sources that are due, the longest overdue first."""
    ids = await asyncio.to_thread(_due, crawl)
    return [sources[name] for name in ids if name in sources]


def _due(crawl: Crawl) -> list[str]:
    with crawl.database.read() as session:
        return due(session, crawl.clock())


def _open(crawl: Crawl, source: Source, slot: datetime | None) -> int | None:
    with crawl.database.begin() as session:
        return open_run(session, source, crawl.clock(), slot=slot)
