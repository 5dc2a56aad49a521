"""Table of users: who may do what, in which centre."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from watchlist.base import Base, JsonType, UTCDateTime


class UserRole(StrEnum):
    """What a user may do; enforced in functions, not at the edges."""

    WATCHLIST_ADMIN = "watchlist_admin"
    CENTER_MANAGER = "center_manager"
    CENTRAL = "central"
    TECHNICAL_ADMIN = "technical_admin"
    AUDITOR = "auditor"


class User(Base):
    """A person who acts in the system; ``center`` None means all centres."""

    __tablename__ = "user"

    login: Mapped[str] = mapped_column(String(64), primary_key=True)
    roles: Mapped[list[str]] = mapped_column(JsonType, default=list)
    center: Mapped[str | None] = mapped_column(String(64))
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
