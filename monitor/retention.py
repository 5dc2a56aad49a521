"""Erases what has been kept long enough, in short transactions, with a receipt.

How long stands in the configuration; what a withdrawal erases is in ``enrolment``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, delete, exists, or_, select
from sqlalchemy.orm import Session

from monitor import history
from monitor.db import Database
from monitor.evidence.store import forget, of_case, of_hits, remove_files
from monitor.models.case import Assessment, Case, CaseHit, ClosingReason, Recheck
from monitor.models.crawl import (
    HostGate,
    PageRecord,
    RobotsRecord,
    Run,
    SeenPost,
    TdmRecord,
)
from monitor.models.hit import DISMISSED, Hit, HitState, Mute
from monitor.models.letter import Letter
from monitor.settings import RetentionTable, Settings
from watchlist import opt_in
from watchlist.base import Base
from watchlist.crypto import keyring_of
from watchlist.models import Employee, OptIn, WatchEntry

BATCH = 500
_IN_NO_CASE = ~exists().where(CaseHit.hit_id == Hit.id)


@dataclass(frozen=True, slots=True)
class Receipt:
    """How much was erased of each kind; goes into the history as an event."""

    hits: int = 0
    cases: int = 0
    evidence_files: int = 0
    mutes: int = 0
    seen_posts: int = 0
    pages: int = 0
    hosts: int = 0
    robots: int = 0
    tdm: int = 0
    runs: int = 0
    opt_ins: int = 0
    employees: int = 0
    access_events: int = 0

    def __bool__(self) -> bool:
        return any(asdict(self).values())


@dataclass(slots=True)
class _Erased:
    """What one transaction erased: rows, and files to remove after it."""

    rows: int
    files: list[str]


def purge(database: Database, settings: Settings, now: datetime) -> Receipt:
    """Erase everything whose time is up; gives the receipt."""
    keep = settings.monitor.retention
    receipt = Receipt()
    hits, files = _repeat(database, settings, lambda s: _hits(s, keep, now))
    cases, more = _repeat(database, settings, lambda s: _cases(s, keep, now))
    receipt = replace(receipt, hits=hits, cases=cases, evidence_files=files + more)
    receipt = replace(receipt, **_traces(database, keep, now))
    with database.begin() as session:
        receipt = replace(
            receipt,
            opt_ins=opt_in.forget_withdrawn(session, now - keep.opt_in_proof),
            access_events=history.forget_access(
                session, now - keep.access_log, now=now
            ),
            employees=_employees(session),
        )
        history.record(
            session,
            actor=history.SYSTEM,
            kind="purged",
            object_type="retention",
            object_id=now.date().isoformat(),
            now=now,
            payload=asdict(receipt),
        )
    database.scrub()
    return receipt


def _repeat(
    database: Database,
    settings: Settings,
    erase: Callable[[Session], _Erased],
) -> tuple[int, int]:
    """Erase batch by batch until nothing is left; gives rows and files."""
    rows = files = 0
    while True:
        with database.begin() as session:
            done = erase(session)
        remove_files(settings.evidence_dir, done.files)
        rows, files = rows + done.rows, files + len(done.files)
        if not done.rows:
            return rows, files


def _hits(session: Session, keep: RetentionTable, now: datetime) -> _Erased:
    """Hits that belong to no case and whose outcome, or silence, is old enough."""
    over = or_(
        and_(
            Hit.state == HitState.FALSE_ALARM, Hit.decided_at < now - keep.false_alarm
        ),
        and_(Hit.state == HitState.NO_ACTION, Hit.decided_at < now - keep.no_action),
        and_(
            Hit.state.not_in((*DISMISSED, HitState.IN_CASE)),
            Hit.last_seen_at < now - keep.unreviewed,
        ),
    )
    wanted = select(Hit).where(over, _IN_NO_CASE).order_by(Hit.id).limit(BATCH)
    return _erase_hits(session, list(session.scalars(wanted)), now)


def _erase_hits(session: Session, hits: list[Hit], now: datetime) -> _Erased:
    files = forget(session, of_hits(session, hits), now=now, by=history.SYSTEM)
    for hit in hits:
        keyring_of(session).destroy(hit.key, now)
        session.delete(hit)
    session.flush()
    return _Erased(len(hits), files)


def _cases(session: Session, keep: RetentionTable, now: datetime) -> _Erased:
    """Cases closed long ago that nothing holds; police matters wait for a person.

    A case that went to the police is kept until somebody sets the end of a hold.
    """
    held = or_(
        and_(Case.hold_until.is_not(None), Case.hold_until > now),
        and_(Case.closing_reason == ClosingReason.TO_POLICE, Case.hold_until.is_(None)),
    )
    wanted = (
        select(Case)
        .where(Case.closed_at < now - keep.closed_case, ~held)
        .order_by(Case.id)
        .limit(BATCH // 10)
    )
    done = _Erased(0, [])
    for case in session.scalars(wanted).all():
        erased = _erase_case(session, case, now)
        done.rows += 1
        done.files += erased.files
    return done


def _erase_case(session: Session, case: Case, now: datetime) -> _Erased:
    hits = list(case.hits)
    frozen = of_case(session, case)
    files = forget(session, frozen, now=now, by=history.SYSTEM)
    for table in (Letter, Assessment, Recheck, CaseHit):
        session.execute(delete(table).where(table.case_id == case.id))
    session.expire(case)
    keyring_of(session).destroy(case.key, now)
    session.delete(case)
    session.flush()
    erased = _erase_hits(session, hits, now)
    return _Erased(1, files + erased.files)


def _traces(database: Database, keep: RetentionTable, now: datetime) -> dict[str, int]:
    """Fingerprints, validators and old runs: nothing that holds words."""
    old: dict[str, tuple[type[Base], Any]] = {
        "mutes": (Mute, or_(Mute.expires_at < now, Mute.revoked_at.is_not(None))),
        "seen_posts": (SeenPost, SeenPost.seen_at < now - keep.seen_posts),
        "pages": (PageRecord, PageRecord.seen_at < now - keep.seen_posts),
        "hosts": (HostGate, HostGate.next_at < now - keep.seen_posts),
        "robots": (RobotsRecord, RobotsRecord.expires_at < now - keep.seen_posts),
        "tdm": (TdmRecord, TdmRecord.expires_at < now - keep.seen_posts),
        "runs": (Run, Run.ended_at < now - keep.runs),
    }
    counts = dict.fromkeys(old, 0)
    for name, (table, over) in old.items():
        key = table.__mapper__.primary_key
        while True:
            with database.begin() as session:
                batch = session.execute(select(*key).where(over).limit(BATCH)).all()
                for row in batch:
                    same = [
                        column == value for column, value in zip(key, row, strict=True)
                    ]
                    session.execute(delete(table).where(*same))
            counts[name] += len(batch)
            if len(batch) < BATCH:
                break
    return counts


def _employees(session: Session) -> int:
    """Employees of whom nothing else is left: their work id goes too."""
    referring = (WatchEntry, OptIn, Hit, Case, Mute)
    unused = [~exists().where(t.employee_id == Employee.id) for t in referring]
    wanted: Select[Employee] = select(Employee).where(*unused).limit(BATCH)
    gone = list(session.scalars(wanted))
    for employee in gone:
        session.delete(employee)
    session.flush()
    return len(gone)
