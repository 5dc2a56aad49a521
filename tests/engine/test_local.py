"""Workers side by side: each page is asked for by one, each find is stored once."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from monitor import hits
from monitor.engine.local import crawl_all
from monitor.models import Fetch, FetchState, Hit, Run
from monitor.pipeline.taking import AT_ONCE
from monitor.schedule import crawling
from monitor.startup import Opened
from tests.installation import NAMES, Installation, fill, sites
from tests.world import World, page, post

PAGES = 30


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def working(opened: Opened) -> int:
    with opened.database.read() as session:
        at_work = select(func.count()).where(Fetch.state == FetchState.WORKING)
        return session.scalar(at_work) or 0


def test_two_processes_share_a_run_and_read_each_page_once(
    tmp_path: Path, empty_url: str
) -> None:
    with sites(1) as (running,):
        installation = Installation(tmp_path / "home", [running], empty_url)
        installation.enrol(*NAMES)
        fill(running, PAGES, posts=2)
        for number, name in enumerate(NAMES, 5):
            running.put(f"/p{number}/", page(post(number, f"{name} sagde nej.")))
        held = running.hold("/p1/")
        with installation.opened() as opened:
            first = installation.start("crawl")
            wait_until(lambda: bool(running.asked("/p1/")))
            second = installation.start("crawl")
            wait_until(lambda: working(opened) > AT_ONCE)
            held.set()
            said = [process.communicate(timeout=60) for process in (first, second)]
            assert (first.returncode, second.returncode) == (0, 0), said
            asked = Counter(path for path, _status in running.log)
            del asked["/robots.txt"]
            asked.pop("/.well-known/tdmrep.json", None)
            assert len(asked) == PAGES
            assert set(asked.values()) == {1}
            with opened.database.read() as session:
                assert session.scalars(select(Run.hits)).all() == [len(NAMES)]
                found = session.scalars(select(Hit)).all()
                quotes = [hits.words_of(session, hit).found[0].quote for hit in found]
                assert sorted(quotes) == sorted(NAMES)


def test_two_processes_start_together_and_no_hit_is_doubled(
    tmp_path: Path, empty_url: str
) -> None:
    with sites(2) as running:
        installation = Installation(tmp_path / "home", running, empty_url)
        installation.enrol(*NAMES)
        for one in running:
            fill(one, 8, posts=5, words=f"{NAMES[0]} gav afslag.")
        pair = [installation.start("crawl", "--all") for _ in range(3)]
        said = [process.communicate(timeout=60) for process in pair]
        assert [process.returncode for process in pair] == [0, 0, 0], said
        installation.crawl()
        with installation.opened() as opened, opened.database.read() as session:
            found = session.scalars(select(Hit.post_key)).all()
        assert len(found) == len(set(found)) == 2 * 8 * 5


def test_a_fault_over_one_source_leaves_the_others_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = replace(world.source, id="broken")
    world.site.put("/traad/", page(post(1, "Ro og orden.")))
    known = {source.id: source for source in (broken, world.source)}
    done: list[str] = []

    async def run() -> None:
        opened = Opened(world.settings, world.database)
        async with crawling(
            opened, {"forum": world.source}, clock=lambda: world.now
        ) as c:
            await crawl_all(
                c, known.values(), done=lambda report: done.append(report.source_id)
            )

    with pytest.raises(Exception, match="No row was found"):
        asyncio.run(run())
    assert done == ["forum"]
