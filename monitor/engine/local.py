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
    ids = await asyncio.to_thread(_due, crawl)
    wanted = [sources[name] for name in ids if name in sources]
    return await crawl_all(crawl, wanted, stopping=stopping, done=done)


async def crawl_all(
    crawl: Crawl,
    sources: Iterable[Source],
    *,
    now: datetime | None = None,
    stopping: Callable[[], bool] = lambda: False,
    done: Callable[[Report], None] = lambda _report: None,
) -> list[Report]:
    """Run these sources, several at a time; ``now`` makes a slot of its own."""
    places = asyncio.Semaphore(crawl.settings.monitor.fetch.concurrency)
    reports: list[Report] = []

    async def one(source: Source) -> None:
        async with places:
            if stopping():
                return
            run_id = await asyncio.to_thread(_open, crawl, source, now)
            if run_id is None:
                return
            job = Job(crawl, run_id, source)
            report = await work_through(job, stopping=stopping)
        if report is not None:
            reports.append(report)
            done(report)

    async with asyncio.TaskGroup() as tasks:
        for source in sources:
            tasks.create_task(one(source))
    return reports


def _due(crawl: Crawl) -> list[str]:
    with crawl.database.read() as session:
        return due(session, crawl.clock())


def _open(crawl: Crawl, source: Source, slot: datetime | None) -> int | None:
    with crawl.database.begin() as session:
        return open_run(session, source, crawl.clock(), slot=slot)
