"""The dull clock: asks the database every little while what is due, and has it done.

APScheduler only ticks. What is due stands in our tables, so that down time, missed
ticks and jumps of the clock cost nothing: each slot runs once, a missed one is
caught up once.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.metadata import version

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, JobEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor import enrolment
from monitor.engine.local import crawl_one, due_now
from monitor.errors import Problem
from monitor.fetch.pacing import MAX_REST
from monitor.fetch.polite import PoliteWeb
from monitor.fetch.rules import FetchRules
from monitor.models.crawl import Fetch, HostGate, SourceState
from monitor.pipeline import Crawl, Report, notice_version, register
from monitor.pipeline.watch import matching_version
from monitor.read.pool import Limits, Readers
from monitor.settings import Settings
from monitor.startup import Opened, only_one
from monitor.types import Source

log = logging.getLogger(__name__)
_JUMP = timedelta(seconds=30)
_PATIENCE = 60.0  # seconds a page in hand may take when we are asked to stop


def fetch_rules(settings: Settings) -> FetchRules:
    """The configured limits as the fetch room takes them."""
    told = settings.monitor.fetch
    return FetchRules(
        user_agent=f"Udkig/{version('udkig')} (+{told.contact})",
        delay=told.delay.total_seconds(),
        connect_timeout=told.connect_timeout.total_seconds(),
        deadline=told.deadline.total_seconds(),
        max_bytes=told.max_bytes,
        max_redirects=told.max_redirects,
        concurrency=told.concurrency,
        allow_private=told.allow_private,
        robots_ttl=told.robots_ttl,
    )


def read_limits(settings: Settings) -> Limits:
    """The configured limits of reading one page."""
    told = settings.monitor.schedule
    cores = len(os.sched_getaffinity(0))
    workers = cores if told.workers == "auto" else told.workers
    return Limits(workers, told.parse_seconds, told.parse_memory)


def utc_now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


@asynccontextmanager
async def crawling(
    opened: Opened,
    sources: Mapping[str, Source],
    *,
    clock: Callable[[], datetime] = utc_now,
) -> AsyncIterator[Crawl]:
    """All that a crawl needs: sources registered, the web open."""
    settings, database = opened.settings, opened.database
    with database.begin() as session:
        enrolment.expire(session, clock())
        register(session, sources.values(), clock())
        _forget_the_future(session, settings, clock())
        notice_version(session, matching_version(settings.matching))
    rules = fetch_rules(settings)
    async with (
        Readers(read_limits(settings)) as readers,
        PoliteWeb(rules, database.begin, clock) as web,
    ):
        yield Crawl(settings, database, web, clock, readers)


def _forget_the_future(session: Session, settings: Settings, now: datetime) -> None:
    """Undo what was noted while the clock was ahead, before it was put right."""
    lease = settings.monitor.schedule.lease
    for fetch in session.scalars(select(Fetch).where(Fetch.lease_until > now + lease)):
        fetch.lease_until = now
    for gate in session.scalars(
        select(HostGate).where(HostGate.next_at > now + MAX_REST)
    ):
        gate.next_at = now


Duty = Callable[[Crawl], Awaitable[None]]


@dataclass(slots=True)
class Ticker:
    """The jobs of the clock, each at most once at a time, and what is in hand.

    ``steady`` counts seconds whatever the clock is set to; ``look`` are the seconds
    between two comparisons of the two.
    """

    crawl: Crawl
    sources: Mapping[str, Source]
    duties: Mapping[str, tuple[timedelta, Duty]]
    steady: Callable[[], float] = time.monotonic
    look: float = 5.0
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    in_hand: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    scheduler: AsyncIOScheduler = field(init=False)

    def __post_init__(self) -> None:
        self.scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={
                "misfire_grace_time": None,
                "coalesce": True,
                "max_instances": 1,
            },
        )
        self.scheduler.add_listener(_note, EVENT_JOB_ERROR | EVENT_JOB_MAX_INSTANCES)

    async def run(self) -> None:
        """Tick until asked to stop; then finish the page in hand."""
        tick = self.crawl.settings.monitor.schedule.tick
        duties = {"crawl": (tick, self._crawl), **self.duties}
        for name, (every, work) in duties.items():
            self.scheduler.add_job(
                self._tick,
                "interval",
                seconds=every.total_seconds(),
                args=(name, work),
                id=name,
                next_run_time=utc_now(),
            )
        self.scheduler.start()
        watchdog = asyncio.create_task(self._watch_clock())
        await self.stopping.wait()
        watchdog.cancel()
        self.scheduler.pause()
        if self.in_hand:
            await asyncio.wait(self.in_hand.values(), timeout=_PATIENCE)
        self.scheduler.shutdown(wait=False)

    async def _tick(self, name: str, work: Duty) -> None:
        """The job itself: plain functions would be run in a thread without a loop."""
        self._take_up(name, work)

    def _take_up(self, name: str, work: Duty) -> None:
        """Start a duty unless the last one of its kind is still at it."""
        if name in self.in_hand or self.stopping.is_set():
            return
        task = asyncio.get_running_loop().create_task(self._do(name, work))
        self.in_hand[name] = task
        task.add_done_callback(lambda _: self.in_hand.pop(name, None))

    async def _do(self, name: str, work: Duty) -> None:
        try:
            await work(self.crawl)
        except Problem as problem:
            log.warning("%s: %s", name, problem.reason.code)
        except Exception:
            log.exception("%s failed; it is tried again at the next tick", name)

    async def _crawl(self, crawl: Crawl) -> None:
        """Take up what is due; a long run does not keep the next ones waiting."""
        for source in await due_now(crawl, self.sources):
            self._take_up(f"source {source.id}", partial(self._one, source))

    async def _one(self, source: Source, crawl: Crawl) -> None:
        report = await crawl_one(crawl, source, stopping=self.stopping.is_set)
        if report is not None:
            _log_report(report)

    async def _watch_clock(self) -> None:
        """A clock that was set does not stop or hurry anything."""
        clock = self.crawl.clock
        wall, steady = clock(), self.steady()
        while True:
            await asyncio.sleep(self.look)
            passed = timedelta(seconds=self.steady() - steady)
            jump = (clock() - wall) - passed
            if abs(jump) > _JUMP:
                log.warning("the clock jumped by %s s", int(jump.total_seconds()))
                await asyncio.to_thread(_move_due_times, self.crawl, jump)
                for job in self.scheduler.get_jobs():
                    job.modify(next_run_time=utc_now())
            wall, steady = clock(), self.steady()


def _move_due_times(crawl: Crawl, jump: timedelta) -> None:
    """After a step back, what was due soon must not wait until the time comes again."""
    if jump > timedelta():
        return
    now = crawl.clock()
    with crawl.database.begin() as session:
        for state in session.scalars(
            select(SourceState).where(SourceState.next_due_at > now)
        ):
            if state.next_due_at is not None:
                state.next_due_at += jump
        for gate in session.scalars(select(HostGate).where(HostGate.next_at > now)):
            gate.next_at += jump
        for fetch in session.scalars(select(Fetch).where(Fetch.lease_until > now)):
            if fetch.lease_until is not None:
                fetch.lease_until += jump


def _note(event: JobEvent) -> None:
    log.warning("tick %s: %s", event.job_id, event.code)


def _log_report(report: Report) -> None:
    log.info(
        "source %s: %s%s, %s fetches, %s posts, %s new hits",
        report.source_id,
        report.outcome.value,
        f" ({report.reason.code})" if report.reason else "",
        report.fetches,
        report.posts,
        report.new_hits,
    )


async def serve(
    opened: Opened,
    sources: Mapping[str, Source],
    duties: Mapping[str, tuple[timedelta, Duty]],
) -> None:
    """Run the scheduler until SIGTERM or SIGINT; one at a time on a data folder."""
    with only_one(opened.settings, "scheduler"):
        async with crawling(opened, sources) as crawl:
            await tick(crawl, sources, duties)


async def tick(
    crawl: Crawl,
    sources: Mapping[str, Source],
    duties: Mapping[str, tuple[timedelta, Duty]],
) -> None:
    """Tick until SIGTERM or SIGINT, then finish the page in hand."""
    ticker = Ticker(crawl, sources, duties)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ticker.stopping.set)
    log.info("started with %s sources", len(sources))
    await ticker.run()
    log.info("stopped")
