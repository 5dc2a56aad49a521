"""Puts a backup back, and erases again what was erased since it was made."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from monitor import erasures, history
from monitor.backup import manifest as manifests
from monitor.backup.make import counted, place_file, settle, stored_files
from monitor.backup.manifest import DATABASE, POOL, Manifest
from monitor.db import check_schema, migrate, open_database, parse_url
from monitor.durable import sha256_of, sync, why
from monitor.errors import Problem, Refused
from monitor.evidence.store import forget, of_case, of_hits
from monitor.models import Assessment, Case, CaseHit, DataKey, EvidenceItem, Hit, Letter
from monitor.models.evidence import stored_path
from monitor.settings import Settings
from watchlist import opt_in
from watchlist.crypto import Keyring
from watchlist.models import WatchEntry
from watchlist.types import KeyProblem, KeyScope, OptInKind


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was put back: rows, evidence files, and how many keys were erased again.

    ``missing`` lists ids of evidence items whose file the backup did not hold.
    """

    rows: int
    evidence: int
    erased: int
    missing: tuple[int, ...]


def verified(backup: Path) -> Manifest:
    """The manifest of a backup whose every file is there and true, else Problem."""
    manifest = manifests.read(backup)
    try:
        if sha256_of(backup / DATABASE) != manifest.sha256:
            raise Problem("backup_damaged", path=str(backup), what=DATABASE)
        for sha in set(manifest.evidence) - set(manifest.damaged):
            if sha256_of(backup.parent / POOL / stored_path(sha)) != sha:
                raise Problem("backup_damaged", path=str(backup), what=sha)
    except FileNotFoundError as error:
        what = Path(str(error.filename)).name
        raise Problem("backup_damaged", path=str(backup), what=what) from error
    return manifest


def restore(
    backup: Path,
    settings: Settings,
    keyring: Keyring,
    *,
    now: datetime,
    replace: bool = False,
) -> RestoreReport:
    """Put database and evidence of a backup in place of those in the data folder.

    Everything is checked first; the database gets its name last, so that a crash
    leaves the old state. Raises Refused when there is a database and ``replace`` is
    not told, or when somebody has it open; Problem when the backup is damaged, does
    not fit the key file, or the disk refuses; CannotStart when it is of a newer
    program.
    """
    url = parse_url(settings.database_url)
    if url.get_backend_name() != "sqlite":
        raise Refused("backup_postgresql")
    target = Path(str(url.database))
    _refuse_live(target, replace=replace)
    manifest = verified(backup)
    work = target.with_name(f".{target.name}.restoring")
    try:
        return _restore(
            backup,
            settings,
            keyring,
            work=work,
            url=url,
            tables=manifest.tables,
            now=now,
        )
    except OSError as error:
        raise Problem("restore_unwritable", detail=why(error)) from error
    finally:
        for path in work.parent.glob(f"{work.name}*"):
            path.unlink(missing_ok=True)


def _restore(  # noqa: PLR0913  one after the other, all named
    backup: Path,
    settings: Settings,
    keyring: Keyring,
    *,
    work: Path,
    url: URL,
    tables: dict[str, int],
    now: datetime,
) -> RestoreReport:
    target = Path(str(url.database))
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(backup / DATABASE, work)
    work.chmod(0o600)
    if counted(work) != tables:
        raise Problem("backup_damaged", path=str(backup), what=DATABASE)
    work_url = url.set(database=str(work))
    if check_schema(work_url):
        migrate(work_url)
    gone = erasures.noted(settings.data_dir, settings.backup_dir, backup.parent)
    erased = _erase_again(work_url, keyring, gone, label=backup.name, now=now)
    files = stored_files(work)
    pool = backup.parent / POOL
    for sha in files:
        place = settings.evidence_dir / stored_path(sha)
        if not place.is_file() or sha256_of(place) != sha:
            place_file(pool / stored_path(sha), place, sha)
    missing = _without_file(work, settings.evidence_dir)
    rows = sum(counted(work).values())
    work.rename(target)
    sync(target.parent)
    return RestoreReport(rows, len(files) - len(missing), erased, missing)


def _refuse_live(target: Path, *, replace: bool) -> None:
    """Only a database that nobody has open is replaced, and only when told so."""
    if not target.exists():
        return
    if not replace:
        raise Refused("restore_would_replace", path=str(target))
    try:
        with closing(sqlite3.connect(target, timeout=1, isolation_level=None)) as raw:
            raw.execute("PRAGMA journal_mode=DELETE")  # fails while another is in it
    except sqlite3.OperationalError as error:
        raise Refused("restore_in_use", path=str(target)) from error
    except sqlite3.DatabaseError:  # no database any more: that is why we are here
        for suffix in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                target.with_name(target.name + suffix).unlink()


def _erase_again(
    url: URL,
    keyring: Keyring,
    gone: frozenset[tuple[int, str]],
    *,
    label: str,
    now: datetime,
) -> int:
    """Destroy again every key that was destroyed since, with what hung on it."""
    database = open_database(url.render_as_string(hide_password=False), keyring)
    try:
        with database.begin() as session:
            _refuse_wrong_keys(session)
            live = session.scalars(select(DataKey).where(DataKey.wrapped.is_not(None)))
            doomed = [k for k in live if (k.id, erasures.born(k)) in gone]
            for key in doomed:
                _ERASERS[key.scope](session, key, now)
                keyring.destroy(key, now)
            history.record(
                session,
                actor=history.SYSTEM,
                kind="restored",
                object_type="database",
                object_id="all",
                now=now,
                payload={"backup": label.lower(), "erased": len(doomed)},
            )
    finally:
        database.close()
    path = Path(str(url.database))
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("VACUUM")  # the file keeps nothing of what was erased
    settle(path)
    return len(doomed)


def _refuse_wrong_keys(session: Session) -> None:
    """Names that the key file does not open would be lost without a word."""
    try:
        session.info["keyring"].fingerprint(session, "restore")
    except KeyProblem as problem:
        raise Problem("restore_key_wrong") from problem


def _erase_entry(session: Session, key: DataKey, now: datetime) -> None:
    found = select(WatchEntry).where(WatchEntry.key_id == key.id)
    for entry in session.scalars(found):
        employee = entry.employee
        session.delete(entry)
        session.flush()
        by = history.SYSTEM
        opt_in.add_step(session, employee, OptInKind.WITHDRAWN, now=now, by=by)


def _erase_hit(session: Session, key: DataKey, now: datetime) -> None:
    hits = session.scalars(select(Hit).where(Hit.key_id == key.id)).all()
    forget(session, of_hits(session, hits), now=now, by=history.SYSTEM)
    for hit in hits:
        if session.scalar(select(CaseHit).where(CaseHit.hit_id == hit.id)):
            hit.sealed = None
        else:
            session.delete(hit)
    session.flush()


def _erase_case(session: Session, key: DataKey, now: datetime) -> None:
    for case in session.scalars(select(Case).where(Case.key_id == key.id)):
        forget(session, of_case(session, case), now=now, by=history.SYSTEM)
        for table in (Assessment, Letter):
            belongs = table.case_id == case.id
            session.execute(update(table).where(belongs).values(sealed=None))
    session.flush()


def _erase_nothing(_session: Session, _key: DataKey, _now: datetime) -> None:
    """The index key seals nothing of anybody; it is never destroyed."""


_ERASERS = {
    KeyScope.ENTRY: _erase_entry,
    KeyScope.HIT: _erase_hit,
    KeyScope.CASE: _erase_case,
    KeyScope.INDEX: _erase_nothing,
}


def _without_file(database: Path, folder: Path) -> tuple[int, ...]:
    with closing(sqlite3.connect(database)) as raw:
        table = EvidenceItem.__tablename__
        rows = raw.execute(f"SELECT id, stored_sha256 FROM {table} ORDER BY id")  # noqa: S608  own name
        return tuple(i for i, sha in rows if not (folder / stored_path(sha)).is_file())
