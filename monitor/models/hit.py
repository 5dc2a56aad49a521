"""Tables of hits: stored matches, where they were seen, and what is muted."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from monitor.types import Band, Precision
from watchlist.base import Base, UTCDateTime, enum_type
from watchlist.models import DataKey, Employee


class Origin(StrEnum):
    """How a hit came in: found by the crawler, or reported by a person."""

    CRAWL = "crawl"
    INTAKE = "intake"


class HitState(StrEnum):
    """Where a hit stands on its way through the queue."""

    NEW = "new"
    IN_REVIEW = "in_review"
    FALSE_ALARM = "false_alarm"
    NO_ACTION = "no_action"
    IN_CASE = "in_case"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


QUEUED = (HitState.NEW, HitState.IN_REVIEW)
DISMISSED = (HitState.FALSE_ALARM, HitState.NO_ACTION)


class Hit(Base):
    """One employee named in one version of one post.

    ``sealed`` holds everything with words in it (see ``monitor.hits.Words``) under
    the hit's own key; it and the captured bytes become unreadable with that key.
    """

    __tablename__ = "hit"
    __table_args__ = (
        UniqueConstraint("employee_id", "post_key", "content_hash"),
        CheckConstraint("score >= 0 AND score <= 1", name="score"),
        Index("ix_hit_queue", "center", "state", "rank"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    center: Mapped[str] = mapped_column(String(64))
    origin: Mapped[Origin] = mapped_column(enum_type(Origin))
    source_id: Mapped[str | None] = mapped_column(
        ForeignKey("source_state.id"), index=True
    )
    post_key: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    content_hash: Mapped[bytes] = mapped_column(LargeBinary(32), index=True)
    previous_hit_id: Mapped[int | None] = mapped_column(
        ForeignKey("hit.id", ondelete="SET NULL"), index=True
    )
    state: Mapped[HitState] = mapped_column(enum_type(HitState), default=HitState.NEW)
    band: Mapped[Band | None] = mapped_column(enum_type(Band))
    score: Mapped[float | None]
    rank: Mapped[str] = mapped_column(String(40), default="")
    matching_version: Mapped[str | None] = mapped_column(String(32))
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    published_precision: Mapped[Precision | None] = mapped_column(enum_type(Precision))
    found_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    key_id: Mapped[int] = mapped_column(ForeignKey("data_key.id"))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    decided_by: Mapped[str | None] = mapped_column(String(64))
    outcome: Mapped[str | None] = mapped_column(String(64))

    employee: Mapped[Employee] = relationship()
    key: Mapped[DataKey] = relationship()
    sightings: Mapped[list[Sighting]] = relationship(
        back_populates="hit", cascade="all, delete-orphan", passive_deletes=True
    )


class Sighting(Base):
    """Where and when a hit was seen; seeing it again only moves ``last_at``.

    ``page`` is the HMAC of the page's address: the address itself is sealed with
    the hit's words.
    """

    __tablename__ = "sighting"
    __table_args__ = (UniqueConstraint("hit_id", "source_id", "page"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    hit_id: Mapped[int] = mapped_column(ForeignKey("hit.id", ondelete="CASCADE"))
    source_id: Mapped[str | None] = mapped_column(ForeignKey("source_state.id"))
    page: Mapped[bytes] = mapped_column(LargeBinary(32))
    first_at: Mapped[datetime] = mapped_column(UTCDateTime)
    last_at: Mapped[datetime] = mapped_column(UTCDateTime)

    hit: Mapped[Hit] = relationship(back_populates="sightings")


class Mute(Base):
    """A "not this person": one employee, one place, one text; expires, revocable."""

    __tablename__ = "mute"
    __table_args__ = (UniqueConstraint("employee_id", "post_key", "content_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    post_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    content_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    made_by: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
