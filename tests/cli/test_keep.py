"""Keeping the data and letting go of it: backup, restore, purge, migrate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from monitor import db
from monitor.cli.app import now
from monitor.models import EvidenceItem, Hit
from monitor.models.evidence import stored_path
from monitor.settings import load
from monitor.startup import only_one, open_all
from tests.cli.desk import NAME, QUOTE, Desk
from tests.cli.keyboard import Said
from tests.site import site
from tests.world import page, post

Type = Callable[..., Said]


@pytest.fixture
def filled(desk: Desk, at_desk: Type) -> Desk:
    """A desk with one hit and its evidence."""
    with site() as running:
        running.put("/robots.txt", "User-agent: *\nAllow: /\n")
        running.put("/blog/", page(post(1, QUOTE)))
        desk.allow(running.place)
        desk.sources(blog=running.url("/blog/"))
        assert at_desk("crawl", "--all").code == 0
        return desk


def hits() -> int:
    with open_all(load(), now()) as at_hand, at_hand.database.read() as session:
        return len(session.scalars(select(Hit)).all())


def evidence(desk: Desk) -> list[Path]:
    return sorted((desk.data / "evidence").glob("??/??/*"))


def age(days: int) -> None:
    """Let every hit be so much older."""
    with open_all(load(), now()) as at_hand, at_hand.database.begin() as session:
        for hit in session.scalars(select(Hit)):
            hit.found_at -= timedelta(days=days)
            hit.last_seen_at -= timedelta(days=days)


def test_purge_erases_what_is_old_and_prints_the_receipt(
    filled: Desk, at_desk: Type
) -> None:
    young = at_desk("purge", "--json")
    assert (young.code, young.json["hits"], hits()) == (0, 0, 1)
    age(400)
    said = at_desk("purge", "--json")
    assert (said.json["hits"], said.json["evidence_files"]) == (1, 1)
    assert evidence(filled) == []
    shown = at_desk("purge").out
    assert "Erased:" in shown
    for name in ("Hits", "Evidence files", "Entries of the access log"):
        assert name in shown


def test_backup_is_put_back_with_rows_and_evidence(filled: Desk, at_desk: Type) -> None:
    made = at_desk("backup", "--json")
    assert made.code == 0
    folder = made.json["path"]
    assert made.json["evidence"] == 1
    (file,) = evidence(filled)
    content = file.read_bytes()
    file.unlink()
    (filled.data / "udkig.db").unlink()
    for rest in filled.data.glob("udkig.db-*"):
        rest.unlink()
    said = at_desk("restore", folder)
    assert said.code == 0
    assert "1 evidence files" in said.out
    assert hits() == 1
    assert file.read_bytes() == content


def test_restore_replaces_a_database_only_when_told(
    filled: Desk, at_desk: Type
) -> None:
    folder = at_desk("backup", "--json").json["path"]
    with open_all(load(), now()) as at_hand, at_hand.database.begin() as session:
        session.scalars(select(Hit)).one().outcome = "satire"
    refused = at_desk("restore", folder)
    assert refused.code == 1
    assert "--replace" in refused.err
    said = at_desk("restore", folder, "--replace", "--json")
    assert said.code == 0
    assert said.json["missing"] == []
    with open_all(load(), now()) as at_hand, at_hand.database.read() as session:
        assert session.scalars(select(Hit)).one().outcome is None


def test_who_withdrew_since_is_not_brought_back(filled: Desk, at_desk: Type) -> None:
    folder = at_desk("backup", "--json").json["path"]
    gone = filled.type("watchlist", "withdraw", "TK-1", "--yes", "--as", "root")
    assert gone.code == 0, gone.err
    said = at_desk("restore", folder, "--replace", "--json")
    assert said.json["erased"] >= 1
    listed = filled.type("watchlist", "list", "--json", "--as", "root")
    assert NAME not in listed.out
    assert hits() == 0


def test_restore_waits_for_no_running_scheduler(filled: Desk, at_desk: Type) -> None:
    folder = at_desk("backup", "--json").json["path"]
    with only_one(load(), "scheduler"):
        said = at_desk("restore", folder, "--replace")
    assert said.code == 3
    assert "scheduler.lock" in said.err


def test_restore_of_no_backup_is_refused_and_changes_nothing(
    filled: Desk, at_desk: Type, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "nowhere"):
        said = at_desk("restore", folder, "--replace")
        assert said.code in {1, 2}
        assert said.err.strip()
    assert hits() == 1


def test_backup_of_what_is_not_whole_ends_with_1(filled: Desk, at_desk: Type) -> None:
    with open_all(load(), now()) as at_hand, at_hand.database.read() as session:
        sha = session.scalars(select(EvidenceItem.stored_sha256)).one()
    (filled.data / "evidence" / stored_path(sha)).write_bytes(b"something else")
    said = at_desk("backup")
    assert said.code == 1
    assert "Backup " in said.out
    assert said.err.strip()


def test_migrate_makes_the_tables_and_says_where_it_stands(
    desk: Desk, at_desk: Type
) -> None:
    for file in desk.data.iterdir():
        file.unlink()
    for _ in range(2):
        said = at_desk("migrate")
        assert (said.code, db.newest_schema() in said.out) == (0, True)


def test_real_command_backs_up_in_danish(filled: Desk) -> None:
    said = filled.type("monitor", "backup", language="da")
    assert said.code == 0
    assert "evidence files" not in said.out
    assert "udkig-2" in said.out
