"""What the clock does besides crawling: when it is due, once, and seen in the log."""

from __future__ import annotations

import asyncio
import logging
import os
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from monitor import cases, db, duties, history, recheck
from monitor.models import EvidenceItem, Hit, HitState, SourceState
from monitor.models.evidence import stored_path
from monitor.schedule import Duty, crawling
from monitor.startup import Opened
from tests.cases.builders import MANAGER, make_case
from tests.world import World, page, post
from watchlist import entries
from watchlist.models import WatchEntry
from watchlist.types import EntryState

ON_SQLITE = pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
NAMED = "Malthe Kringelbæk på jobcentret har givet mig afslag."
DAY = timedelta(days=1)


def do(world: World, duty: Duty) -> None:
    """Take a duty up once, as the clock does."""

    async def run() -> None:
        opened = Opened(world.settings, world.database)
        sources = {world.source.id: world.source}
        async with crawling(opened, sources, clock=lambda: world.now) as crawl:
            await duty(crawl)

    asyncio.run(run())


def found(world: World) -> None:
    """One hit with evidence."""
    world.enrol("TK-1", "Malthe Kringelbæk")
    world.site.put("/traad/", page(post(2, NAMED)))
    world.crawl()


def evidence(world: World) -> list[Path]:
    return sorted(world.settings.evidence_dir.glob("??/??/*"))


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, "monitor.duties")
    return caplog


def lines(said: pytest.LogCaptureFixture, level: int = logging.INFO) -> list[str]:
    """What was said at least at this level since the last time it was asked."""
    own = [r for r in said.records if r.name == duties.__name__]
    told = [record.getMessage() for record in own if record.levelno >= level]
    said.clear()
    return told


def test_young_hits_stay_and_old_ones_go_with_their_files(
    world: World, said: pytest.LogCaptureFixture
) -> None:
    found(world)
    do(world, duties.erase)
    assert len(evidence(world)) == 1
    world.now += timedelta(days=400)
    do(world, duties.erase)
    assert evidence(world) == []
    with world.database.read() as session:
        assert session.scalar(select(func.count()).select_from(EvidenceItem)) == 0
    told = lines(said)
    assert "hits=0" in told[0]
    assert "hits=1" in told[1]
    assert not any("Malthe" in line or "127.0.0.1" in line for line in told)


def test_files_nobody_knows_are_removed_once_they_have_settled(
    world: World, said: pytest.LogCaptureFixture
) -> None:
    found(world)
    (known,) = evidence(world)
    stray = world.settings.evidence_dir / stored_path("ab" * 32)
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"left by a crash")
    for age, there in ((timedelta(0), True), (2 * DAY, False)):
        written = (world.now - age).timestamp()
        os.utime(stray, (written, written))
        do(world, duties.erase)
        assert stray.exists() is there
    assert known.exists()
    assert "removed 1 files that nothing referred to" in lines(said)


def test_lost_evidence_is_an_error_and_stops_the_sweep(
    world: World, said: pytest.LogCaptureFixture
) -> None:
    found(world)
    (lost,) = evidence(world)
    stray = lost.with_name("cd" * 32)
    lost.rename(stray)
    os.utime(stray, (0, 0))
    do(world, duties.erase)
    assert stray.exists()
    (told,) = lines(said, logging.ERROR)
    assert told.endswith("has lost its file")


def backups(world: World) -> list[str]:
    return sorted(path.name for path in world.settings.backup_dir.glob("udkig-*"))


@pytest.fixture
def migrated(world: World) -> World:
    """A world that knows its schema, as one does that was not made by a test."""
    with world.database.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num TEXT)")
        stamp = f"INSERT INTO alembic_version VALUES ('{db.newest_schema()}')"
        connection.exec_driver_sql(stamp)
    return world


@ON_SQLITE
def test_backup_is_written_only_when_the_newest_is_old(
    migrated: World, said: pytest.LogCaptureFixture
) -> None:
    do(migrated, duties.back_up)
    (first,) = backups(migrated)
    assert [line.split(":")[0] for line in lines(said)] == ["backup written"]
    made = migrated.settings.backup_dir / first
    start = migrated.now
    for age, count in ((DAY - timedelta(minutes=1), 1), (DAY, 2)):
        written = start.timestamp()
        os.utime(made, (written, written))
        migrated.now = start + age
        do(migrated, duties.back_up)
        assert len(backups(migrated)) == count
    assert lines(said, logging.ERROR) == []


@ON_SQLITE
def test_backup_of_what_is_not_whole_is_written_and_told(
    migrated: World, said: pytest.LogCaptureFixture
) -> None:
    found(migrated)
    evidence(migrated)[0].write_bytes(b"not what was captured")
    do(migrated, duties.back_up)
    assert len(backups(migrated)) == 1
    assert lines(said, logging.ERROR) == ["backup: backup_evidence_damaged"]


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
def test_postgresql_is_left_to_its_own_tools(
    world: World, said: pytest.LogCaptureFixture
) -> None:
    do(world, duties.back_up)
    assert backups(world) == []
    assert lines(said) == []


def state_of(world: World, work_id: str) -> EntryState:
    with world.database.read() as session:
        return entries.find(session, work_id).state


def expire_on(world: World, day: date) -> None:
    """The duty in a crawl that was opened earlier: opening one expires too."""
    opened_at = world.now

    async def run() -> None:
        opened = Opened(world.settings, world.database)
        async with crawling(opened, {}, clock=lambda: world.now) as crawl:
            world.now = datetime.combine(day, time(12), UTC)
            await duties.expire(crawl)

    asyncio.run(run())
    world.now = opened_at


def test_entry_is_paused_once_when_its_yes_has_run_out(
    world: World, said: pytest.LogCaptureFixture
) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    with world.database.read() as session:
        entry = session.scalars(select(WatchEntry)).one()
    assert entry.review_on is not None
    expire_on(world, entry.review_on - DAY)
    assert state_of(world, "TK-1") is EntryState.ACTIVE
    for _ in range(2):
        expire_on(world, entry.review_on + DAY)
        assert state_of(world, "TK-1") is EntryState.PAUSED
    assert lines(said) == ["an opt-in has run out; its entry is paused"]
    with world.database.read() as session:
        (event,) = history.of(session, "employee", entry.employee_id, opened=False)
        assert (event.kind, event.actor) == ("opt_in_expired", history.SYSTEM)


def test_silent_source_is_announced_daily_until_it_is_mended(
    world: World, said: pytest.LogCaptureFixture
) -> None:
    world.site.put("/traad/", "Nej", status=403)
    world.crawl()
    start = world.now
    after = world.settings.monitor.schedule.silent_after
    for later, count in (
        (after - timedelta(hours=1), 0),
        (after + timedelta(hours=1), 1),
        (after + timedelta(hours=24), 0),
        (after + timedelta(hours=25), 1),
        (after + timedelta(hours=50), 1),
    ):
        world.now = start + later
        do(world, duties.alarm)
        assert len(lines(said, logging.WARNING)) == count, later
    world.site.put("/traad/", page(post(1, "Bussen kom for sent.")))
    world.now = start + after + timedelta(hours=80)
    world.crawl()
    do(world, duties.alarm)
    assert lines(said, logging.WARNING) == []


def test_source_that_keeps_failing_is_announced_before_it_is_silent_for_long(
    world: World, said: pytest.LogCaptureFixture
) -> None:
    world.site.put("/traad/", "Nej", status=403)
    for count in (0, 0, 1):
        world.crawl()
        do(world, duties.alarm)
        assert len(lines(said, logging.WARNING)) == count
    world.crawl()
    do(world, duties.alarm)
    assert lines(said, logging.WARNING) == []
    world.now += world.settings.monitor.alarms.repeat
    do(world, duties.alarm)
    (told,) = lines(said, logging.WARNING)
    assert told.endswith("failed runs in a row: 4")


def test_alarm_names_each_silent_source_and_no_paused_one(
    world: World, said: pytest.LogCaptureFixture
) -> None:
    others = [replace(world.source, id=name) for name in ("avis", "blog")]
    world.site.put("/traad/", "Nej", status=403)
    world.crawl(world.source, *others)
    with world.database.begin() as session:
        session.get_one(SourceState, "avis").paused_at = world.now

    async def all_of_them() -> None:
        opened = Opened(world.settings, world.database)
        known = {source.id: source for source in (world.source, *others)}
        async with crawling(opened, known, clock=lambda: world.now) as crawl:
            await duties.alarm(crawl)

    world.now += world.settings.monitor.schedule.silent_after + DAY
    asyncio.run(all_of_them())
    told = " ".join(lines(said, logging.WARNING))
    assert ("forum" in told, "blog" in told, "avis" in told) == (True, True, False)


def test_look_again_takes_the_looks_that_are_due(world: World) -> None:
    found(world)
    with world.database.begin() as session:
        hit = session.scalars(select(Hit)).one()
        hit.state = HitState.IN_CASE
        number = make_case(session, hit=hit, owner="bente").number
    with world.database.begin() as session:
        case = cases.get(session, number, actor=MANAGER)
        rules = world.settings.monitor.recheck
        planned = recheck.plan(session, case, rules, actor=MANAGER, now=world.now)
        days = sorted(row.due_at for row in planned)
    again = duties.duties_of({world.source.id: world.source})["recheck"][1]
    asked = [len(world.site.asked("/traad/"))]
    for moment in (days[0] - timedelta(seconds=1), days[-1], days[-1]):
        world.now = moment
        do(world, again)
        asked.append(len(world.site.asked("/traad/")))
    assert asked[0] == asked[1] < asked[2] == asked[3]


def test_every_duty_has_its_hour(world: World) -> None:
    every = {name: span for name, (span, _) in duties.duties_of({}).items()}
    assert set(every) == {"recheck", "expire", "alarm", "backup", "erase"}
    assert max(every.values()) == every["erase"] == DAY
    assert every["recheck"] < timedelta(hours=1)
