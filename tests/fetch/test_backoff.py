from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from monitor.db import Database
from monitor.fetch.backoff import Backoff
from monitor.fetch.client import Exchange
from monitor.fetch.polite import PoliteWeb
from monitor.types import Fetched, Request
from tests.fetch.conftest import Serve, make_rules, now
from tests.fetch.sites import answer

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOST = "forum.example:443"


def reply(status: int, *headers: tuple[str, str]) -> Exchange:
    return Exchange(status, headers, b"", b"", False, (), "HTTP/1.1", "")


def shortest(low: float, high: float) -> float:
    return low


def waits(backoff: Backoff, *replies: Exchange, host: str = HOST) -> list[float | None]:
    """Seconds to rest after each answer."""
    found = [backoff.rest_until(host, reply, AT) for reply in replies]
    return [(at - AT).total_seconds() if at else None for at in found]


def test_silent_busy_host_is_left_alone_longer_each_time() -> None:
    busy = [reply(429), reply(503)] * 5
    found = waits(Backoff(shortest), *busy)
    assert found == [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600]


def test_host_that_answers_again_begins_anew() -> None:
    replies = [reply(503), reply(503), reply(200), reply(503)]
    assert waits(Backoff(shortest), *replies) == [60, 120, None, 60]


def test_time_that_is_told_counts() -> None:
    told = reply(429, ("Retry-After", "7"))
    assert waits(Backoff(shortest), told, reply(429)) == [7, 60]
    assert waits(Backoff(shortest), reply(503, ("Retry-After", "soon"))) == [60]


@pytest.mark.parametrize("status", [200, 304, 403, 404, 500, 502])
def test_other_answers_ask_for_no_rest(status: int) -> None:
    assert waits(Backoff(shortest), reply(status, ("Retry-After", "7"))) == [None]


def test_each_host_is_counted_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    backoff = Backoff(shortest)
    assert waits(backoff, reply(503), reply(503)) == [60, 120]
    assert waits(backoff, reply(503), host="other.example:443") == [60]
    monkeypatch.setattr("monitor.fetch.backoff._KEPT", 1)
    waits(backoff, reply(503), host="third.example:443")
    assert waits(backoff, reply(503)) == [60]  # forgotten: memory is bounded


def test_those_turned_away_together_come_back_apart() -> None:
    found = {waits(Backoff(), reply(503))[0] for _ in range(20)}
    assert len(found) > 1
    assert all(seconds and 60 <= seconds <= 90 for seconds in found)


def test_busy_site_is_not_asked_for_its_other_pages(
    serve: Serve, sqlite: Database
) -> None:
    site = serve({"/": answer(b"", "429 Too Many"), "/x": answer(b"page")})

    async def read() -> list[Fetched]:
        async with PoliteWeb(make_rules(site), sqlite.begin, now) as web:
            return [await web.fetch(Request(site.url(path))) for path in ("/", "/x")]

    first, second = asyncio.run(read())
    assert [f.reason.code for f in (first, second) if f.reason] == [
        "rate_limited",
        "host_resting",
    ]
    assert first.retry_at is not None
    assert timedelta(0) < first.retry_at - now() <= timedelta(seconds=90)
    assert site.paths() == ["/robots.txt", "/"]
