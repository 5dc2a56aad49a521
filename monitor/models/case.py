"""Tables of cases: the follow-up on one or more hits about the same incident."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from monitor.models.hit import Hit
from watchlist.base import Base, UTCDateTime, enum_type
from watchlist.models import DataKey, Employee


class CaseState(StrEnum):
    """Where a case stands; who is waited for is part of the state."""

    OPENED = "opened"
    ASSESSING = "assessing"
    DECIDED = "decided"
    WAITING_AUTHOR = "waiting_author"
    WAITING_PLATFORM = "waiting_platform"
    WAITING_CENTRAL = "waiting_central"
    WAITING_POLICE = "waiting_police"
    OBSERVING = "observing"
    CLOSED = "closed"


class Decision(StrEnum):
    """What the centre manager decided to do after the assessment."""

    TOLERATE = "tolerate"
    TALK = "talk"
    LETTER = "letter"
    PLATFORM = "platform"
    POLICE = "police"
    SUPPORT_ONLY = "support_only"


class Identity(StrEnum):
    """On what basis the author is known, if at all."""

    SELF_STATED = "self_stated"
    KNOWN_FROM_CONTACT = "known_from_contact"
    UNKNOWN = "unknown"


class AuthorAge(StrEnum):
    """What is known of the author's age."""

    ADULT = "adult"
    UNDER_15 = "under_15"
    UNKNOWN = "unknown"


class ClosingReason(StrEnum):
    """Why a case ended."""

    SAME_NAME = "same_name"
    LAWFUL_CRITICISM = "lawful_criticism"
    SATIRE = "satire"
    PRESS = "press"
    REMOVED_BY_AUTHOR = "removed_by_author"
    REMOVED_BY_PLATFORM = "removed_by_platform"
    REMOVED_UNKNOWN = "removed_unknown"
    NOT_REMOVED = "not_removed"
    SUPPORT_ONLY = "support_only"
    EMPLOYEE_WISHES_NO_MORE = "employee_wishes_no_more"
    OPT_IN_WITHDRAWN = "opt_in_withdrawn"
    TO_POLICE = "to_police"
    AUTHOR_IS_EMPLOYEE = "author_is_employee"
    DUPLICATE = "duplicate"
    SOURCE_CLOSED = "source_closed"
    ENTERED_BY_MISTAKE = "entered_by_mistake"


class Case(Base):
    """One incident of one employee, owned by that employee's centre.

    What people write about it is sealed in assessments, letters and events, under
    the case's own key. The care answers (``employee_told``, ``support_offered``)
    hold a date, or a code that says why not.
    """

    __tablename__ = "case"
    __table_args__ = (Index("ix_case_queue", "center", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(16), unique=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"))
    center: Mapped[str] = mapped_column(String(64))
    state: Mapped[CaseState] = mapped_column(
        enum_type(CaseState), default=CaseState.OPENED
    )
    owner: Mapped[str] = mapped_column(String(64))
    opened_at: Mapped[datetime] = mapped_column(UTCDateTime)
    opened_by: Mapped[str] = mapped_column(String(64))
    decision: Mapped[Decision | None] = mapped_column(enum_type(Decision))
    identity: Mapped[Identity] = mapped_column(
        enum_type(Identity), default=Identity.UNKNOWN
    )
    author_age: Mapped[AuthorAge] = mapped_column(
        enum_type(AuthorAge), default=AuthorAge.UNKNOWN
    )
    author_is_employee: Mapped[bool] = mapped_column(default=False)
    employee_told: Mapped[str | None] = mapped_column(String(200))
    support_offered: Mapped[str | None] = mapped_column(String(200))
    central_advice: Mapped[str | None] = mapped_column(String(200))
    police_consent: Mapped[bool | None]
    observe_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    hold_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    hold_reason: Mapped[str | None] = mapped_column(String(200))
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)
    closing_reason: Mapped[ClosingReason | None] = mapped_column(
        enum_type(ClosingReason)
    )
    key_id: Mapped[int] = mapped_column(ForeignKey("data_key.id"))

    employee: Mapped[Employee] = relationship()
    key: Mapped[DataKey] = relationship()
    hits: Mapped[list[Hit]] = relationship(secondary="case_hit")
    assessments: Mapped[list[Assessment]] = relationship(
        back_populates="case", order_by="Assessment.id"
    )
    rechecks: Mapped[list[Recheck]] = relationship(
        back_populates="case", order_by="Recheck.id"
    )


class CaseHit(Base):
    """Which hits a case is about; a hit belongs to one case."""

    __tablename__ = "case_hit"

    case_id: Mapped[int] = mapped_column(
        ForeignKey("case.id", ondelete="CASCADE"), primary_key=True
    )
    hit_id: Mapped[int] = mapped_column(
        ForeignKey("hit.id", ondelete="CASCADE"), primary_key=True, unique=True
    )


class Assessment(Base):
    """A person's own written reasoning; a later one does not erase an earlier."""

    __tablename__ = "assessment"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(
        ForeignKey("case.id", ondelete="CASCADE"), index=True
    )
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    made_by: Mapped[str] = mapped_column(String(64))
    rules_version: Mapped[str] = mapped_column(String(32))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    case: Mapped[Case] = relationship(back_populates="assessments")


class RecheckOutcome(StrEnum):
    """What a later look at a post found."""

    VISIBLE = "visible"
    CHANGED = "changed"
    GONE = "gone"
    LOGIN_REQUIRED = "login_required"
    CANNOT_TELL = "cannot_tell"


class Recheck(Base):
    """A planned or done look at one hit of a case.

    ``absent`` counts looks in a row that did not find the post: "gone" is only
    said after two of them at least twelve hours apart, or by a person.
    """

    __tablename__ = "recheck"
    __table_args__ = (
        UniqueConstraint("hit_id", "due_at"),
        Index("ix_recheck_due", "done_at", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(
        ForeignKey("case.id", ondelete="CASCADE"), index=True
    )
    hit_id: Mapped[int] = mapped_column(ForeignKey("hit.id", ondelete="CASCADE"))
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UTCDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[RecheckOutcome | None] = mapped_column(enum_type(RecheckOutcome))
    absent: Mapped[bool] = mapped_column(default=False)
    reason_code: Mapped[str | None] = mapped_column(String(64))
    made_by: Mapped[str | None] = mapped_column(String(64))

    case: Mapped[Case] = relationship(back_populates="rechecks")
    hit: Mapped[Hit] = relationship()
