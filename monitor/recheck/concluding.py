"""Writes down what a look found, and moves the case when that calls for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor import cases, history
from monitor.errors import Refused
from monitor.models.case import Case, CaseState, Recheck, RecheckOutcome
from monitor.models.hit import Hit
from monitor.models.user import UserRole
from monitor.recheck.judging import Earlier, Verdict
from monitor.recheck.planning import drop_overdue
from monitor.users import Actor

SYSTEM = Actor(history.SYSTEM, frozenset({UserRole.CENTRAL}))
SETTLED = (RecheckOutcome.GONE, RecheckOutcome.CHANGED)
_SEEN = (*SETTLED, RecheckOutcome.VISIBLE)


def earlier_looks(session: Session, hit_id: int) -> list[Earlier]:
    """The looks taken at a post so far, oldest first."""
    done = select(Recheck).where(Recheck.hit_id == hit_id, Recheck.done_at.is_not(None))
    return [
        Earlier(row.done_at, row.outcome, row.absent)
        for row in session.scalars(done.order_by(Recheck.done_at, Recheck.id))
        if row.done_at is not None and row.outcome is not None
    ]


def human_look(
    session: Session,
    case: Case,
    hit_id: int,
    *,
    outcome: RecheckOutcome,
    actor: Actor,
    now: datetime,
) -> Recheck:
    """Note what a person saw; one person's "gone" is enough.

    Refused when the hit is none of the case's or the case is closed.
    """
    cases.lock(session, case, actor)
    if case.state is CaseState.CLOSED:
        raise Refused("case_closed", case=case.number)
    if hit_id not in {hit.id for hit in case.hits}:
        raise Refused("recheck_hit_not_in_case", hit=hit_id, case=case.number)
    row = Recheck(
        case_id=case.id, hit_id=hit_id, due_at=_free_moment(session, hit_id, now)
    )
    verdict = Verdict(outcome, absent=outcome is RecheckOutcome.GONE)
    conclude(session, case, row, verdict=verdict, actor=actor, now=now)
    return row


def conclude(
    session: Session,
    case: Case,
    row: Recheck,
    *,
    verdict: Verdict,
    actor: Actor,
    now: datetime,
) -> None:
    """Store the outcome of a look and let the case follow; the case is locked.

    All its posts gone or changed: it is observed. One that was and is back: it must
    be assessed again.
    """
    before = last_seen(session, row.hit_id)
    row.done_at, row.lease_until = now, None
    row.outcome, row.absent = verdict.outcome, verdict.absent
    row.reason_code = verdict.reason.code if verdict.reason else None
    row.made_by = actor.login
    drop_overdue(session, row.hit_id, now)
    session.add(row)
    told = {
        "hit": row.hit_id,
        "old": before.value if before else None,
        "new": verdict.outcome.value,
        "reason": row.reason_code,
    }
    cases.note_event(session, case, "recheck_done", payload=told, actor=actor, now=now)
    to = _next_state(session, case, verdict.outcome, before=before)
    if to is not None and not cases.move_refusals(case, to):
        cases.move(session, case, to, actor=actor, now=now)


def last_seen(session: Session, hit_id: int) -> RecheckOutcome | None:
    """The last outcome that says where a post stands; None while there is none."""
    found = [e.outcome for e in earlier_looks(session, hit_id) if e.outcome in _SEEN]
    return found[-1] if found else None


def _free_moment(session: Session, hit_id: int, now: datetime) -> datetime:
    """Now, or the first moment after it that no look of the post has yet."""
    taken = set(session.scalars(select(Recheck.due_at).filter_by(hit_id=hit_id)))
    while now in taken:
        now += timedelta(microseconds=1)
    return now


def _next_state(
    session: Session,
    case: Case,
    outcome: RecheckOutcome,
    *,
    before: RecheckOutcome | None,
) -> CaseState | None:
    observing = case.state is CaseState.OBSERVING
    if outcome is RecheckOutcome.VISIBLE and before in SETTLED:
        return CaseState.ASSESSING if observing else None
    if outcome in SETTLED and not observing and _all_settled(session, case.hits):
        return CaseState.OBSERVING
    return None


def _all_settled(session: Session, hits: list[Hit]) -> bool:
    return all(last_seen(session, hit.id) in SETTLED for hit in hits)
