"""Every destroyed key is noted before the commit, and no other."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor import erasures
from monitor.db import Database
from monitor.errors import Problem
from monitor.models import DataKey
from watchlist.crypto import keyring_of
from watchlist.types import KeyScope

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def folders(database: Database, tmp_path: Path) -> tuple[Path, Path]:
    data, backups = tmp_path / "data", tmp_path / "backups"
    data.mkdir()
    backups.mkdir()
    erasures.watch(database, data, backups)
    return data, backups


def new_key(database: Database) -> int:
    with database.begin() as session:
        return keyring_of(session).new_key(session, KeyScope.HIT, NOW).id


def destroy(session: Session, key_id: int) -> None:
    keyring_of(session).destroy(session.get_one(DataKey, key_id), NOW)
    session.flush()


def test_a_destroyed_key_is_noted_in_both_folders(
    database: Database, folders: tuple[Path, Path]
) -> None:
    first, second = new_key(database), new_key(database)
    with database.begin() as session:
        destroy(session, second)
    for folder in folders:
        assert erasures.noted(folder) == {(second, "2026-11-22T10:00:00.000000Z")}
    with database.begin() as session:
        destroy(session, first)
    assert len(erasures.noted(*folders)) == 2


def test_a_rolled_back_destruction_is_not_noted(
    database: Database, folders: tuple[Path, Path]
) -> None:
    key_id = new_key(database)
    with pytest.raises(ZeroDivisionError), database.begin() as session:
        destroy(session, key_id)
        _ = 1 / 0
    new_key(database)
    assert erasures.noted(*folders) == frozenset()


def test_nothing_is_destroyed_without_a_note(
    database: Database, folders: tuple[Path, Path]
) -> None:
    key_id = new_key(database)
    (folders[0] / erasures.LOG).mkdir()
    with (
        pytest.raises(Problem, match="erasure_not_noted"),
        database.begin() as session,
    ):
        destroy(session, key_id)
    with database.read() as session:
        assert session.scalars(select(DataKey.wrapped)).one() is not None


def test_a_backup_folder_that_is_away_is_caught_up_later(
    database: Database, folders: tuple[Path, Path]
) -> None:
    data, backups = folders
    backups.rmdir()
    key_id = new_key(database)
    with database.begin() as session:
        destroy(session, key_id)
    backups.mkdir()
    assert erasures.noted(backups) == frozenset()
    erasures.merge(data, backups)
    assert erasures.noted(backups) == erasures.noted(data) != frozenset()


def test_a_torn_line_is_left_alone(
    database: Database, folders: tuple[Path, Path]
) -> None:
    data, _ = folders
    (data / erasures.LOG).write_text("2026-11-22T10:00:00.000000Z 7 2026-11")
    key_id = new_key(database)
    with database.begin() as session:
        destroy(session, key_id)
    assert [number for number, _ in erasures.noted(data)] == [key_id]
