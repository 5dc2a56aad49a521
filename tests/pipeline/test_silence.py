"""Walls, empty pages and sudden drops are told, and never pass for "no hits"."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from monitor.models import PageRecord, SourceState
from monitor.pipeline.verdict import dropped, usual_after
from monitor.types import RunOutcome, Source
from tests.world import World, page, post

pytestmark = pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)

MANY = [post(n, f"Indlæg nummer {n} om bussen.") for n in range(12)]
SHELL = "<title>App</title><div id=root></div><script src=/a.js></script>"


def seen(world: World, source: Source | None = None) -> tuple[RunOutcome, str | None]:
    """How one pass over the source ended, and the code of its reason."""
    (report,) = world.crawl(source or world.source)
    return report.outcome, report.reason.code if report.reason else None


def failures(world: World) -> int:
    with world.database.read() as session:
        return session.get_one(SourceState, "forum").failures


def test_a_page_that_suddenly_shows_few_posts_is_not_the_whole(world: World) -> None:
    world.site.put("/traad/", page(*MANY))
    assert seen(world) == (RunOutcome.READ_CLEAN, None)
    world.site.put("/traad/", page(MANY[0]))
    for times in (1, 2, 3):  # also when nothing changes any more
        found = seen(world)
        assert found == (RunOutcome.PARTLY_READ, "page_posts_dropped")
        assert failures(world) == times
    assert world.site.asked("/traad/") == [200, 200, 304, 304]
    world.site.put("/traad/", page(*MANY[:9]))
    assert seen(world) == (RunOutcome.READ_CLEAN, None)
    assert failures(world) == 0


def test_a_page_that_stays_small_is_believed_in_the_end(world: World) -> None:
    world.site.put("/traad/", page(*MANY))
    world.crawl()
    world.site.put("/traad/", page(MANY[0]))
    told = [seen(world)[0] for _ in range(14)]
    assert told[0] is RunOutcome.PARTLY_READ
    assert told[-1] is RunOutcome.READ_CLEAN


def test_a_few_posts_less_are_no_cause_for_alarm(world: World) -> None:
    world.site.put("/traad/", page(*MANY))
    world.crawl()
    for left in (11, 8, 5):
        world.site.put("/traad/", page(*MANY[:left]))
        assert seen(world) == (RunOutcome.READ_CLEAN, None)


def test_a_smaller_number_is_believed_in_the_end(world: World) -> None:
    usual, tries = 20.0, 0
    while dropped(usual, 3):
        usual, tries = usual_after(usual, 3), tries + 1
    assert 4 <= tries <= 12
    assert not dropped(None, 0)
    assert not dropped(3.0, 0)


def test_a_site_whose_list_shrinks_is_doubted(world: World) -> None:
    links = "".join(f'<a href="/t{n}/">Emne {n}</a>' for n in range(12))
    world.site.put("/traad/", page(post(1, "Velkommen."), links=links))
    for number in range(12):
        world.site.put(f"/t{number}/", page(post(100 + number, f"Svar {number}.")))
    source = world.over("/traad/", depth=1)
    assert seen(world, source) == (RunOutcome.READ_CLEAN, None)
    world.site.put("/traad/", page(post(1, "Velkommen tilbage.")))
    seen(world, source)
    assert seen(world, source) == (RunOutcome.PARTLY_READ, "posts_dropped")
    assert failures(world) == 1


def test_a_wall_leaves_what_is_known_of_the_page_alone(world: World) -> None:
    world.site.put("/traad/", page(*MANY))
    world.crawl()
    world.site.put("/traad/", "<title>Just a moment...</title><p>Checking your browser")
    assert seen(world) == (RunOutcome.BLOCKED, "wall_bot")
    with world.database.read() as session:
        kept = session.scalars(select(PageRecord)).one()
        assert (kept.posts, kept.outcome) == (12, "blocked")
        assert kept.reason_code == "wall_bot"
    world.site.put("/traad/", page(*MANY))
    assert seen(world) == (RunOutcome.READ_CLEAN, None)


def test_a_page_without_words_points_to_the_browser(world: World) -> None:
    world.site.put("/traad/", SHELL)
    assert seen(world) == (RunOutcome.BLOCKED, "empty_shell")
    assert seen(world) == (RunOutcome.BLOCKED, "empty_shell")


def test_words_that_must_stand_there_are_missed(world: World) -> None:
    watched = replace(world.source, canary="Tågebysnak – debat for alle")
    named = page(*MANY).replace(
        "<main>", "<header>T&aring;gebysnak –\n debat <b>for alle</b></header><main>"
    )
    world.site.put("/traad/", named)
    assert seen(world, watched) == (RunOutcome.READ_CLEAN, None)
    assert seen(world, watched) == (RunOutcome.READ_CLEAN, None)
    other = page(*MANY, links="<script>Tågebysnak – debat for alle</script>")
    world.site.put("/traad/", other)
    assert seen(world, watched) == (RunOutcome.PARTLY_READ, "canary_missing")
    assert seen(world, watched) == (RunOutcome.PARTLY_READ, "canary_missing")
    assert failures(world) == 2


def test_words_named_later_are_looked_for_on_pages_that_do_not_change(
    world: World,
) -> None:
    world.site.put("/traad/", page(*MANY))
    world.crawl()
    watched = replace(world.source, canary="Tråden")
    assert seen(world, watched) == (RunOutcome.READ_CLEAN, None)
    missing = replace(world.source, canary="Noget andet")
    with world.database.begin() as session:
        session.scalars(select(PageRecord)).one().canary = None
    seen(world, missing)
    assert seen(world, missing) == (RunOutcome.PARTLY_READ, "canary_missing")


def test_words_on_one_page_are_enough(world: World) -> None:
    links = '<a href="/t1/">Emne</a>'
    world.site.put("/traad/", page(post(1, "Velkommen."), links=links))
    world.site.put("/t1/", page(post(2, "Her er Tågebysnak.")))
    source = world.over("/traad/", depth=1, canary="tågebysnak")
    assert seen(world, source) == (RunOutcome.READ_CLEAN, None)
    assert seen(world, source) == (RunOutcome.READ_CLEAN, None)


def test_a_name_on_what_looks_like_a_wall_is_not_lost(world: World) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    said = "Siden findes ikke, sagde Malthe Kringelbæk til mig og smilede."
    world.site.put("/traad/", f"<title>Blog</title><p>{said}</p>")
    assert seen(world) == (RunOutcome.PARTLY_READ, "soft_404")
    assert len(world.hits()) == 1
    assert seen(world) == (RunOutcome.PARTLY_READ, "soft_404")
    assert len(world.hits()) == 1
