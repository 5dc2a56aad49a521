"""Who sees which case: one's own centre's, or all of them for the central lawyers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor import history
from monitor.errors import Refused
from monitor.models.case import Assessment, Case, CaseState
from monitor.models.user import UserRole
from monitor.users import Actor, require
from watchlist.crypto import keyring_of

ROLES = (UserRole.CENTER_MANAGER, UserRole.CENTRAL)
ASSESSMENT = "assessment.sealed"


def get(session: Session, number: str, *, actor: Actor) -> Case:
    """The case with this number.

    Refused ``not_allowed`` without a fitting role, ``case_unknown`` when there is no
    such case or it is another centre's: which of the two is not told.
    """
    require(actor, *ROLES)
    case = session.scalar(select(Case).where(Case.number == number.strip().upper()))
    if case is None:
        raise Refused("case_unknown", case=number)
    allow(case, actor)
    return case


def allow(case: Case, actor: Actor) -> None:
    """Refuse whoever may not work on this case, as if it did not exist."""
    require(actor, *ROLES)
    if actor.center not in {None, case.center}:
        raise Refused("case_unknown", case=case.number)


def lock(session: Session, case: Case, actor: Actor) -> None:
    """Have the case for oneself until the transaction ends, as it is now.

    What the session changed is written first: reading anew would forget it. Refused
    as by ``allow``, and when the case has been erased.
    """
    allow(case, actor)
    session.flush()
    session.refresh(case, with_for_update=True)
    session.expire(case, ["assessments", "hits"])
    if case.key.wrapped is None:
        raise Refused("case_erased", case=case.number)


def listing(session: Session, *, actor: Actor, closed: bool = False) -> list[Case]:
    """The cases the actor may see, the oldest open one first; closed ones last."""
    require(actor, *ROLES)
    wanted = select(Case).order_by(Case.closed_at.is_not(None), Case.id)
    if actor.center is not None:
        wanted = wanted.where(Case.center == actor.center)
    if not closed:
        wanted = wanted.where(Case.state != CaseState.CLOSED)
    return list(session.scalars(wanted))


def look(session: Session, case: Case, *, actor: Actor, now: datetime) -> None:
    """Note that somebody opened the case to read it."""
    allow(case, actor)
    history.record(
        session,
        actor=actor.login,
        kind="viewed",
        object_type="case",
        object_id=case.id,
        now=now,
    )


def story(session: Session, case: Case, *, actor: Actor) -> list[history.OpenedEvent]:
    """Everything that was done to the case, oldest first, with its values."""
    allow(case, actor)
    return history.of(session, "case", case.id, opened=True)


def reasoning(session: Session, assessment: Assessment, *, actor: Actor) -> str:
    """What the manager wrote; Refused when it has been erased."""
    case = assessment.case
    allow(case, actor)
    if assessment.sealed is None or case.key.wrapped is None:
        raise Refused("case_erased", case=case.number)
    return keyring_of(session).open_text(case.key, ASSESSMENT, assessment.sealed)
