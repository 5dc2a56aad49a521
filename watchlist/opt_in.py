"""The history of each employee's yes, and what makes a yes good enough.

Rows are only ever added; ``moves`` decides which step may follow which.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from watchlist.models import Employee, OptIn
from watchlist.names import cpr_faults, one_line
from watchlist.types import OptInKind, OptInRecord, Reason, Switches

_ZONE = ZoneInfo("Europe/Copenhagen")
_LONGEST_TEXT = 200
_GIVEN = (OptInKind.GRANTED, OptInKind.RENEWED)


def today(now: datetime) -> date:
    """The date on which people in Denmark act at this moment."""
    return now.astimezone(_ZONE).date()


def a_year_after(day: date) -> date:
    """The last day on which a yes given on this day holds."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


def tidy(record: OptInRecord) -> OptInRecord:
    """The record with its review date and with tidy texts."""
    return replace(
        record,
        how=one_line(record.how),
        text_version=one_line(record.text_version),
        proof=one_line(record.proof or "") or None,
        review_on=record.review_on or a_year_after(record.given_on),
    )


def faults(record: OptInRecord, day: date) -> tuple[Reason, ...]:
    """Why a tidy record cannot carry a watch entry on that day; empty if it can."""
    return (*_date_faults(record, day), *_text_faults(record))


def add_step(
    session: Session,
    employee: Employee,
    kind: OptInKind,
    *,
    record: OptInRecord | None = None,
    now: datetime,
    by: str,
) -> OptIn:
    """Write one step; without a record it repeats what the last yes covers."""
    yes = record or current_yes(session, employee.id)
    step = OptIn(
        employee_id=employee.id,
        kind=kind,
        at=now,
        given_on=yes.given_on if yes else None,
        how=yes.how if yes else None,
        text_version=yes.text_version if yes else None,
        proof=yes.proof if yes else None,
        switches=asdict(yes.switches if yes else Switches()),
        review_on=yes.review_on if yes else None,
        recorded_by=by,
    )
    session.add(step)
    session.flush()
    return step


def history(session: Session, employee_id: int) -> list[OptIn]:
    """All steps, oldest first."""
    steps = select(OptIn).where(OptIn.employee_id == employee_id).order_by(OptIn.id)
    return list(session.scalars(steps))


def last_step(session: Session, employee_id: int) -> OptIn | None:
    """The newest step, if any."""
    steps = select(OptIn).where(OptIn.employee_id == employee_id)
    return session.scalar(steps.order_by(OptIn.id.desc()).limit(1))


def current_yes(session: Session, employee_id: int) -> OptInRecord | None:
    """The yes given last and not withdrawn since."""
    return _yes_in(history(session, employee_id))


def every_yes(session: Session) -> Mapping[int, OptInRecord]:
    """The current yes of each employee who has one, by employee id."""
    steps: dict[int, list[OptIn]] = {}
    for step in session.scalars(select(OptIn).order_by(OptIn.id)):
        steps.setdefault(step.employee_id, []).append(step)
    found = {employee_id: _yes_in(own) for employee_id, own in steps.items()}
    return {employee_id: yes for employee_id, yes in found.items() if yes}


def forget_withdrawn(session: Session, before: datetime) -> int:
    """Erase the history of employees whose last step is a withdrawal before then.

    Gives the number of employees forgotten; run by retention after two years.
    """
    last = select(func.max(OptIn.id)).group_by(OptIn.employee_id)
    gone = select(OptIn.employee_id).where(
        OptIn.id.in_(last),
        OptIn.kind == OptInKind.WITHDRAWN,
        OptIn.at < before,
    )
    forgotten = len(session.scalars(gone).all())
    session.execute(delete(OptIn).where(OptIn.employee_id.in_(gone)))
    return forgotten


def _date_faults(record: OptInRecord, day: date) -> Iterator[Reason]:
    given, review = record.given_on, record.review_on
    longest = a_year_after(given)
    if given > day:
        yield Reason("opt_in_future", {"given_on": given.isoformat()})
    if review is None or not given < review <= longest:
        yield Reason("review_out_of_range", {"latest": longest.isoformat()})
    elif review < day:
        yield Reason("opt_in_overdue", {"review_on": review.isoformat()})


def _text_faults(record: OptInRecord) -> Iterator[Reason]:
    if not record.switches.name_search:
        yield Reason("name_search_off")
    texts = {
        "opt_in_how": record.how,
        "opt_in_text_version": record.text_version,
        "opt_in_proof": record.proof,
    }
    for field, text in texts.items():
        if text is None:
            continue
        yield from cpr_faults(text, field)
        if not _is_plain(text):
            yield Reason("opt_in_text_bad", {"field": field, "most": _LONGEST_TEXT})


def _is_plain(text: str) -> bool:
    """One short line that no spreadsheet takes for a formula."""
    return re.fullmatch(r"[^\s=+@\-][^\x00-\x1f\x7f]{0,199}", text) is not None


def _yes_in(steps: Iterable[OptIn]) -> OptInRecord | None:
    yes: OptIn | None = None
    for step in steps:
        if step.kind in _GIVEN:
            yes = step
        elif step.kind is OptInKind.WITHDRAWN:
            yes = None
    return _record_of(yes) if yes else None


def _record_of(step: OptIn) -> OptInRecord:
    assert step.given_on is not None
    return OptInRecord(
        given_on=step.given_on,
        how=step.how or "",
        text_version=step.text_version or "",
        proof=step.proof,
        review_on=step.review_on,
        switches=Switches(**step.switches),
    )
