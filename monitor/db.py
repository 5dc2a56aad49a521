"""Opens the database: one model on SQLite or PostgreSQL, and its migrations.

On SQLite every writing transaction begins with BEGIN IMMEDIATE: the default loses
updates without an error. Nothing else in the program makes an engine.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from threading import RLock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session

from monitor.errors import CannotStart
from monitor.paths import migrations
from watchlist.crypto import Keyring

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=10000",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "recursive_triggers=ON",
)
_MIGRATION_LOCK = 0x756B6967  # "udki": one migration at a time on PostgreSQL


@dataclass(frozen=True, slots=True)
class Database:
    """An open database with the keys to its sealed columns."""

    url: URL
    engine: Engine
    reader: Engine
    keyring: Keyring
    # SQLite lets one write and has the others try again and again, so that one of
    # many may starve: ours queue up here.
    turn: AbstractContextManager[object] = field(default_factory=RLock, repr=False)

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """One short writing transaction: commits at the end, or rolls back."""
        alone = self.url.get_backend_name() == "sqlite"
        with (
            self.turn if alone else nullcontext(),
            Session(self.engine) as session,
            session.begin(),
        ):
            session.info["keyring"] = self.keyring
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A reading session; it never blocks a writer, and nothing is stored."""
        with Session(self.reader) as session:
            session.info["keyring"] = self.keyring
            yield session

    def scrub(self) -> None:
        """Leave no erased value behind in SQLite's write-ahead log.

        A reader that stays open for more than ten seconds keeps the log; what was
        erased then goes at the next scrub, or when the last connection closes.
        """
        if self.url.get_backend_name() == "sqlite":
            with self.engine.connect() as connection:
                raw: Any = connection.connection.driver_connection
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()
        self.reader.dispose()


def open_database(url: str, keyring: Keyring) -> Database:
    """Open the database at a SQLAlchemy URL; makes no table.

    Raises CannotStart when the address is not one of SQLite or PostgreSQL.
    """
    parsed = parse_url(url)
    return Database(parsed, _engine(parsed, "IMMEDIATE"), _engine(parsed, ""), keyring)


def parse_url(url: str) -> URL:
    """The address as SQLAlchemy reads it; refuses other databases."""
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise CannotStart("database_url_unknown") from error
    if backend not in {"sqlite", "postgresql"}:
        raise CannotStart("database_url_unknown")
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    return parsed


def _engine(url: URL, begin: str, *, foreign_keys: bool = True) -> Engine:
    if url.get_backend_name() == "postgresql":
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    engine = create_engine(url, hide_parameters=True)

    def connect(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        if not foreign_keys:
            connection.execute("PRAGMA foreign_keys=OFF")

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {begin}".strip())

    event.listen(engine, "connect", connect)
    event.listen(engine, "begin", start)
    return engine


def current_schema(url: URL) -> str | None:
    """The revision the database is at; None for an empty one.

    Raises CannotStart when the database cannot be opened.
    """
    from alembic.runtime.migration import MigrationContext

    engine = _engine(url, "")
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except DBAPIError as error:
        raise CannotStart("database_unreachable", detail=_first_line(error)) from error
    finally:
        engine.dispose()


def newest_schema() -> str:
    """The revision this program was written for."""
    return str(_scripts().get_current_head())


def check_schema(url: URL) -> bool:
    """True when the database must be migrated first.

    Raises CannotStart when it was written by a newer program.
    """
    current = current_schema(url)
    if current is None:
        return True
    known = {script.revision for script in _scripts().walk_revisions()}
    if current not in known:
        raise CannotStart("schema_newer", found=current, known=newest_schema())
    return current != newest_schema()


def migrate(url: URL, to: str = "head") -> None:
    """Bring the database to a revision; every revision is one transaction.

    Foreign keys are off meanwhile: SQLite rebuilds tables by dropping them, which
    would otherwise empty their children. They are checked afterwards.
    """
    from alembic import command

    engine = _engine(url, "IMMEDIATE", foreign_keys=False)
    try:
        with engine.connect() as connection:
            config = _config()
            config.attributes["connection"] = connection
            with _only_one(connection):
                command.upgrade(config, to)
            _check_references(connection)
    except DBAPIError as error:
        raise CannotStart("migration_failed", detail=_first_line(error)) from error
    finally:
        engine.dispose()


@contextmanager
def _only_one(connection: Connection) -> Iterator[None]:
    if connection.dialect.name != "postgresql":
        yield
        return
    lock = {"key": _MIGRATION_LOCK}
    connection.execute(text("SELECT pg_advisory_lock(:key)"), lock)
    connection.commit()
    try:
        yield
    finally:
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), lock)
        connection.commit()


def _check_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    connection.rollback()
    if broken:
        raise CannotStart("migration_broke_references", table=str(broken[0][0]))


def _config() -> Any:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations()))
    return config


def _scripts() -> Any:
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_config())


def _first_line(error: DBAPIError) -> str:
    """What the driver says, without the statement and its values."""
    lines = str(error.orig).splitlines()
    return lines[0] if lines else type(error.orig).__name__
