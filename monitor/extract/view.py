"""What every reader of posts needs to know about its page, and gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.extract.dates import read_moment
from monitor.types import Link, Moment, Post, Reason, Selectors


@dataclass(frozen=True, slots=True)
class View:
    """The page that is read: its own address, the base of its links, its clock."""

    place: str
    base: str
    now: datetime
    timezone: str

    def moment(self, raw: str) -> Moment | None:
        """A time in the page's own words."""
        return read_moment(raw, now=self.now, timezone=self.timezone)


@dataclass(frozen=True, slots=True)
class Found:
    """The posts of a page and the ``id()`` of every tag that went into one."""

    posts: tuple[Post, ...]
    used: frozenset[int]


@dataclass(frozen=True, slots=True)
class Rules:
    """How a source wants its pages read; ``pagination`` are CSS selectors.

    ``links`` says whether the page's links are wanted, beside those to more of the
    same, ``text`` whether its whole text is, beside that of its posts; both cost
    time.
    """

    selectors: Selectors | None = None
    pagination: tuple[str, ...] = ()
    timezone: str = "Europe/Copenhagen"
    links: bool = True
    text: bool = True


@dataclass(frozen=True, slots=True)
class Extracted:
    """One page as read.

    ``url`` is its canonical address, ``text`` all its visible text, ``links`` every
    link in document order. ``next_links`` lead to more of the same,
    ``marked_links`` are those the source's own pagination selectors pick, ``refresh``
    is where the page sends its readers on to by itself. ``wall``
    says that the page stands before what was asked for; ``reason`` that it could
    not be read as a page.
    """

    url: str
    title: str | None = None
    language: str | None = None
    posts: tuple[Post, ...] = ()
    links: tuple[Link, ...] = ()
    next_links: tuple[str, ...] = ()
    marked_links: tuple[str, ...] = ()
    refresh: str | None = None
    feeds: tuple[str, ...] = ()
    text: str = ""
    robots: frozenset[str] = frozenset()
    tdm_reserved: bool = False
    wall: Reason | None = None
    reason: Reason | None = None
