"""Both databases keep every update, know their schema and refuse what is newer."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import select, text

from monitor import db
from monitor.db import Database
from monitor.errors import CannotStart
from monitor.models import Counter
from watchlist.base import Base
from watchlist.crypto import Keyring


def _count_up(url: str, keys: Path, times: int) -> None:
    database = db.open_database(url, Keyring.load(keys))
    for _ in range(times):
        with database.begin() as session:
            row = session.get(Counter, "n", with_for_update=True)
            assert row is not None
            row.value += 1
    database.close()


def test_no_update_is_lost_between_processes(
    database: Database, empty_url: str, keyring: Keyring
) -> None:
    with database.begin() as session:
        session.add(Counter(name="n", value=0))
    context = multiprocessing.get_context("spawn")
    workers = [
        context.Process(target=_count_up, args=(empty_url, keyring.path, 50))
        for _ in range(3)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with database.read() as session:
        assert session.scalar(select(Counter.value)) == 150


def test_migrations_make_exactly_the_tables_of_the_model(empty_url: str) -> None:
    url = db.parse_url(empty_url)
    assert db.check_schema(url)
    db.migrate(url)
    assert not db.check_schema(url)
    engine = db._engine(url, "")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_migrating_twice_changes_nothing(empty_url: str) -> None:
    url = db.parse_url(empty_url)
    db.migrate(url)
    db.migrate(url)
    assert db.current_schema(url) == db.newest_schema()


def test_a_newer_schema_is_refused(empty_url: str) -> None:
    url = db.parse_url(empty_url)
    db.migrate(url)
    engine = db._engine(url, "IMMEDIATE")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(CannotStart) as refused:
        db.check_schema(url)
    assert refused.value.reason.code == "schema_newer"
    assert refused.value.exit_code == 3


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", ""])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(CannotStart, match="database_url_unknown"):
        db.parse_url(url)


def test_a_database_that_cannot_be_opened_is_a_clear_error(tmp_path: Path) -> None:
    url = db.parse_url(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.db'}")
    with pytest.raises(CannotStart, match="database_unreachable"):
        db.current_schema(url)


def test_a_file_that_is_no_database_is_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "udkig.db"
    path.write_bytes(b"this is a shopping list, not a database" * 100)
    with pytest.raises(CannotStart, match="database_unreachable"):
        db.current_schema(db.parse_url(f"sqlite:///{path}"))


def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.begin() as session:
        session.add(Counter(name="n", value=1))
        session.flush()
        _ = 1 / 0
    with database.read() as session:
        assert session.get(Counter, "n") is None


def test_readers_do_not_block_a_writer(database: Database) -> None:
    with database.read() as reader:
        assert reader.scalar(select(Counter.value)) is None
        with database.begin() as session:
            session.add(Counter(name="n", value=1))
