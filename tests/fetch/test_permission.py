from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from typing import Any

import pytest

from monitor.db import Database
from monitor.fetch.polite import PoliteWeb
from monitor.types import Fetched, ReadState, Request
from tests.fetch.conftest import FetchOne, Serve, make_rules, now
from tests.fetch.sites import Site, answer, moved

ALL = b"User-agent: *\nDisallow: /"


def outcome(fetched: Fetched) -> str:
    return fetched.reason.code if fetched.reason else str(fetched.state)


async def never(_: object, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(60)


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
    fetched = fetch(site, deadline=0.5 if robots is never else 30.0)
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
    assert len(gaps) == 4
    assert min(gaps) >= 0.3


@pytest.mark.parametrize("seconds", [31, 3600])
def test_very_long_crawl_delay_puts_the_rest_off(
    serve: Serve, sqlite: Database, seconds: int
) -> None:
    text = b"User-agent: *\nCrawl-delay: %d\nDisallow: /x" % seconds
    site = serve({"/robots.txt": answer(text), "/": answer(b"page")})
    (first,) = visit(site, sqlite, pages=1)
    assert outcome(first) == "host_resting"
    assert first.retry_at is not None
    assert now() < first.retry_at <= now() + timedelta(seconds=seconds)
    assert site.paths() == ["/robots.txt"]


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


def test_busy_site_is_left_alone_as_long_as_it_asks(
    serve: Serve, fetch: FetchOne
) -> None:
    busy = answer(b"", "429 Too Many", "Retry-After: 7200")
    site = serve({"/robots.txt": busy, "/": answer(b"page")})
    assert outcome(fetch(site)) == "robots_unreachable"
    assert outcome(fetch(site, robots_retry=timedelta(0))) == "robots_unreachable"
    assert site.paths() == ["/robots.txt"]


def test_expired_copy_is_asked_for_anew(serve: Serve, fetch: FetchOne) -> None:
    site = serve({"/": answer(b"page")})
    for _ in range(2):
        assert outcome(fetch(site, robots_ttl=timedelta(0))) == "read"
    assert site.paths() == ["/robots.txt", "/"] * 2


def test_many_sites_do_not_fill_the_memory(
    serve: Serve, sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.fetch.copies._KEPT", 1)
    sites = [serve({"/": answer(b"page")}) for _ in range(2)]

    async def read() -> None:
        async with PoliteWeb(make_rules(*sites), sqlite.begin, now) as web:
            for site in sites * 2:
                fetched = await web.fetch(Request(site.url("/")))
                assert fetched.state is ReadState.READ

    asyncio.run(read())
    assert [site.paths().count("/robots.txt") for site in sites] == [1, 1]
