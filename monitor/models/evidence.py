"""Table of evidence: which captured file proves which hit, with its digest."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from watchlist.base import Base, UTCDateTime, enum_type
from watchlist.models import DataKey


class EvidenceKind(StrEnum):
    """What an evidence item is."""

    CAPTURE = "capture"
    INTAKE = "intake"
    RECHECK = "recheck"


class EvidenceItem(Base):
    """One captured file, encrypted under the key of its hit or, frozen, of its case.

    Its id is that of the event that tells of it, which holds the same values: so the
    chain of events is the chain of evidence. ``sha256`` and ``size`` (bytes) are of
    the plain WARC file, ``stored_sha256`` is of the encrypted file on disk.
    """

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(
        ForeignKey("event.id"), primary_key=True, autoincrement=False
    )
    hit_id: Mapped[int] = mapped_column(
        ForeignKey("hit.id", ondelete="CASCADE"), index=True
    )
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[EvidenceKind] = mapped_column(enum_type(EvidenceKind))
    key_id: Mapped[int] = mapped_column(ForeignKey("data_key.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    stored_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    size: Mapped[int]
    captured_at: Mapped[datetime] = mapped_column(UTCDateTime)
    captured_by: Mapped[str] = mapped_column(String(64))
    tool_version: Mapped[str] = mapped_column(String(32))

    key: Mapped[DataKey] = relationship()

    @property
    def path(self) -> str:
        """Where the file lies, relative to the evidence folder."""
        return stored_path(self.stored_sha256)


def stored_path(stored_sha256: str) -> str:
    """Two levels of folders, so that none grows too full to list."""
    return f"{stored_sha256[:2]}/{stored_sha256[2:4]}/{stored_sha256}"
