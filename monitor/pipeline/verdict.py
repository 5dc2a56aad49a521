"""How a run ended: one outcome with one reason, and never silence for "no hits".

What became of a single page is told by ``storing``; here the pages are put together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from monitor.models.crawl import Fetch, FetchState, Run, SourceState
from monitor.types import Reason, RunOutcome, Source

_READ = (FetchState.READ, FetchState.NOT_MODIFIED)
_GONE = ("http_gone", "http_not_found")
# Below this many posts a number is no habit; a drop is a quarter of what is usual.
LEAST = 5.0
_DROP = 0.25
_WEIGHT = 0.3
PAGE_DROPPED = "page_posts_dropped"
# A number that has dropped for good is believed after some nine readings.
_BELIEVE = 0.9


def dropped(usual: float | None, found: int) -> bool:
    """Whether there are suddenly far fewer posts than usual."""
    return usual is not None and usual >= LEAST and found <= usual * _DROP


def usual_after(usual: float | None, found: int) -> float:
    """What is usual once another number was found; a drop is believed slowly."""
    if usual is None:
        return float(found)
    if dropped(usual, found):
        return usual * _BELIEVE
    return usual + (found - usual) * _WEIGHT


def give_reason(run: Run, reason: Reason) -> None:
    """Let a run say why it ended as it did."""
    run.reason_code, run.reason_params = reason.code, dict(reason.params)


@dataclass(frozen=True, slots=True)
class Kind:
    """How many fetches of a run ended alike; ``first`` is the id of one of them."""

    state: FetchState
    depth: int
    code: str | None
    count: int
    first: int


def pass_on(session: Session, run: Run, source: Source, *, now: datetime) -> None:
    """Give a run its outcome and its source the news of it.

    Only a run that read every page it started from, with as many posts as expected
    and what must stand there, moves the "last truly read" clock.
    """
    state = session.get_one(SourceState, source.id, with_for_update=True)
    kinds = _kinds(session, run)
    doubt = _doubt(run, source, state.usual_posts)
    outcome, told_by = outcome_of(kinds, run, doubt)
    run.outcome, run.ended_at = outcome, now
    if told_by is not None:
        worst = session.get_one(Fetch, told_by)
        give_reason(run, Reason(worst.reason_code or "", worst.reason_params))
    elif outcome is not RunOutcome.BLOCKED and doubt is not None:
        give_reason(run, doubt)
    elif outcome is RunOutcome.PARTLY_READ:
        params = {"limit": run.budget or 0, "left": run.unread}
        give_reason(run, Reason("page_limit", params))
    if kinds and (told_by is None or run.reason_code == PAGE_DROPPED):
        state.usual_posts = usual_after(state.usual_posts, run.posts)
    started = [kind for kind in kinds if not kind.depth]
    if started and all(kind.state in _READ for kind in started) and doubt is None:
        state.last_read_at, state.failures, state.alarm_at = now, 0, None
    else:
        state.failures += 1


def _kinds(session: Session, run: Run) -> list[Kind]:
    counted = session.execute(
        select(
            Fetch.state,
            Fetch.depth,
            Fetch.reason_code,
            func.count(),
            func.min(Fetch.id),
        )
        .where(Fetch.run_id == run.id)
        .group_by(Fetch.state, Fetch.depth, Fetch.reason_code)
    ).all()
    return [Kind(FetchState(s), d, c, n, first) for s, d, c, n, first in counted]


def _doubt(run: Run, source: Source, usual: float | None) -> Reason | None:
    """Why what was read may not be what was asked for, though nothing failed."""
    if source.canary and run.canary is False:
        return Reason("canary_missing", {"phrase": source.canary})
    if run.posts < source.min_posts:
        params = {"found": run.posts, "wanted": source.min_posts}
        return Reason("too_few_posts", params)
    if dropped(usual, run.posts):
        params = {"found": run.posts, "usual": round(usual or 0)}
        return Reason("posts_dropped", params)
    return None


def outcome_of(
    kinds: Sequence[Kind], run: Run, doubt: Reason | None
) -> tuple[RunOutcome, int | None]:
    """The outcome of a run, and the fetch whose reason explains it.

    A page further in that has been removed is no fault; a start page that is gone
    is one.
    """
    trouble = [
        kind
        for kind in kinds
        if kind.state not in _READ and not (kind.depth and kind.code in _GONE)
    ]
    read = any(kind.state in _READ for kind in kinds)
    partly = any(kind.state is FetchState.PARTLY_READ for kind in kinds)
    first = trouble[0].first if trouble else None
    if not kinds:  # not approved: nothing was asked for
        return RunOutcome.BLOCKED, None
    if trouble and not read and not partly:
        blocked = [kind for kind in trouble if kind.state is FetchState.BLOCKED]
        if blocked:
            return RunOutcome.BLOCKED, blocked[0].first
        return RunOutcome.FAILED, first
    if trouble:
        return RunOutcome.PARTLY_READ, first
    if doubt is not None or run.unread > 0:
        return RunOutcome.PARTLY_READ, None
    return (RunOutcome.READ_WITH_HITS if run.hits else RunOutcome.READ_CLEAN), None
