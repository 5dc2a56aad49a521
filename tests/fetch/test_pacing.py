from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from monitor.db import Database
from monitor.fetch.pacing import Grant, Pace, WaitUntil, release, take
from monitor.fetch.polite import PoliteWeb
from monitor.fetch.rules import Refusal
from monitor.models import HostGate
from monitor.types import ReadState, Request
from tests.fetch.conftest import Serve, make_rules, now
from tests.fetch.sites import Site, answer
from watchlist.crypto import Keyring

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
Walker = Callable[[str, int, float], subprocess.Popen[str]]
HOST = "forum.example:443"
LEASE = timedelta(seconds=30)
DELAY = timedelta(seconds=10)


def ask(database: Database, at: datetime, host: str = HOST) -> Grant | WaitUntil:
    with database.begin() as session:
        return take(session, host, now=at, lease=LEASE)


def give_back(database: Database, grant: Grant, at: datetime) -> None:
    with database.begin() as session:
        release(session, grant, now=at, delay=DELAY)


def test_turn_is_given_to_one_at_a_time(database: Database) -> None:
    first = ask(database, AT)
    assert first == Grant(HOST, 1)
    assert ask(database, AT) == WaitUntil(AT + LEASE)
    assert ask(database, AT, "other.example:443") == Grant("other.example:443", 1)


def test_next_turn_begins_a_delay_after_the_last(database: Database) -> None:
    first = ask(database, AT)
    assert isinstance(first, Grant)
    back = AT + timedelta(seconds=2)
    give_back(database, first, back)
    early = back + DELAY - timedelta(microseconds=1)
    assert ask(database, early) == WaitUntil(back + DELAY)
    assert ask(database, back + DELAY) == Grant(HOST, 2)


def test_turn_of_the_dead_is_free_after_its_lease(database: Database) -> None:
    assert ask(database, AT) == Grant(HOST, 1)
    assert ask(database, AT + LEASE) == Grant(HOST, 2)


def test_late_comer_cannot_give_back_the_turn_of_another(database: Database) -> None:
    late = ask(database, AT)
    assert isinstance(late, Grant)
    second = AT + LEASE
    assert ask(database, second) == Grant(HOST, 2)
    give_back(database, late, second)
    assert ask(database, second + DELAY) == WaitUntil(second + LEASE)


def test_host_that_rests_too_long_is_put_off(sqlite: Database) -> None:
    pace = Pace(make_rules(patience=1.0), sqlite.begin, now)

    async def use() -> None:
        async with pace.turn(HOST, 0.0) as turn:
            turn.rest_until = now() + timedelta(days=30)
        async with pace.turn(HOST, 0.0):
            pytest.fail("the host is at rest")

    with pytest.raises(Refusal) as no:
        asyncio.run(use())
    assert no.value.reason.code == "host_resting"
    assert no.value.state is ReadState.BLOCKED
    assert no.value.retry_at is not None
    assert no.value.retry_at <= now() + timedelta(days=1)


def test_slots_bound_the_requests_under_way(sqlite: Database) -> None:
    pace = Pace(make_rules(concurrency=2), sqlite.begin, now)
    under_way: list[int] = []
    busy = 0

    async def use(host: str) -> None:
        nonlocal busy
        async with pace.turn(host, 0.0):
            busy += 1
            under_way.append(busy)
            await asyncio.sleep(0.02)
            busy -= 1

    async def all_hosts() -> None:
        await asyncio.gather(*(use(f"{n}.example:80") for n in range(6)))

    asyncio.run(all_hosts())
    assert len(under_way) == 6
    assert max(under_way) == 2


def test_cancelled_turn_is_given_back(sqlite: Database) -> None:
    pace = Pace(make_rules(concurrency=1), sqlite.begin, now)

    async def use() -> None:
        async def hold() -> None:
            async with pace.turn(HOST, 0.0):
                await asyncio.sleep(10)

        task = asyncio.create_task(hold())
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with asyncio.timeout(5), pace.turn(HOST, 0.0):
            pass

    asyncio.run(use())


def gaps(site: Site) -> list[float]:
    return [b.at - a.at for a, b in zip(site.log, site.log[1:], strict=False)]


def test_tasks_of_one_process_keep_the_pace(serve: Serve, database: Database) -> None:
    site = serve({"/": answer(b"page")})

    async def many() -> None:
        rules = make_rules(site, delay=0.2)
        async with PoliteWeb(rules, database.begin, now) as web:
            await asyncio.gather(*(web.fetch(Request(site.url("/"))) for _ in range(4)))

    asyncio.run(many())
    assert site.paths() == ["/robots.txt"] + ["/"] * 4
    assert min(gaps(site)) >= 0.2


@pytest.fixture
def walker(database: Database, keyring: Keyring, tmp_path: Path) -> Walker:
    keys = tmp_path / "walker.keys"
    Keyring.create(keys)

    def start(address: str, times: int, delay: float) -> subprocess.Popen[str]:
        url = database.url.render_as_string(hide_password=False)
        words = [url, str(keys), address, str(times), str(delay)]
        command = [sys.executable, "-m", "tests.fetch.walker", *words]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    return start


def test_processes_of_one_database_keep_the_pace(serve: Serve, walker: Walker) -> None:
    site = serve({"/": answer(b"page")})
    workers = [walker(site.url("/"), 5, 0.2) for _ in range(2)]
    told = [worker.communicate(timeout=60)[0] for worker in workers]
    assert told == ["read\n" * 5] * 2
    assert site.paths() == ["/robots.txt"] + ["/"] * 10
    assert min(gaps(site)) >= 0.2


def test_killed_worker_holds_the_host_for_its_lease_only(
    serve: Serve, walker: Walker, database: Database
) -> None:
    async def hang(_: object, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(3)

    site = serve({"/": hang, "/good": answer(b"page")})
    first = walker(site.url("/"), 1, 0.2)
    while "/" not in site.paths():
        assert first.poll() is None
        time.sleep(0.01)
    first.kill()
    first.communicate()
    with database.read() as session:
        lease_ends = session.scalars(select(HostGate.next_at)).one()
    second = walker(site.url("/good"), 1, 0.2)
    assert second.communicate(timeout=60)[0] == "read\n"
    since = timedelta(seconds=time.monotonic() - site.log[-1].at)
    assert now() - since >= lease_ends


def test_host_that_wants_no_pause_is_held_over_several_turns(
    database: Database,
) -> None:
    first, second = (Pace(make_rules(), database.begin, now) for _ in range(2))
    order: list[str] = []

    async def use(pace: Pace, name: str) -> None:
        async with pace.turn(HOST, 0.0):
            order.append(name)

    async def both() -> None:
        for _ in range(3):
            await use(first, "first")
        held = ask(database, now())
        assert isinstance(held, WaitUntil)
        await use(second, "second")
        await use(first, "first again")
        await asyncio.gather(first.close(), second.close())

    asyncio.run(both())
    assert order == ["first"] * 3 + ["second", "first again"]
    assert ask(database, now()) == Grant(HOST, 4)
