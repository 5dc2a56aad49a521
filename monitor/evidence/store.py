"""Keeps captured files: encrypted, named after their digest, there before their row.

What is captured, and when a hit or case dies, is decided by others.
"""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor import history
from monitor.durable import why, write_file
from monitor.errors import Problem
from monitor.evidence.capture import tool_version
from monitor.models import Case, DataKey, EvidenceItem, EvidenceKind, Hit
from watchlist.crypto import keyring_of
from watchlist.types import KeyProblem

CAPTURED, ERASED = "evidence_captured", "evidence_erased"
_PLACE = "evidence.file"
_KEY_FAULTS = {
    "key_destroyed": "evidence_shredded",
    "sealed_tampered": "evidence_changed",
}
_FULL = (errno.ENOSPC, errno.EDQUOT)


def store(  # noqa: PLR0913  all but the first three are named
    session: Session,
    hit: Hit,
    warc: bytes,
    *,
    folder: Path,
    kind: EvidenceKind,
    now: datetime,
    by: str,
    case: Case | None = None,
) -> EvidenceItem:
    """Keep a captured file under the hit's key, or at once under that of a case.

    The hit and the case must have their ids.

    The file is on disk for good when this returns: a crash before the commit leaves
    a file without a row, which ``sweep`` clears away, never a row without a file.
    Raises Problem when the disk is full or the folder cannot be written.
    """
    item = EvidenceItem(
        hit_id=hit.id,
        case_id=case.id if case else None,
        kind=kind,
        key=case.key if case else session.get_one(DataKey, hit.key_id),
        captured_at=now,
        captured_by=by,
        tool_version=tool_version(),
    )
    _write(session, item, warc, folder=folder, now=now)
    return _enter(session, item, payload_of(item), now=now, by=by)


def freeze(
    session: Session,
    case: Case,
    hits: Iterable[Hit],
    *,
    folder: Path,
    now: datetime,
    by: str,
) -> list[EvidenceItem]:
    """Copy the hits' evidence under the case's key, so that it outlives theirs.

    Gives the new items; what is already frozen for this case is not copied again.
    """
    frozen = {item.sha256 for item in of_case(session, case)}
    copies = []
    for item in of_hits(session, hits):
        if item.sha256 in frozen:
            continue
        copy = EvidenceItem(
            hit_id=item.hit_id,
            case_id=case.id,
            kind=item.kind,
            key=case.key,
            captured_at=item.captured_at,
            captured_by=item.captured_by,
            tool_version=item.tool_version,
        )
        warc = open_item(session, item, folder)
        _write(session, copy, warc, folder=folder, now=now)
        payload = payload_of(copy) | {"copy_of": item.id}
        copies.append(_enter(session, copy, payload, now=now, by=by))
    return copies


def of_hits(session: Session, hits: Iterable[Hit]) -> list[EvidenceItem]:
    """The items under the keys of these hits, oldest first."""
    ids = [hit.id for hit in hits]
    found = select(EvidenceItem).where(
        EvidenceItem.hit_id.in_(ids), EvidenceItem.case_id.is_(None)
    )
    return list(session.scalars(found.order_by(EvidenceItem.id)))


def of_case(session: Session, case: Case) -> list[EvidenceItem]:
    """The items frozen for a case, oldest first."""
    found = select(EvidenceItem).where(EvidenceItem.case_id == case.id)
    return list(session.scalars(found.order_by(EvidenceItem.id)))


def open_item(session: Session, item: EvidenceItem, folder: Path) -> bytes:
    """The plain WARC file, checked against its digests.

    Raises Problem: ``evidence_missing``, ``evidence_changed``, ``evidence_unreadable``
    (the disk), ``evidence_shredded`` (its key was destroyed) or ``evidence_key_wrong``.
    """
    stored = _read(item, folder)
    if hashlib.sha256(stored).hexdigest() != item.stored_sha256:
        raise Problem("evidence_changed", item=item.id)
    try:
        warc = keyring_of(session).open_bytes(item.key, _PLACE, stored)
    except KeyProblem as problem:
        code = _KEY_FAULTS.get(problem.reason.code, "evidence_key_wrong")
        raise Problem(code, item=item.id) from problem
    if (hashlib.sha256(warc).hexdigest(), len(warc)) != (item.sha256, item.size):
        raise Problem("evidence_changed", item=item.id)
    return warc


def forget(
    session: Session, items: Iterable[EvidenceItem], *, now: datetime, by: str
) -> list[str]:
    """Delete items; gives the files for ``remove_files``, once committed.

    To be called before the hits or the case are deleted: an item that is gone without
    this event is reported by ``verify_all``.
    """
    paths = []
    for item in list(items):
        _note(session, item, ERASED, now=now, by=by, payload={"item": item.id})
        paths.append(item.path)
        session.delete(item)
    session.flush()
    return paths


def remove_files(folder: Path, paths: Iterable[str]) -> None:
    """Remove the files of forgotten items; what fails is left to ``sweep``."""
    for path in paths:
        with suppress(OSError):
            (folder / path).unlink()


def payload_of(item: EvidenceItem) -> dict[str, str | int | float | bool | None]:
    """What the event of an item holds of it."""
    return {
        "kind": item.kind.value,
        "hit": item.hit_id,
        "case": item.case_id,
        "key": item.key_id,
        "sha256": item.sha256,
        "stored_sha256": item.stored_sha256,
        "size": item.size,
        "tool": item.tool_version,
    }


def _write(
    session: Session, item: EvidenceItem, warc: bytes, *, folder: Path, now: datetime
) -> None:
    sealed = keyring_of(session).seal(item.key, _PLACE, warc)
    item.key_id, item.size = item.key.id, len(warc)
    item.sha256 = hashlib.sha256(warc).hexdigest()
    item.stored_sha256 = hashlib.sha256(sealed).hexdigest()
    _put(folder / item.path, sealed, now)


def _enter(
    session: Session,
    item: EvidenceItem,
    payload: history.Payload,
    *,
    now: datetime,
    by: str,
) -> EvidenceItem:
    item.id = _note(session, item, CAPTURED, now=now, by=by, payload=payload)
    session.add(item)
    session.flush()
    return item


def _note(
    session: Session,
    item: EvidenceItem,
    kind: str,
    *,
    now: datetime,
    by: str,
    payload: history.Payload,
) -> int:
    event = history.record(
        session,
        actor=by,
        kind=kind,
        object_type="hit" if item.case_id is None else "case",
        object_id=item.hit_id if item.case_id is None else item.case_id,
        now=now,
        payload=payload,
    )
    return event.id


def _read(item: EvidenceItem, folder: Path) -> bytes:
    try:
        return (folder / item.path).read_bytes()
    except FileNotFoundError:
        raise Problem("evidence_missing", item=item.id) from None
    except OSError as error:
        raise Problem("evidence_unreadable", item=item.id, detail=why(error)) from error


def _put(path: Path, sealed: bytes, now: datetime) -> None:
    """Write the file; it bears the program's time, which ``sweep`` goes by."""
    try:
        write_file(path, sealed, mode=0o400, at=now)
    except OSError as error:
        if error.errno in _FULL:
            raise Problem("evidence_disk_full") from error
        raise Problem("evidence_unwritable", detail=why(error)) from error
