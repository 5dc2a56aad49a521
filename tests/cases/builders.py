"""Builders of hits with words and evidence, of cases, and of who acts."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from monitor import cases, hits
from monitor.evidence.capture import capture_report
from monitor.evidence.store import store
from monitor.models import (
    Case,
    CaseState,
    Decision,
    Employee,
    EvidenceKind,
    Hit,
    HitState,
    Identity,
    Origin,
    UserRole,
)
from monitor.types import Band, Match
from monitor.users import Actor
from watchlist.crypto import keyring_of
from watchlist.types import KeyScope

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
MANAGER = Actor("bente", frozenset({UserRole.CENTER_MANAGER}), "havnelyst")
OTHER_MANAGER = Actor("torkild", frozenset({UserRole.CENTER_MANAGER}), "engdraget")
LAWYER = Actor("jura", frozenset({UserRole.CENTRAL}))
ADMIN = Actor("drift", frozenset({UserRole.TECHNICAL_ADMIN}))
TEXT = "Signe Abildtorp-Vang er den koldeste sagsbehandler i Tågeby."
REASONS = (
    "Opslaget handler om, hvordan hun udfører sit arbejde. Det er en skarp mening, "
    "ikke en trussel, og det må hun tåle."
)
_numbers = itertools.count(1)


def make_employee(session: Session, center: str = "havnelyst") -> Employee:
    work_id = f"w{next(_numbers)}"
    employee = Employee(work_id=work_id, center=center, created_at=NOW)
    session.add(employee)
    session.flush()
    return employee


def make_words(**over: Any) -> hits.Words:
    match = Match(0, 0.95, Band.HIT, TEXT[:20], 0, 20, ())
    values: dict[str, Any] = {
        "url": "https://blog.example/42",
        "text": TEXT,
        "author": "Bitter Borger",
        "permalink": "https://blog.example/42",
        "found": (match,),
    }
    return hits.Words(**(values | over))


def make_hit(
    session: Session,
    folder: Path | None = None,
    *,
    employee: Employee | None = None,
    words: hits.Words | None = None,
    **over: Any,
) -> Hit:
    """A hit in the queue; with evidence when there is a folder for it."""
    who = employee or make_employee(session)
    number = next(_numbers)
    values: dict[str, Any] = {
        "employee_id": who.id,
        "center": who.center,
        "origin": Origin.CRAWL,
        "state": HitState.NEW,
        "band": Band.HIT,
        "score": 0.95,
        "post_key": number.to_bytes(32),
        "content_hash": number.to_bytes(32),
        "found_at": NOW,
        "last_seen_at": NOW,
        "key": keyring_of(session).new_key(session, KeyScope.HIT, NOW),
    }
    hit = Hit(**(values | over))
    session.add(hit)
    session.flush()
    told = words or make_words()
    hits.seal(session, hit, told)
    if folder is not None:
        warc = capture_report(told.url, at=NOW, text=told.text, facts={"hit": hit.id})
        kind = EvidenceKind.CAPTURE
        store(session, hit, warc, folder=folder, kind=kind, now=NOW, by="crawler")
    session.flush()
    return hit


def make_case(
    session: Session, *, assessed: bool = True, hit: Hit | None = None, **over: Any
) -> Case:
    """A case in any state, made without the rules that lead there."""
    about = hit or make_hit(session, state=HitState.IN_CASE)
    values: dict[str, Any] = {
        "number": f"E-2026-{next(_numbers):04d}",
        "employee_id": about.employee_id,
        "center": about.center,
        "state": CaseState.OPENED,
        "owner": "bente",
        "opened_at": NOW,
        "opened_by": "bente",
        "key": keyring_of(session).new_key(session, KeyScope.CASE, NOW),
    }
    case = Case(**(values | over))
    case.hits.append(about)
    session.add(case)
    session.flush()
    if assessed:
        state, case.state = over.get("state"), CaseState.OPENED
        cases.assess(session, case, REASONS, actor=MANAGER, now=NOW)
        case.state = state or case.state
        session.flush()
    return case


def make_ready(session: Session, **over: Any) -> Case:
    """A case in which a letter to the author has been decided."""
    values = {
        "state": CaseState.DECIDED,
        "decision": Decision.LETTER,
        "identity": Identity.SELF_STATED,
        "employee_told": "2026-11-22",
        "support_offered": "2026-11-22",
    }
    return make_case(session, **(values | over))
