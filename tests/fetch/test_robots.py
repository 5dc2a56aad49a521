from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.fetch.address import parse_address
from monitor.fetch.robots import MAX_BYTES, Robots, robots_from
from monitor.fetch.rules import Refusal
from tests.fetch.conftest import make_rules

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
