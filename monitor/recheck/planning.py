"""When the posts of a case are looked at again, and who is at it now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, or_, select
from sqlalchemy.orm import Session

from monitor import cases, history
from monitor.errors import Refused
from monitor.models.case import Case, CaseState, Recheck, RecheckOutcome
from monitor.models.hit import Hit
from monitor.settings import RecheckTable
from monitor.users import Actor

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)


def moments(rules: RecheckTable, now: datetime) -> Iterator[datetime]:
    """At once, then daily, then weekly until the last day."""
    at = timedelta(0)
    while at <= rules.weekly_until:
        yield now + at
        at += _DAY if at < rules.daily_for else _WEEK


def plan(
    session: Session, case: Case, rules: RecheckTable, *, actor: Actor, now: datetime
) -> list[Recheck]:
    """Plan looks at every post of a case from now on; an older plan gives way.

    Posts that were reported by hand are listed too, for people to look at. Refused
    for a closed case.
    """
    cases.lock(session, case, actor)
    if case.state is CaseState.CLOSED:
        raise Refused("case_closed", case=case.number)
    open_ones = (Recheck.case_id == case.id, Recheck.done_at.is_(None))
    session.execute(delete(Recheck).where(*open_ones))
    known = {(row.hit_id, row.due_at) for row in of_case(session, case)}
    planned = [
        Recheck(case_id=case.id, hit_id=hit.id, due_at=at)
        for hit in case.hits
        for at in moments(rules, now)
        if (hit.id, at) not in known
    ]
    session.add_all(planned)
    until = case.observe_until = now + rules.weekly_until
    told: history.Payload = {"looks": len(planned), "until": until.isoformat()}
    cases.note_event(
        session, case, "recheck_planned", payload=told, actor=actor, now=now
    )
    return planned


def of_case(session: Session, case: Case) -> list[Recheck]:
    """All looks of a case, done and planned, by time."""
    wanted = select(Recheck).where(Recheck.case_id == case.id)
    return list(session.scalars(wanted.order_by(Recheck.due_at, Recheck.id)))


def due(session: Session, now: datetime) -> list[int]:
    """The ids of the looks this program should take now, the longest due first."""
    wanted = _open(now).where(Hit.source_id.is_not(None))
    return [row.id for row in session.scalars(_free(wanted, now))]


def for_people(session: Session, actor: Actor, now: datetime) -> list[Recheck]:
    """Due looks that only a person can take, in the actor's centre."""
    wanted = _open(now).where(Hit.source_id.is_(None))
    if actor.center is not None:
        wanted = wanted.where(Case.center == actor.center)
    return list(session.scalars(wanted))


def take(
    session: Session, recheck_id: int, now: datetime, *, lease: timedelta, attempts: int
) -> Recheck | None:
    """Take a due look for oneself; None when another is at it, or it is done.

    The attempt is counted before the work: one that kills its worker is given up
    after ``attempts`` of them as ``cannot_tell``.
    """
    wanted = _open(now).where(Recheck.id == recheck_id)
    locked = _free(wanted, now).with_for_update(skip_locked=True, of=Recheck)
    row = session.scalars(locked).one_or_none()
    if row is None:
        return None
    if row.attempts >= attempts:
        row.outcome, row.done_at = RecheckOutcome.CANNOT_TELL, now
        row.reason_code, row.lease_until = "recheck_gave_up", None
        return None
    row.attempts += 1
    row.lease_until = now + lease
    session.flush()
    return row


def drop_overdue(session: Session, hit_id: int, now: datetime) -> None:
    """Forget looks that were missed: one look catches up on all of them."""
    session.execute(
        delete(Recheck).where(
            Recheck.hit_id == hit_id, Recheck.done_at.is_(None), Recheck.due_at <= now
        )
    )


def _open(now: datetime) -> Select[Recheck]:
    return (
        select(Recheck)
        .join(Case, Case.id == Recheck.case_id)
        .join(Hit, Hit.id == Recheck.hit_id)
        .where(
            Recheck.done_at.is_(None),
            Recheck.due_at <= now,
            Case.state != CaseState.CLOSED,
        )
        .order_by(Recheck.due_at, Recheck.id)
    )


def _free(wanted: Select[Recheck], now: datetime) -> Select[Recheck]:
    return wanted.where(or_(Recheck.lease_until.is_(None), Recheck.lease_until < now))
