"""How a yes begins, pauses, is renewed and ends: one function for each move.

Each works inside the caller's transaction and refuses forbidden moves with
``WatchlistError``; hits and cases of a withdrawn employee are the caller's to erase.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from watchlist import opt_in as opt_in_rules
from watchlist.crypto import keyring_of
from watchlist.entries import begin, find, live_entries, locked, names_of, refuse_if
from watchlist.models import Employee, WatchEntry
from watchlist.types import (
    EntryState,
    Erasure,
    OptInKind,
    OptInRecord,
    WatchlistError,
)


def grant(
    session: Session,
    work_id: str,
    opt_in: OptInRecord,
    *,
    now: datetime,
    by: str,
) -> WatchEntry:
    """Record the yes of a pending entry and begin to look for its names."""
    entry = locked(session, work_id)
    record = _accepted(opt_in, now)
    if entry.state is not EntryState.PENDING:
        raise WatchlistError("already_granted", work_id=work_id)
    begin(session, entry, OptInKind.GRANTED, record=record, now=now, by=by)
    return entry


def renew(
    session: Session,
    work_id: str,
    opt_in: OptInRecord,
    *,
    now: datetime,
    by: str,
) -> WatchEntry:
    """Record a renewed yes; an expired entry becomes active, a paused one stays so."""
    entry = locked(session, work_id)
    record = _accepted(opt_in, now)
    if entry.state is EntryState.PENDING:
        raise WatchlistError("entry_not_granted", work_id=work_id)
    if _has_expired(session, entry):
        begin(session, entry, OptInKind.RENEWED, record=record, now=now, by=by)
        return entry
    entry.review_on, entry.updated_at = record.review_on, now
    opt_in_rules.add_step(
        session,
        entry.employee,
        OptInKind.RENEWED,
        record=record,
        now=now,
        by=by,
    )
    return entry


def pause(session: Session, work_id: str, *, now: datetime, by: str) -> WatchEntry:
    """Stop looking for the names, without a reason being asked."""
    entry = locked(session, work_id)
    if entry.state is not EntryState.ACTIVE:
        raise WatchlistError("entry_not_active", work_id=work_id)
    _stop(session, entry, OptInKind.PAUSED, now=now, by=by)
    return entry


def resume(session: Session, work_id: str, *, now: datetime, by: str) -> WatchEntry:
    """Look for a paused entry's names again, if its yes still holds."""
    entry = locked(session, work_id)
    if entry.state is EntryState.PENDING:
        raise WatchlistError("entry_not_granted", work_id=work_id)
    if entry.state is EntryState.ACTIVE:
        raise WatchlistError("entry_not_paused", work_id=work_id)
    record = opt_in_rules.current_yes(session, entry.employee_id)
    if record is None or _is_over(entry, opt_in_rules.today(now)):
        raise WatchlistError("renewal_needed", work_id=work_id)
    begin(session, entry, OptInKind.RESUMED, record=record, now=now, by=by)
    return entry


def expire_due(
    session: Session,
    today: date,
    *,
    now: datetime,
    by: str,
) -> list[str]:
    """Pause every active entry whose review date has passed; gives the work ids."""
    due = live_entries().where(
        WatchEntry.state == EntryState.ACTIVE,
        WatchEntry.review_on < today,
    )
    expired = list(session.scalars(due.with_for_update(of=WatchEntry)))
    for entry in expired:
        _stop(session, entry, OptInKind.EXPIRED, now=now, by=by)
    return [entry.employee.work_id for entry in expired]


def preview_withdrawal(session: Session, work_id: str) -> Erasure:
    """What ``withdraw`` would erase, counted."""
    entry = find(session, work_id)
    forms = names_of(session, entry)
    return Erasure(
        work_id=work_id,
        state=entry.state,
        names=1 + len(forms.aliases),
        emails=len(forms.emails),
        profile_urls=len(forms.profile_urls),
        role_words=len(forms.role_words),
        steps_kept=len(opt_in_rules.history(session, entry.employee_id)) + 1,
    )


def withdraw(session: Session, work_id: str, *, now: datetime, by: str) -> Employee:
    """Erase the entry and its key; looking stops with the commit.

    The steps of the opt-in stay as proof. Gives the employee, whose hits without a
    case the caller erases in the same transaction.
    """
    entry = locked(session, work_id)
    employee, key = entry.employee, entry.key
    session.delete(entry)
    session.flush()
    keyring_of(session).destroy(key, now)
    opt_in_rules.add_step(session, employee, OptInKind.WITHDRAWN, now=now, by=by)
    return employee


def _stop(
    session: Session,
    entry: WatchEntry,
    kind: OptInKind,
    *,
    now: datetime,
    by: str,
) -> None:
    entry.state, entry.updated_at = EntryState.PAUSED, now
    opt_in_rules.add_step(session, entry.employee, kind, now=now, by=by)


def _has_expired(session: Session, entry: WatchEntry) -> bool:
    last = opt_in_rules.last_step(session, entry.employee_id)
    return last is not None and last.kind is OptInKind.EXPIRED


def _is_over(entry: WatchEntry, day: date) -> bool:
    return entry.review_on is None or entry.review_on < day


def _accepted(opt_in: OptInRecord, now: datetime) -> OptInRecord:
    record = opt_in_rules.tidy(opt_in)
    refuse_if(opt_in_rules.faults(record, opt_in_rules.today(now)))
    return record
