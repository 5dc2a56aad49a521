"""Opens a case from hits: numbered without gaps, its evidence frozen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from monitor import hits as queue
from monitor.cases.access import ROLES, lock
from monitor.cases.steps import note_event
from monitor.errors import BadInput, Refused
from monitor.evidence.store import freeze
from monitor.models.audit import Counter
from monitor.models.case import Case, CaseState
from monitor.models.hit import QUEUED, Hit, HitState
from monitor.users import Actor, require
from watchlist.base import insert_missing
from watchlist.crypto import keyring_of
from watchlist.types import KeyScope

_ZONE = ZoneInfo("Europe/Copenhagen")


def open_case(
    session: Session, hits: Sequence[Hit], *, actor: Actor, folder: Path, now: datetime
) -> Case:
    """Open a case about one or more hits of the same employee.

    The hits leave the queue; their evidence in ``folder`` is frozen under the case's
    own key. Refused when a hit is another centre's, another employee's or no longer
    in the queue: of two people at once the second is refused.
    """
    taken = _take(session, hits, actor)
    first = taken[0]
    case = Case(
        number=_number(session, now),
        employee_id=first.employee_id,
        center=first.center,
        state=CaseState.OPENED,
        owner=actor.login,
        opened_at=now,
        opened_by=actor.login,
        key=keyring_of(session).new_key(session, KeyScope.CASE, now),
    )
    session.add(case)
    _put_in(session, case, taken, actor=actor, now=now)
    told = {"old": None, "new": case.state.value, "hits": _ids(taken)}
    note_event(session, case, "case_opened", payload=told, actor=actor, now=now)
    freeze(session, case, taken, folder=folder, now=now, by=actor.login)
    return case


def attach(
    session: Session,
    case: Case,
    hits: Sequence[Hit],
    *,
    actor: Actor,
    folder: Path,
    now: datetime,
) -> Case:
    """Add hits about the same incident to an open case, as ``open_case`` does."""
    taken = _take(session, hits, actor)
    lock(session, case, actor)
    if case.state is CaseState.CLOSED:
        raise Refused("case_closed", case=case.number)
    if taken[0].employee_id != case.employee_id:
        raise Refused("case_hits_differ")
    told = {"old": _ids(case.hits), "new": _ids([*case.hits, *taken])}
    _put_in(session, case, taken, actor=actor, now=now)
    note_event(session, case, "case_hits_added", payload=told, actor=actor, now=now)
    freeze(session, case, taken, folder=folder, now=now, by=actor.login)
    return case


def _take(session: Session, hits: Sequence[Hit], actor: Actor) -> list[Hit]:
    """The hits, locked, if this person may make a case of them."""
    require(actor, *ROLES)
    if not hits:
        raise BadInput("case_without_hits")
    ids = sorted({hit.id for hit in hits})  # one order, so that nobody waits in a ring
    taken = [queue.get(session, hit_id, lock=True) for hit_id in ids]
    for hit in taken:
        if actor.center not in {None, hit.center}:
            raise Refused("hit_unknown", hit=hit.id)
        if hit.state not in QUEUED:
            raise Refused("hit_not_open", hit=hit.id, state=hit.state.value)
    if len({(hit.employee_id, hit.center) for hit in taken}) > 1:
        raise Refused("case_hits_differ")
    return taken


def _put_in(
    session: Session, case: Case, hits: Sequence[Hit], *, actor: Actor, now: datetime
) -> None:
    for hit in hits:
        hit.state, hit.outcome = HitState.IN_CASE, None
        hit.decided_at, hit.decided_by = now, actor.login
        case.hits.append(hit)
    session.flush()


def _number(session: Session, now: datetime) -> str:
    """The next public number of the year; the counter's row is locked until commit.

    Whoever rolls back gives the number back, so that there is no gap.
    """
    year = now.astimezone(_ZONE).year
    name = f"case.{year}"
    insert_missing(session, Counter, name=name, value=0)
    counter = session.get_one(Counter, name, with_for_update=True)
    counter.value += 1
    session.flush()
    return f"E-{year}-{counter.value:04d}"


def _ids(hits: Sequence[Hit]) -> str:
    return " ".join(str(hit.id) for hit in hits)
