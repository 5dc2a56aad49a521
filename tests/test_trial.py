"""A trial shows what would be read and found, and leaves nothing behind."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import func, select

from monitor.i18n import say
from monitor.startup import Opened
from monitor.trial import Trial, try_source
from monitor.types import ReadState, Source
from tests.world import World, page, post
from watchlist.base import Base

NAMED = "Malthe Kringelbæk på jobcentret har givet mig afslag."
MANNERS = {"host_gate", "robots", "tdm"}


def tried(world: World, source: Source, *, pages: int = 3) -> Trial:
    opened = Opened(world.settings, world.database)
    trial = try_source(opened, source, pages=pages, clock=lambda: world.now)
    return asyncio.run(trial)


def rows(world: World) -> Mapping[str, int]:
    """How many rows every table holds, but for manners towards hosts."""
    with world.database.read() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
            if table.name not in MANNERS
        }


def test_trial_shows_posts_and_matches_and_stores_nothing(world: World) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    world.site.put("/traad/", page(post(1, "Bussen kom for sent."), post(2, NAMED)))
    before = rows(world)
    trial = tried(world, world.source)
    (step,) = trial.requests
    assert (step.url, step.state, step.reason) == (
        world.source.urls[0],
        ReadState.READ.value,
        None,
    )
    assert [p.text for p in step.posts] == ["Bussen kom for sent.", NAMED]
    assert [match.quote for match in trial.matches] == ["Malthe Kringelbæk"]
    assert rows(world) == before
    assert not world.settings.evidence_dir.exists()
    world.crawl()  # a crawl that follows does not take the posts for known
    assert [quote for _, _, quote in world.hits()] == ["Malthe Kringelbæk"]


def test_nobody_who_did_not_ask_is_found(world: World) -> None:
    world.site.put("/traad/", page(post(2, NAMED)))
    trial = tried(world, world.source)
    assert len(trial.requests[0].posts) == 1
    assert trial.matches == []


def test_own_accounts_are_not_searched_in_a_trial_either(world: World) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    world.site.put("/traad/", page(post(2, NAMED, author="@havnelyst")))
    trial = tried(world, world.source)
    assert (len(trial.requests[0].posts), trial.matches) == (1, [])


def test_links_are_followed_once_each_and_no_further_than_told(world: World) -> None:
    links = '<a href="/a/">a</a> <a href="/b/">b</a> <a href="/traad/">om igen</a>'
    for path in ("/traad/", "/a/", "/b/"):
        words = post(ord(path[1]), f"Bussen til {path} kom for sent.")
        world.site.put(path, page(words, links=links))
    source = replace(world.source, depth=3, allow=(world.site.url("/*"),))
    trial = tried(world, source)
    assert [step.url for step in trial.requests] == [
        world.site.url(path) for path in ("/traad/", "/a/", "/b/")
    ]
    assert trial.requests[0].follow > 0
    assert len(tried(world, source, pages=2).requests) == 2


def test_page_that_could_not_be_read_says_why(world: World) -> None:
    world.site.put("/traad/", "Nej", status=403)
    (step,) = tried(world, world.source).requests
    assert step.state == ReadState.BLOCKED.value
    assert step.reason is not None
    assert "{" not in say(step.reason, "en")
    assert step.posts == ()


def test_unapproved_source_is_not_asked_at_all(world: World) -> None:
    expired = replace(world.source, expires_on=date(2026, 11, 22))
    (step,) = tried(world, expired).requests
    assert step.state == ReadState.BLOCKED.value
    assert step.reason is not None
    assert step.reason.code == "source_expired"
    assert world.site.log == []


def test_trial_keeps_out_of_what_robots_txt_bars(world: World) -> None:
    world.site.put("/robots.txt", "User-agent: *\nDisallow: /traad/\n")
    (step,) = tried(world, world.source).requests
    assert step.state == ReadState.BLOCKED.value
    assert world.site.asked("/traad/") == []
