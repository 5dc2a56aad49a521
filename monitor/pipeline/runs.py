"""Runs: opened once for each due slot, worked through fetch by fetch, then closed.

The database decides what is due and who works on what; this asks it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    and_,
    delete,
    exists,
    false,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from monitor.models.crawl import OPEN_FETCHES, Fetch, FetchState, Run, SourceState
from monitor.pipeline import frontier, verdict
from monitor.sources import is_approved
from monitor.types import Answer, ReadState, Reason, Request, Role, RunOutcome, Source
from watchlist.base import insert_missing

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Report:
    """How a run ended, in numbers; holds no words of any page."""

    source_id: str
    outcome: RunOutcome
    reason: Reason | None
    fetches: int
    posts: int
    new_posts: int
    new_hits: int


def slot_of(source: Source, now: datetime) -> datetime:
    """The due time bucket a moment falls into; in UTC, so no night has two."""
    every = source.every.total_seconds()
    return _EPOCH + timedelta(seconds=(now - _EPOCH).total_seconds() // every * every)


def register(session: Session, sources: Iterable[Source], now: datetime) -> None:
    """Bring the table of sources in line with the file.

    New ones are due at once; those that left the file are retired and keep their
    history.
    """
    known = {state.id: state for state in session.scalars(select(SourceState))}
    for source in sources:
        known.pop(source.id, None)
        register_one(session, source, now)
    for gone in known.values():
        gone.retired_at = gone.retired_at or now
        gone.next_due_at = None


def register_one(session: Session, source: Source, now: datetime) -> None:
    """Make sure that the database knows a source of the file."""
    state = session.get(SourceState, source.id)
    if state is None:
        new = {"id": source.id, "center": source.center, "first_seen_at": now}
        insert_missing(session, SourceState, **new, next_due_at=now)
        state = session.get_one(SourceState, source.id)
    elif state.retired_at is not None:
        state.retired_at, state.next_due_at = None, now
    elif state.next_due_at is not None:  # read more often now, or a clock was ahead
        soonest = slot_of(source, now) + source.every
        state.next_due_at = min(state.next_due_at, soonest)
    state.center = source.center


def due(session: Session, now: datetime) -> list[str]:
    """The ids of the sources to read now, the longest overdue first.

    A run that was cut off need not wait for the next slot.
    """
    of_run = Fetch.run_id == Run.id
    left = exists().where(of_run, _claimable(now))
    still_open = exists().where(of_run, Fetch.state.in_(OPEN_FETCHES))
    cut_off = exists().where(
        Run.source_id == SourceState.id,
        Run.ended_at.is_(None),
        or_(left, ~still_open),
    )
    wanted = (
        select(SourceState.id)
        .where(
            or_(SourceState.next_due_at <= now, cut_off),
            SourceState.retired_at.is_(None),
            SourceState.paused_at.is_(None),
        )
        .order_by(SourceState.next_due_at, SourceState.id)
    )
    return list(session.scalars(wanted))


def open_run(
    session: Session, source: Source, now: datetime, *, slot: datetime | None = None
) -> int | None:
    """The run to work on: one that was cut off, or a new one for the slot.

    None when the slot has been run already. The source's next due time moves on in
    the same transaction, so that no slot is run twice and a missed one only once.
    """
    slot = slot or slot_of(source, now)
    state = session.get_one(SourceState, source.id, with_for_update=True)
    if state.next_due_at is None or state.next_due_at <= now:
        state.next_due_at = slot_of(source, now) + source.every
    unfinished = select(Run).where(Run.source_id == source.id, Run.ended_at.is_(None))
    run = session.scalars(unfinished.order_by(Run.id)).first()
    if run is not None:
        return run.id
    try:
        with session.begin_nested():
            run = Run(source_id=source.id, slot=slot, started_at=now)
            session.add(run)
            session.flush()
    except IntegrityError:  # the slot has been run
        return None
    state.last_run_at = now
    refused = is_approved(source, now.date())
    if refused is None:
        frontier.begin(session, run, source, now=now)
    else:
        verdict.give_reason(run, refused)
    session.flush()
    return run.id


@dataclass(frozen=True, slots=True)
class Claim:
    """A fetch this worker may do now; ``token`` proves it until the lease ends."""

    fetch_id: int
    token: int
    request: Request


def _claimable(now: datetime) -> ColumnElement[bool]:
    """Whether nobody is at a fetch: it waits, or its worker's lease has run out."""
    return or_(
        Fetch.state == FetchState.WAITING,
        and_(Fetch.state == FetchState.WORKING, Fetch.lease_until <= now),
    )


def _next(session: Session, run_id: int) -> Fetch | None:
    """The best waiting fetch, as long as the run may ask for more pages."""
    wanted = (
        select(Fetch)
        .join(Run)
        .where(
            Fetch.run_id == run_id,
            Fetch.state == FetchState.WAITING,
            _has_budget(),
        )
        .order_by(Fetch.rank, Fetch.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=Fetch)
    )
    return session.scalars(wanted).first()


def _left_behind(session: Session, run_id: int, now: datetime) -> Fetch | None:
    """A fetch whose worker has died."""
    wanted = (
        select(Fetch)
        .where(
            Fetch.run_id == run_id,
            Fetch.state == FetchState.WORKING,
            Fetch.lease_until <= now,
        )
        .order_by(Fetch.rank, Fetch.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return session.scalars(wanted).first()


def _has_budget() -> ColumnElement[bool]:
    return or_(Run.budget.is_(None), Run.asked < Run.budget)


def claim(
    session: Session, run_id: int, now: datetime, *, lease: timedelta, attempts: int
) -> Claim | None:
    """Take the next open fetch of a run; None when there is none to take.

    The attempt is counted before the work: a page that kills its worker is given
    up after ``attempts`` of them and recorded as failed. So is the run's budget.
    """
    while True:
        fetch = _next(session, run_id) or _left_behind(session, run_id, now)
        if fetch is None:
            return None
        if fetch.attempts < attempts:
            break
        fetch.state, fetch.ended_at = FetchState.FAILED, now
        fetch.reason_code = "page_gave_up"
        fetch.reason_params = {"attempts": fetch.attempts}
        session.flush()
    if not fetch.attempts:
        spent = update(Run).where(Run.id == run_id)
        session.execute(spent.values(asked=Run.asked + 1, unread=Run.unread - 1))
    fetch.state, fetch.lease_until = FetchState.WORKING, now + lease
    fetch.attempts += 1
    fetch.token += 1
    session.flush()
    request = Request(fetch.url, Role(fetch.role), fetch.depth)
    return Claim(fetch.id, fetch.token, request)


def claim_fresh(
    session: Session, run_id: int, now: datetime, *, lease: timedelta, count: int
) -> list[Claim]:
    """Take up to so many further fetches that lie below a start page, never tried."""
    room = session.scalar(select(Run.budget - Run.asked).where(Run.id == run_id))
    wanted = (
        select(Fetch)
        .where(
            Fetch.run_id == run_id,
            Fetch.state == FetchState.WAITING,
            Fetch.attempts == 0,
            Fetch.depth > 0,
        )
        .order_by(Fetch.rank, Fetch.id)
        .limit(count if room is None else max(0, min(count, room)))
        .with_for_update(skip_locked=True)
    )
    taken = session.scalars(wanted).all()
    for fetch in taken:
        fetch.state, fetch.lease_until = FetchState.WORKING, now + lease
        fetch.attempts, fetch.token = 1, fetch.token + 1
    spent = update(Run).where(Run.id == run_id)
    more = len(taken)
    session.execute(spent.values(asked=Run.asked + more, unread=Run.unread - more))
    session.flush()
    return [Claim(f.id, f.token, Request(f.url, Role(f.role), f.depth)) for f in taken]


def finish(
    session: Session,
    claimed: Claim,
    state: FetchState,
    *,
    now: datetime,
    reason: Reason | None = None,
    answer: Answer | None = None,
) -> bool:
    """Record how a fetch ended; False when it is no longer this worker's."""
    done = session.execute(
        update(Fetch)
        .where(
            Fetch.id == claimed.fetch_id,
            Fetch.token == claimed.token,
            Fetch.state == FetchState.WORKING,
        )
        .values(
            state=state,
            lease_until=None,
            ended_at=now,
            status=answer.status if answer else None,
            size=len(answer.raw) if answer else None,
            reason_code=reason.code if reason else None,
            reason_params=dict(reason.params) if reason else {},
        )
        .returning(Fetch.id)
    )
    return done.scalar() is not None


def busy(session: Session, run_id: int) -> bool:
    """Whether a fetch of the run is still to be done, here or by another worker."""
    open_ones = (
        select(Fetch.id)
        .join(Run)
        .where(
            Fetch.run_id == run_id,
            or_(
                Fetch.state == FetchState.WORKING,
                and_(Fetch.state == FetchState.WAITING, _has_budget()),
            ),
        )
    )
    return session.scalar(open_ones.limit(1)) is not None


def close_run(
    session: Session, run_id: int, source: Source, *, now: datetime
) -> Report | None:
    """End a run with exactly one outcome; None while a fetch of it is open.

    Addresses the run had no budget for are counted, and met again by a later run.
    """
    if busy(session, run_id):
        return None
    run = session.get_one(Run, run_id, with_for_update=True)
    if run.outcome is None:
        waiting = Fetch.state == FetchState.WAITING
        session.execute(delete(Fetch).where(Fetch.run_id == run_id, waiting))
        verdict.pass_on(session, run, source, now=now)
    fetches = session.scalar(select(func.count()).where(Fetch.run_id == run_id)) or 0
    assert run.outcome is not None
    reason = Reason(run.reason_code, run.reason_params) if run.reason_code else None
    return Report(
        source_id=source.id,
        outcome=run.outcome,
        reason=reason,
        fetches=fetches,
        posts=run.posts,
        new_posts=run.new_posts,
        new_hits=run.new_hits,
    )


def state_of(state: ReadState) -> FetchState:
    """The final state of a fetch whose answer was read like this."""
    return FetchState(state.value)


def silent(
    session: Session, since: datetime, *, failures: int | None = None
) -> list[str]:
    """The ids of sources in use that have not been truly read since then.

    With ``failures`` also those whose last so many runs all failed to.
    """
    overdue = and_(
        SourceState.first_seen_at < since,
        or_(SourceState.last_read_at.is_(None), SourceState.last_read_at < since),
    )
    failing = false() if failures is None else SourceState.failures >= failures
    wanted = (
        select(SourceState.id)
        .where(
            SourceState.retired_at.is_(None),
            SourceState.paused_at.is_(None),
            or_(overdue, failing),
        )
        .order_by(SourceState.id)
    )
    return list(session.scalars(wanted))


def pause(session: Session, source: Source, now: datetime, *, paused: bool) -> None:
    """Stop reading a source, or read it again from now on."""
    register_one(session, source, now)
    state = session.get_one(SourceState, source.id, with_for_update=True)
    state.paused_at = now if paused else None
    if not paused:
        state.next_due_at = now


def last_runs(session: Session) -> dict[str, Run]:
    """The newest ended run of each source."""
    newest = select(func.max(Run.id)).where(Run.ended_at.is_not(None))
    wanted = select(Run).where(Run.id.in_(newest.group_by(Run.source_id)))
    return {run.source_id: run for run in session.scalars(wanted)}
