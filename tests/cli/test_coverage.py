"""``monitor sources coverage``: nobody need take silence for "no hits"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select

from monitor.cli.app import now
from monitor.models import PageRecord
from monitor.settings import load
from monitor.startup import open_all
from tests.cli.desk import QUOTE, Desk
from tests.cli.keyboard import Said
from tests.site import Site, site
from tests.world import page, post

Type = Callable[..., Said]


@pytest.fixture
def forum(desk: Desk) -> Iterator[Site]:
    """A start page with a good and a walled thread."""
    with site() as running:
        running.put("/robots.txt", "User-agent: *\nAllow: /\n")
        links = '<a href="/a/">A</a> <a href="/b/">B</a>'
        running.put("/traad/", page(post(1, "Velkommen."), links=links))
        running.put("/a/", page(post(2, QUOTE), post(3, "Bussen kom for sent.")))
        running.put("/b/", "<title>Log ind</title><form><input type=password></form>")
        desk.allow(running.place)
        desk.sources(forum=running.url("/traad/"))
        file = desk.config / "sources.toml"
        file.write_text(file.read_text() + "\ndepth = 1\n")
        yield running


def test_every_page_tells_whether_it_was_read_and_why_not(
    forum: Site, at_desk: Type
) -> None:
    at_desk("crawl", "--all")
    (told,) = at_desk("sources", "coverage", "--json").json
    assert (told["source"], told["outcome"]) == ("forum", "partly_read")
    assert (told["pages_read"], told["pages_known"], told["left"]) == (2, 3, 0)
    assert told["silent_hours"] == 0
    assert told["new_post_at"] is not None
    walled, good, start = told["pages"]
    assert (walled["state"], walled["reason_code"]) == ("blocked", "wall_login")
    assert walled["read_at"] is None
    assert walled["asked_at"] is not None
    assert (good["state"], good["posts"], start["state"]) == ("read", 2, "read")
    shown = at_desk("sources", "coverage", "forum").out
    assert "2/3" in shown
    assert forum.url("/b/") in shown.replace("\n", "")
    assert forum.url("/b/") not in at_desk("sources", "coverage").out


def test_a_source_never_read_says_so(forum: Site, at_desk: Type) -> None:
    assert "not run yet" in at_desk("sources", "coverage").out.replace("\n", " ")
    (told,) = at_desk("sources", "coverage", "--json").json
    assert (told["last_read_at"], told["pages"], told["outcome"]) == (None, [], None)


def test_an_unknown_source_is_refused(forum: Site, at_desk: Type) -> None:
    assert at_desk("sources", "coverage", "forumm").code == 2


def test_a_page_in_quarantine_is_shown_and_released_by_hand(
    desk: Desk, forum: Site, at_desk: Type
) -> None:
    at_desk("crawl", "--all")
    url = forum.url("/a/")
    with open_all(load(), now()) as opened, opened.database.begin() as session:
        kept = session.scalars(select(PageRecord).filter_by(url=url)).one()
        kept.quarantined_at, kept.deaths = now(), 2
    assert "in quarantine" in at_desk("sources", "coverage", "forum").out
    assert at_desk("sources", "release", "forum", url).code == 0
    assert "in quarantine" not in at_desk("sources", "coverage", "forum").out
    again = at_desk("sources", "release", "forum", url)
    assert (again.code, "nothing was" in again.err) == (2, True)
