"""Every revision runs on a filled database, on both engines, and loses nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import URL, Engine

from monitor import db
from monitor.errors import CannotStart
from monitor.paths import migrations
from tests.alembic.filling import ROWS, contents, fill

# What a revision changes on purpose: "table" or "table.column", by revision.
MEANT: dict[str, set[str]] = {"0003": {"hit.rank"}}

EXTRA = '''"""A revision of the tests: rebuilds tables that others point at."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade():
    for parent in ("hit", "employee", "source_state", "data_key"):
        with op.batch_alter_table(parent, recreate="{recreate}") as batch:
            batch.add_column(sa.Column("remark", sa.String(20)))
'''


def revisions() -> list[str]:
    return [script.revision for script in db._scripts().walk_revisions()][::-1]


@contextmanager
def connected(url: URL) -> Iterator[sa.Connection]:
    engine = db._engine(url, "IMMEDIATE")
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def failing(at: int) -> Iterator[None]:
    """Break off at a statement of a migration, as a crash would."""
    count = 0

    def fail(*_: object) -> None:
        nonlocal count
        count += 1
        if count == at:
            raise ZeroDivisionError

    sa.event.listen(Engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        sa.event.remove(Engine, "before_cursor_execute", fail)


@pytest.fixture
def extra(tmp_path: Path, empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One more revision after the newest, which rebuilds parent tables."""
    copy = tmp_path / "alembic"
    shutil.copytree(migrations(), copy)
    recreate = "always" if empty_url.startswith("sqlite") else "auto"
    text = EXTRA.format(head=db.newest_schema(), recreate=recreate)
    (copy / "versions" / "9999_extra.py").write_text(text, "utf-8")
    monkeypatch.setattr("monitor.db.migrations", lambda: copy)


def compare(
    before: dict[str, dict[str, str]], after: dict[str, dict[str, str]], revision: str
) -> None:
    meant = MEANT.get(revision, set())
    for table, columns in before.items():
        if table in meant:
            continue
        for column, checksum in columns.items():
            if f"{table}.{column}" not in meant:
                assert after[table][column] == checksum, f"{table}.{column}"


def test_each_revision_keeps_every_row_of_the_one_before(empty_url: str) -> None:
    url = db.parse_url(empty_url)
    for revision in revisions():
        with connected(url) as connection:
            before = contents(connection)
        db.migrate(url, revision)
        with connected(url) as connection:
            compare(before, contents(connection), revision)
            fill(connection)
    with connected(url) as connection:
        assert connection.scalar(sa.text("SELECT min(asked) FROM run")) == 0
        assert connection.scalar(sa.text("SELECT max(deaths) FROM page")) == 0
        rows = {name: int(told["rows"]) for name, told in contents(connection).items()}
    assert all(rows.values())
    assert rows["hit"] >= ROWS


def test_rebuilding_a_parent_table_keeps_its_children(
    empty_url: str, extra: None
) -> None:
    url = db.parse_url(empty_url)
    db.migrate(url, revisions()[-2])
    with connected(url) as connection:
        fill(connection)
        before = contents(connection)
    db.migrate(url)
    with connected(url) as connection:
        after = contents(connection)
        compare(before, after, "9999")
        assert "remark" in after["hit"]
    assert db.current_schema(url) == "9999"


def test_a_crash_in_a_migration_leaves_the_old_state(
    empty_url: str, extra: None
) -> None:
    url = db.parse_url(empty_url)
    old = revisions()[-2]
    db.migrate(url, old)
    with connected(url) as connection:
        fill(connection)
        before = contents(connection)
    for at in range(2, 60, 3):
        try:
            with failing(at):
                db.migrate(url)
        except ZeroDivisionError:
            with connected(url) as connection:
                assert contents(connection) == before
            assert db.current_schema(url) == old
        else:
            break
    db.migrate(url)
    assert db.current_schema(url) == "9999"


def test_a_crash_while_the_first_tables_are_made_leaves_none(empty_url: str) -> None:
    url = db.parse_url(empty_url)
    for at in (4, 15, 30):
        with failing(at), pytest.raises(ZeroDivisionError):
            db.migrate(url)
        assert db.current_schema(url) is None
        with connected(url) as connection:
            assert contents(connection) == {}
    db.migrate(url)
    assert db.current_schema(url) == db.newest_schema()


def test_a_migrated_database_takes_no_change_of_an_event(empty_url: str) -> None:
    url = db.parse_url(empty_url)
    db.migrate(url)
    with connected(url) as connection:
        fill(connection)
    changes = [
        "UPDATE event SET kind = 'closed'",
        "UPDATE event SET actor = ''",
        "DELETE FROM event",
        "INSERT OR REPLACE INTO event SELECT * FROM event LIMIT 1"
        if url.get_backend_name() == "sqlite"
        else "TRUNCATE event CASCADE",
    ]
    for change in changes:
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), connected(url) as c:
            c.execute(sa.text(change))


def test_a_revision_that_fails_is_told_in_words(
    empty_url: str, tmp_path: Path, extra: None
) -> None:
    url = db.parse_url(empty_url)
    db.migrate(url, revisions()[-2])
    broken = tmp_path / "alembic" / "versions" / "9999_extra.py"
    fault = 'op.execute("SELECT 1 FROM nowhere")\n    for parent'
    broken.write_text(broken.read_text("utf-8").replace("for parent", fault), "utf-8")
    with pytest.raises(CannotStart, match="migration_failed"):
        db.migrate(url)
    assert db.current_schema(url) == revisions()[-2]
