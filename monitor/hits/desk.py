"""What people do with a hit: allowed by role and centre, and noted in the history."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor import history
from monitor.errors import Refused
from monitor.hits.queue import dismiss, get, queue, reopen, review
from monitor.hits.tally import count
from monitor.hits.words import words_of
from monitor.models.hit import DISMISSED, Hit, HitState
from monitor.models.user import UserRole
from monitor.signals import Signal
from monitor.users import Actor, require

ROLES = (UserRole.CENTER_MANAGER, UserRole.CENTRAL)


def find(session: Session, hit_id: int, *, actor: Actor, lock: bool = False) -> Hit:
    """The hit with this number, if the actor may see it.

    Another centre's hit is refused as if there were none.
    """
    require(actor, *ROLES)
    hit = get(session, hit_id, lock=lock)
    if actor.center not in {None, hit.center}:
        raise Refused("hit_unknown", hit=hit_id)
    return hit


def listing(
    session: Session, *, actor: Actor, dismissed: bool = False, limit: int = 100
) -> list[Hit]:
    """The queue as the actor sees it, or what was dismissed, the newest first."""
    require(actor, *ROLES)
    wanted = queue(actor.center, limit=limit)
    if dismissed:
        wanted = select(Hit).where(Hit.state.in_(DISMISSED)).limit(limit)
        wanted = wanted.order_by(Hit.decided_at.desc(), Hit.id)
        if actor.center is not None:
            wanted = wanted.where(Hit.center == actor.center)
    return list(session.scalars(wanted))


def look(session: Session, hit_id: int, *, actor: Actor, now: datetime) -> Hit:
    """Open a hit to read it: a new one is then in review, and the look is noted."""
    hit = find(session, hit_id, actor=actor, lock=True)
    if hit.state is HitState.NEW:
        review(hit)
        _note(session, hit, "hit_reviewed", old="new", actor=actor, now=now)
    history.record(
        session,
        actor=actor.login,
        kind="viewed",
        object_type="hit",
        object_id=hit.id,
        now=now,
    )
    return hit


def put_aside(
    session: Session,
    hit_id: int,
    outcome: str,
    *,
    mute_for: timedelta,
    actor: Actor,
    now: datetime,
) -> Hit:
    """Dismiss a hit with one of ``queue.OUTCOMES``; see ``queue.dismiss``."""
    hit = find(session, hit_id, actor=actor, lock=True)
    old = hit.state.value
    dismiss(session, hit, outcome, by=actor.login, now=now, mute_for=mute_for)
    count(session, _signals(session, hit), hit.state, by=1)
    _note(session, hit, "hit_dismissed", old=old, actor=actor, now=now)
    return hit


def take_back(session: Session, hit_id: int, *, actor: Actor, now: datetime) -> Hit:
    """Put a dismissed hit back into the queue."""
    hit = find(session, hit_id, actor=actor, lock=True)
    old = hit.state
    reopen(session, hit, now=now)
    count(session, _signals(session, hit), old, by=-1)
    _note(session, hit, "hit_reopened", old=old.value, actor=actor, now=now)
    return hit


def _signals(session: Session, hit: Hit) -> tuple[Signal, ...]:
    return words_of(session, hit).signals if hit.sealed is not None else ()


def _note(
    session: Session, hit: Hit, kind: str, *, old: str, actor: Actor, now: datetime
) -> None:
    session.flush()
    history.record(
        session,
        actor=actor.login,
        kind=kind,
        object_type="hit",
        object_id=hit.id,
        now=now,
        payload={"old": old, "new": hit.state.value, "outcome": hit.outcome},
    )
