"""What the steps of one fetch hand to each other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from monitor.db import Database
from monitor.fetch.polite import PoliteWeb
from monitor.hits import rules_of
from monitor.pipeline.watch import Watch
from monitor.read import Found
from monitor.read.pool import Readers
from monitor.settings import Settings
from monitor.signals import Rules
from monitor.types import Fetched, Page, Request, Source, Validators


@dataclass(slots=True)
class Crawl:
    """What every fetch needs; ``watch`` is renewed when the watchlist changes.

    A page is held in memory only by whoever has one of the ``places``: they go round
    page by page, so that a long run does not keep the others waiting. Whoever needs
    the browser waits for it first, holding neither a place nor a page.
    """

    settings: Settings
    database: Database
    web: PoliteWeb
    clock: Callable[[], datetime]
    readers: Readers = field(default_factory=Readers)
    watch: Watch | None = None
    rules: Rules = field(init=False)
    places: asyncio.Semaphore = field(init=False)
    browser: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    def __post_init__(self) -> None:
        self.rules = rules_of(self.settings)
        self.places = asyncio.Semaphore(self.settings.monitor.fetch.concurrency)


@dataclass(frozen=True, slots=True)
class Job:
    """One run over one source, being worked through."""

    crawl: Crawl
    run_id: int
    source: Source


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of a page before it is asked for again.

    ``current``: everybody on the watchlist was looked for on it already.
    ``quarantined``: with the bytes of ``body_hash`` it ends whoever reads it.
    """

    watch: Watch
    current: bool = False
    validators: Validators | None = None
    body_hash: bytes | None = None
    follow: tuple[Request, ...] = ()
    quarantined: bool = False


@dataclass(frozen=True, slots=True)
class Fresh:
    """A post to remember as searched; ``new`` if never searched with these words."""

    post_key: bytes
    content_hash: bytes
    searched_hash: bytes
    new: bool


@dataclass(frozen=True, slots=True)
class Read:
    """What one answer brought; ``page`` is None when it was not parsed."""

    known: Known
    fetched: Fetched
    page: Page | None = None
    body_hash: bytes | None = None
    fresh: tuple[Fresh, ...] = ()
    found: tuple[Found, ...] = ()
    follow: tuple[Request, ...] = ()
