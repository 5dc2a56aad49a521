"""Makes a verified backup while the program goes on writing, and prunes old ones."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from monitor import erasures, history
from monitor.backup import manifest as manifests
from monitor.backup.manifest import DATABASE, POOL, Manifest
from monitor.db import Database, current_schema, newest_schema, open_database
from monitor.durable import sha256_of, sync, why, write_file
from monitor.errors import Problem, Refused
from monitor.models import EvidenceItem
from monitor.models.evidence import stored_path
from monitor.settings import Settings
from monitor.types import Reason
from watchlist import entries
from watchlist.models import WatchEntry
from watchlist.types import KeyProblem

_STAMP = "udkig-%Y%m%dT%H%M%SZ"
_NEW, _OLD = ".new-", ".old-"


@dataclass(frozen=True, slots=True)
class BackupReport:
    """Where the backup lies, how much it holds, and what was already wrong.

    With ``faults`` the backup is a true copy of a database or of evidence that is
    not whole.
    """

    path: Path
    rows: int
    evidence: int
    pruned: int
    faults: tuple[Reason, ...]


def backup(database: Database, settings: Settings, now: datetime) -> BackupReport:
    """Copy the database and its evidence into the backup folder, and open the copy.

    Raises Refused on PostgreSQL (use ``pg_dump``) or beside another backup; Problem
    when the folder cannot be written or the database is damaged. What a crash leaves
    has no name of a backup and is cleared away by the next one.
    """
    if database.url.get_backend_name() != "sqlite":
        raise Refused("backup_postgresql")
    root = settings.backup_dir
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(root):
            return _backup(database, settings, root, now=now)
    except OSError as error:
        raise Problem("backup_unwritable", path=str(root), detail=why(error)) from error


def _backup(
    database: Database, settings: Settings, root: Path, *, now: datetime
) -> BackupReport:
    _clear(root.glob(f"{_NEW}*"), root.glob(f"{_OLD}*"))
    final = root / now.astimezone(UTC).strftime(_STAMP)
    if final.exists():
        raise Refused("backup_exists", path=str(final))
    erasures.merge(settings.data_dir, root)
    with _work_for(final) as work:
        _copy_database(database, work / DATABASE)
        stored = stored_files(work / DATABASE)
        lacking = _fill_pool(stored, settings.evidence_dir, root / POOL)
        damaged = _still_there(database, lacking)
        told, faults = _check(work / DATABASE, database, now)
        told |= {"evidence": tuple(stored), "damaged": damaged}
        manifests.write(work, Manifest(**told))
    faults += [Reason("backup_evidence_damaged", {"file": sha}) for sha in damaged]
    return BackupReport(
        path=final,
        rows=sum(told["tables"].values()),
        evidence=len(stored) - len(damaged),
        pruned=_prune(root, now - settings.monitor.backup.keep),
        faults=tuple(faults),
    )


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    with (root / "backup.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused("backup_running", path=str(root)) from None
        yield


@contextmanager
def _work_for(final: Path) -> Iterator[Path]:
    """A folder that gets its name when all is done, and goes when the disk refuses."""
    work = final.with_name(f"{_NEW}{final.name}")
    work.mkdir(mode=0o700)
    try:
        yield work
        work.rename(final)
        sync(final.parent)
    except (OSError, Problem):
        shutil.rmtree(work, ignore_errors=True)
        raise


def _copy_database(database: Database, path: Path) -> None:
    """One consistent moment, whoever writes meanwhile; nothing erased comes along."""
    try:
        with database.reader.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("VACUUM INTO ?", (str(path),))
        path.chmod(0o600)
    except sqlite3.Error as error:
        raise Problem("backup_database_failed", detail=str(error)) from error


def stored_files(database: Path) -> list[str]:
    """The SHA-256 of every evidence file a database file knows."""
    with closing(sqlite3.connect(database)) as raw:
        rows = raw.execute("SELECT stored_sha256 FROM evidence ORDER BY 1")
        return [str(sha) for (sha,) in rows]


def _fill_pool(stored: Iterable[str], folder: Path, pool: Path) -> list[str]:
    """Copy what the pool lacks; gives the files that are not there or not true.

    Copied rather than linked: what damages the one must not damage the other.
    """
    damaged = []
    for sha in stored:
        place = pool / stored_path(sha)
        if place.is_file():
            continue
        if not place_file(folder / stored_path(sha), place, sha):
            damaged.append(sha)
    return damaged


def place_file(source: Path, target: Path, sha: str) -> bool:
    """Copy one evidence file if its digest is true; whether it was."""
    try:
        content = source.read_bytes()
    except FileNotFoundError:
        return False
    if hashlib.sha256(content).hexdigest() != sha:
        return False
    made = datetime.fromtimestamp(source.stat().st_mtime, UTC)
    write_file(target, content, mode=0o400, at=made)
    return True


def _still_there(database: Database, lacking: list[str]) -> tuple[str, ...]:
    """Without those whose item was erased while the backup was being made."""
    if not lacking:
        return ()
    with database.read() as session:
        known = set(session.scalars(select(EvidenceItem.stored_sha256)))
    return tuple(sha for sha in lacking if sha in known)


def _check(
    path: Path, database: Database, now: datetime
) -> tuple[dict[str, Any], list[Reason]]:
    """Open the copy and look whether it is whole; gives what the manifest tells."""
    url = database.url.set(database=str(path))
    schema = current_schema(url)
    faults: list[Reason] = []
    head = None
    if schema == newest_schema():
        copy = open_database(
            url.render_as_string(hide_password=False), database.keyring
        )
        try:
            head, faults = _open(copy)
        finally:
            copy.close()
    settle(path)
    return {
        "made_at": now.astimezone(UTC).isoformat(),
        "schema": schema,
        "sha256": sha256_of(path),
        "tables": counted(path),
        "head_id": head.id if head else None,
        "head_hash": head.hash.hex() if head else None,
    }, faults


def _open(copy: Database) -> tuple[history.Head | None, list[Reason]]:
    with copy.read() as session:
        chain = history.verify(session)
        faults = list(chain.faults)
        entry = session.scalar(select(WatchEntry).limit(1))
        try:
            if entry is not None:
                entries.names_of(session, entry)
        except KeyProblem:
            faults.append(Reason("backup_key_wrong"))
        return chain.head, faults


def settle(path: Path) -> None:
    """Make a closed database one plain file without a log beside it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode=DELETE")
    sync(path)


def counted(path: Path) -> dict[str, int]:
    """Rows by table of a database file; Problem when it is not whole."""
    try:
        with closing(sqlite3.connect(path)) as raw:
            (state,) = raw.execute("PRAGMA integrity_check").fetchone()
            broken = raw.execute("PRAGMA foreign_key_check").fetchone()
            if state != "ok" or broken:
                raise Problem("backup_database_damaged", detail=str(state))
            names = raw.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' "
                "AND name NOT LIKE 'sqlite_%' ORDER BY name"
            ).fetchall()
            return {
                name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608  own names
                for (name,) in names
            }
    except sqlite3.Error as error:
        raise Problem("backup_database_damaged", detail=str(error)) from error


def _prune(root: Path, before: datetime) -> int:
    """Delete backups made before then, and pool files no backup knows any more."""
    old = [path for path in root.glob("udkig-*") if _made(path) < before]
    for path in old:
        path.rename(path.with_name(f"{_OLD}{path.name}"))
    sync(root)
    _clear(root.glob(f"{_OLD}*"))
    try:
        kept = {
            s for path in root.glob("udkig-*") for s in manifests.read(path).evidence
        }
    except Problem:
        return len(old)  # a damaged manifest: what it needs is not known
    for file in (root / POOL).glob("??/??/*"):
        if file.name not in kept:
            file.unlink()
    return len(old)


def _made(path: Path) -> datetime:
    try:
        return datetime.strptime(path.name, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return datetime.max.replace(tzinfo=UTC) - timedelta(days=1)  # not one of ours


def _clear(*folders: Iterable[Path]) -> None:
    for paths in folders:
        for path in paths:
            shutil.rmtree(path)
