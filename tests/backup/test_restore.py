"""What is restored is what was backed up, less what was erased since."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor import erasures, history
from monitor.backup import RestoreReport, restore
from monitor.db import Database, open_database
from monitor.errors import CannotStart, Problem, Refused
from monitor.evidence.store import forget, freeze, of_hits
from monitor.evidence.verify import verify_all
from monitor.models import Assessment, Case, EvidenceItem, Hit, OptIn, WatchEntry
from monitor.models.case import CaseHit
from tests.backup.builders import NOW, House, enrol
from tests.evidence.builders import keep, make_case, make_hit
from watchlist import entries, moves
from watchlist.crypto import Keyring, keyring_of
from watchlist.types import OptInKind

LATER = NOW + timedelta(hours=1)


def put_back(house: House, path: Path, **over: bool) -> RestoreReport:
    house.database.close()
    keyring = house.database.keyring
    return restore(path, house.settings, keyring, now=LATER, **over)


def opened(house: House) -> Database:
    return open_database(house.settings.database_url, house.database.keyring)


@contextmanager
def reopened(house: House) -> Iterator[Session]:
    database: Database = open_database(
        house.settings.database_url, house.database.keyring
    )
    try:
        with database.begin() as session:
            yield session
    finally:
        database.close()


def rows_of(path: Path) -> list[str]:
    """Every row of a database but those a restore adds."""
    with closing(sqlite3.connect(path)) as raw:
        lines = [line for line in raw.iterdump() if line.startswith("INSERT")]
    added = ('INSERT INTO "event"', 'INSERT INTO "counter"')
    return sorted(line for line in lines if not line.startswith(added))


def lose_everything(house: House) -> None:
    house.database.close()
    for path in house.settings.data_dir.iterdir():
        if path.name != "backups":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def test_everything_comes_back(house: House) -> None:
    made = house.backup()
    lose_everything(house)
    report = put_back(house, made.path)
    assert (report.evidence, report.erased, report.missing) == (1, 0, ())
    target = Path(str(house.database.url.database))
    assert rows_of(target) == rows_of(made.path / "udkig.db")
    with reopened(house) as session:
        [entry] = session.scalars(select(WatchEntry))
        assert entries.names_of(session, entry).full_name == "Mette Skovgård"
        whole = verify_all(session, house.settings.evidence_dir, LATER)
        assert (whole.items, whole.faults) == (1, ())
        assert [
            e.kind for e in history.of(session, "database", "all", opened=True)
        ] == ["restored"]
    left = [p.name for p in house.settings.data_dir.iterdir() if "restoring" in p.name]
    assert left == []


def test_a_withdrawal_after_the_backup_stays_one(house: House) -> None:
    with house.database.begin() as session:
        hit = make_hit(session)
        hit_id = hit.id
        keep(session, hit, house.settings.evidence_dir)
    made = house.backup()
    with house.database.begin() as session:
        [entry] = session.scalars(select(WatchEntry))
        hit = session.get_one(Hit, hit_id)
        wrapped = [entry.key.wrapped or b"", hit.key.wrapped or b""]
        sealed = entry.names
        moves.withdraw(session, "m1", now=LATER, by="ankj")
        forget(session, of_hits(session, [hit]), now=LATER, by="ankj")
        keyring_of(session).destroy(hit.key, LATER)
        session.delete(hit)
    report = put_back(house, made.path, replace=True)
    assert report.erased == 2
    content = Path(str(house.database.url.database)).read_bytes()
    for secret in (*wrapped, sealed, "Skovgård".encode()):
        assert secret not in content
    with reopened(house) as session:
        assert session.scalars(select(WatchEntry)).all() == []
        assert session.get(Hit, hit_id) is None
        last = session.scalars(select(OptIn).order_by(OptIn.id.desc())).first()
        assert last is not None
        assert last.kind is OptInKind.WITHDRAWN
        assert session.query(EvidenceItem).count() == 1
        codes = {
            f.code for f in verify_all(session, house.settings.evidence_dir, NOW).faults
        }
        assert codes == set()


def test_the_notes_in_the_backup_folder_are_enough(house: House) -> None:
    made = house.backup()
    with house.database.begin() as session:
        moves.withdraw(session, "m1", now=LATER, by="ankj")
    lose_everything(house)
    assert put_back(house, made.path).erased == 1


def test_an_erased_case_loses_its_words_and_its_evidence(house: House) -> None:
    folder = house.settings.evidence_dir
    with house.database.begin() as session:
        hit = make_hit(session)
        keep(session, hit, folder)
        case = make_case(session, hit)
        session.add(CaseHit(case_id=case.id, hit_id=hit.id))
        freeze(session, case, [hit], folder=folder, now=NOW, by="ankj")
        sealed = keyring_of(session).seal(case.key, "assessment.sealed", "noter")
        session.add(
            Assessment(
                case_id=case.id,
                made_at=NOW,
                made_by="ankj",
                rules_version="1",
                sealed=sealed,
            )
        )
        hit.sealed = keyring_of(session).seal(hit.key, "hit.sealed", "ord")
    made = house.backup()
    with house.database.begin() as session:
        case = session.scalars(select(Case)).one()
        hit = session.scalars(select(Hit).where(Hit.sealed.is_not(None))).one()
        for key in (case.key, hit.key):
            keyring_of(session).destroy(key, LATER)
    report = put_back(house, made.path, replace=True)
    assert report.erased == 2
    with reopened(house) as session:
        assert session.scalars(select(Assessment.sealed)).all() == [None]
        assert session.query(EvidenceItem).count() == 1
        assert session.query(CaseHit).count() == 1


def test_a_key_number_given_out_again_is_another_key(house: House) -> None:
    made = house.backup()
    with house.database.begin() as session:
        lost = enrol(session, "m2", "Ole Brink").key_id
        moves.withdraw(session, "m2", now=LATER, by="ankj")
    put_back(house, made.path, replace=True)
    with reopened(house) as session:
        entry = enrol(session, "m3", "Ida Vang")
        assert entry.key_id == lost
        entry.key.created_at = LATER
    after = House(
        house.settings,
        open_database(house.settings.database_url, house.database.keyring),
    )
    again = after.backup(LATER)
    assert put_back(after, again.path, replace=True).erased == 0


def test_a_database_is_not_replaced_unless_told(house: House) -> None:
    made = house.backup()
    with pytest.raises(Refused, match="restore_would_replace"):
        put_back(house, made.path)


def test_a_database_in_use_is_never_replaced(house: House) -> None:
    made = house.backup()
    keyring = house.database.keyring
    with house.database.read() as session:
        session.scalar(select(Hit.id))
        with pytest.raises(Refused, match="restore_in_use"):
            restore(made.path, house.settings, keyring, now=LATER, replace=True)


def test_a_broken_database_can_be_replaced(house: House) -> None:
    made = house.backup()
    house.database.close()
    Path(str(house.database.url.database)).write_bytes(b"shopping list" * 1000)
    assert put_back(house, made.path, replace=True).evidence == 1


def test_a_damaged_backup_changes_nothing(house: House) -> None:
    made = house.backup()
    file = made.path / "udkig.db"
    file.write_bytes(file.read_bytes()[:-4096])
    before = Path(str(house.database.url.database)).read_bytes()
    with pytest.raises(Problem, match="backup_damaged"):
        put_back(house, made.path, replace=True)
    house.database.scrub()
    assert len(Path(str(house.database.url.database)).read_bytes()) >= len(before)


def test_the_wrong_key_file_changes_nothing(house: House, tmp_path: Path) -> None:
    made = house.backup()
    lose_everything(house)
    other = Keyring.create(tmp_path / "other.keys")
    with pytest.raises(Problem, match="restore_key_wrong"):
        restore(made.path, house.settings, other, now=LATER)
    assert not Path(str(house.database.url.database)).exists()


def test_a_backup_of_a_newer_program_is_refused(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy import text

    with house.database.begin() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    made = house.backup()
    lose_everything(house)
    with pytest.raises(CannotStart, match="schema_newer"):
        put_back(house, made.path)


def test_evidence_the_backup_lacked_is_told(house: House) -> None:
    [file] = [p for p in house.settings.evidence_dir.rglob("*") if p.is_file()]
    file.unlink()
    made = house.backup()
    lose_everything(house)
    report = put_back(house, made.path)
    assert (report.evidence, report.missing) == (0, (1,))
    assert erasures.noted(house.settings.data_dir) == frozenset()
