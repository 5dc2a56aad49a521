"""Puts rows into every table of a database, whatever its tables look like."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

ROWS = 3
_TRIES = 400
_START = datetime(2026, 11, 22, 12, tzinfo=UTC)
_NOT_OURS = "alembic_version"


def reflected(connection: sa.Connection) -> sa.MetaData:
    """The tables as the database knows them."""
    metadata = sa.MetaData()
    metadata.reflect(connection, only=lambda name, _: name != _NOT_OURS)
    return metadata


def fill(connection: sa.Connection) -> None:
    """Give each empty table some rows that keep its rules; children name parents."""
    chance = random.Random(7)
    for table in reflected(connection).sorted_tables:
        if connection.scalar(sa.select(sa.func.count()).select_from(table)):
            continue
        words = _vocabularies(connection, table.name)
        stored = 0
        for number in range(_TRIES):
            if stored == ROWS:
                break
            row = _row(connection, table, words, chance=chance, number=number + 1)
            stored += _stored(connection, table, row)
        assert stored, f"no row of {table.name} keeps its rules"


def _stored(connection: sa.Connection, table: sa.Table, row: dict[str, Any]) -> bool:
    try:
        with connection.begin_nested():
            connection.execute(table.insert().values(row))
    except sa.exc.IntegrityError:
        return False
    return True


def _vocabularies(connection: sa.Connection, table: str) -> dict[str, list[str]]:
    """The words that a CHECK allows in a column."""
    found = {}
    for check in sa.inspect(connection).get_check_constraints(table):
        text = str(check["sqltext"])
        column, words = re.search(r"\w+", text), re.findall(r"'([^']*)'", text)
        if column and words:
            found[column[0]] = words
    return found


def _row(
    connection: sa.Connection,
    table: sa.Table,
    words: Mapping[str, list[str]],
    *,
    chance: random.Random,
    number: int,
) -> dict[str, Any]:
    row = {}
    for column in table.columns:
        if column.nullable and chance.random() < 0.4:
            continue
        if column.foreign_keys:
            row[column.name] = _parent(connection, column, chance)
        elif column.name in words:
            row[column.name] = chance.choice(words[column.name])
        else:
            row[column.name] = _value(column, number)
    return row


def _parent(
    connection: sa.Connection, column: sa.Column[Any], chance: random.Random
) -> Any:
    target = next(iter(column.foreign_keys)).column
    known = connection.scalars(sa.select(target).order_by(target)).all()
    return chance.choice(known) if known else None


def _value(column: sa.Column[Any], number: int) -> Any:
    kind = column.type
    made: dict[type, Any] = {
        sa.Boolean: bool(number % 2),
        sa.Integer: number,
        sa.Float: number / 4,
        sa.DateTime: _START + timedelta(seconds=number),
        sa.Date: date(2026, 11, 1) + timedelta(days=number),
        sa.LargeBinary: hashlib.sha256(bytes([number % 256])).digest(),
        sa.JSON: {"number": number},
    }
    for wanted, value in made.items():
        if isinstance(kind, wanted):
            if isinstance(kind, sa.DateTime) and not kind.timezone:
                return value.replace(tzinfo=None)
            return value
    assert isinstance(kind, sa.String), f"{column}: {kind!r}"
    return f"æ{number}"


def contents(connection: sa.Connection) -> dict[str, dict[str, str]]:
    """Of each table: how many rows, and a checksum of each column by row."""
    found = {}
    for table in reflected(connection).sorted_tables:
        order = list(table.primary_key.columns)
        rows = connection.execute(sa.select(table).order_by(*order)).mappings().all()
        sums = {
            column.name: hashlib.sha256(
                repr([row[column.name] for row in rows]).encode()
            ).hexdigest()
            for column in table.columns
        }
        found[table.name] = {"rows": str(len(rows)), **sums}
    return found
