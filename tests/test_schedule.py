"""The clock: it takes up what is due, once, whatever becomes of it or of the time."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from monitor.engine.local import due_now
from monitor.models import Fetch, HostGate, Run, SourceState
from monitor.models.crawl import OPEN_FETCHES
from monitor.pipeline import Crawl, register
from monitor.schedule import Ticker, crawling
from monitor.startup import Opened
from monitor.types import RunOutcome, Source
from tests.installation import Installation, fill, sites, utc_now
from tests.world import START, World, page, post

HOUR = timedelta(hours=1)
STEP = timedelta(minutes=10)


@dataclass
class Clock:
    """A wall clock that can be set, beside seconds that only pass."""

    world: World
    seconds: float = 0.0
    beats: int = 0
    reads: list[float] = field(default_factory=list)

    def pass_by(self, time_: timedelta) -> None:
        self.world.now += time_
        self.seconds += time_.total_seconds()

    def set_by(self, jump: timedelta) -> None:
        self.world.now += jump

    async def beat(self, _crawl: Crawl) -> None:
        self.beats += 1

    async def settle(self, ticker: Ticker) -> None:
        """Wait until the clock has ticked and nothing of it is in hand."""
        seen = self.beats
        await until(lambda: self.beats >= seen + 3 and not ticker.in_hand)
        new = runs(self.world) - len(self.reads)
        self.reads += [self.seconds] * new


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110  threads bring it about
            await asyncio.sleep(0.005)


def runs(world: World) -> int:
    with world.database.read() as session:
        ended = Run.ended_at.is_not(None)
        return session.scalar(select(func.count()).where(ended)) or 0


@asynccontextmanager
async def ticking(
    world: World, clock: Clock, *sources: Source
) -> AsyncIterator[Ticker]:
    fast = world.settings.monitor.schedule.model_copy(
        update={"tick": timedelta(seconds=0.02)}
    )
    told = world.settings.monitor.model_copy(update={"schedule": fast})
    opened = Opened(replace(world.settings, monitor=told), world.database)
    known = {source.id: source for source in sources}
    duties = {"beat": (timedelta(seconds=0.02), clock.beat)}
    async with crawling(opened, known, clock=lambda: world.now) as crawl:
        ticker = Ticker(crawl, known, duties, steady=lambda: clock.seconds, look=0.005)
        task = asyncio.create_task(ticker.run())
        try:
            yield ticker
        finally:
            ticker.stopping.set()
            await task


def watch(world: World, span: timedelta, *, jump: timedelta = timedelta()) -> Clock:
    """Let an hourly source be read over a span, the clock being set after an hour."""
    world.site.put("/traad/", page(post(1, "Ro og orden.")))
    clock = Clock(world)

    async def run() -> None:
        hourly = replace(world.source, every=HOUR)
        async with ticking(world, clock, hourly) as ticker:
            await clock.settle(ticker)
            for number in range(span // STEP):
                if number == HOUR // STEP:
                    clock.set_by(jump)
                    await clock.settle(ticker)
                clock.pass_by(STEP)
                await clock.settle(ticker)

    asyncio.run(run())
    return clock


def gaps(clock: Clock) -> list[float]:
    return [b - a for a, b in zip(clock.reads, clock.reads[1:], strict=False)]


@pytest.mark.parametrize("jump", [HOUR, -HOUR, timedelta(minutes=-25)])
def test_a_clock_that_is_set_neither_stops_nor_hurries(
    world: World, jump: timedelta
) -> None:
    clock = watch(world, 5 * HOUR, jump=jump)
    assert max(gaps(clock)) <= 2 * HOUR.total_seconds()
    assert len(clock.reads) >= 4
    with world.database.read() as session:
        slots = session.scalars(select(Run.slot)).all()
    assert len(slots) == len(set(slots)) == len(clock.reads)


@pytest.mark.parametrize(
    "night",
    [datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 3, 28, 22, tzinfo=UTC)],
)
def test_a_night_of_the_clock_change_has_a_run_an_hour(
    world: World, night: datetime
) -> None:
    world.source = replace(world.source, approved_on=night.date())
    world.now = night
    clock = watch(world, 5 * HOUR)
    assert clock.reads == [n * HOUR.total_seconds() for n in range(6)]


def test_a_week_off_is_caught_up_once(world: World) -> None:
    watch(world, HOUR)
    world.now += timedelta(days=7)
    clock = Clock(world, reads=[0.0] * runs(world))

    async def run() -> None:
        async with ticking(world, clock, replace(world.source, every=HOUR)) as ticker:
            await clock.settle(ticker)

    before = runs(world)
    asyncio.run(run())
    assert runs(world) == before + 1
    with world.database.read() as session:
        state = session.get_one(SourceState, "forum")
        assert state.next_due_at is not None
        assert world.now < state.next_due_at <= world.now + HOUR


def test_what_was_noted_while_the_clock_was_years_ahead_is_forgotten(
    world: World,
) -> None:
    world.site.put("/traad/", page(post(1, "Ro og orden.")))
    future = START + timedelta(days=3650)
    with world.database.begin() as session:
        register(session, [world.source], START)
        session.get_one(SourceState, "forum").next_due_at = future
        session.add(HostGate(host=world.site.place, next_at=future, token=7))
        run = Run(source_id="forum", slot=START, started_at=START)
        session.add(run)
        session.flush()
        fetch = Fetch(run_id=run.id, url=world.site.url("/traad/"), role="page")
        fetch.state, fetch.lease_until = OPEN_FETCHES[1], future
        session.add(fetch)
    (report,) = world.crawl()
    assert report.outcome is RunOutcome.READ_CLEAN
    with world.database.read() as session:
        state = session.get_one(SourceState, "forum")
        assert state.next_due_at is not None
        assert state.next_due_at <= world.now + world.source.every


def test_a_fault_in_a_tick_ends_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.site.put("/traad/", page(post(1, "Ro og orden.")))
    clock, faults = Clock(world), [0]

    async def failing(crawl: Crawl, known: Mapping[str, Source]) -> list[Source]:
        faults[0] += 1
        if faults[0] < 4:
            raise ZeroDivisionError
        return await due_now(crawl, known)

    monkeypatch.setattr("monitor.schedule.due_now", failing)

    async def run() -> None:
        async with ticking(world, clock, world.source) as ticker:
            while not runs(world):
                await clock.settle(ticker)

    asyncio.run(run())
    assert faults[0] >= 4


def test_a_long_run_keeps_no_other_source_waiting(world: World) -> None:
    for path in ("/traad/", "/anden/"):
        world.site.put(path, page(post(1, "Ro og orden.")))
    clock = Clock(world)
    with sites(1) as (slow,):
        slow.put("/traad/", page(post(1, "Langsomt.")))
        held = slow.hold("/traad/")
        allowed = (world.site.place, slow.place)
        fetch = world.settings.monitor.fetch.model_copy(
            update={"allow_private": allowed}
        )
        told = world.settings.monitor.model_copy(update={"fetch": fetch})
        world.settings = replace(world.settings, monitor=told)
        long = replace(world.source, id="long", urls=(slow.url("/traad/"),))

        async def run() -> None:
            async with ticking(world, clock, long, world.source) as ticker:
                await until(lambda: bool(slow.asked("/traad/")))
                for number in range(1, 4):
                    await until(lambda n=number: runs(world) == n)  # type: ignore[misc]
                    clock.pass_by(world.source.every)
                assert len(slow.asked("/traad/")) == 1
                held.set()
                await clock.settle(ticker)

        try:
            asyncio.run(run())
        finally:
            held.set()


@pytest.fixture
def installation(tmp_path: Path, empty_url: str) -> Iterator[Installation]:
    with sites(1) as running:
        fill(running[0], 3, posts=2)
        yield Installation(
            tmp_path / "home", running, empty_url, every="1h", schedule='tick = "1s"\n'
        )


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def ended(installation: Installation) -> int:
    with installation.opened() as opened, opened.database.read() as session:
        closed = select(func.count()).where(Run.ended_at.is_not(None))
        return session.scalar(closed) or 0


def stop(process: subprocess.Popen[str], number: signal.Signals) -> str:
    process.send_signal(number)
    return process.communicate(timeout=60)[1]


def test_it_reads_what_is_due_and_stops_when_asked(installation: Installation) -> None:
    running = installation.start("start")
    wait_until(
        lambda: installation.data.exists() and len(installation.sites[0].log) > 3
    )
    wait_until(lambda: ended(installation) == 1)
    said = stop(running, signal.SIGTERM)
    assert running.returncode == 0, said
    assert "stopped" in said


def test_asked_to_stop_it_finishes_the_page_in_hand(installation: Installation) -> None:
    (site,) = installation.sites
    held = site.hold("/p1/")
    running = installation.start("start")
    wait_until(lambda: bool(site.asked("/p1/")))
    running.send_signal(signal.SIGTERM)
    held.set()
    said = running.communicate(timeout=60)[1]
    assert running.returncode == 0, said
    assert site.asked("/p2/") == []
    with installation.opened() as opened, opened.database.read() as session:
        states = {fetch.url: fetch.state for fetch in session.scalars(select(Fetch))}
    assert states[site.url("/p1/")] == "read"
    assert states[site.url("/p2/")] == "waiting"


def test_a_second_scheduler_on_the_same_data_is_refused(
    installation: Installation,
) -> None:
    first = installation.start("start")
    wait_until(lambda: len(installation.sites[0].log) > 0)
    second = installation.run("start")
    assert second.returncode == 3
    assert "Only one may run at a time" in second.stderr
    stop(first, signal.SIGTERM)
    assert first.returncode == 0


def test_killed_and_started_again_it_catches_up_a_missed_slot_once(
    installation: Installation,
) -> None:
    first = installation.start("start")
    wait_until(lambda: len(installation.sites[0].log) > 3)
    wait_until(lambda: ended(installation) == 1)
    stop(first, signal.SIGKILL)
    with installation.opened() as opened, opened.database.begin() as session:
        run, state = (
            session.scalars(select(Run)).one(),
            session.scalars(select(SourceState)).one(),
        )
        run.slot -= 5 * HOUR
        state.next_due_at = utc_now() - 4 * HOUR
    second = installation.start("start")
    wait_until(lambda: ended(installation) == 2)
    stop(second, signal.SIGTERM)
    assert ended(installation) == 2
