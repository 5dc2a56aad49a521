"""Checks that every piece of evidence is there and as it was captured.

Looks both ways: rows without file, files without row, rows gone without a word.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from monitor import history
from monitor.errors import Problem
from monitor.evidence.store import CAPTURED, ERASED, open_item, payload_of
from monitor.models import Event, EvidenceItem
from monitor.models.evidence import stored_path
from monitor.types import Reason
from watchlist.types import KeyProblem

_SETTLED = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class EvidenceReport:
    """What a check of all evidence found; all is well when there is no fault.

    ``faults`` also holds those of the history, which is the chain of evidence.
    """

    items: int
    bytes: int
    faults: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a sweep removed, and the ids of items whose file is not there."""

    removed: int
    missing: tuple[int, ...]


def verify_all(session: Session, folder: Path, now: datetime) -> EvidenceReport:
    """Open every item and compare it with its digests, its event and the chain."""
    faults = list(history.verify(session).faults)
    ids = list(session.scalars(select(EvidenceItem.id).order_by(EvidenceItem.id)))
    known, size = set(), 0
    for item_id in ids:
        item = _item(session, item_id)
        if item is None:
            faults.append(Reason("evidence_row_altered", {"item": item_id}))
            continue
        known.add(item.stored_sha256)
        size += item.size
        faults += item_faults(session, item, folder)
    faults += _rows_gone(session, set(ids))
    for path in _orphans(folder, known, now):
        shown = path.relative_to(folder).as_posix()
        faults.append(Reason("evidence_orphan", {"path": shown}))
    return EvidenceReport(len(ids), size, tuple(faults))


def item_faults(session: Session, item: EvidenceItem, folder: Path) -> list[Reason]:
    """What is wrong with one item; empty when it is as it was captured."""
    if not _as_noted(session, item):
        return [Reason("evidence_row_altered", {"item": item.id})]
    try:
        warc = open_item(session, item, folder)
    except Problem as problem:
        return [problem.reason]
    holds = digests_hold(warc)
    return [] if holds else [Reason("evidence_digest_wrong", {"item": item.id})]


def digests_hold(warc: bytes) -> bool:
    """Whether a WARC file can be read and all its records bear true digests."""
    count = 0
    try:
        for record in ArchiveIterator(BytesIO(warc), check_digests=True):
            record.raw_stream.read()
            if record.digest_checker.passed is not True:
                return False
            count += 1
    except (ArchiveLoadFailed, zlib.error, EOFError, UnicodeError):
        return False
    return count > 0


def sweep(session: Session, folder: Path, now: datetime) -> Sweep:
    """Remove files that no item knows and that are older than an hour.

    Items without file are reported. While there is one, nothing is removed: a file
    that no item knows may be the very one, with its row damaged.
    """
    rows = session.execute(select(EvidenceItem.stored_sha256, EvidenceItem.id)).all()
    paths = {sha: folder / stored_path(sha) for sha, _ in rows}
    missing = tuple(item for sha, item in rows if not paths[sha].is_file())
    orphans = [] if missing else _orphans(folder, set(paths), now)
    for path in orphans:
        path.unlink(missing_ok=True)
    return Sweep(len(orphans), missing)


def _orphans(folder: Path, known: set[str], now: datetime) -> list[Path]:
    """Files no item knows; young ones may belong to a transaction still open."""
    before = (now - _SETTLED).timestamp()
    files = [path for path in folder.glob("??/??/*") if path.name not in known]
    return sorted(path for path in files if path.lstat().st_mtime < before)


def _item(session: Session, item_id: int) -> EvidenceItem | None:
    try:
        with history.legible():
            return session.get_one(EvidenceItem, item_id, populate_existing=True)
    except history.UNREADABLE:
        return None


def _as_noted(session: Session, item: EvidenceItem) -> bool:
    """Whether the row says what the event of its capture says."""
    event = _event(session, item.id)
    if event is None or event.kind != CAPTURED:
        return False
    told = _told(session, event)
    copy_of = told.pop("copy_of", None)
    first = event if copy_of is None else _event(session, int(copy_of))
    if first is None or told != payload_of(item):
        return False
    return (item.captured_at, item.captured_by) == (first.at, first.actor)


def _event(session: Session, event_id: int) -> Event | None:
    try:
        with history.legible():
            return session.get(Event, event_id)
    except history.UNREADABLE:
        return None


def _told(session: Session, event: Event) -> dict[str, Any]:
    try:
        return dict(history.unpacked(session, event) or {})
    except (*history.UNREADABLE, KeyProblem):
        return {}


def _rows_gone(session: Session, known: set[int]) -> list[Reason]:
    """Items of which an event tells, that are not there and were not erased."""
    captured = session.scalars(select(Event.id).where(Event.kind == CAPTURED))
    expected = set(captured) - known
    if expected:
        for event_id in session.scalars(select(Event.id).where(Event.kind == ERASED)):
            event = _event(session, event_id)
            expected.discard(_told(session, event).get("item", 0) if event else 0)
    return [Reason("evidence_row_gone", {"item": i}) for i in sorted(expected)]
