from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.db import Database
from monitor.fetch.address import parse_address
from monitor.fetch.polite import PoliteWeb
from monitor.fetch.robots import MAX_BYTES, Robots, load, robots_from, store
from monitor.fetch.rules import Refusal
from monitor.types import Fetched, ReadState, Request
from tests.fetch.conftest import FetchOne, Serve, make_rules, now
from tests.fetch.sites import Site, answer, moved

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ALL = b"User-agent: *\nDisallow: /"


def read(body: bytes, status: int = 200) -> Robots:
    return robots_from(status, body, now=AT, rules=make_rules())


def allows(robots: Robots, path: str = "/thread/7") -> bool:
    try:
        robots.check(parse_address("http://forum.example" + path), "Udkig")
    except Refusal:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        (b"", "/a", True),
        (ALL, "/a", False),
        (ALL, "/robots.txt", True),
        (b"User-agent: *\nDisallow:", "/a", True),
        (b"User-agent: *\r\nDisallow: /a\r\n", "/ab", False),
        (b"User-agent: *\nDisallow: /a/\n", "/a", True),
        (b"User-agent: *\nDisallow: /\nAllow: /thread/", "/thread/7", True),
        (b"User-agent: *\nDisallow: /*.pdf$", "/x.pdf", False),
        (b"User-agent: *\nDisallow: /*.pdf$", "/x.pdf?y", True),
        (b"User-agent: udkig\nAllow: /\n\nUser-agent: *\nDisallow: /", "/a", True),
        (b"User-agent: UDKIG\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", False),
        (b"User-agent: otherbot\nDisallow: /", "/a", True),
        (b"User-agent: a\nUser-agent: udkig\nDisallow: /", "/a", False),
        (b"\xef\xbb\xbfUser-agent: *\nDisallow: /", "/a", False),
        (b"User-agent: * # all\nDisallow: /a # this", "/a", False),
        (b"User-agent: *\nDisallow: /\xc3\xb8", "/%C3%B8", False),
        (b"User-agent: *\nDisallow: /a\xff", "/b", True),
        (b"User-agent: *\nDisallow: /\x00a", "/a", False),
        (b"<html><body>Not found</body></html>", "/a", True),
        (b"User-agent: *\rDisallow: /a\r", "/a", False),
        (b"Disallow: /", "/a", True),
    ],
)
def test_rules_are_read_as_the_standard_says(
    text: bytes, path: str, *, allowed: bool
) -> None:
    assert allows(read(text), path) is allowed


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_missing_file_allows_all_for_a_day(status: int) -> None:
    robots = read(ALL, status)
    assert allows(robots)
    assert robots.expires_at == AT + timedelta(days=1)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 304, 300])
def test_unclear_answer_forbids_all_for_a_while(status: int) -> None:
    robots = read(b"", status)
    assert not allows(robots)
    assert robots.expires_at == AT + timedelta(minutes=10)


def test_long_file_is_read_up_to_the_limit() -> None:
    head = b"User-agent: *\nDisallow: /early\n"
    text = head + b"# " + b"x" * MAX_BYTES + b"\nDisallow: /late\n"
    assert not allows(read(text), "/early")
    assert allows(read(text), "/late")


@pytest.mark.parametrize(
    ("wish", "delay"),
    [("2.5", 2.5), ("0", 1), ("0.1", 1), ("-5", 1), ("x", 1), ("inf", 1), ("nan", 1),
     ("3600", 3600)],
)  # fmt: skip
def test_longer_crawl_delay_is_kept(wish: str, delay: float) -> None:
    robots = read(f"User-agent: *\nCrawl-delay: {wish}\nDisallow: /x".encode())
    assert robots.delay(make_rules(delay=1.0)) == delay


def test_copy_is_kept_for_all_workers_until_it_expires(database: Database) -> None:
    first, second = read(ALL), read(b"", 404)
    with database.begin() as session:
        store(session, "http://forum.example", first)
        store(session, "http://forum.example", second)
    with database.begin() as session:
        last = second.expires_at - timedelta(seconds=1)
        assert load(session, "http://forum.example", now=last) == second
        assert load(session, "http://forum.example", now=second.expires_at) is None
        assert load(session, "http://other.example", now=AT) is None


def outcome(fetched: Fetched) -> str:
    return fetched.reason.code if fetched.reason else str(fetched.state)


async def never(_: object, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(5)


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        (answer(b"User-agent: *\nDisallow: /private"), "read"),
        (answer(ALL), "robots_disallow"),
        (answer(ALL, "200 OK", "Content-Type: text/html"), "robots_disallow"),
        (answer(b"", "404 Not Found"), "read"),
        (answer(b"", "403 Forbidden"), "read"),
        (answer(b"", "500 Oops"), "robots_unreachable"),
        (answer(b"", "503 Busy"), "robots_unreachable"),
        (answer(b"", "429 Too Many"), "robots_unreachable"),
        (answer(ALL + b"\n#" + b"x" * 900_000), "robots_disallow"),
        (moved("/other.txt"), "robots_disallow"),
        (moved("/robots.txt"), "robots_unreachable"),
        (moved("http://10.0.0.1/robots.txt"), "robots_unreachable"),
        (moved("file:///etc/robots.txt"), "robots_unreachable"),
        (b"garbage", "robots_unreachable"),
        (b"", "robots_unreachable"),
        (answer(b"x", "200 OK", "Content-Encoding: gzip"), "robots_unreachable"),
        (never, "robots_unreachable"),
    ],
)
def test_page_waits_for_what_robots_says(
    serve: Serve, fetch: FetchOne, *, robots: Any, expected: str
) -> None:
    pages = {"/robots.txt": robots, "/other.txt": answer(ALL), "/": answer(b"page")}
    site = serve(pages)
    fetched = fetch(site, deadline=0.5 if robots is never else 5.0)
    assert outcome(fetched) == expected
    assert ("/" in site.paths()) is (expected == "read")
    if expected.startswith("robots"):
        assert fetched.state is ReadState.BLOCKED
        assert (fetched.retry_at is not None) is (expected == "robots_unreachable")


def test_file_is_asked_for_once_however_many_pages(
    serve: Serve, database: Database
) -> None:
    pages = {f"/{n}": answer(b"page") for n in range(6)}
    site = serve({**pages, "/robots.txt": answer(b"User-agent: *\nDisallow: /x")})

    async def several() -> list[Fetched]:
        async with PoliteWeb(make_rules(site), database.begin, now) as web:
            asks = [web.fetch(Request(site.url(path))) for path in pages]
            return await asyncio.gather(*asks)

    def work() -> None:
        done.extend(asyncio.run(several()))

    done: list[Fetched] = []
    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [fetched.state for fetched in done] == [ReadState.READ] * 12
    assert site.paths().count("/robots.txt") == 1


def test_crawl_delay_is_kept_between_pages(serve: Serve, sqlite: Database) -> None:
    text = b"User-agent: *\nCrawl-delay: 0.3\nDisallow: /x"
    site = serve({"/robots.txt": answer(text), "/": answer(b"page")})
    visit(site, sqlite, pages=3)
    gaps = [b.at - a.at for a, b in zip(site.log, site.log[1:], strict=False)]
    assert len(gaps) == 3
    assert min(gaps) >= 0.3


def test_very_long_crawl_delay_puts_the_rest_off(
    serve: Serve, sqlite: Database
) -> None:
    text = b"User-agent: *\nCrawl-delay: 3600\nDisallow: /x"
    site = serve({"/robots.txt": answer(text), "/": answer(b"page")})
    (first,) = visit(site, sqlite, pages=1)
    assert outcome(first) == "host_resting"
    assert first.retry_at is not None
    assert now() < first.retry_at <= now() + timedelta(seconds=60)


def visit(site: Site, database: Database, *, pages: int) -> list[Fetched]:
    async def each() -> list[Fetched]:
        async with PoliteWeb(make_rules(site), database.begin, now) as web:
            return [await web.fetch(Request(site.url("/"))) for _ in range(pages)]

    return asyncio.run(each())


def test_refused_place_is_read_as_soon_as_it_is_allowed(
    serve: Serve, fetch: FetchOne
) -> None:
    site = serve({"/": answer(b"page")})
    assert outcome(fetch(site, allow_private=())) == "port_refused"
    assert outcome(fetch(site)) == "read"


def test_site_that_is_down_is_not_called_forbidden(
    serve: Serve, fetch: FetchOne
) -> None:
    site = serve()
    site.__exit__(None, None, None)
    for _ in range(2):  # asked, then remembered
        fetched = fetch(site)
        assert fetched.state is ReadState.FAILED
        assert outcome(fetched) == "connect_failed"
