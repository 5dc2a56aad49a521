"""Every change to evidence shows: one bit, one row, one file."""

from __future__ import annotations

import os
import random
import re
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from monitor.db import Database
from monitor.evidence import store as evidence
from monitor.evidence.verify import (
    EvidenceReport,
    Sweep,
    digests_hold,
    sweep,
    verify_all,
)
from monitor.models import EvidenceItem
from tests.evidence.builders import NOW, keep, make_case, make_hit

LATER = NOW + timedelta(hours=2)
FLIPS = int(os.environ.get("UDKIG_FLIPS", "100"))


def codes(report: EvidenceReport) -> list[str]:
    return [fault.code for fault in report.faults]


def test_untouched_evidence_is_whole(session: Session, folder: Path) -> None:
    hits = [make_hit(session) for _ in range(3)]
    items = [keep(session, hit, folder) for hit in hits]
    case = make_case(session, hits[0])
    evidence.freeze(session, case, hits[:1], folder=folder, now=LATER, by="ankj")
    evidence.forget(session, items[2:], now=LATER, by="system")
    session.expire_all()
    report = verify_all(session, folder, LATER)
    assert codes(report) == ["evidence_orphan"]  # forgotten, not yet removed
    assert report.items == 3


def test_a_lost_file_and_a_lost_row_are_found(session: Session, folder: Path) -> None:
    first, second = (keep(session, make_hit(session), folder) for _ in range(2))
    (folder / first.path).unlink()
    session.delete(second)
    session.flush()
    found = codes(verify_all(session, folder, LATER))
    assert found == ["evidence_missing", "evidence_row_gone", "evidence_orphan"]


def test_evidence_that_was_made_up_is_found(session: Session, folder: Path) -> None:
    item = keep(session, make_hit(session), folder)
    other = keep(session, make_hit(session), folder)
    item.sha256, item.stored_sha256, item.size = other.sha256, "0" * 64, other.size
    session.flush()
    assert "evidence_row_altered" in codes(verify_all(session, folder, LATER))


def test_a_young_file_without_row_is_left_alone_and_an_old_one_swept(
    session: Session, folder: Path
) -> None:
    kept = keep(session, make_hit(session), folder)
    orphan = folder / "ab" / "cd" / "left.part"
    orphan.parent.mkdir(parents=True)
    orphan.write_text("half")
    os.utime(orphan, (NOW.timestamp(), NOW.timestamp()))
    assert sweep(session, folder, NOW + timedelta(minutes=59)).removed == 0
    assert codes(verify_all(session, folder, NOW)) == []
    assert sweep(session, folder, LATER).removed == 1
    assert sweep(session, folder, LATER).missing == ()
    assert (folder / kept.path).is_file()


def test_nothing_is_swept_while_an_item_lacks_its_file(
    session: Session, folder: Path
) -> None:
    item = keep(session, make_hit(session), folder)
    file = folder / item.path
    item.stored_sha256 = "0" * 64
    session.flush()
    assert sweep(session, folder, LATER) == Sweep(0, (item.id,))
    assert file.is_file()


def test_an_empty_house_is_whole(session: Session, folder: Path) -> None:
    assert verify_all(session, folder, NOW) == EvidenceReport(0, 0, ())
    assert sweep(session, folder, NOW).removed == 0


def test_a_file_that_is_no_warc_has_no_true_digests() -> None:
    assert not digests_hold(b"")
    assert not digests_hold(b"shopping list")
    assert not digests_hold(b"\x1f\x8b\x08\x00broken")


def flipped(value: Any, chance: random.Random) -> Any:
    """The value with one bit turned; text comes back as bytes."""
    if isinstance(value, int):
        return value ^ (1 << chance.randrange(8, 24))  # no other row's id
    raw = bytearray(value.encode() if isinstance(value, str) else value)
    places = [n for n in range(len(raw)) if not is_time(value) or chr(raw[n]).isdigit()]
    raw[chance.choice(places)] ^= 1 << chance.randrange(8)
    return bytes(raw)


def is_time(value: Any) -> bool:
    """In a stored time the signs between the digits are read whatever they are."""
    return isinstance(value, str) and re.fullmatch(r"[\d .:-]{26}", value) is not None


def flip_row(connection: sqlite3.Connection, chance: random.Random) -> str:
    """Turn one bit of one value of one row; gives the statement that did."""
    table = chance.choice(["evidence", "event"])
    rows = connection.execute(f"SELECT * FROM {table}")
    names = [column[0] for column in rows.description]
    row = dict(zip(names, chance.choice(rows.fetchall()), strict=True))
    row_id = row["id"]
    name = chance.choice([n for n, value in row.items() if value not in (None, b"")])
    cast = "CAST(? AS TEXT)" if isinstance(row[name], str) else "?"
    statement = f"UPDATE {table} SET {name} = {cast} WHERE id = ?"
    connection.execute(statement, (flipped(row[name], chance), row_id))
    return statement


def flip_file(folder: Path, chance: random.Random) -> str:
    path = chance.choice(sorted(p for p in folder.rglob("*") if p.is_file()))
    path.chmod(0o600)
    path.write_bytes(flipped(path.read_bytes(), chance))
    return path.name


@pytest.fixture
def filled(
    sqlite: Database,
    *,
    folder: Path,
) -> Database:
    """Three items, one of them frozen for a case, and nothing that guards them."""
    with sqlite.begin() as session:
        hits = [make_hit(session) for _ in range(2)]
        for hit in hits:
            keep(session, hit, folder)
        case = make_case(session, hits[0])
        evidence.freeze(session, case, hits[:1], folder=folder, now=NOW, by="ankj")
        for name in ("event_no_update", "event_no_delete"):
            session.execute(text(f"DROP TRIGGER {name}"))
    return sqlite


def test_every_turned_bit_is_found(filled: Database, folder: Path) -> None:
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    path = str(filled.url.database)
    filled.scrub()
    pristine = Path(path).read_bytes()
    whole = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    for number in range(FLIPS):
        if number % 2:
            what = flip_file(folder, chance)
        else:
            with sqlite3.connect(path, isolation_level=None) as connection:
                connection.execute("PRAGMA ignore_check_constraints=ON")
                what = flip_row(connection, chance)
            connection.close()
        with filled.read() as session:
            assert verify_all(session, folder, NOW).faults, (seed, number, what)
        filled.reader.dispose()
        filled.scrub()
        filled.engine.dispose()
        Path(path).write_bytes(pristine)
        for file, content in whole.items():
            file.write_bytes(content)
    with filled.read() as session:
        assert verify_all(session, folder, NOW).faults == ()
        assert session.query(EvidenceItem).count() == 3
