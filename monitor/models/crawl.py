"""Tables of the crawl: sources, runs, their fetches, pages and the pace per host."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from monitor.types import Param, Role, RunOutcome
from watchlist.base import Base, JsonType, UTCDateTime, enum_type


class FetchState(StrEnum):
    """Where a fetch of a run stands; the last five are final."""

    WAITING = "waiting"
    WORKING = "working"
    READ = "read"
    NOT_MODIFIED = "not_modified"
    PARTLY_READ = "partly_read"
    BLOCKED = "blocked"
    FAILED = "failed"


OPEN_FETCHES = (FetchState.WAITING, FetchState.WORKING)


class SourceState(Base):
    """What the database knows of a source; its definition stands in the file.

    ``next_due_at`` decides what the clock runs. ``last_read_at`` is the last time
    the source was truly read; ``alarm_at`` the last time silence was announced.
    ``usual_posts`` is the number of posts its runs usually come to.
    """

    __tablename__ = "source_state"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    center: Mapped[str] = mapped_column(String(64))
    next_due_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    last_run_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    failures: Mapped[int] = mapped_column(default=0)
    first_seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    paused_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    alarm_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    usual_posts: Mapped[float | None]


class Run(Base):
    """One execution over one source and slot; closed when no fetch is open.

    ``budget`` is how many pages it may ask for, ``asked`` how many it has asked for,
    ``unread`` how many addresses it knew and had to leave. ``canary`` tells whether
    the source's canary phrase was met; None while no page was looked through for it.
    """

    __tablename__ = "run"
    __table_args__ = (UniqueConstraint("source_id", "slot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source_state.id"))
    slot: Mapped[datetime] = mapped_column(UTCDateTime)
    started_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    outcome: Mapped[RunOutcome | None] = mapped_column(enum_type(RunOutcome))
    reason_code: Mapped[str | None] = mapped_column(String(64))
    reason_params: Mapped[dict[str, Param]] = mapped_column(JsonType, default=dict)
    posts: Mapped[int] = mapped_column(default=0)
    new_posts: Mapped[int] = mapped_column(default=0)
    hits: Mapped[int] = mapped_column(default=0)
    new_hits: Mapped[int] = mapped_column(default=0)
    budget: Mapped[int | None]
    asked: Mapped[int] = mapped_column(default=0)
    unread: Mapped[int] = mapped_column(default=0)
    canary: Mapped[bool | None]

    fetches: Mapped[list[Fetch]] = relationship(
        back_populates="run", cascade="all, delete-orphan", passive_deletes=True
    )


class Fetch(Base):
    """One request of a run: the unit a worker claims.

    ``attempts`` is raised and committed before the work starts, so that a page
    that kills its worker is not tried for ever. ``token`` fences off a worker
    whose lease has run out. The lowest ``rank`` is
    claimed first.
    """

    __tablename__ = "fetch"
    __table_args__ = (
        UniqueConstraint("run_id", "url"),
        Index("ix_fetch_state_lease", "state", "lease_until"),
        Index("ix_fetch_next", "run_id", "state", "rank", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"))
    url: Mapped[str] = mapped_column(Text)
    role: Mapped[Role] = mapped_column(enum_type(Role))
    depth: Mapped[int] = mapped_column(default=0)
    state: Mapped[FetchState] = mapped_column(
        enum_type(FetchState), default=FetchState.WAITING
    )
    rank: Mapped[float] = mapped_column(default=0.0)
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    token: Mapped[int] = mapped_column(default=0)
    status: Mapped[int | None]
    size: Mapped[int | None]
    reason_code: Mapped[str | None] = mapped_column(String(64))
    reason_params: Mapped[dict[str, Param]] = mapped_column(JsonType, default=dict)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    run: Mapped[Run] = relationship(back_populates="fetches")


class PageRecord(Base):
    """What is remembered of a page: validators and a hash, never its words.

    ``generation`` is the watchlist generation the page was last matched with.
    ``asked_at`` is when it was last asked for, with which ``outcome`` and reason;
    ``parsed_at`` when it was last read through; ``changed_at`` when it last brought
    a new post. ``usual_posts`` is how many posts it usually shows, ``signature``
    a digest of its words by which the same page at another address is known, and
    ``canary`` whether the source's canary phrase stood on it. ``deaths`` counts the
    workers it killed; after ``quarantined_at`` it is no longer read.
    """

    __tablename__ = "page"
    __table_args__ = (
        UniqueConstraint("source_id", "url"),
        Index("ix_page_signature", "source_id", "signature"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source_state.id"))
    url: Mapped[str] = mapped_column(Text)
    etag: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[str | None] = mapped_column(Text)
    body_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    generation: Mapped[int] = mapped_column(default=0)
    posts: Mapped[int] = mapped_column(default=0)
    follow: Mapped[list[list[str | int]]] = mapped_column(JsonType, default=list)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    parsed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    deaths: Mapped[int] = mapped_column(default=0)
    quarantined_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    asked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    outcome: Mapped[str | None] = mapped_column(String(16))
    reason_code: Mapped[str | None] = mapped_column(String(64))
    reason_params: Mapped[dict[str, Param]] = mapped_column(JsonType, default=dict)
    usual_posts: Mapped[float | None]
    changed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    signature: Mapped[bytes | None] = mapped_column(LargeBinary(8))
    canonical: Mapped[str | None] = mapped_column(Text)
    canary: Mapped[bool | None]


class SeenPost(Base):
    """Fingerprints of a post already judged, and with which generation."""

    __tablename__ = "seen_post"

    post_key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    source_id: Mapped[str] = mapped_column(
        ForeignKey("source_state.id"), primary_key=True
    )
    searched_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    generation: Mapped[int]
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class HostGate(Base):
    """The pace of one host: nobody asks it before ``next_at``."""

    __tablename__ = "host_gate"

    host: Mapped[str] = mapped_column(String(300), primary_key=True)
    next_at: Mapped[datetime] = mapped_column(UTCDateTime)
    token: Mapped[int] = mapped_column(default=0)


class RobotsRecord(Base):
    """The robots.txt of an origin as last read; ``status`` None: not reachable."""

    __tablename__ = "robots"

    origin: Mapped[str] = mapped_column(String(300), primary_key=True)
    status: Mapped[int | None]
    body: Mapped[str] = mapped_column(Text, default="")
    fetched_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)


class TdmRecord(Base):
    """The tdmrep.json of an origin as last read; ``status`` None: not reachable."""

    __tablename__ = "tdm"

    origin: Mapped[str] = mapped_column(String(300), primary_key=True)
    status: Mapped[int | None]
    body: Mapped[str] = mapped_column(Text, default="")
    fetched_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
