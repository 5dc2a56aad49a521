"""A site bigger than a run is worked through over several, the liveliest first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from monitor.models import PageRecord, Run
from monitor.types import RunOutcome, Source
from tests.world import World, page, post

SQLITE = pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
pytestmark = SQLITE


def forum(world: World, threads: int, *, limit: int, **changes: object) -> Source:
    """A list of threads, each with a post of its own."""
    links = " ".join(f'<a href="/t{n}/">Emne {n}</a>' for n in range(threads))
    world.site.put("/traad/", page(post(1, "Velkommen."), links=links))
    for number in range(threads):
        said = f"Indlæg i emne {chr(65 + number)} om bussen."
        world.site.put(f"/t{number}/", page(post(100 + number, said)))
    everything = (world.site.url("/*"),)
    return world.over("/traad/", depth=1, page_limit=limit, allow=everything, **changes)


# What is asked for before any page.
OWN = ("/robots.txt", "/.well-known/tdmrep.json")


def asked(world: World) -> list[str]:
    """The pages asked for since the last time this was called."""
    seen = [path for path, _ in world.site.log if path not in OWN]
    world.site.log.clear()
    return seen


def later(world: World) -> None:
    world.now += timedelta(hours=6)


def test_every_thread_of_a_big_forum_is_read_after_some_runs(world: World) -> None:
    source = forum(world, 12, limit=5)
    read: set[str] = set()
    for _ in range(4):
        (report,) = world.crawl(source)
        assert (report.outcome, report.fetches) == (RunOutcome.PARTLY_READ, 5)
        pages = asked(world)
        assert pages[0] == "/traad/"
        read.update(pages)
        later(world)
    assert read == {"/traad/", *(f"/t{n}/" for n in range(12))}


def test_the_run_says_how_much_was_left(world: World) -> None:
    source = forum(world, 12, limit=5)
    world.crawl(source)
    world.crawl(source)
    with world.database.read() as session:
        first, second = session.scalars(select(Run).order_by(Run.id)).all()
        assert first.reason_params == {"limit": 5, "left": 8}
        assert second.reason_params == {"limit": 5, "left": 8}


def test_a_new_thread_comes_before_everything_but_the_start(world: World) -> None:
    world.crawl(forum(world, 12, limit=5))
    later(world)
    asked(world)
    source = forum(world, 13, limit=3)
    world.crawl(source)
    assert asked(world)[:2] == ["/traad/", "/t12/"]


def test_a_lively_thread_is_asked_for_more_often_than_quiet_ones(
    world: World,
) -> None:
    source = forum(world, 12, limit=4)
    world.crawl(source)
    looks = {f"/t{n}/": 0 for n in range(12)}
    asked(world)
    for number in range(16):
        later(world)
        world.site.put("/t0/", page(*(post(n, f"Svar {n}.") for n in range(number))))
        world.crawl(source)
        for path in asked(world):
            looks[path] = looks.get(path, 0) + 1
    lively = looks.pop("/t0/")
    quiet = [count for path, count in looks.items() if path != "/traad/"]
    assert lively >= 12
    assert min(quiet) >= 1
    assert lively > 3 * max(quiet)


def test_a_new_post_on_an_old_page_is_found_without_the_list(world: World) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    source = forum(world, 3, limit=50)
    world.crawl(source)
    world.site.put("/t2/", page(post(102, "A."), post(9, "Malthe Kringelbæk løj.")))
    (report,) = world.crawl(source)
    assert world.site.asked("/traad/")[-1] == 304
    assert (report.new_hits, report.new_posts) == (1, 2)


def test_what_the_rules_no_longer_allow_is_not_asked_for_again(world: World) -> None:
    source = forum(world, 3, limit=50)
    world.crawl(source)
    asked(world)
    world.crawl(forum(world, 3, limit=50, deny=("/t1/*",)))
    assert "/t1/" not in asked(world)
    shallow = world.over("/traad/", allow=source.allow)
    world.crawl(shallow)
    assert asked(world) == ["/traad/"]


def test_articles_that_left_the_feed_are_still_looked_at(world: World) -> None:
    def feed(*numbers: int) -> str:
        items = "".join(
            f"<item><title>Nyt {n}</title><link>{world.site.url(f'/a{n}/')}</link>"
            f"<guid>{n}</guid></item>"
            for n in numbers
        )
        return f"<rss version='2.0'><channel><title>Avis</title>{items}</channel></rss>"

    for number in (1, 2, 3):
        world.site.put(f"/a{number}/", page(post(number, f"Artikel {number}.")))
    source = world.over("/feed/", kind="feed", depth=1)
    world.site.put("/feed/", feed(1, 2), Content_Type="application/rss+xml")
    world.crawl(source)
    world.site.put("/feed/", feed(2, 3), Content_Type="application/rss+xml")
    asked(world)
    world.crawl(source)
    assert set(asked(world)) == {"/feed/", "/a1/", "/a2/", "/a3/"}


def test_an_endless_calendar_is_left_after_a_few_pages(world: World) -> None:
    months = ("januar", "februar", "marts", "april", "maj", "juni") * 20
    for number, month in enumerate(months):
        body = f"""<html><title>Kalender</title><main><h1>{month} {2026 + number}</h1>
          <p>Der er ingen arrangementer i {month} {2026 + number}, men kig forbi igen,
          når vi har fået lagt noget ind i kalenderen.</p>
          <a href="/kalender?m={number + 1}" rel="next">Næste</a></main></html>"""
        world.site.put(f"/kalender?m={number}", body)
    source = world.over("/kalender?m=0", allow=(world.site.url("/*"),), page_limit=100)
    (report,) = world.crawl(source)
    assert report.fetches <= 6
    with world.database.read() as session:
        told = session.scalars(select(PageRecord.reason_code)).all()
    assert "page_alike" in told


def test_pages_with_an_article_of_their_own_each_are_no_trap(world: World) -> None:
    for number in range(12):
        further = f'<a href="/liste?side={number + 1}" rel="next">Næste</a>'
        said = f"Et ganske andet indlæg, nemlig {'abcdefghijkl'[number] * 4}."
        world.site.put(f"/liste?side={number}", page(post(number, said), links=further))
    source = world.over("/liste?side=0", allow=(world.site.url("/*"),))
    (report,) = world.crawl(source)
    assert report.fetches == 13


def test_the_same_page_at_two_addresses_is_asked_for_once_it_is_known(
    world: World,
) -> None:
    told = f'<link rel="canonical" href="{world.site.url("/t1/")}">'
    links = '<a href="/t1/">Emne</a> <a href="/t1/?view=unread">Nyt i emnet</a>'
    world.site.put("/traad/", page(post(1, "Velkommen."), links=links))
    thread = page(post(2, "Hele emnet.")).replace("<head>", f"<head>{told}")
    world.site.put("/t1/", thread)
    world.site.put("/t1/?view=unread", thread)
    source = world.over("/traad/", depth=1)
    world.crawl(source)
    assert "/t1/?view=unread" in asked(world)
    world.crawl(source)
    assert sorted(asked(world)) == ["/t1/", "/traad/"]


def test_a_canonical_address_that_is_wrong_hides_no_page(world: World) -> None:
    told = f'<link rel="canonical" href="{world.site.url("/t1/")}">'
    links = '<a href="/t1/">Emne</a> <a href="/t1/?side=2">2</a>'
    world.site.put("/traad/", page(post(1, "Velkommen."), links=links))
    for path, said in (("/t1/", "Første side."), ("/t1/?side=2", "Anden side.")):
        world.site.put(path, page(post(3, said)).replace("<head>", f"<head>{told}"))
    source = world.over("/traad/", depth=1)
    world.crawl(source)
    asked(world)
    world.crawl(source)
    assert sorted(asked(world)) == ["/t1/", "/t1/?side=2", "/traad/"]
