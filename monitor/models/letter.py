"""Table of letters and notices of a case."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from monitor.models.case import Case
from watchlist.base import Base, UTCDateTime, enum_type


class LetterState(StrEnum):
    """Where a letter stands between the first draft and its answer."""

    DRAFT = "draft"
    APPROVED = "approved"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    ANSWERED = "answered"
    REFUSED = "refused"


class Letter(Base):
    """One letter; ``sealed`` holds its fields and, once approved, its documents.

    ``sha256`` is the digest of the approved PDF: what is sent is what was approved.
    """

    __tablename__ = "letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(
        ForeignKey("case.id", ondelete="CASCADE"), index=True
    )
    template: Mapped[str] = mapped_column(String(16))
    template_version: Mapped[str] = mapped_column(String(32))
    language: Mapped[str] = mapped_column(String(8))
    state: Mapped[LetterState] = mapped_column(
        enum_type(LetterState), default=LetterState.DRAFT
    )
    drafted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    drafted_by: Mapped[str] = mapped_column(String(64))
    approved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    approved_by: Mapped[str | None] = mapped_column(String(64))
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sent_by: Mapped[str | None] = mapped_column(String(64))
    channel: Mapped[str | None] = mapped_column(String(32))
    deadline: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sha256: Mapped[str | None] = mapped_column(String(64))
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)

    case: Mapped[Case] = relationship()
