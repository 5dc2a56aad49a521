"""One crawl over everything the web can do to a visitor, next to pages that behave.

The cases stand in ``cases_*.py``: read them as the list of what is known to happen.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.hostile import (
    cases_body,
    cases_http,
    cases_manners,
    cases_pages,
    cases_places,
    namespace,
)
from tests.hostile.case import TRAP, Case
from tests.hostile.certificates import contexts
from tests.hostile.crawl import Crawler, Passed, Recorded, expected
from tests.hostile.web import HostileWeb, hosts

CASES: tuple[Case, ...] = (
    *cases_http.CASES,
    *cases_body.CASES,
    *cases_places.CASES,
    *cases_manners.CASES,
    *cases_pages.CASES,
)
SHORT = 16  # the everyday suite takes every so many of them, other ones for each client
STATES = {"read": "read", "partly_read": "partly"}
MEGABYTES = 700


@dataclass
class Round:
    """A first and a second crawl over a web, and what was left behind each time."""

    crawler: Crawler
    client: str
    passes: list[Passed]
    recorded: Recorded
    found: list[str]
    found_later: list[str]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(("httpx2", CASES[0::SHORT]), id="some-httpx2"),
        pytest.param(("httpx", CASES[7::SHORT]), id="some-httpx"),
        pytest.param(("httpx2", CASES), id="all-httpx2", marks=pytest.mark.soak),
        pytest.param(("httpx", CASES), id="all-httpx", marks=pytest.mark.soak),
    ],
)
def crawled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Round:
    client, cases = request.param
    return go_round(client, cases, tmp_path_factory.mktemp("hostile"))


def go_round(client: str, cases: Sequence[Case], folder: Path) -> Round:
    certificates, trusted = contexts(folder, hosts(len(cases)))
    with HostileWeb(cases, certificates, namespace.traps()) as web:
        namespace.try_out(web)
        crawler = Crawler(folder, web, trusted, client)
        passes = [crawler.crawl()]
        recorded, found = crawler.recorded(), crawler.found()
        passes.append(crawler.crawl())
        told = ", then ".join(map(str, passes))
        print(f"{len(cases)} cases on {client}: {told}")
        return Round(crawler, client, passes, recorded, found, crawler.found())


def test_every_bad_page_is_recorded_with_its_reason(crawled: Round) -> None:
    told = []
    web = crawled.crawler.web
    for case in web.cases:
        state, code = crawled.recorded[case.id, web.fill(case.url, case)]
        if STATES.get(state, code) not in case.codes:
            told.append(f"{case.id}: {state} {code}, not {case.expect}")
    assert told == []


def test_every_good_page_is_read_and_nothing_else(crawled: Round) -> None:
    assert sorted(crawled.found) == expected(crawled.crawler.web.cases)


def test_second_pass_finds_nothing_new(crawled: Round) -> None:
    assert sorted(crawled.found_later) == sorted(crawled.found)
    assert sum(run["new_hits"] for run in crawled.passes[1].runs) == 0
    assert TRAP not in crawled.found_later


def test_nobody_sets_foot_on_forbidden_ground(crawled: Round) -> None:
    assert crawled.crawler.web.caught == []


@pytest.mark.soak
@pytest.mark.skipif(not namespace.possible(), reason="needs root and unshare")
@pytest.mark.skipif(namespace.inside(), reason="this is the run in the namespace")
def test_inner_network_sees_nobody() -> None:
    done = namespace.run(__file__, "-m", "soak", "-k", "all-httpx2")
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_is_asked_that_is_forbidden(crawled: Round) -> None:
    web = crawled.crawler.web
    paths = {case: [a.path for a in web.asked_of(case)] for case in web.cases}
    wrong = {c.id: [p for p in paths[c] if p in c.unasked] for c in web.cases}
    assert {name: asked for name, asked in wrong.items() if asked} == {}


def test_robots_is_asked_for_once_and_first(crawled: Round) -> None:
    web = crawled.crawler.web
    for case in web.cases:
        paths = [asked.path for asked in web.asked_of(case)]
        if paths and "robots" not in case.id:
            assert paths[0] == "/robots.txt", case.id
            assert paths.count("/robots.txt") == 1, case.id


def test_nothing_falls_over(crawled: Round) -> None:
    """Pages that end their reader are warned of; whatever is more would be a fault."""
    for passed in crawled.passes:
        told = [json.loads(line) for line in passed.stderr.splitlines()]
        assert [line for line in told if line["level"] != "warning"] == []
    assert "page_fault" not in {code for _state, code in crawled.recorded.values()}


def test_memory_stays_small(crawled: Round) -> None:
    assert max(passed.megabytes for passed in crawled.passes) < MEGABYTES


def test_cases_are_enough_and_each_has_a_name_of_its_own() -> None:
    assert len(CASES) >= 150
    assert len({case.id for case in CASES}) == len(CASES)
    names = expected(CASES)
    assert len(set(names)) == len(names)
