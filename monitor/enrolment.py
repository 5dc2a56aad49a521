"""What the watchlist admin does: enrol, renew, pause, withdraw, bring files in and out.

Asks for the role, lets ``watchlist`` decide and writes the event; a withdrawal also
erases the hits that belong to no case.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from monitor import history
from monitor.evidence.store import forget, of_hits
from monitor.models import UserRole
from monitor.models.case import CaseHit
from monitor.models.hit import Hit, Mute
from monitor.users import Actor, require
from watchlist import entries, importer, moves, opt_in
from watchlist.crypto import keyring_of
from watchlist.models import OptIn, WatchEntry
from watchlist.types import (
    Enrolled,
    EntryState,
    Erasure,
    ImportReport,
    NewEntry,
    OptInRecord,
    RowResult,
)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a withdrawal would erase, and how many hits stay since a case has them."""

    erasure: Erasure
    hits: int
    hits_in_cases: int


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a withdrawal erased; ``files`` are to be removed once it is committed."""

    hits: int
    files: tuple[str, ...]


def add(
    session: Session,
    who: Actor,
    new: NewEntry,
    *,
    yes: OptInRecord | None,
    centers: Collection[str],
    now: datetime,
) -> WatchEntry:
    """Put an employee on the watchlist; without a yes as pending."""
    _admit(who)
    entry = entries.add(session, new, yes, centers=centers, now=now, by=who.login)
    _note(session, who, "watch_entry_added", entry=entry, now=now)
    return entry


def answer(
    session: Session, who: Actor, work_id: str, *, yes: OptInRecord, now: datetime
) -> WatchEntry:
    """Record a yes: the first of a pending entry, or a renewed one."""
    _admit(who)
    pending = entries.find(session, work_id).state is EntryState.PENDING
    move = moves.grant if pending else moves.renew
    entry = move(session, work_id, yes, now=now, by=who.login)
    kind = "opt_in_granted" if pending else "opt_in_renewed"
    _note(session, who, kind, entry=entry, now=now)
    return entry


def pause(session: Session, who: Actor, work_id: str, *, now: datetime) -> None:
    """Stop looking for an employee's names."""
    _admit(who)
    entry = moves.pause(session, work_id, now=now, by=who.login)
    _note(session, who, "opt_in_paused", entry=entry, now=now)


def resume(session: Session, who: Actor, work_id: str, *, now: datetime) -> None:
    """Look for a paused employee's names again."""
    _admit(who)
    entry = moves.resume(session, work_id, now=now, by=who.login)
    _note(session, who, "opt_in_resumed", entry=entry, now=now)


def expire(session: Session, now: datetime) -> list[str]:
    """Pause whoever did not answer by the review date; gives their work ids."""
    expired = moves.expire_due(session, opt_in.today(now), now=now, by=history.SYSTEM)
    for work_id in expired:
        entry = entries.find(session, work_id)
        history.record(
            session,
            actor=history.SYSTEM,
            kind="opt_in_expired",
            object_type="employee",
            object_id=entry.employee_id,
            now=now,
        )
    return expired


def preview(session: Session, who: Actor, work_id: str) -> Preview:
    """What ``withdraw`` would erase and what it would leave."""
    _admit(who)
    erasure = moves.preview_withdrawal(session, work_id)
    employee_id = entries.find(session, work_id).employee_id
    total = select(func.count(Hit.id)).where(Hit.employee_id == employee_id)
    free = session.scalar(total.where(_IN_NO_CASE)) or 0
    return Preview(erasure, free, (session.scalar(total) or 0) - free)


def withdraw(
    session: Session, who: Actor, work_id: str, *, now: datetime
) -> Withdrawal:
    """Erase the entry, its hits without a case, their evidence and all their keys.

    Matching stops with the commit; hand ``files`` to ``evidence.remove_files`` then.
    """
    _admit(who)
    employee = moves.withdraw(session, work_id, now=now, by=who.login)
    free = select(Hit).where(Hit.employee_id == employee.id, _IN_NO_CASE)
    hits = list(session.scalars(free.with_for_update(of=Hit)))
    files = forget(session, of_hits(session, hits), now=now, by=who.login)
    for hit in hits:
        keyring_of(session).destroy(hit.key, now)
        session.delete(hit)
    session.execute(delete(Mute).where(Mute.employee_id == employee.id))
    history.record(
        session,
        actor=who.login,
        kind="opt_in_withdrawn",
        object_type="employee",
        object_id=employee.id,
        now=now,
        payload={"hits": len(hits), "files": len(files)},
    )
    return Withdrawal(len(hits), tuple(files))


def take_in(
    session: Session,
    who: Actor,
    data: bytes,
    *,
    centers: Collection[str],
    now: datetime,
    dry_run: bool,
) -> ImportReport:
    """Take over a watchlist file; the report tells of every row."""
    _admit(who)
    report = importer.import_csv(
        session, data, centers=centers, now=now, by=who.login, dry_run=dry_run
    )
    if not dry_run:
        counts = {result.value: report.count(result) for result in RowResult}
        _note(session, who, "watchlist_imported", now=now, payload=counts)
    return report


def give_out(session: Session, who: Actor, *, now: datetime) -> bytes:
    """The whole watchlist as a file."""
    _admit(who)
    _note(session, who, "watchlist_exported", now=now)
    return importer.export_csv(session)


def listed(session: Session, who: Actor, *, now: datetime) -> tuple[Enrolled, ...]:
    """Every entry; that somebody looked is noted."""
    _admit(who)
    _note(session, who, "viewed", now=now)
    return entries.enrolled(session)


def shown(
    session: Session, who: Actor, work_id: str, *, now: datetime
) -> tuple[Enrolled, list[OptIn]]:
    """One entry and the history of its yes; that somebody looked is noted."""
    _admit(who)
    entry = entries.find(session, work_id)
    _note(session, who, "viewed", entry=entry, now=now)
    yes = opt_in.current_yes(session, entry.employee_id)
    told = Enrolled(
        work_id,
        entry.employee.center,
        entry.state,
        entries.names_of(session, entry),
        entry.review_on,
        yes,
    )
    return told, opt_in.history(session, entry.employee_id)


def rotate_keys(session: Session, who: Actor, *, now: datetime) -> int:
    """Wrap every data key with a new key; gives how many. ``drop_old_keys`` follows."""
    require(who, UserRole.TECHNICAL_ADMIN)
    wrapped = keyring_of(session).rotate(session)
    _note(session, who, "keys_rotated", now=now, payload={"keys": wrapped})
    return wrapped


def drop_old_keys(session: Session, who: Actor, *, now: datetime) -> int:
    """Remove the old keys from the key file; gives how many. Only after the commit."""
    require(who, UserRole.TECHNICAL_ADMIN)
    dropped = keyring_of(session).drop_old(session)
    _note(session, who, "old_keys_dropped", now=now, payload={"keys": dropped})
    return dropped


_IN_NO_CASE = Hit.id.not_in(select(CaseHit.hit_id))


def _admit(who: Actor) -> None:
    require(who, UserRole.WATCHLIST_ADMIN)


def _note(
    session: Session,
    who: Actor,
    kind: str,
    *,
    now: datetime,
    entry: WatchEntry | None = None,
    payload: dict[str, int] | None = None,
) -> None:
    history.record(
        session,
        actor=who.login,
        kind=kind,
        object_type="employee" if entry else "watchlist",
        object_id=entry.employee_id if entry else "all",
        now=now,
        payload=dict(payload) if payload else None,
    )
