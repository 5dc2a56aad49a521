"""Table of evidence: which captured file proves which hit, with its digest."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from watchlist.base import Base, UTCDateTime, enum_type


class EvidenceKind(StrEnum):
    """What an evidence item is."""

    CAPTURE = "capture"
    INTAKE = "intake"
    RECHECK = "recheck"


class EvidenceItem(Base):
    """One captured file, encrypted under the key of its hit or case.

    ``sha256`` is the digest of the plain WARC file, ``stored_sha256`` that of the
    encrypted file on disk, ``path`` is relative to the evidence folder.
    ``previous`` and ``chain`` link each item to the one before it.
    """

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    hit_id: Mapped[int] = mapped_column(
        ForeignKey("hit.id", ondelete="CASCADE"), index=True
    )
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    kind: Mapped[EvidenceKind] = mapped_column(enum_type(EvidenceKind))
    key_id: Mapped[int] = mapped_column(ForeignKey("data_key.id"))
    path: Mapped[str] = mapped_column(String(200), unique=True)
    sha256: Mapped[str] = mapped_column(String(64))
    stored_sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    captured_at: Mapped[datetime] = mapped_column(UTCDateTime)
    captured_by: Mapped[str] = mapped_column(String(64))
    tool_version: Mapped[str] = mapped_column(String(32))
    previous: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    chain: Mapped[bytes] = mapped_column(LargeBinary(32))
