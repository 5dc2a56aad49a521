"""A page may end the process that reads it; the others and the program go on."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import psutil
import pytest

from monitor.match import Thresholds, build
from monitor.read.pool import Limits, ReaderFault, ReaderLost, Readers
from monitor.types import Context, Entry, Post

T = TypeVar("T")
LIMITS = Limits(workers=2, seconds=1, memory=100_000_000)
FOREVER = range(10**15)
MALTHE = Entry(1, "havnelyst", "Malthe Kringelbæk", generation=1)
SIGNE = Entry(2, "bakkely", "Signe Abildtorp", generation=2)


def within(work: Callable[[Readers], Awaitable[T]], limits: Limits = LIMITS) -> T:
    async def run() -> T:
        async with Readers(limits) as readers:
            return await work(readers)

    return asyncio.run(run())


def alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def children() -> list[psutil.Process]:
    return psutil.Process().children()


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def test_work_is_done_in_another_process_and_nothing_is_left_of_it() -> None:
    before = set(children())  # such as the tests' own database
    pid = within(lambda readers: readers.call(os.getpid))
    assert pid != os.getpid()
    assert set(children()) <= before


def test_without_workers_it_is_done_here() -> None:
    assert within(lambda readers: readers.call(os.getpid), Limits()) == os.getpid()


def test_no_process_starts_before_there_is_work() -> None:
    async def nothing(_: Readers) -> int:
        return len(children())

    assert within(nothing) == len(children())


def test_never_more_processes_than_allowed() -> None:
    async def many(readers: Readers) -> set[int]:
        asked = (readers.call(os.getpid) for _ in range(20))
        return set(await asyncio.gather(*asked))

    assert 1 <= len(within(many)) <= LIMITS.workers


def test_one_that_hangs_is_ended_and_those_beside_it_go_on() -> None:
    async def hang(readers: Readers) -> list[object]:
        others = (readers.call(abs, -n) for n in range(20))
        hanging = readers.call(sum, FOREVER)
        return list(await asyncio.gather(hanging, *others, return_exceptions=True))

    lost, *others = within(hang)
    assert isinstance(lost, ReaderLost)
    assert lost.slow
    assert others == list(range(20))


def test_one_that_dies_is_replaced() -> None:
    async def die(readers: Readers) -> list[object]:
        asked = [readers.call(os._exit, 3) for _ in range(3)]
        asked += [readers.call(abs, -n) for n in range(5)]
        return list(await asyncio.gather(*asked, return_exceptions=True))

    *died, a, b, c, d, e = within(die)
    assert [isinstance(one, ReaderLost) and not one.slow for one in died] == [True] * 3
    assert (a, b, c, d, e) == (0, 1, 2, 3, 4)


def test_one_that_takes_too_much_memory_is_lost() -> None:
    async def grow(readers: Readers) -> int:
        with pytest.raises(ReaderLost):
            await readers.call(bytearray, 300_000_000)
        return len(await readers.call(bytearray, 10_000_000))

    assert within(grow) == 10_000_000


def test_a_mistake_is_told_with_its_traceback_and_costs_no_process() -> None:
    async def err(readers: Readers) -> tuple[int, int]:
        before = await readers.call(os.getpid)
        with pytest.raises(ReaderFault, match="ValueError: invalid literal"):
            await readers.call(int, "x")
        return before, await readers.call(os.getpid)

    before, after = within(err)
    assert before == after


def test_who_is_no_longer_waited_for_is_ended() -> None:
    async def leave(readers: Readers) -> int:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(readers.call(time.sleep, 600), 2)
        return await readers.call(abs, -1)

    assert within(leave, Limits(1, 5)) == 1


def test_names_travel_once_and_again_when_they_are_others() -> None:
    async def look(readers: Readers) -> list[list[int]]:
        post = Post("forum", "Malthe Kringelbæk og Signe Abildtorp sagde nej.")
        both, one = build((MALTHE, SIGNE)), build((MALTHE,))
        return [
            [
                found.employee_id
                for found in await readers.search(
                    [(generation, [post])],
                    index,
                    context=Context(),
                    thresholds=Thresholds(),
                )
            ]
            for index, generation in ((both, 0), (both, 1), (one, 0), (both, 0))
        ]

    for limits in (Limits(), Limits(1)):
        assert within(look, limits) == [[1, 2], [2], [1], [1, 2]]


def test_a_find_holds_the_very_post_that_was_searched() -> None:
    posts = [Post("forum", f"Malthe Kringelbæk sagde {n}.") for n in range(3)]

    async def look(readers: Readers) -> list[Post]:
        found = await readers.search(
            [(0, posts)],
            build((MALTHE,)),
            context=Context(),
            thresholds=Thresholds(),
        )
        return [one.post for one in found]

    assert [id(post) for post in within(look)] == [id(post) for post in posts]


def test_a_worker_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONITOR_DATABASE_URL", "postgresql://user:word@host/db")
    told = within(lambda readers: readers.call(os.getenv, "MONITOR_DATABASE_URL"))
    assert told is None


def test_signals_for_all_leave_the_page_in_hand_alone() -> None:
    async def stop(readers: Readers) -> int:
        pid = await readers.call(os.getpid)
        working = asyncio.create_task(readers.call(time.sleep, 0.5))
        await asyncio.sleep(0.1)
        os.kill(pid, signal.SIGTERM)
        os.kill(pid, signal.SIGINT)
        await working
        return await readers.call(os.getpid) - pid

    assert within(stop, Limits(1)) == 0


@pytest.mark.parametrize("work", ["os.getpid", f"sum, {FOREVER}"])
def test_no_worker_outlives_a_killed_parent(work: str) -> None:
    program = f"""
import asyncio, os, time
from monitor.read.pool import Limits, Readers
async def main():
    readers = Readers(Limits(1, 1))
    print(await readers.call(os.getpid), flush=True)
    await readers.call({work})
    await asyncio.sleep(600)
asyncio.run(main())
"""
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_until(lambda: not alive(worker))
