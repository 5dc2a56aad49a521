"""The queue of unhandled hits: its order, and how a hit leaves it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from monitor.errors import Refused
from monitor.models.hit import DISMISSED, QUEUED, Hit, HitState, Mute
from monitor.signals import Urgency
from monitor.types import Band, Match

_LAST = 99_999_999_999
_CONTEXT = frozenset(("context_word", "context_unnamed", "source_of_center"))
OUTCOMES: Mapping[HitState, tuple[str, ...]] = {
    HitState.FALSE_ALARM: ("same_name",),
    HitState.NO_ACTION: (
        "lawful_criticism",
        "satire",
        "press",
        "support_only",
        "employee_wishes_no_more",
        "author_is_employee",
        "duplicate",
        "entered_by_mistake",
    ),
}


def rank(match: Match, at: datetime, urgency: Urgency = Urgency.NORMAL) -> str:
    """Where a hit stands in the inbox: urgency, band, context, rarity, newest first.

    Never the bare score: a common name without context is no better for matching
    letter by letter.
    """
    codes = {reason.code for reason in match.reasons}
    band = "0" if match.band is Band.HIT else "1"
    context = "0" if codes & _CONTEXT else "1"
    rare = "2" if codes & {"common_name", "very_common_name"} else "1"
    rare = "0" if "rare_name" in codes else rare
    second = min(max(int(at.timestamp()), 0), _LAST)  # a page may claim any year
    when = list(Urgency).index(urgency)
    return f"{when}{band}{context}{rare}{_LAST - second:011d}"


def queue(center: str | None = None, *, limit: int | None = None) -> Select[Hit]:
    """The unhandled hits, the first to look at first; of one centre or of all."""
    wanted = select(Hit).where(Hit.state.in_(QUEUED)).order_by(Hit.rank, Hit.id)
    if center is not None:
        wanted = wanted.where(Hit.center == center)
    return wanted.limit(limit) if limit is not None else wanted


def get(session: Session, hit_id: int, *, lock: bool = False) -> Hit:
    """The hit with this number; Refused when there is none.

    With ``lock`` it is read anew: a lock alone leaves what the session knew before.
    """
    if lock:
        session.flush()
    hit = session.get(Hit, hit_id, with_for_update=lock or None, populate_existing=lock)
    if hit is None:
        raise Refused("hit_unknown", hit=hit_id)
    return hit


def review(hit: Hit) -> None:
    """A person has opened the hit."""
    if hit.state is HitState.NEW:
        hit.state = HitState.IN_REVIEW


def dismiss(
    session: Session,
    hit: Hit,
    outcome: str,
    *,
    by: str,
    now: datetime,
    mute_for: timedelta,
) -> None:
    """End a hit as a false alarm or as needing no action.

    Its post stays dismissed until the content changes; ``mute_for`` is how long
    that is remembered after the hit itself has been erased.
    """
    if hit.state not in QUEUED:
        raise Refused("hit_not_open", hit=hit.id, state=hit.state.value)
    states = [state for state, known in OUTCOMES.items() if outcome in known]
    if not states:
        raise Refused("outcome_unknown", outcome=outcome)
    hit.state, hit.outcome = states[0], outcome
    hit.decided_at, hit.decided_by = now, by
    session.merge(_mute(session, hit, by=by, now=now, until=now + mute_for))


def _mute(
    session: Session, hit: Hit, *, by: str, now: datetime, until: datetime
) -> Mute:
    known = session.scalar(
        select(Mute).where(
            Mute.employee_id == hit.employee_id,
            Mute.post_key == hit.post_key,
            Mute.content_hash == hit.content_hash,
        )
    )
    mute = known or Mute(
        employee_id=hit.employee_id,
        post_key=hit.post_key,
        content_hash=hit.content_hash,
    )
    mute.made_at, mute.made_by = now, by
    mute.expires_at, mute.revoked_at = until, None
    return mute


def reopen(session: Session, hit: Hit, *, now: datetime) -> None:
    """Take a dismissal back: the hit is in the queue again, the mute is revoked."""
    if hit.state not in DISMISSED:
        raise Refused("hit_not_dismissed", hit=hit.id, state=hit.state.value)
    hit.state, hit.outcome = HitState.IN_REVIEW, None
    hit.decided_at, hit.decided_by = None, None
    mutes = select(Mute).where(
        Mute.employee_id == hit.employee_id,
        Mute.post_key == hit.post_key,
        Mute.content_hash == hit.content_hash,
    )
    for mute in session.scalars(mutes):
        mute.revoked_at = now
