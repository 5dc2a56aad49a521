"""Keys, schema and lock in order; what fails is told with code 3, nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Connection, create_engine, select, text

from monitor import db
from monitor.errors import CannotStart
from monitor.models import Counter, Hit
from monitor.paths import migrations
from monitor.settings import Settings, load
from monitor.startup import make_data_folder, only_one, open_all
from tests.installation import NAMES, Installation, fill, sites

CANNOT_START = 3


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """One page that names somebody, read once."""
    with sites(1) as running:
        made = Installation(tmp_path / "home", running, schedule='lease = "1s"\n')
        made.enrol(*NAMES)
        fill(running[0], 1, posts=2, words=f"{NAMES[0]} gav afslag.")
        made.crawl()
        yield made


def more_finds(installation: Installation) -> None:
    """Six more posts that name somebody, on pages with much else."""
    site, padding = installation.sites[0], "Bussen kom for sent igen. " * 400
    fill(site, 4, posts=2, words=f"{NAMES[1]} gav afslag. {padding}")


def found(installation: Installation) -> int:
    with installation.opened() as opened, opened.database.read() as session:
        keys = session.execute(select(Hit.employee_id, Hit.post_key)).all()
    assert len(keys) == len(set(keys))
    return len(keys)


def complete(installation: Installation) -> None:
    """Crawl until the run that was cut off, and one more, are done."""
    for _ in range(2):
        end = time.monotonic() + 60
        while "read_with_hits" not in [r["outcome"] for r in installation.crawl()]:
            assert time.monotonic() < end, "no run completes"
            time.sleep(0.5)


def refused(installation: Installation) -> str:
    """What is said when a crawl cannot start."""
    done = installation.run("crawl", "--all")
    assert done.returncode == CANNOT_START, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_missing_key_file_is_not_replaced(installation: Installation) -> None:
    keys = installation.data / "udkig.keys"
    kept = keys.rename(keys.with_name("kept"))
    assert str(keys) in refused(installation)
    assert not keys.exists()
    kept.rename(keys)
    complete(installation)
    assert found(installation) == 2


def test_a_wrong_key_file_is_refused(installation: Installation) -> None:
    keys = installation.data / "udkig.keys"
    kept = keys.read_bytes()
    keys.write_bytes(Fernet.generate_key() + b"\n")
    assert str(keys) in refused(installation)
    keys.write_bytes(kept)
    complete(installation)
    assert found(installation) == 2


@pytest.mark.parametrize("content", [b"", b"this is no key\n"])
def test_a_broken_key_file_is_refused(
    installation: Installation, content: bytes
) -> None:
    keys = installation.data / "udkig.keys"
    keys.write_bytes(content)
    assert str(keys) in refused(installation)


def test_a_key_file_that_others_may_read_is_refused(
    installation: Installation,
) -> None:
    keys = installation.data / "udkig.keys"
    keys.chmod(0o644)
    assert "chmod 600" in refused(installation)
    keys.chmod(0o600)
    complete(installation)


def test_a_server_that_does_not_answer_is_told(installation: Installation) -> None:
    installation.url = "postgresql://udkig@127.0.0.1:9/udkig"
    assert "The database cannot be opened" in refused(installation)


def test_a_database_folder_that_is_not_there_is_told(
    installation: Installation, tmp_path: Path
) -> None:
    installation.url = f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.db'}"
    assert "The database cannot be opened" in refused(installation)


@pytest.fixture
def server(postgres_url: str) -> Iterator[Connection]:
    """Whoever administers the server."""
    admin = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        yield connection
    admin.dispose()


def test_a_server_that_goes_away_and_comes_back_loses_nothing(
    tmp_path: Path, postgres_url: str, server: Connection
) -> None:
    with sites(1) as running:
        server.execute(text("CREATE DATABASE away"))
        url = postgres_url.rsplit("/", 1)[0] + "/away"
        installation = Installation(
            tmp_path / "home", running, url, schedule='lease = "1s"\n'
        )
        installation.enrol(*NAMES)
        fill(running[0], 4, posts=2, words=f"{NAMES[0]} gav afslag.")
        held = running[0].hold("/p2/")
        crawl = installation.start("crawl", "--all")
        while not running[0].asked("/p2/"):
            assert crawl.poll() is None
            time.sleep(0.01)
        server.execute(text("ALTER DATABASE away ALLOW_CONNECTIONS false"))
        server.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = 'away'"
            )
        )
        held.set()
        said = crawl.communicate(timeout=60)[1]
        assert crawl.returncode == CANNOT_START, said
        assert "The database stopped answering" in said
        assert "Traceback" not in said
        server.execute(text("ALTER DATABASE away ALLOW_CONNECTIONS true"))
        complete(installation)
        assert found(installation) == 8
        server.execute(text("DROP DATABASE away WITH (FORCE)"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes."""
    if os.geteuid():
        pytest.skip("only root may mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.fixture
def cramped(installation: Installation, small_disk: Path) -> Installation:
    """The installation with its data on the small disk."""
    for path in [*installation.data.iterdir()]:
        subprocess.run(["mv", str(path), str(small_disk)], check=True)
    installation.data.rmdir()
    installation.data.symlink_to(small_disk)
    small_disk.chmod(0o700)
    return installation


def test_a_full_disk_loses_nothing(cramped: Installation) -> None:
    more_finds(cramped)
    ballast = cramped.data / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    done = cramped.run("crawl", "--all")
    assert done.returncode in (1, CANNOT_START), done.stderr
    assert "Traceback" not in done.stderr
    assert "disk" in done.stdout + done.stderr
    ballast.unlink()
    complete(cramped)
    assert found(cramped) == 2 + 8


def test_a_read_only_disk_is_told_and_nothing_is_lost(
    cramped: Installation, small_disk: Path
) -> None:
    before = found(cramped)
    more_finds(cramped)
    remount = ["mount", "-o", "remount,{}", str(small_disk)]
    subprocess.run([part.format("ro") for part in remount], check=True)
    assert "Check that the folder can be written" in refused(cramped)
    subprocess.run([part.format("rw") for part in remount], check=True)
    complete(cramped)
    assert found(cramped) == before + 8


NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = '''"""A step of the next version."""
import sqlalchemy as sa
from alembic import op
revision, down_revision = "{new}", "{old}"
branch_labels = depends_on = None
def upgrade() -> None:
    op.create_table("later", sa.Column("id", sa.Integer, primary_key=True))
'''


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The shipped configuration over a data folder that is not there yet."""
    return load({"MONITOR_DATA": str(tmp_path / "home" / "data")})


@pytest.fixture
def filled(settings: Settings) -> Settings:
    """A data folder with a row in its database, closed again."""
    with open_all(settings, NOW) as at_hand, at_hand.database.begin() as session:
        session.add(Counter(name="kept", value=7))
    return settings


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make the program one whose schema is a step further; gives its revision."""
    scripts = tmp_path / "scripts"
    shutil.copytree(migrations(), scripts)
    step = LATER.format(new="9999_later", old=db.newest_schema())
    (scripts / "versions" / "9999_later.py").write_text(step)
    monkeypatch.setattr(db, "migrations", lambda: scripts)
    return "9999_later"


def schema(settings: Settings) -> str | None:
    return db.current_schema(db.parse_url(settings.database_url))


def backups(settings: Settings) -> list[Path]:
    return sorted(settings.backup_dir.glob("udkig-*"))


def kept(settings: Settings) -> int:
    with open_all(settings, NOW) as at_hand, at_hand.database.read() as session:
        return session.get_one(Counter, "kept").value


def test_fresh_folder_gets_keys_tables_and_no_backup(settings: Settings) -> None:
    assert not settings.data_dir.exists()
    with open_all(settings, NOW) as at_hand, at_hand.database.read() as session:
        assert session.scalars(select(Hit)).all() == []
    assert settings.data_dir.stat().st_mode & 0o777 == 0o700
    assert settings.key_file.stat().st_mode & 0o777 == 0o600
    assert schema(settings) == db.newest_schema()
    assert backups(settings) == []


def test_second_start_changes_neither_keys_nor_rows(filled: Settings) -> None:
    keys = filled.key_file.read_bytes()
    assert kept(filled) == 7
    assert filled.key_file.read_bytes() == keys
    assert backups(filled) == []


def test_older_schema_is_left_alone_unless_told(
    filled: Settings, next_version: str
) -> None:
    old = schema(filled)
    with pytest.raises(CannotStart, match="schema_missing"), open_all(filled, NOW):
        pass
    assert schema(filled) == old != next_version
    assert backups(filled) == []


def test_older_schema_is_backed_up_and_then_migrated(
    filled: Settings, next_version: str
) -> None:
    old = schema(filled)
    with open_all(filled, NOW, upgrade=True):
        pass
    assert schema(filled) == next_version
    assert kept(filled) == 7
    (made,) = backups(filled)
    (copy,) = made.glob("*.db")
    told = sqlite3.connect(copy)
    assert told.execute("SELECT version_num FROM alembic_version").fetchall() == [
        (old,)
    ]
    assert told.execute("SELECT name, value FROM counter").fetchall() == [("kept", 7)]
    told.close()


def test_newer_schema_is_refused_and_left_as_it_is(
    filled: Settings, next_version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_all(filled, NOW, upgrade=True):
        pass
    monkeypatch.setattr(db, "migrations", migrations)  # the older program again
    for upgrade in (False, True):
        with pytest.raises(CannotStart, match="schema_newer") as refused:  # noqa: SIM117
            with open_all(filled, NOW, upgrade=upgrade):
                pass
        assert refused.value.exit_code == CANNOT_START
    assert schema(filled) == next_version


def test_lock_is_held_once_and_given_back(settings: Settings) -> None:
    make_data_folder(settings)
    with (
        only_one(settings, "scheduler"),
        only_one(settings, "migrate"),
        pytest.raises(CannotStart, match="already_running"),
        only_one(settings, "scheduler"),
    ):
        pass
    with only_one(settings, "scheduler"):
        pass


def test_two_who_migrate_at_once_are_kept_apart(
    filled: Settings, next_version: str
) -> None:
    old = schema(filled)
    with (
        only_one(filled, "migrate"),
        pytest.raises(CannotStart, match="already_running"),
        open_all(filled, NOW, upgrade=True),
    ):
        pass
    assert schema(filled) == old != next_version
