"""The one table metadata of the program, and column types that hold on both databases.

Tables are declared in ``models`` and by whoever builds on this package.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum, MetaData
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

JsonType = JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True),
    "postgresql",
)


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC: takes aware values of any zone, gives back aware UTC.

    SQLite keeps fixed-width text without a zone, so that it sorts and compares
    like the moment; PostgreSQL keeps ``timestamptz``.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,
    ) -> datetime | None:
        """Refuse a value without zone with ``ValueError``; the rest becomes UTC."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError("a moment without time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002  the shape SQLAlchemy asks for
    ) -> datetime | None:
        """Put the zone back."""
        if value is None:
            return None
        if value.tzinfo is None:
            return value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


def enum_type(words: type[StrEnum]) -> Enum:
    """A closed vocabulary as text with a CHECK, the same on both databases."""
    return Enum(
        words,
        name=re.sub(r"(?<=[a-z])(?=[A-Z])", "_", words.__name__).lower(),
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
        length=32,
    )


class Base(DeclarativeBase):
    """Parent of every table."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        },
    )
    type_annotation_map = {  # noqa: RUF012  the shape SQLAlchemy asks for
        datetime: UTCDateTime(),
        dict[str, Any]: JsonType,
        dict[str, bool]: JsonType,
        list[str]: JsonType,
    }


def insert_into(
    session: Session, table: type[Base]
) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say what to do with a row that is there already."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def insert_missing(session: Session, table: type[Base], **values: Any) -> None:
    """Insert a row unless it is there, whoever else does the same at this moment."""
    session.execute(insert_into(session, table).values(values).on_conflict_do_nothing())
