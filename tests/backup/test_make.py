"""A backup is one consistent moment, verified, and whole or not there."""

from __future__ import annotations

import json
import sqlite3
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from monitor import history
from monitor.backup import make as making
from monitor.backup import manifest, verified
from monitor.backup.make import backup, counted
from monitor.db import Database, open_database
from monitor.errors import Problem, Refused
from monitor.models import EvidenceItem
from tests.backup.builders import NOW, House, make_settings
from tests.evidence.builders import keep, make_hit
from watchlist.crypto import Keyring


def note(database: Database, number: int) -> None:
    with database.begin() as session:
        history.record(
            session,
            actor="ankj",
            kind="case_noted",
            object_type="case",
            object_id=number,
            now=NOW,
        )


def pool(house: House) -> list[str]:
    return sorted(p.name for p in house.settings.backup_dir.glob("pool/??/??/*"))


def test_a_backup_is_one_database_file_and_a_true_manifest(house: House) -> None:
    report = house.backup()
    assert report.path.name == "udkig-20261122T100000Z"
    assert sorted(p.name for p in report.path.iterdir()) == [
        "manifest.json",
        "udkig.db",
    ]
    told = verified(report.path)
    assert told.tables["watch_entry"] == 1
    assert told.tables == counted(report.path / "udkig.db")
    assert list(told.evidence) == pool(house)
    assert (report.evidence, report.faults) == (1, ())
    assert told.head_id == 1


def test_neither_keys_nor_names_are_in_a_backup(house: House) -> None:
    secret = house.settings.key_file.read_bytes().strip()
    house.backup()
    for path in house.settings.backup_dir.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert secret not in content
            assert "Skovgård".encode() not in content


def test_a_backup_under_writes_is_one_moment(house: House) -> None:
    stop = threading.Event()
    written: list[int] = []

    def write() -> None:
        while not stop.is_set():
            note(house.database, len(written))
            written.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        reports = [house.backup(NOW + timedelta(seconds=n)) for n in range(5)]
    finally:
        stop.set()
        writer.join()
    for report in reports:
        assert report.faults == ()
        told = verified(report.path)
        assert told.tables["event"] == told.head_id
    assert written


def test_evidence_lies_once_in_the_pool(house: House) -> None:
    house.backup()
    first = [p.stat().st_ino for p in house.settings.backup_dir.glob("pool/??/??/*")]
    with house.database.begin() as session:
        keep(session, make_hit(session), house.settings.evidence_dir)
    house.backup(NOW + timedelta(days=1))
    inodes = [p.stat().st_ino for p in house.settings.backup_dir.glob("pool/??/??/*")]
    assert len(inodes) == 2
    assert set(first) < set(inodes)


def test_old_backups_and_what_only_they_held_are_pruned(house: House) -> None:
    old = house.backup()
    with house.database.begin() as session:
        session.query(EvidenceItem).delete()
    new = house.backup(NOW + timedelta(days=36))
    assert new.pruned == 1
    assert not old.path.exists()
    assert pool(house) == []


def test_damaged_evidence_is_told_and_the_rest_is_kept(house: House) -> None:
    [file] = [p for p in house.settings.evidence_dir.rglob("*") if p.is_file()]
    file.chmod(0o600)
    file.write_bytes(b"damaged")
    report = house.backup()
    assert [fault.code for fault in report.faults] == ["backup_evidence_damaged"]
    assert verified(report.path).damaged == (file.name,)


def test_a_history_that_is_not_whole_is_told(house: House) -> None:
    with sqlite3.connect(str(house.database.url.database)) as raw:
        raw.execute("DROP TRIGGER event_no_update")
        raw.execute("UPDATE event SET actor = 'other'")
    raw.close()
    assert [fault.code for fault in house.backup().faults] == ["event_altered"]


def test_a_crash_leaves_nothing_that_looks_like_a_backup(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(manifest, "write", crash)
        with pytest.raises(KeyboardInterrupt):
            house.backup()
    root = house.settings.backup_dir
    assert list(root.glob("udkig-*")) == []
    [left] = root.glob(".new-*")
    with pytest.raises(Problem, match="backup_damaged"):
        verified(left)
    house.backup()
    assert list(root.glob(".new-*")) == []


def test_two_backups_at_once_are_refused(house: House) -> None:
    house.settings.backup_dir.mkdir()
    with (
        making._alone(house.settings.backup_dir),
        pytest.raises(Refused, match="backup_running"),
    ):
        house.backup()
    house.backup()
    with pytest.raises(Refused, match="backup_exists"):
        house.backup()


def test_postgresql_is_left_to_its_own_tools(
    postgres_url: str, tmp_path: Path, keyring: Keyring
) -> None:
    database = open_database(postgres_url, keyring)
    with pytest.raises(Refused, match="backup_postgresql"):
        backup(database, make_settings(tmp_path, keyring), NOW)


def test_a_folder_that_cannot_be_written_is_told(house: House) -> None:
    house.settings.backup_dir.write_text("a file in the way")
    with pytest.raises(Problem, match="backup_unwritable"):
        house.backup()


def test_a_disk_that_refuses_half_way_keeps_nothing(house: House) -> None:
    house.settings.backup_dir.mkdir()
    (house.settings.backup_dir / "pool").write_text("a file in the way")
    with pytest.raises(Problem, match="backup_unwritable"):
        house.backup()
    assert list(house.settings.backup_dir.glob("*udkig-*")) == []


def test_a_database_that_is_not_whole_makes_no_backup(house: House) -> None:
    with sqlite3.connect(str(house.database.url.database)) as raw:
        raw.execute("UPDATE hit SET employee_id = 999")
    raw.close()
    with pytest.raises(Problem, match="backup_database_damaged"):
        house.backup()
    assert list(house.settings.backup_dir.glob("*udkig-*")) == []


def test_a_key_file_that_opens_nothing_is_told(house: House, tmp_path: Path) -> None:
    other = Keyring.create(tmp_path / "other.keys")
    database = open_database(house.settings.database_url, other)
    report = backup(database, house.settings, NOW)
    database.close()
    assert [fault.code for fault in report.faults] == ["backup_key_wrong"]


@pytest.mark.parametrize("name", ["udkig.db", "manifest.json", "pool"])
def test_every_damage_to_a_backup_is_found(house: House, name: str) -> None:
    path = house.backup().path
    file = path / name
    if name == "pool":
        [file] = house.settings.backup_dir.glob("pool/??/??/*")
        file.chmod(0o600)
    raw = bytearray(file.read_bytes())
    raw[len(raw) // 2] ^= 4
    file.write_bytes(raw)
    with pytest.raises(Problem, match="backup_damaged"):
        verified(path)
    file.unlink()
    with pytest.raises(Problem, match="backup_damaged"):
        verified(path)


def test_a_manifest_of_something_else_is_refused(house: House) -> None:
    path = house.backup().path
    (path / "manifest.json").write_text(json.dumps(["no", "manifest"]))
    with pytest.raises(Problem, match="backup_damaged"):
        verified(path)
