"""A page that ends its reader is counted, then left alone until it changes."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import select

from monitor.models import Fetch, PageRecord, SourceState
from monitor.pipeline import quarantine
from monitor.types import RunOutcome, Source
from tests.installation import fill
from tests.world import World, page, post

NAMED = "Malthe Kringelbæk på jobcentret har givet mig afslag."
HUGE = page(post(1, "<i></i>" * 900_000))
HANGS = "Her falder en læser i søvn."
READER = f"""
from monitor.read import parse

def read(source, request, answer):
    while {HANGS!r}.encode() in answer.body:
        pass
    return parse(source, request, answer)
"""


@pytest.fixture
def sleepy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Readers that hang on a page with certain words, as a parser in C may."""
    (tmp_path / "sleepy.py").write_text(READER, "utf-8")
    told = os.environ.get("PYTHONPATH", "")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{told}")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "sleepy", raising=False)
    read = import_module("sleepy").read
    monkeypatch.setattr("monitor.pipeline.reading.parse", read)


def limited(world: World, *, seconds: int, memory: int) -> None:
    told = world.settings.monitor
    limits = {"workers": 2, "parse_seconds": seconds, "parse_memory": memory}
    schedule = told.schedule.model_copy(update=limits)
    changed = told.model_copy(update={"schedule": schedule})
    world.settings = replace(world.settings, monitor=changed)


def section(world: World) -> Source:
    return world.over("/traad/", depth=1, allow=(world.site.url("/*"),))


def known(world: World, path: str = "/p1/") -> PageRecord:
    with world.database.read() as session:
        wanted = select(PageRecord).filter_by(url=world.site.url(path))
        return session.scalars(wanted).one()


def reasons(world: World) -> list[str]:
    """Why fetches failed, in order."""
    with world.database.read() as session:
        told = select(Fetch.reason_code).where(Fetch.reason_code.is_not(None))
        return [code or "" for code in session.scalars(told.order_by(Fetch.id))]


def test_page_that_takes_too_long_twice_is_left_alone_until_it_changes(
    world: World, sleepy: None
) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    limited(world, seconds=1, memory=2_000_000_000)
    fill(world.site, 4, posts=2, words=NAMED)
    world.site.put("/p1/", page(post(1, HANGS)))
    outcomes = [world.crawl(section(world))[0] for _ in range(3)]
    assert {report.outcome for report in outcomes} == {RunOutcome.PARTLY_READ}
    assert [report.fetches for report in outcomes] == [4, 4, 4]
    assert reasons(world) == ["page_too_slow", "page_kills_reader", "page_kills_reader"]
    assert len(world.hits()) == 6
    kept = known(world)
    assert (kept.deaths, kept.quarantined_at is None) == (2, False)

    world.site.put("/p1/", page(post(9, NAMED)))
    (mended,) = world.crawl(section(world))
    assert (mended.outcome, mended.new_hits) == (RunOutcome.READ_WITH_HITS, 1)
    kept = known(world)
    assert (kept.deaths, kept.quarantined_at) == (0, None)


def test_page_that_takes_too_much_memory_gets_a_second_try_at_once(
    world: World,
) -> None:
    limited(world, seconds=30, memory=50_000_000)
    world.site.put("/traad/", HUGE)
    (report,) = world.crawl()
    assert report.outcome is RunOutcome.FAILED
    assert reasons(world) == ["page_kills_reader"]
    assert known(world, "/traad/").deaths == quarantine.DEATHS
    with world.database.read() as session:
        assert session.scalars(select(SourceState.last_read_at)).all() == [None]


def test_page_is_tried_again_when_released_by_hand(world: World) -> None:
    limited(world, seconds=30, memory=50_000_000)
    world.site.put("/traad/", HUGE)
    world.crawl()
    url = world.site.url("/traad/")
    for freed in (True, False):
        with world.database.begin() as session:
            assert quarantine.release(session, world.source.id, url) is freed
    assert known(world, "/traad/").deaths == 0
    world.crawl()
    assert known(world, "/traad/").deaths == quarantine.DEATHS


@pytest.mark.parametrize("change", ["", "<!-- other bytes -->"])
def test_one_death_does_not_make_a_page_look_unchanged(
    world: World, sleepy: None, change: str
) -> None:
    """Nobody is watched, so that every page counts as searched for everybody."""
    limited(world, seconds=1, memory=2_000_000_000)
    world.site.put("/traad/", page(post(1, HANGS)))
    world.crawl()
    world.site.put("/traad/", page(post(1, HANGS)) + change)
    (report,) = world.crawl()
    assert report.outcome is RunOutcome.FAILED
    assert reasons(world) == ["page_too_slow", "page_kills_reader"]
