from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

import pytest

from monitor.db import Database
from monitor.fetch.polite import PoliteWeb
from monitor.fetch.rules import FetchRules
from monitor.types import Fetched, Request, Validators
from tests.fetch.sites import Script, Site

Serve = Callable[..., Site]
FetchOne = Callable[..., Fetched]


def now() -> datetime:
    return datetime.now(UTC)


def make_rules(*sites: Site, **over: Any) -> FetchRules:
    values: dict[str, Any] = {
        "user_agent": "Udkig/0.1 (+https://kommune.example/udkig)",
        "delay": 0.0,
        "deadline": 30.0,
        "connect_timeout": 10.0,
        "patience": 40.0,
        "allow_private": tuple(site.place for site in sites),
    }
    return FetchRules(**values | over)


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start a site: ``serve({"/": b"HTTP/1.1 200 OK…"})``."""
    with ExitStack() as running:

        def start(pages: dict[str, bytes | Script] | None = None, **over: Any) -> Site:
            return running.enter_context(Site(pages or {}, **over))

        yield start


@pytest.fixture
def fetch(sqlite: Database) -> FetchOne:
    """Read one address of a site politely, allowing that site alone."""

    def read(
        site: Site,
        path: str = "/",
        validators: Validators | None = None,
        *,
        web: dict[str, Any] | None = None,
        **over: Any,
    ) -> Fetched:
        async def once() -> Fetched:
            rules = make_rules(site, **over)
            async with PoliteWeb(rules, sqlite.begin, now, **(web or {})) as polite:
                url = path if "://" in path else site.url(path)
                return await polite.fetch(Request(url), validators)

        return asyncio.run(once())

    return read
