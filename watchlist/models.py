"""Tables of the watchlist: keys, employees, entries, the history of each yes.

Names are stored sealed; ``entries`` writes and reads them.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from watchlist.base import Base, enum_type
from watchlist.types import EntryState, KeyScope, OptInKind

_ONLY_INDEX_KEYS = text("scope = 'index'")


class DataKey(Base):
    """A key wrapped by the key-encryption key; without ``wrapped`` it is destroyed."""

    __tablename__ = "data_key"
    __table_args__ = (
        CheckConstraint(
            "(wrapped IS NULL) = (destroyed_at IS NOT NULL)",
            name="destroyed",
        ),
        Index(
            "uq_data_key_index",
            "scope",
            unique=True,
            sqlite_where=_ONLY_INDEX_KEYS,
            postgresql_where=_ONLY_INDEX_KEYS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[KeyScope] = mapped_column(enum_type(KeyScope))
    wrapped: Mapped[bytes | None]
    created_at: Mapped[datetime]
    destroyed_at: Mapped[datetime | None]


class Employee(Base):
    """A person employed at a centre; holds no name."""

    __tablename__ = "employee"

    id: Mapped[int] = mapped_column(primary_key=True)
    work_id: Mapped[str] = mapped_column(String(64), unique=True)
    center: Mapped[str] = mapped_column(String(64), index=True)
    created_at: Mapped[datetime]


class WatchEntry(Base):
    """The sealed name forms of an employee; withdrawal deletes the row."""

    __tablename__ = "watch_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), unique=True)
    state: Mapped[EntryState] = mapped_column(enum_type(EntryState), index=True)
    key_id: Mapped[int] = mapped_column(ForeignKey("data_key.id"), unique=True)
    names: Mapped[bytes]
    generation: Mapped[int]
    review_on: Mapped[date | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    employee: Mapped[Employee] = relationship()
    key: Mapped[DataKey] = relationship()


class OptIn(Base):
    """One step of an employee's yes; rows are added, never changed.

    ``given_on``, ``how``, ``text_version`` and ``proof`` (where the proof lies) say
    how the yes was given; ``switches`` what it covers.
    """

    __tablename__ = "opt_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    employee_id: Mapped[int] = mapped_column(ForeignKey("employee.id"), index=True)
    kind: Mapped[OptInKind] = mapped_column(enum_type(OptInKind))
    at: Mapped[datetime]
    given_on: Mapped[date | None]
    how: Mapped[str | None]
    text_version: Mapped[str | None]
    proof: Mapped[str | None]
    switches: Mapped[dict[str, bool]]
    review_on: Mapped[date | None]
    recorded_by: Mapped[str] = mapped_column(String(64))


class WatchlistState(Base):
    """The one row that counts changes which make pages worth matching again.

    ``matching_version`` names the rules that all entries were last looked for with.
    """

    __tablename__ = "watchlist_state"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1, autoincrement=False)
    generation: Mapped[int] = mapped_column(default=0)
    matching_version: Mapped[str | None] = mapped_column(String(64))
