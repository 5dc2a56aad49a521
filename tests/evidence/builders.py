"""Builders of hits, cases and captured evidence."""

from __future__ import annotations

import itertools
import uuid
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from monitor.evidence.capture import capture
from monitor.evidence.store import store
from monitor.models import Case, Employee, EvidenceItem, EvidenceKind, Hit, Origin
from monitor.types import Answer
from watchlist.crypto import keyring_of
from watchlist.types import KeyScope

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def make_hit(session: Session) -> Hit:
    work_id = uuid.uuid4().hex  # more than one process builds into a database
    employee = Employee(work_id=work_id, center="soenderby", created_at=NOW)
    hit = Hit(
        employee=employee,
        center="soenderby",
        origin=Origin.CRAWL,
        post_key=bytes(32),
        content_hash=bytes(32),
        found_at=NOW,
        last_seen_at=NOW,
        key=keyring_of(session).new_key(session, KeyScope.HIT, NOW),
    )
    session.add(hit)
    session.flush()
    return hit


def make_case(session: Session, hit: Hit) -> Case:
    case = Case(
        number=f"E-2026-{next(_numbers):04}",
        employee_id=hit.employee_id,
        center=hit.center,
        owner="ankj",
        opened_at=NOW,
        opened_by="ankj",
        key=keyring_of(session).new_key(session, KeyScope.CASE, NOW),
    )
    session.add(case)
    session.flush()
    return case


def keep(session: Session, hit: Hit, folder: Path) -> EvidenceItem:
    """Capture a page for a hit and keep it, as the pipeline does."""
    body = f"<p>Mette Skovgård er nævnt i fund {hit.id}.</p>".encode()
    answer = Answer(
        url="https://blog.example/1",
        final_url="https://blog.example/1",
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=body,
        raw=body,
        received_at=NOW,
    )
    warc = capture(answer, text="Mette Skovgård er nævnt", facts={"hit": hit.id})
    kind = EvidenceKind.CAPTURE
    return store(session, hit, warc, folder=folder, kind=kind, now=NOW, by="system")
