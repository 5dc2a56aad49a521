"""Evidence is on disk before its row, sealed, and dies with its key."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor import history
from monitor.db import Database
from monitor.errors import Problem
from monitor.evidence import store as evidence
from monitor.evidence.verify import digests_hold
from monitor.models import EvidenceItem, EvidenceKind, Hit
from tests.evidence.builders import NOW, keep, make_case, make_hit
from watchlist.crypto import keyring_of


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_kept_file_is_sealed_read_only_and_named_after_its_digest(
    session: Session, folder: Path
) -> None:
    item = keep(session, make_hit(session), folder)
    [path] = files(folder)
    assert path == folder / item.path
    assert path.name == item.stored_sha256
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert b"Mette" not in path.read_bytes()
    warc = evidence.open_item(session, item, folder)
    assert len(warc) == item.size
    assert digests_hold(warc)


def test_the_event_of_an_item_tells_of_it(session: Session, folder: Path) -> None:
    hit = make_hit(session)
    item = keep(session, hit, folder)
    [event] = history.of(session, "hit", hit.id, opened=True)
    assert (event.id, event.kind, event.actor) == (
        item.id,
        "evidence_captured",
        "system",
    )
    assert event.payload is not None
    assert event.payload["sha256"] == item.sha256


def test_twenty_megabytes_are_kept(session: Session, folder: Path) -> None:
    warc = os.urandom(20_000_000)
    kind = EvidenceKind.INTAKE
    item = evidence.store(
        session, make_hit(session), warc, folder=folder, kind=kind, now=NOW, by="ankj"
    )
    assert evidence.open_item(session, item, folder) == warc


def test_a_rolled_back_hit_leaves_a_file_but_no_row(
    database: Database, folder: Path
) -> None:
    with pytest.raises(ZeroDivisionError), database.begin() as session:
        keep(session, make_hit(session), folder)
        _ = 1 / 0
    with database.read() as session:
        assert session.scalars(select(EvidenceItem)).all() == []
    assert len(files(folder)) == 1


def test_frozen_copies_outlive_the_key_of_the_hit(
    session: Session, folder: Path
) -> None:
    hit = make_hit(session)
    item = keep(session, hit, folder)
    case = make_case(session, hit)
    later = NOW + timedelta(days=3)
    [copy] = evidence.freeze(session, case, [hit], folder=folder, now=later, by="ankj")
    assert (copy.captured_at, copy.captured_by) == (NOW, "system")
    keyring_of(session).destroy(hit.key, later)
    session.flush()
    with pytest.raises(Problem, match="evidence_shredded"):
        evidence.open_item(session, item, folder)
    assert digests_hold(evidence.open_item(session, copy, folder))


def test_freezing_twice_copies_once(session: Session, folder: Path) -> None:
    hit = make_hit(session)
    keep(session, hit, folder)
    case = make_case(session, hit)
    for expected in (1, 0):
        copies = evidence.freeze(
            session, case, [hit], folder=folder, now=NOW, by="ankj"
        )
        assert len(copies) == expected
    assert len(evidence.of_case(session, case)) == 1
    assert len(evidence.of_hits(session, [hit])) == 1


def test_a_missing_file_and_a_changed_one_are_told_apart(
    session: Session, folder: Path
) -> None:
    item = keep(session, make_hit(session), folder)
    path = folder / item.path
    sealed = path.read_bytes()
    path.unlink()
    with pytest.raises(Problem, match="evidence_missing"):
        evidence.open_item(session, item, folder)
    path.write_bytes(sealed[:-1])
    with pytest.raises(Problem, match="evidence_changed"):
        evidence.open_item(session, item, folder)


def test_forgotten_items_are_removed_after_the_commit(
    session: Session, folder: Path
) -> None:
    hit = make_hit(session)
    keep(session, hit, folder)
    items = evidence.of_hits(session, [hit])
    paths = evidence.forget(session, items, now=NOW, by="system")
    assert len(files(folder)) == 1
    assert evidence.of_hits(session, [hit]) == []
    evidence.remove_files(folder, [*paths, "00/00/never"])
    assert files(folder) == []
    session.delete(session.get_one(Hit, hit.id))
    session.flush()


@pytest.fixture
def tiny(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def big(session: Session, hit: Hit, folder: Path) -> EvidenceItem:
    kind = EvidenceKind.CAPTURE
    return evidence.store(
        session, hit, os.urandom(2**21), folder=folder, kind=kind, now=NOW, by="system"
    )


def test_a_full_disk_is_told_and_nothing_is_half_written(
    session: Session, tiny: Path
) -> None:
    hit = make_hit(session)
    with pytest.raises(Problem, match="evidence_disk_full"):
        big(session, hit, tiny)
    assert files(tiny) == []
    assert session.scalars(select(EvidenceItem)).all() == []


def test_a_read_only_disk_is_told(session: Session, tiny: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(tiny)], check=True)
    with pytest.raises(Problem, match="evidence_unwritable"):
        big(session, make_hit(session), tiny)


def test_a_folder_that_is_a_file_is_told(session: Session, tmp_path: Path) -> None:
    (tmp_path / "evidence").write_text("")
    with pytest.raises(Problem, match="evidence_unwritable"):
        big(session, make_hit(session), tmp_path / "evidence")
