from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.db import Database
from monitor.fetch.address import parse_address
from monitor.fetch.polite import PoliteWeb
from monitor.fetch.reservation import MAX_RULES, reservation_from
from monitor.fetch.rules import Refusal
from monitor.types import Fetched, ReadState, Request
from tests.fetch.conftest import FetchOne, Serve, make_rules, now
from tests.fetch.sites import RESERVATION, answer, moved

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def rule(place: str, value: Any = 1) -> dict[str, Any]:
    return {"location": place, "tdm-reservation": value}


def reserves(told: Any, path: str, status: int = 200) -> bool:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    read = reservation_from(status, body, now=AT, rules=make_rules())
    assert read.expires_at == AT + timedelta(days=1)
    try:
        read.check(parse_address("https://forum.example" + path))
    except Refusal:
        return True
    return False


@pytest.mark.parametrize(
    ("told", "path", "expected"),
    [
        ([], "/a", False),
        ([rule("/")], "/a", True),
        ([rule("*")], "/a", True),
        ([rule("/", 0)], "/a", False),
        ([rule("/", "1")], "/a", True),
        ([rule("/", True)], "/a", False),
        ([rule("/", 2)], "/a", False),
        ([rule("/news/")], "/news/7", True),
        ([rule("news/")], "/news/7", True),
        ([rule("/news/")], "/blog/7", False),
        ([rule("/*.html$")], "/a/b.html", True),
        ([rule("/*.html$")], "/a/b.htmlx", False),
        ([rule("/"), rule("/open/", 0)], "/open/7", False),
        ([rule("/open/", 0), rule("/")], "/shut", True),
        ([rule("/\u00f8")], "/%C3%B8", True),
        ([{"location": "/"}], "/a", False),
        ([{"tdm-reservation": 1}], "/a", False),
        ([rule("/a\nAllow: /")], "/a", False),
        ([rule("/x#"), rule("/a")], "/a", True),
        ([7, None, "x", [], rule("/a")], "/a", True),
        ([rule("/x")] * MAX_RULES + [rule("/a")], "/a", False),
        ({"location": "/", "tdm-reservation": 1}, "/a", False),
        (b"", "/a", False),
        (b"<html>Not found</html>", "/a", False),
        (b"[" * 60_000, "/a", False),
        (b"[1" + b"0" * 60_000, "/a", False),
        (b"\xff\xfe\x00", "/a", False),
        (b"null", "/a", False),
    ],
)
def test_file_reserves_what_it_names(told: Any, path: str, *, expected: bool) -> None:
    assert reserves(told, path) is expected


@pytest.mark.parametrize("status", [404, 403, 429, 500, 503, 301])
def test_missing_file_reserves_nothing(status: int) -> None:
    assert not reserves([rule("/")], "/a", status)


def outcome(fetched: Fetched) -> tuple[ReadState, str]:
    return fetched.state, fetched.reason.code if fetched.reason else ""


READ = (ReadState.READ, "")
RESERVED = (ReadState.BLOCKED, "tdm_reserved")


def file(told: Any, *lines: str) -> bytes:
    return answer(json.dumps(told).encode(), "200 OK", *lines)


def test_reserved_page_is_not_even_asked_for(serve: Serve, fetch: FetchOne) -> None:
    site = serve({RESERVATION: file([rule("/a")]), "/a": answer(b"x")})
    assert outcome(fetch(site, "/a")) == RESERVED
    assert [asked.path for asked in site.log] == ["/robots.txt", RESERVATION]


@pytest.mark.parametrize(("value", "expected"), [(" 1 ", RESERVED), ("0", READ)])
def test_header_reserves_its_page(
    serve: Serve, fetch: FetchOne, *, value: str, expected: tuple[ReadState, str]
) -> None:
    site = serve({"/": answer(b"x", "200 OK", f"tdm-Reservation: {value}")})
    assert outcome(fetch(site)) == expected


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (answer(b"", "404 Not Found"), READ),
        (answer(b"", "500 Oops"), READ),
        (answer(b"not json"), READ),
        (file([rule("/")], "Content-Encoding: gzip"), READ),
        (b"noise", READ),
        (b"", READ),
        (moved("http://10.0.0.1/"), READ),
        (moved(RESERVATION), READ),
        (moved("/elsewhere.json"), RESERVED),
        (answer(b" " * 70_000 + b"[]"), READ),
    ],
)
def test_only_a_well_formed_file_counts(
    serve: Serve, fetch: FetchOne, *, reply: bytes, expected: tuple[ReadState, str]
) -> None:
    elsewhere = file([rule("/")])
    site = serve({RESERVATION: reply, "/elsewhere.json": elsewhere, "/": answer(b"x")})
    assert outcome(fetch(site)) == expected


def test_file_that_does_not_come_holds_up_its_own_turn_only(
    serve: Serve, fetch: FetchOne
) -> None:
    async def never(_: object, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(60)

    site = serve({RESERVATION: never, "/": answer(b"x")})
    assert outcome(fetch(site, deadline=2)) == READ


def test_file_is_not_asked_for_where_robots_forbids_it(
    serve: Serve, fetch: FetchOne
) -> None:
    robots = answer(b"User-agent: *\nDisallow: /.well-known/")
    site = serve({"/robots.txt": robots, "/": answer(b"x")})
    assert outcome(fetch(site)) == READ
    assert RESERVATION not in [asked.path for asked in site.log]


def test_site_is_asked_once_a_day_whatever_it_answers(
    serve: Serve, database: Database
) -> None:
    sites = [
        serve({RESERVATION: reply, "/": answer(b"x")})
        for reply in (answer(b"", "500 Oops"), file([]), answer(b"", "404 No"), b"")
    ]
    clock = now()

    async def read(at: datetime) -> None:
        async with PoliteWeb(make_rules(*sites), database.begin, lambda: at) as web:
            for site in sites:
                assert outcome(await web.fetch(Request(site.url("/")))) == READ

    for hours, times in ((0, 1), (23, 1), (25, 2)):
        asyncio.run(read(clock + timedelta(hours=hours)))
        for site in sites:
            asked = [a.path for a in site.log]
            assert asked.count(RESERVATION) == asked.count("/robots.txt") == times
