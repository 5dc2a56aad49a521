"""``monitor sources``: what is watched, how it stands, and a look before it counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from monitor import history
from monitor.cli.app import now
from monitor.settings import load
from monitor.startup import open_all
from tests.cli.desk import NAME, QUOTE, Desk
from tests.cli.keyboard import Said
from tests.site import Site, site
from tests.world import page, post

Type = Callable[..., Said]


@pytest.fixture
def blog(desk: Desk) -> Iterator[Site]:
    """A site with one page, a source of its own."""
    with site() as running:
        running.put("/robots.txt", "User-agent: *\nAllow: /\n")
        running.put("/blog/", page(post(1, QUOTE), post(2, "Bussen kom for sent.")))
        desk.allow(running.place)
        desk.sources(blog=running.url("/blog/"))
        yield running


def test_list_tells_how_each_source_stands(
    desk: Desk, blog: Site, at_desk: Type
) -> None:
    (fresh,) = at_desk("sources", "list", "--json").json
    assert (fresh["source"], fresh["kind"], fresh["center"]) == (
        "blog",
        "web",
        "havnelyst",
    )
    assert (fresh["is_approved"], fresh["last_read_at"]) == (True, None)
    at_desk("crawl", "--all")
    (read,) = at_desk("sources", "list", "--json").json
    assert read["last_read_at"] is not None
    assert read["next_due_at"] > read["last_read_at"]
    shown = at_desk("sources", "list").out
    assert "Last truly read" in shown
    assert "read, with hits" in shown


def test_failures_are_counted_and_an_unapproved_source_says_so(
    desk: Desk, blog: Site, at_desk: Type
) -> None:
    blog.put("/blog/", "Nej", status=500)
    at_desk("crawl", "--all")
    (row,) = at_desk("sources", "list", "--json").json
    assert (row["failures"], row["last_read_at"]) == (1, None)
    assert row["reason_code"] == "http_status"
    assert row["said"].startswith("failed: ")
    file = desk.config / "sources.toml"
    today = now().date()
    until = f"{today + timedelta(days=300)}"
    file.write_text(file.read_text().replace(until, f"{today}"))
    (row,) = at_desk("sources", "list", "--json").json
    assert row["is_approved"] is False
    assert row["reason_code"] == "source_expired"
    assert str(today) in row["said"]


def test_no_sources_is_said(desk: Desk, at_desk: Type) -> None:
    assert "Nothing here." in at_desk("sources", "list").out
    assert at_desk("sources", "list", "--json").json == []


def test_check_counts_what_it_found(desk: Desk, blog: Site, at_desk: Type) -> None:
    said = at_desk("sources", "check")
    assert said.code == 0
    assert "1 centres, 1 sources" in said.out


def test_trial_shows_requests_posts_and_matches(
    desk: Desk, blog: Site, at_desk: Type
) -> None:
    said = at_desk("sources", "try", "blog")
    assert said.code == 0
    assert blog.url("/blog/") in said.out
    assert "Bussen kom for sent." in said.out
    assert "1 matches. Nothing was stored." in said.out
    told = at_desk("sources", "try", "blog", "--json").json
    assert [request["state"] for request in told["requests"]] == ["read"]
    assert [match["quote"] for match in told["matches"]] == [NAME]
    assert at_desk("hits", "list", "--json", "--as", "root").code == 1  # not for admins
    (row,) = at_desk("sources", "list", "--json").json
    assert row["last_read_at"] is None


def test_trial_of_what_is_blocked_says_so(
    desk: Desk, blog: Site, at_desk: Type
) -> None:
    blog.put("/blog/", "Nej", status=403)
    said = at_desk("sources", "try", "blog")
    assert said.code == 0
    assert "blocked" in said.out
    assert "0 matches" in said.out
    assert at_desk("sources", "try", "glob").code == 2


def test_trial_of_what_fails_ends_with_1(desk: Desk, blog: Site, at_desk: Type) -> None:
    blog.put("/blog/", "Fejl", status=500)
    assert at_desk("sources", "try", "blog").code == 1
    said = desk.type("monitor", "sources", "try", "blog", language="da")
    assert "mislykket" in said.out


def test_paused_source_is_not_read_until_it_is_resumed(
    desk: Desk, blog: Site, at_desk: Type
) -> None:
    said = at_desk("sources", "pause", "blog", "--as", "root")
    assert (said.code, said.out) == (0, "blog is paused.\n")
    assert at_desk("crawl", "--json").json["runs"] == []
    assert blog.log == []
    (row,) = at_desk("sources", "list", "--json").json
    assert row["paused"] is not None
    assert at_desk("sources", "resume", "blog", "--as", "root").code == 0
    assert len(at_desk("crawl", "--json").json["runs"]) == 1
    with open_all(load(), now()) as at_hand, at_hand.database.read() as session:
        events = history.of(session, "source", "blog", opened=False)
    assert [(event.kind, event.actor) for event in events] == [
        ("source_paused", "root"),
        ("source_resumed", "root"),
    ]


def test_only_known_people_pause_known_sources(
    desk: Desk, blog: Site, at_desk: Type
) -> None:
    assert at_desk("sources", "pause", "blog", "--as", "nobody").code == 2
    assert at_desk("sources", "pause", "glob", "--as", "root").code == 2
    (row,) = at_desk("sources", "list", "--json").json
    assert row["paused"] is None


def test_real_command_tries_a_source_in_danish(desk: Desk, blog: Site) -> None:
    said = desk.type("monitor", "sources", "try", "blog", language="da")
    assert said.code == 0
    assert "Nothing was stored" not in said.out
    assert NAME in said.out
