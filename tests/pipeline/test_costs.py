"""What a pass over pages costs, counted: no parsing and no query more than needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, func, select

from monitor.models import Hit, PageRecord
from monitor.read import parse
from monitor.types import RunOutcome, Source
from tests.installation import NAMES, fill
from tests.world import World, page, post

UNCHANGED = [200, pytest.param(1000, marks=pytest.mark.soak)]


@contextmanager
def statements(world: World) -> Iterator[list[str]]:
    """The statements that reach the database, each with its kind and table only."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(" ".join(statement.split()))

    engines = (world.database.engine, world.database.reader)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


def section(world: World) -> Source:
    everything = (world.site.url("/*"),)
    return world.over("/traad/", depth=1, page_limit=5000, allow=everything)


def crowd(world: World, posts: int, *, named: int, note: str = "") -> None:
    """One page of posts, the first of which name somebody."""
    told = [
        f"{NAMES[n % len(NAMES)]} afslog ansøgning {n}." if n < named else f"Bus {n}."
        for n in range(posts)
    ]
    body = page(*(post(n, text) for n, text in enumerate(told)), links=note)
    world.site.put("/traad/", body)


def cost_of_a_pass(world: World) -> int:
    with statements(world) as seen:
        (report,) = world.crawl()
    assert report.outcome in (RunOutcome.READ_CLEAN, RunOutcome.READ_WITH_HITS)
    return len(seen)


def enrol_all(world: World) -> None:
    for number, name in enumerate(NAMES):
        world.enrol(f"TK-{number}", name)


@pytest.mark.parametrize("pages", UNCHANGED)
def test_unchanged_pages_are_not_parsed_again(
    world: World, pages: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed = [0]

    def counted(*given: Any) -> Any:
        parsed[0] += 1
        return parse(*given)

    monkeypatch.setattr("monitor.pipeline.reading.parse", counted)
    enrol_all(world)
    fill(world.site, pages, posts=3, words="Ro og orden.")
    for number, answered in enumerate(world.site.pages.values()):
        answered.validators = bool(number % 2)  # the others are compared by their bytes
    (first,) = world.crawl(section(world))
    assert (first.fetches, parsed[0]) == (pages, pages)
    before = world.now
    (second,) = world.crawl(section(world))
    assert (second.fetches, second.posts, parsed[0]) == (pages, first.posts, pages)
    with world.database.read() as session:
        again = select(func.count()).where(PageRecord.parsed_at > before)
        assert session.scalar(again) == 0


def test_a_pass_asks_as_much_for_sixty_posts_as_for_five(world: World) -> None:
    enrol_all(world)
    crowd(world, 5, named=0)
    few_new = cost_of_a_pass(world)
    crowd(world, 5, named=0, note="<!-- a -->")
    few_again = cost_of_a_pass(world)
    crowd(world, 60, named=0)
    many_new = cost_of_a_pass(world)
    crowd(world, 60, named=0, note="<!-- b -->")
    many_again = cost_of_a_pass(world)
    assert many_new <= few_new
    assert many_again == few_again


def test_hits_that_still_stand_cost_no_query_each(world: World) -> None:
    enrol_all(world)
    crowd(world, 40, named=2)
    world.crawl()
    crowd(world, 40, named=2, note="<!-- a -->")
    few = cost_of_a_pass(world)
    crowd(world, 40, named=30)
    world.crawl()
    crowd(world, 40, named=30, note="<!-- b -->")
    assert cost_of_a_pass(world) == few
    unchanged = cost_of_a_pass(world)
    assert unchanged < few
    with world.database.read() as session:
        assert session.scalar(select(func.count()).select_from(Hit)) == 30


def test_a_long_run_asks_no_more_for_its_last_page_than_for_its_first(
    world: World,
) -> None:
    costs = []
    for pages in (10, 20, 40):
        fill(world.site, pages, posts=2, words=f"Omgang {pages}.")
        with statements(world) as seen:
            world.crawl(section(world))
        costs.append(len(seen))
    ten_known_ten_new, twice_that = costs[1:]
    assert twice_that <= 2 * ten_known_ten_new
