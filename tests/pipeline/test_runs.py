"""A slot is run once, a run ends in one outcome, a killed worker's page is redone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from monitor.models import Fetch, FetchState, Run, SourceState
from monitor.pipeline import due, open_run, register, slot_of
from monitor.pipeline.runs import claim, close_run, finish, silent
from monitor.types import Reason, RunOutcome
from tests.world import START, World, page, post

LEASE = timedelta(minutes=5)


def _open(world: World) -> int:
    with world.database.begin() as session:
        register(session, [world.source], world.now)
        run_id = open_run(session, world.source, world.now)
    assert run_id is not None
    return run_id


def test_two_processes_register_a_new_source_at_the_same_moment(world: World) -> None:
    def register_too() -> None:
        with world.database.begin() as session:
            register(session, [world.source], world.now)

    with ThreadPoolExecutor() as threads:
        with world.database.begin() as session:
            register(session, [world.source], world.now)
            session.flush()
            other = threads.submit(register_too)
            wait([other], timeout=0.5)  # it reaches the row that is not yet there
        other.result(timeout=30)
    with world.database.read() as session:
        assert session.scalars(select(SourceState.id)).all() == [world.source.id]


def test_a_source_is_due_once_in_each_slot(world: World) -> None:
    with world.database.begin() as session:
        register(session, [world.source], START)
        assert due(session, START) == ["forum"]
        run_id = open_run(session, world.source, START)
        assert run_id is not None
        session.get_one(Run, run_id).ended_at = START
        assert due(session, START) == []
        assert open_run(session, world.source, START + timedelta(hours=1)) is None
        assert due(session, START + timedelta(hours=5)) == []
        assert due(session, START + timedelta(hours=6)) == ["forum"]


def test_missed_slots_are_caught_up_once(world: World) -> None:
    with world.database.begin() as session:
        register(session, [world.source], START)
        first = open_run(session, world.source, START)
        assert first is not None
        session.get_one(Run, first).ended_at = START
        week = START + timedelta(days=7)
        second = open_run(session, world.source, week)
        assert second is not None
        session.get_one(Run, second).ended_at = week
        assert due(session, week) == []
        assert session.scalar(select(func.count()).select_from(Run)) == 2


@pytest.mark.parametrize("night", [date(2026, 10, 24), date(2026, 3, 28)])
def test_both_nights_of_the_clock_change_have_each_slot_once(
    world: World, night: date
) -> None:
    hourly = replace(world.source, every=timedelta(hours=1))
    start = datetime.combine(night, time(20), UTC)
    slots = [slot_of(hourly, start + timedelta(minutes=10 * n)) for n in range(60)]
    assert len(set(slots)) == 10
    assert all(b - a == timedelta(hours=1) for a, b in pairwise(slots[::6]))


def test_a_clock_set_back_runs_no_slot_twice(world: World) -> None:
    with world.database.begin() as session:
        register(session, [world.source], START)
        run_id = open_run(session, world.source, START)
        assert run_id is not None
        session.get_one(Run, run_id).ended_at = START
        earlier = START - timedelta(hours=1)
        before = open_run(session, world.source, earlier)
        assert before is not None
        assert before != run_id
        session.get_one(Run, before).ended_at = earlier
        assert open_run(session, world.source, earlier) is None


def test_a_run_that_was_cut_off_is_taken_up_again(world: World) -> None:
    run_id = _open(world)
    world.now += timedelta(days=1)
    assert _open(world) == run_id


def test_a_run_that_was_cut_off_does_not_wait_for_the_next_slot(world: World) -> None:
    run_id = _open(world)
    with world.database.begin() as session:
        assert due(session, world.now) == ["forum"]
        claimed = claim(session, run_id, world.now, lease=LEASE, attempts=3)
        assert due(session, world.now) == []
        assert due(session, world.now + 2 * LEASE) == ["forum"]
        assert claimed is not None
        finish(session, claimed, FetchState.READ, now=world.now)
        assert due(session, world.now) == ["forum"]
        close_run(session, run_id, world.source, now=world.now)
        assert due(session, world.now) == []


def test_a_source_to_be_read_more_often_is_due_sooner(world: World) -> None:
    with world.database.begin() as session:
        register(session, [replace(world.source, every=timedelta(days=7))], START)
        run_id = open_run(
            session, replace(world.source, every=timedelta(days=7)), START
        )
        assert run_id is not None
        session.get_one(Run, run_id).ended_at = START
        register(session, [replace(world.source, every=timedelta(hours=1))], START)
        assert due(session, START + timedelta(hours=1)) == ["forum"]


def test_only_one_worker_has_a_fetch(world: World) -> None:
    run_id = _open(world)
    with world.database.begin() as session:
        first = claim(session, run_id, world.now, lease=LEASE, attempts=3)
        assert first is not None
        assert claim(session, run_id, world.now, lease=LEASE, attempts=3) is None
        later = world.now + LEASE + timedelta(seconds=1)
        second = claim(session, run_id, later, lease=LEASE, attempts=3)
        assert second is not None
        assert second.fetch_id == first.fetch_id
        assert not finish(session, first, FetchState.READ, now=later)
        assert finish(session, second, FetchState.READ, now=later)
        assert not finish(session, second, FetchState.READ, now=later)


def test_a_page_that_kills_its_worker_is_given_up(world: World) -> None:
    run_id = _open(world)
    for _ in range(3):
        with world.database.begin() as session:
            assert claim(session, run_id, world.now, lease=LEASE, attempts=3)
        world.now += timedelta(hours=1)
    with world.database.begin() as session:
        assert claim(session, run_id, world.now, lease=LEASE, attempts=3) is None
        report = close_run(session, run_id, world.source, now=world.now)
    assert report is not None
    assert report.outcome is RunOutcome.FAILED
    assert report.reason == Reason("page_gave_up", {"attempts": 3})


def test_a_run_is_not_closed_while_a_fetch_is_open(world: World) -> None:
    run_id = _open(world)
    with world.database.begin() as session:
        assert close_run(session, run_id, world.source, now=world.now) is None


def test_an_expired_source_is_not_read_and_says_so(world: World) -> None:
    world.site.put("/traad/", page(post(1, "Ro.")))
    expired = replace(world.source, expires_on=date(2026, 11, 22))
    (report,) = world.crawl(expired)
    assert report.outcome is RunOutcome.BLOCKED
    assert report.reason is not None
    assert report.reason.code == "source_expired"
    assert world.site.log == []


def test_an_unreachable_host_is_a_failed_run(world: World) -> None:
    gone = replace(world.source, urls=("http://127.0.0.1:9/",))
    (report,) = world.crawl(gone)
    assert report.outcome in (RunOutcome.FAILED, RunOutcome.BLOCKED)
    assert report.reason is not None


def test_too_few_posts_are_partly_read_and_alarm_in_time(world: World) -> None:
    world.site.put("/traad/", page(post(1, "Ro og orden.")))
    expecting = replace(world.source, min_posts=5)
    (report,) = world.crawl(expecting)
    assert report.outcome is RunOutcome.PARTLY_READ
    assert report.reason == Reason("too_few_posts", {"found": 1, "wanted": 5})
    with world.database.read() as session:
        state = session.get_one(SourceState, "forum")
        assert (state.last_read_at, state.failures) == (None, 1)
        assert silent(session, world.now + timedelta(days=2)) == ["forum"]
        assert silent(session, START - timedelta(days=1)) == []


def test_the_page_limit_ends_a_run_honestly(world: World) -> None:
    links = " ".join(f'<a href="/p{n}/">Side {n}</a>' for n in range(9))
    world.site.put("/traad/", page(post(1, "Ro."), links=links))
    for number in range(9):
        world.site.put(f"/p{number}/", page(post(10 + number, "Fred.")))
    source = world.over("/traad/", depth=1, page_limit=4, allow=(world.site.url("/*"),))
    (report,) = world.crawl(source)
    assert (report.outcome, report.fetches) == (RunOutcome.PARTLY_READ, 4)
    assert report.reason == Reason("page_limit", {"limit": 4, "left": 6})


def test_a_source_that_left_the_file_is_retired(world: World) -> None:
    with world.database.begin() as session:
        register(session, [world.source], START)
        register(session, [], START + timedelta(hours=7))
        assert due(session, START + timedelta(days=1)) == []
        assert session.get_one(SourceState, "forum").retired_at is not None
        register(session, [world.source], START + timedelta(days=2))
        assert due(session, START + timedelta(days=2)) == ["forum"]


def test_retry_after_puts_the_source_off(world: World) -> None:
    world.site.put("/traad/", "Vent", 503, Retry_After="86400")
    (report,) = world.crawl()
    assert report.outcome in (RunOutcome.BLOCKED, RunOutcome.FAILED)
    with world.database.read() as session:
        due_at = session.get_one(SourceState, "forum").next_due_at
    assert due_at is not None
    assert due_at >= world.now + timedelta(hours=23)


def test_a_crash_between_two_pages_loses_nothing(world: World) -> None:
    run_id = _open(world)
    with world.database.begin() as session:
        claim(session, run_id, world.now, lease=LEASE, attempts=3)
    world.site.put("/traad/", page(post(1, "Ro.")))
    world.now += LEASE
    (report,) = world.crawl()
    assert report.outcome is RunOutcome.READ_CLEAN
    with world.database.read() as session:
        fetch = session.scalars(select(Fetch)).one()
        assert (fetch.state, fetch.attempts) == (FetchState.READ, 2)
