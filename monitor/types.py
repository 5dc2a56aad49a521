"""Frozen values that travel from a source to a match.

Everything here is plain data: no rules, no I/O. The half of the program that
crawls, reads and matches passes these values; from the hit on, ORM rows are used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

Param = str | int | float


@dataclass(frozen=True, slots=True)
class Reason:
    """A code with its parameters, rendered in a person's language at the edge."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


class ReadState(StrEnum):
    """What became of one request."""

    READ = "read"
    NOT_MODIFIED = "not_modified"
    PARTLY_READ = "partly_read"
    BLOCKED = "blocked"
    FAILED = "failed"


class RunOutcome(StrEnum):
    """How a run over one source ended; exactly one of these."""

    READ_WITH_HITS = "read_with_hits"
    READ_CLEAN = "read_clean"
    PARTLY_READ = "partly_read"
    BLOCKED = "blocked"
    FAILED = "failed"


class Role(StrEnum):
    """What a request is expected to bring back."""

    PAGE = "page"
    FEED = "feed"
    SITEMAP = "sitemap"


class Precision(StrEnum):
    """How exactly the page told a time."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as a page told it: in UTC, how exact, and in which words."""

    at: datetime
    precision: Precision
    raw: str


@dataclass(frozen=True, slots=True)
class Selectors:
    """A source's own CSS selectors; those left out are found by the readers.

    ``post`` picks the block of each post; the others are looked up inside it.
    """

    post: str
    text: str | None = None
    author: str | None = None
    published: str | None = None
    permalink: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One approved public place, as written in ``sources.toml``.

    ``allow`` and ``deny`` are URL patterns (``*`` stands for any characters);
    a link is followed when it matches one of ``allow`` and none of ``deny``.
    ``pagination`` holds CSS selectors of links that lead to more of the same. A run
    is in doubt with fewer than ``min_posts`` posts, or when none of its pages shows
    the ``canary``, a phrase that always stands there. ``render``: its pages need a
    browser, which may load scripts and data from ``render_hosts`` too.
    """

    id: str
    kind: str
    urls: tuple[str, ...]
    center: str
    every: timedelta
    approved_by: str | None = None
    approved_on: date | None = None
    expires_on: date | None = None
    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    pagination: tuple[str, ...] = ()
    depth: int = 0
    page_limit: int = 50
    min_posts: int = 0
    canary: str = ""
    render: bool = False
    render_hosts: tuple[str, ...] = ()
    selectors: Selectors | None = None
    timezone: str = "Europe/Copenhagen"

    @property
    def render_for(self) -> tuple[str, ...] | None:
        """The hosts a browser may load from besides the page's; None without one."""
        return self.render_hosts if self.render else None


@dataclass(frozen=True, slots=True)
class Request:
    """One address to read for a source, and how it was reached."""

    url: str
    role: Role = Role.PAGE
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave us to ask later whether a page has changed."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer, complete.

    ``raw`` holds the body's bytes as received (transfer framing removed, content
    coding kept); ``body`` the same with content coding undone, or, if ``rendered``,
    the page as a browser's scripts left it. ``hops`` lists the addresses that
    redirected here, first to last, without ``url`` being repeated.
    """

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    raw: bytes
    received_at: datetime
    request_headers: tuple[tuple[str, str], ...] = ()
    http_version: str = "HTTP/1.1"
    reason_phrase: str = ""
    hops: tuple[str, ...] = ()
    rendered: bool = False

    def header(self, name: str) -> str | None:
        """The first value of a header, whatever its case."""
        wanted = name.lower()
        for key, value in self.headers:
            if key.lower() == wanted:
                return value
        return None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of a request: an answer, or the reason why there is none.

    ``state`` is READ or NOT_MODIFIED with an ``answer``; BLOCKED or FAILED come
    with a ``reason`` and, when the server said so, the time before which it must
    not be asked again.
    """

    state: ReadState
    answer: Answer | None = None
    reason: Reason | None = None
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside a post: absolute address and the words it stands under."""

    url: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """An image inside a post: absolute address and its alternative text."""

    url: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """Embedded sound or film: absolute address, ``audio`` or ``video``, captions."""

    url: str
    kind: str
    captions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """The smallest published unit of a page.

    ``text`` is the visible text: paragraphs are separated by a blank line, table
    cells by a tab, rows and list items by a line break. ``extras`` are words that a
    reader does not see as text but a search finds: alternative texts, titles,
    link targets, captions.
    """

    place: str
    text: str
    kind: str = "page"
    title: str | None = None
    author: str | None = None
    published: Moment | None = None
    edited: Moment | None = None
    permalink: str | None = None
    native_id: str | None = None
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    media: tuple[Media, ...] = ()
    extras: tuple[str, ...] = ()

    @property
    def searched_text(self) -> str:
        """The text that names are looked for in; offsets of a match refer to it."""
        return "\n\n".join((*filter(None, (self.title,)), self.text, *self.extras))


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader found in one answer: posts, and where to go on.

    ``follow`` are further requests of the same source, already filtered by its
    rules. ``state`` is READ, PARTLY_READ or BLOCKED, with a reason unless READ.
    """

    url: str
    title: str | None = None
    posts: tuple[Post, ...] = ()
    follow: tuple[Request, ...] = ()
    state: ReadState = ReadState.READ
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An opted-in employee's name forms, as the matcher needs them.

    ``generation`` is the watchlist generation in which the entry last changed.
    """

    employee_id: int
    center: str
    full_name: str
    aliases: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    profile_urls: tuple[str, ...] = ()
    role_words: tuple[str, ...] = ()
    generation: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a text: the centre of its source and each centre's words."""

    source_center: str | None = None
    center_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Band(StrEnum):
    """How sure the matcher is: a full find, or one a person should look at last."""

    HIT = "hit"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class MatchReason:
    """Why a text matched, or why not more: a code, its parameters, its weight."""

    code: str
    weight: float
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """One employee found in one text; ``quote == text[start:end]``.

    ``start`` and ``end`` are Unicode code points; ``score`` lies in 0..1.
    """

    employee_id: int
    score: float
    band: Band
    quote: str
    start: int
    end: int
    reasons: tuple[MatchReason, ...]
    ambiguous: bool = False
