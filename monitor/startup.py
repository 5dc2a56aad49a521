"""Opens keys and database in the right order; one scheduler at a time.

On a fresh data folder it makes the key file and the tables. An older database is
backed up before it is migrated, and only by commands that may do so.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from monitor import db, erasures
from monitor.db import Database
from monitor.durable import why
from monitor.errors import CannotStart
from monitor.settings import Settings
from watchlist.crypto import Keyring


@dataclass(frozen=True, slots=True)
class Opened:
    """The settings with the database they name, open and at the right schema."""

    settings: Settings
    database: Database


@contextmanager
def open_all(
    settings: Settings, now: datetime, *, upgrade: bool = False
) -> Iterator[Opened]:
    """Keys, then schema, then database; all closed at the end.

    Raises CannotStart when one of them cannot be used; with ``upgrade`` an older
    schema is backed up and migrated, without it refused.
    """
    make_data_folder(settings)
    url = db.parse_url(settings.database_url)
    keyring = _keys(settings, fresh=db.current_schema(url) is None)
    if db.check_schema(url):
        _migrate(settings, now, keyring=keyring, upgrade=upgrade)
    database = db.open_database(settings.database_url, keyring)
    erasures.watch(database, settings.data_dir, settings.backup_dir)
    try:
        with database.begin() as session:  # readers cannot make the index key
            keyring.fingerprint(session, "start")
        yield Opened(settings, database)
    finally:
        database.close()


def make_data_folder(settings: Settings) -> None:
    """Make sure of the data folder; CannotStart when it cannot be had."""
    folder = settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        detail = why(error)
        raise CannotStart(
            "data_folder_unusable", path=str(folder), detail=detail
        ) from error


def _keys(settings: Settings, *, fresh: bool) -> Keyring:
    """The keyring; made only together with a new database.

    Without its keys an existing database is unreadable: a new key file would hide
    that until somebody needs a name.
    """
    if fresh and not settings.key_file.exists():
        return Keyring.create(settings.key_file)
    return Keyring.load(settings.key_file)


def _migrate(
    settings: Settings, now: datetime, *, keyring: Keyring, upgrade: bool
) -> None:
    url = db.parse_url(settings.database_url)
    with only_one(settings, "migrate"):
        current = db.current_schema(url)
        if current is not None and not upgrade:
            raise CannotStart("schema_missing")
        if current is not None and url.get_backend_name() == "sqlite":
            from monitor.backup import backup

            old = db.open_database(settings.database_url, keyring)
            try:
                backup(old, settings, now)
            finally:
                old.close()
        db.migrate(url)


@contextmanager
def only_one(settings: Settings, what: str) -> Iterator[None]:
    """Hold a lock file in the data folder; CannotStart when another holds it."""
    path = settings.data_dir / f"{what}.lock"
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CannotStart("already_running", path=str(path)) from error
        yield
