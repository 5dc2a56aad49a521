"""Hands evidence out as plain files that public tools read and verify.

Who may ask for it is decided by whoever calls; that it was handed out is noted.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import uuid
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from monitor import history
from monitor.durable import why
from monitor.errors import BadInput, Problem
from monitor.evidence.capture import tool_version
from monitor.evidence.store import open_item
from monitor.models import Event, EvidenceItem

INDEX, SUMS = "index.json", "SHA256SUMS"


def export(
    session: Session,
    items: Sequence[EvidenceItem],
    target: Path,
    *,
    folder: Path,
    now: datetime,
    by: str,
) -> Path:
    """Write items as WARC files into a new folder, or into a new ``.zip`` file.

    Beside them: ``SHA256SUMS`` for ``sha256sum -c``, and ``index.json``, which names
    no author. Raises BadInput when there is nothing to write or the target exists,
    Problem when an item is damaged or the disk refuses; then nothing is left behind.
    """
    if not items:
        raise BadInput("export_empty")
    if target.exists():
        raise BadInput("export_exists", path=str(target))
    work = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}")
    try:
        work.mkdir(mode=0o700)
        _fill(session, items, work, folder=folder, now=now)
        _settle(work, target)
    except OSError as error:
        raise Problem(
            "export_unwritable", path=str(target), detail=why(error)
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
        work.with_name(f"{work.name}.zip").unlink(missing_ok=True)
    for item in items:
        _note(session, item, now=now, by=by)
    return target


def _fill(
    session: Session,
    items: Sequence[EvidenceItem],
    work: Path,
    *,
    folder: Path,
    now: datetime,
) -> None:
    sums, index = [], []
    for item in items:
        name = f"{item.kind}-{item.captured_at:%Y%m%dT%H%M%SZ}-{item.id}.warc.gz"
        (work / name).write_bytes(open_item(session, item, folder))
        sums.append((item.sha256, name))
        index.append(_entry(session, item, name))
    head = history.head(session)
    told = {
        "tool": tool_version(),
        "exported_at": now.isoformat(),
        "chain_head": {"event": head.id, "hash": head.hash.hex()} if head else None,
        "items": index,
    }
    raw = json.dumps(told, indent=1).encode()
    (work / INDEX).write_bytes(raw)
    sums.append((hashlib.sha256(raw).hexdigest(), INDEX))
    (work / SUMS).write_text("".join(f"{sha}  {name}\n" for sha, name in sums))


def _entry(session: Session, item: EvidenceItem, name: str) -> dict[str, object]:
    event = session.get_one(Event, item.id)
    return {
        "file": name,
        "sha256": item.sha256,
        "size": item.size,
        "item": item.id,
        "hit": item.hit_id,
        "kind": item.kind.value,
        "captured_at": item.captured_at.isoformat(),
        "captured_by": item.captured_by,
        "tool": item.tool_version,
        "event_hash": event.hash.hex(),
        "previous_hash": event.previous.hex(),
    }


def _settle(work: Path, target: Path) -> None:
    """Give the finished work its name; nobody sees it half written."""
    if target.suffix.lower() == ".zip":
        packed = Path(shutil.make_archive(str(work), "zip", work))
        packed.chmod(0o600)
        packed.rename(target)
    else:
        work.rename(target)


def _note(session: Session, item: EvidenceItem, *, now: datetime, by: str) -> None:
    history.record(
        session,
        actor=by,
        kind="evidence_exported",
        object_type="hit" if item.case_id is None else "case",
        object_id=item.hit_id if item.case_id is None else item.case_id,
        now=now,
        payload={"item": item.id, "sha256": item.sha256},
    )
