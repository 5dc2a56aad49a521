"""``monitor crawl``: every source's outcome in words and codes, never a false clean."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from monitor.cli.app import now
from monitor.models import SourceState
from monitor.settings import load
from monitor.startup import open_all
from tests.cli.desk import NAME, QUOTE, Desk
from tests.cli.keyboard import Said
from tests.site import Site, site
from tests.world import page, post

Type = Callable[..., Said]


@pytest.fixture
def pages(desk: Desk) -> Iterator[Site]:
    """A site with a page that names somebody, a clean one and one that is barred."""
    with site() as running:
        running.put("/robots.txt", "User-agent: *\nDisallow: /barred/\n")
        running.put("/named/", page(post(1, QUOTE)))
        running.put("/clean/", page(post(2, "Bussen kom for sent.")))
        running.put("/broken/", "Nej", status=500)
        desk.allow(running.place)
        yield running


def point(desk: Desk, pages: Site, *names: str) -> None:
    desk.sources(**{name: pages.url(f"/{name}/") for name in names})


def outcomes(said: Said) -> dict[str, str]:
    return {run["source"]: run["outcome"] for run in said.json["runs"]}


def test_each_source_ends_in_the_outcome_it_had(
    desk: Desk, pages: Site, at_desk: Type
) -> None:
    point(desk, pages, "named", "clean", "barred")
    said = at_desk("crawl", "--all", "--json")
    assert said.code == 0  # blocked is told, and is no failure
    assert outcomes(said) == {
        "named": "read_with_hits",
        "clean": "read_clean",
        "barred": "blocked",
    }
    runs = {run["source"]: run for run in said.json["runs"]}
    assert (runs["named"]["posts"], runs["named"]["new_hits"]) == (1, 1)
    assert runs["barred"]["reason_code"] is not None
    assert runs["barred"]["reason"]
    assert runs["clean"]["reason_code"] is None
    assert NAME not in said.out
    assert pages.asked("/barred/") == []


def test_failed_source_ends_with_1_and_the_others_are_read(
    desk: Desk, pages: Site, at_desk: Type
) -> None:
    point(desk, pages, "broken", "named")
    said = at_desk("crawl", "--all", "--json")
    assert said.code == 1
    assert outcomes(said) == {"broken": "failed", "named": "read_with_hits"}


def test_only_what_is_due_is_read_unless_all_is_asked_for(
    desk: Desk, pages: Site, at_desk: Type
) -> None:
    point(desk, pages, "clean")
    assert outcomes(at_desk("crawl", "--json")) == {"clean": "read_clean"}
    again = at_desk("crawl")
    assert again.code == 0
    assert "Nothing was due" in again.out
    assert at_desk("crawl", "--json").json["runs"] == []
    assert outcomes(at_desk("crawl", "--all", "--json")) == {"clean": "read_clean"}
    assert pages.asked("/clean/") == [200, 304]


def test_named_sources_are_read_and_no_others(
    desk: Desk, pages: Site, at_desk: Type
) -> None:
    point(desk, pages, "named", "clean")
    said = at_desk("crawl", "clean", "--json")
    assert outcomes(said) == {"clean": "read_clean"}
    assert pages.asked("/named/") == []
    unknown = at_desk("crawl", "clena")
    assert unknown.code == 2
    assert "“clean”" in unknown.err


def test_people_read_a_table_in_words(desk: Desk, pages: Site, at_desk: Type) -> None:
    point(desk, pages, "named", "clean", "broken")
    said = at_desk("crawl", "--all")
    for words in ("read, with hits", "read, no hits", "failed", "New hits"):
        assert words in said.out
    assert "read_clean" not in said.out


def test_silent_source_is_warned_of_after_every_crawl(
    desk: Desk, pages: Site, at_desk: Type
) -> None:
    point(desk, pages, "barred", "clean")
    at_desk("crawl", "--all")
    assert "truly read" not in at_desk("crawl").err
    with (
        open_all(load(), now()) as at_hand,
        at_hand.database.begin() as session,
    ):
        for name in ("barred", "clean"):
            state = session.get_one(SourceState, name)
            state.first_seen_at -= timedelta(days=90)
    said = at_desk("crawl")
    assert "Warning: barred has not been truly read" in said.err
    assert "clean" not in said.err
    assert at_desk("crawl", "--json").json["silent"] == ["barred"]


def test_real_command_speaks_both_languages(desk: Desk, pages: Site) -> None:
    point(desk, pages, "named")
    danish = desk.type("monitor", "crawl", "--all", language="da")
    assert danish.code == 0
    assert "New hits" not in danish.out
    english = desk.type("monitor", "crawl", "--all")
    assert "New hits" in english.out
    assert pages.asked("/named/") == [200, 304]
    runs = json.loads(desk.type("monitor", "crawl", "--all", "--json").out)["runs"]
    assert [run["new_hits"] for run in runs] == [0]
