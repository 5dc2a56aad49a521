from __future__ import annotations

import asyncio
from typing import Any

import pytest

from monitor.db import Database
from monitor.fetch.polite import PoliteWeb
from monitor.types import Fetched, ReadState, Request, Validators
from tests.fetch.conftest import FetchOne, Serve, make_rules, now
from tests.fetch.sites import answer, moved


def code(fetched: Fetched) -> str:
    assert fetched.reason is not None
    return fetched.reason.code


def test_page_comes_back_whole(serve: Serve, fetch: FetchOne) -> None:
    site = serve({"/page": answer(b"<p>hej</p>", "200 Fint", "X-Seen: yes")})
    fetched = fetch(site, "/page#part")
    assert fetched.state is ReadState.READ
    assert fetched.reason is None
    page = fetched.answer
    assert page is not None
    assert page.url == site.url("/page#part")
    assert page.final_url == site.url("/page")
    assert (page.status, page.reason_phrase) == (200, "Fint")
    assert page.http_version == "HTTP/1.1"
    assert page.body == page.raw == b"<p>hej</p>"
    assert page.header("x-seen") == "yes"
    assert ("X-Seen", "yes") in page.headers


def test_request_says_who_asks(serve: Serve, fetch: FetchOne) -> None:
    site = serve({"/": answer(b"x")})
    fetched = fetch(site)
    asked = site.log[-1]
    assert asked.header("user-agent") == "Udkig/0.1 (+https://kommune.example/udkig)"
    assert asked.header("accept-encoding") == "gzip, deflate, br, zstd"
    assert asked.header("host") == site.place
    assert fetched.answer is not None
    sent = {key.lower(): value for key, value in fetched.answer.request_headers}
    assert sent["host"] == site.place
    assert sent["user-agent"] == asked.header("user-agent")


def test_validators_are_sent_and_304_is_understood(
    serve: Serve, fetch: FetchOne
) -> None:
    site = serve({"/": b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'})
    fetched = fetch(site, "/", Validators('"1"', "Sun, 22 Nov 2026 10:00:00 GMT"))
    assert fetched.state is ReadState.NOT_MODIFIED
    assert site.log[-1].header("if-none-match") == '"1"'
    modified_since = site.log[-1].header("if-modified-since")
    assert modified_since == "Sun, 22 Nov 2026 10:00:00 GMT"


def test_304_nobody_asked_for_is_a_failure(serve: Serve, fetch: FetchOne) -> None:
    site = serve({"/": b"HTTP/1.1 304 Not Modified\r\n\r\n"})
    assert code(fetch(site)) == "http_status"


def test_redirects_are_followed_and_remembered(serve: Serve, fetch: FetchOne) -> None:
    site = serve({"/a": moved("/b"), "/b": moved("c?d=1"), "/c?d=1": answer(b"here")})
    fetched = fetch(site, "/a")
    assert fetched.answer is not None
    assert fetched.answer.body == b"here"
    assert fetched.answer.hops == (site.url("/a"), site.url("/b"))
    assert fetched.answer.final_url == site.url("/c?d=1")


def test_redirect_to_another_site_asks_its_robots(
    serve: Serve, sqlite: Database
) -> None:
    other = serve({"/robots.txt": answer(b"User-agent: *\nDisallow: /")})
    first = serve({"/": moved(other.url("/secret"))})

    async def read() -> Fetched:
        rules = make_rules(first, other)
        async with PoliteWeb(rules, sqlite.begin, now) as web:
            return await web.fetch(Request(first.url("/")))

    fetched = asyncio.run(read())
    assert fetched.state is ReadState.BLOCKED
    assert code(fetched) == "robots_disallow"
    assert other.paths() == ["/robots.txt"]


def test_what_a_browser_loads_is_not_sent_on_to_another_host(
    serve: Serve, sqlite: Database
) -> None:
    site = serve({"/a.js": moved("http://localhost/b.js"), "/b.js": answer(b"1")})

    async def load() -> Fetched:
        async with PoliteWeb(make_rules(site), sqlite.begin, now) as web:
            return await web._loaded(Request(site.url("/a.js")), {"127.0.0.1"})

    assert code(asyncio.run(load())) == "bad_redirect"
    assert site.paths()[-1] == "/a.js"


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1:{other}/",
        "http://localhost:{other}/",
        "http://[::1]:{other}/",
        "http://2130706433:{other}/",
        "//127.0.0.1:{other}/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://user:word@127.0.0.1/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:70/",
        "ftp://127.0.0.1/",
        "javascript:alert(1)",
        "http://",
        "http://exa mple.example/",
    ],
)
def test_redirect_never_leads_inside(serve: Serve, fetch: FetchOne, place: str) -> None:
    inside = serve({"/": answer(b"inner network")})
    site = serve({"/": moved(place.format(other=inside.port))})
    fetched = fetch(site)
    assert fetched.state is ReadState.FAILED
    assert fetched.answer is None
    assert inside.log == []


def test_endless_redirects_end(serve: Serve, fetch: FetchOne) -> None:
    site = serve({f"/{n}": moved(f"/{n + 1}") for n in range(20)})
    assert code(fetch(site, "/0")) == "too_many_redirects"
    assert site.paths() == ["/robots.txt", *(f"/{n}" for n in range(6))]


def test_circle_ends_at_once_unless_a_cookie_opens_it(
    serve: Serve, fetch: FetchOne
) -> None:
    async def door(asked: Any, writer: Any) -> None:
        opened = asked.header("cookie") == "seen=1"
        cookie = "Set-Cookie: seen=1"
        writer.write(answer(b"in") if opened else moved("/door", "302 Found", cookie))

    site = serve({"/circle": moved("/circle"), "/door": door})
    assert code(fetch(site, "/circle")) == "too_many_redirects"
    assert site.paths().count("/circle") == 1
    assert fetch(site, "/door").state is ReadState.READ


def test_redirect_without_place_is_told(serve: Serve, fetch: FetchOne) -> None:
    site = serve({"/": answer(b"", "302 Found")})
    assert code(fetch(site)) == "bad_redirect"


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ("401 Unauthorized", (ReadState.BLOCKED, "http_login_required")),
        ("403 Forbidden", (ReadState.BLOCKED, "http_forbidden")),
        ("451 Unavailable", (ReadState.BLOCKED, "http_legal_reasons")),
        ("429 Too Many", (ReadState.BLOCKED, "rate_limited")),
        ("404 Not Found", (ReadState.FAILED, "http_not_found")),
        ("410 Gone", (ReadState.FAILED, "http_gone")),
        ("418 Teapot", (ReadState.FAILED, "http_status")),
        ("500 Oops", (ReadState.FAILED, "http_status")),
        ("503 Busy", (ReadState.FAILED, "http_unavailable")),
        ("206 Part", (ReadState.FAILED, "http_status")),
        ("300 Choices", (ReadState.FAILED, "http_status")),
        ("999 Denied", (ReadState.FAILED, "http_status")),
    ],
)
def test_status_becomes_a_reason_and_keeps_the_answer(
    serve: Serve, fetch: FetchOne, *, status: str, outcome: tuple[ReadState, str]
) -> None:
    site = serve({"/": answer(b"words", status)})
    fetched = fetch(site)
    assert (fetched.state, code(fetched)) == outcome
    assert fetched.answer is not None
    assert fetched.answer.body == b"words"


def test_retry_after_keeps_the_host_at_rest(serve: Serve, sqlite: Database) -> None:
    site = serve({"/": answer(b"", "429 Too Many", "Retry-After: 3600")})

    async def read() -> list[Fetched]:
        async with PoliteWeb(make_rules(site), sqlite.begin, now) as web:
            return [await web.fetch(Request(site.url(path))) for path in ("/", "/x")]

    first, second = asyncio.run(read())
    assert code(first) == "rate_limited"
    assert code(second) == "host_resting"
    assert second.state is ReadState.BLOCKED
    assert first.retry_at is not None
    assert second.retry_at is not None
    assert abs((second.retry_at - first.retry_at).total_seconds()) < 60
    assert site.paths() == ["/robots.txt", "/"]


def test_names_are_looked_up_once_and_the_checked_address_is_used(
    serve: Serve, fetch: FetchOne
) -> None:
    site = serve({"/": answer(b"pinned")})
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    fetched = fetch(
        site,
        f"http://forum.example:{site.port}/",
        web={"resolve": resolve},
        allow_private=(f"forum.example:{site.port}",),
    )
    assert fetched.answer is not None
    assert fetched.answer.body == b"pinned"
    assert asked == ["forum.example"] * 3  # robots.txt, reservation, the page
    assert site.log[-1].header("host") == f"forum.example:{site.port}"


def test_rebinding_name_is_refused_at_the_second_look(
    fetch: FetchOne, serve: Serve
) -> None:
    site = serve({"/": answer(b"inner network")})
    answers = iter([["93.184.215.14", "127.0.0.1"]])

    async def resolve(host: str, port: int) -> list[str]:
        return next(answers, ["127.0.0.1"])

    fetched = fetch(site, "http://rebind.example/", web={"resolve": resolve})
    assert code(fetched) == "refused_address"
    assert site.log == []


def test_unknown_name_is_told(serve: Serve, fetch: FetchOne) -> None:
    async def resolve(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    fetched = fetch(serve(), "http://gone.example/", web={"resolve": resolve})
    assert (fetched.state, code(fetched)) == (ReadState.FAILED, "dns_failed")


def test_proxy_of_the_environment_is_not_used(
    serve: Serve, fetch: FetchOne, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy, site = serve(), serve({"/": answer(b"direct")})
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://{proxy.place}")
    assert fetch(site).state is ReadState.READ
    assert proxy.log == []
