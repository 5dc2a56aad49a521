"""Watch entries: who is looked for, and under which names.

Everything happens inside the caller's transaction; what the rules forbid raises
``WatchlistError``. How looking pauses and ends is in ``moves``.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, astuple
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session, contains_eager

from watchlist import names as name_rules
from watchlist import opt_in as opt_in_rules
from watchlist.base import insert_missing
from watchlist.crypto import keyring_of
from watchlist.models import DataKey, Employee, OptIn, WatchEntry, WatchlistState
from watchlist.types import (
    Enrolled,
    EntryNames,
    EntryState,
    KeyScope,
    NameForms,
    NewEntry,
    OptInKind,
    OptInRecord,
    Reason,
    WatchlistError,
)

_PLACE = "watch_entry.names"
_LISTS = ("aliases", "emails", "profile_urls", "role_words")


def add(
    session: Session,
    new: NewEntry,
    opt_in: OptInRecord | None,
    *,
    centers: Collection[str],
    now: datetime,
    by: str,
) -> WatchEntry:
    """Put an employee on the list: active with a yes, otherwise pending."""
    record = opt_in_rules.tidy(opt_in) if opt_in else None
    forms = name_rules.tidy(new.names)
    refuse_if(faults(new, record, centers=centers, now=now))
    employee = _employee_for(session, new, record, now=now)
    key = keyring_of(session).new_key(session, KeyScope.ENTRY, now)
    entry = WatchEntry(
        employee=employee,
        state=EntryState.PENDING,
        key=key,
        names=_sealed(session, key, forms),
        generation=current_generation(session),
        created_at=now,
        updated_at=now,
    )
    session.add(entry)
    session.flush()
    if record is None:
        opt_in_rules.add_step(session, employee, OptInKind.PENDING, now=now, by=by)
    else:
        begin(session, entry, OptInKind.GRANTED, record=record, now=now, by=by)
    return entry


def faults(
    new: NewEntry,
    opt_in: OptInRecord | None,
    *,
    centers: Collection[str],
    now: datetime,
) -> tuple[Reason, ...]:
    """Everything that would make ``add`` refuse these values; empty if nothing."""
    record = opt_in_rules.tidy(opt_in) if opt_in else None
    return (
        *name_rules.work_id_faults(new.work_id),
        *_center_faults(new.center, centers),
        *name_rules.faults(name_rules.tidy(new.names)),
        *(opt_in_rules.faults(record, opt_in_rules.today(now)) if record else ()),
    )


def change_names(
    session: Session,
    work_id: str,
    forms: NameForms,
    *,
    now: datetime,
) -> WatchEntry:
    """Replace the name forms; a new one makes pages be matched again."""
    entry = locked(session, work_id)
    after = name_rules.tidy(forms)
    refuse_if(name_rules.faults(after))
    before = names_of(session, entry)
    if after == before:
        return entry
    entry.names, entry.updated_at = _sealed(session, entry.key, after), now
    if entry.state is EntryState.ACTIVE and _all_forms(after) - _all_forms(before):
        entry.generation = bump_generation(session)
    session.flush()
    return entry


def move_center(
    session: Session,
    work_id: str,
    center: str,
    *,
    centers: Collection[str],
    now: datetime,
) -> WatchEntry:
    """Move the employee; other context words apply, so pages are matched again."""
    entry = locked(session, work_id)
    refuse_if(_center_faults(center, centers))
    if center == entry.employee.center:
        return entry
    entry.employee.center, entry.updated_at = center, now
    if entry.state is EntryState.ACTIVE:
        entry.generation = bump_generation(session)
    session.flush()
    return entry


def find(session: Session, work_id: str) -> WatchEntry:
    """The live entry; says whether the employee is unknown or not on the list."""
    return _one(session, live_entries(), work_id)


def locked(session: Session, work_id: str) -> WatchEntry:
    """As ``find``, for a move: two at the same time follow one another."""
    fresh = live_entries().execution_options(populate_existing=True)
    return _one(session, fresh.with_for_update(of=WatchEntry), work_id)


def live_entries() -> Select[WatchEntry]:
    """Every entry with its employee and key, by work id, in one query."""
    return (
        select(WatchEntry)
        .join(WatchEntry.employee)
        .join(WatchEntry.key)
        .options(contains_eager(WatchEntry.employee), contains_eager(WatchEntry.key))
        .order_by(Employee.work_id)
    )


def names_of(session: Session, entry: WatchEntry) -> NameForms:
    """An entry's name forms, decrypted."""
    plain = keyring_of(session).open_text(entry.key, _PLACE, entry.names)
    fields = json.loads(plain)
    lists = {name: tuple(fields[name]) for name in _LISTS}
    return NameForms(fields["full_name"], **lists)


def active_entries(session: Session) -> tuple[EntryNames, ...]:
    """The names to look for now, decrypted in memory; one query.

    An entry that cannot be opened raises ``KeyProblem``: to leave it out would
    report pages as clean that nobody searched for it.
    """
    active = live_entries().where(WatchEntry.state == EntryState.ACTIVE)
    return tuple(
        EntryNames(
            entry.employee_id,
            entry.employee.center,
            **asdict(names_of(session, entry)),
            generation=entry.generation,
        )
        for entry in session.scalars(active)
    )


def enrolled(session: Session) -> tuple[Enrolled, ...]:
    """Every entry in full, by work id: for the watchlist admin and the export."""
    yes = opt_in_rules.every_yes(session)
    return tuple(
        Enrolled(
            entry.employee.work_id,
            entry.employee.center,
            entry.state,
            names_of(session, entry),
            entry.review_on,
            yes.get(entry.employee_id),
        )
        for entry in session.scalars(live_entries())
    )


def begin(
    session: Session,
    entry: WatchEntry,
    kind: OptInKind,
    *,
    record: OptInRecord,
    now: datetime,
    by: str,
) -> None:
    """Make an entry active on a yes, so that pages are matched again for it."""
    entry.state = EntryState.ACTIVE
    entry.review_on, entry.updated_at = record.review_on, now
    entry.generation = bump_generation(session)
    opt_in_rules.add_step(
        session,
        entry.employee,
        kind,
        record=record,
        now=now,
        by=by,
    )


def refuse_if(found: tuple[Reason, ...]) -> None:
    """Raise the first of the faults, if there is one."""
    for reason in found:
        raise WatchlistError(reason.code, **reason.params)


def current_generation(session: Session) -> int:
    """The number of the last change that makes pages worth matching again."""
    return session.scalar(select(WatchlistState.generation)) or 0


def bump_generation(session: Session) -> int:
    """The next generation; until the commit no other transaction can take one."""
    insert_missing(session, WatchlistState, id=1, generation=0)
    bump = update(WatchlistState).values(generation=WatchlistState.generation + 1)
    generation: int = session.scalars(bump.returning(WatchlistState.generation)).one()
    return generation


def _employee_for(
    session: Session,
    new: NewEntry,
    record: OptInRecord | None,
    *,
    now: datetime,
) -> Employee:
    """The employee of a new entry; whoever withdrew needs a yes given since then."""
    employee = session.scalar(select(Employee).where(Employee.work_id == new.work_id))
    if employee is None:
        employee = Employee(work_id=new.work_id, center=new.center, created_at=now)
        session.add(employee)
        session.flush()
        return employee
    live = select(WatchEntry.id).where(WatchEntry.employee_id == employee.id)
    if session.scalar(live) is not None:
        raise WatchlistError("already_on_list", work_id=new.work_id)
    last = opt_in_rules.last_step(session, employee.id)
    if last is not None and last.kind is OptInKind.WITHDRAWN:
        left = opt_in_rules.today(last.at)
        if record is None or record.given_on < left or _is_same(record, last):
            raise WatchlistError(
                "withdrawn_since",
                work_id=new.work_id,
                withdrawn_on=left.isoformat(),
            )
    employee.center = new.center
    return employee


def _is_same(record: OptInRecord, step: OptIn) -> bool:
    """Whether this is the very yes that was withdrawn, read from an old file."""
    withdrawn = (step.given_on, step.how, step.text_version, step.proof)
    return withdrawn == (
        record.given_on,
        record.how,
        record.text_version,
        record.proof,
    )


def _center_faults(center: str, centers: Collection[str]) -> tuple[Reason, ...]:
    if center in centers:
        return ()
    known = ", ".join(sorted(centers))
    return (Reason("center_unknown", {"center": center, "known": known}),)


def _sealed(session: Session, key: DataKey, forms: NameForms) -> bytes:
    plain = json.dumps(asdict(forms), ensure_ascii=False)
    return keyring_of(session).seal(key, _PLACE, plain)


def _all_forms(forms: NameForms) -> set[tuple[str, str]]:
    full_name, *lists = astuple(forms)
    named = zip(_LISTS, lists, strict=True)
    return {("full_name", full_name)} | {(n, form) for n, own in named for form in own}


def _one(session: Session, query: Select[WatchEntry], work_id: str) -> WatchEntry:
    entry = session.scalar(query.where(Employee.work_id == work_id))
    if entry is not None:
        return entry
    known = select(Employee.id).where(Employee.work_id == work_id)
    code = "employee_unknown" if session.scalar(known) is None else "not_on_list"
    raise WatchlistError(code, work_id=work_id)
