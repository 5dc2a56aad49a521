"""What was truly read of a source, and when; what not, and why. Only looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from monitor.models.crawl import PageRecord, Run, SourceState
from monitor.types import ReadState, Reason, RunOutcome, Source

_READ = (ReadState.READ.value, ReadState.NOT_MODIFIED.value)


@dataclass(frozen=True, slots=True)
class PageCoverage:
    """One page: what became of it when last asked for, and when it was last read.

    ``state`` is None for a page known from before this was noted.
    """

    url: str
    state: ReadState | None
    reason: Reason | None
    asked_at: datetime | None
    read_at: datetime | None
    new_post_at: datetime | None
    posts: int
    usual_posts: float | None
    quarantined_at: datetime | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """One source: how much of it was read, how new, and for how long not.

    ``left`` counts the known addresses that the last run had to leave; ``silent``
    is the time since the source was last truly read, or was first known.
    """

    source_id: str
    outcome: RunOutcome | None
    reason: Reason | None
    last_run_at: datetime | None
    last_read_at: datetime | None
    silent: timedelta | None
    failures: int
    alarm_at: datetime | None
    new_post_at: datetime | None
    usual_posts: float | None
    pages: int
    pages_read: int
    left: int


def of_source(
    session: Session, source: Source, run: Run | None, *, now: datetime
) -> Coverage:
    """How well a source is covered; ``run`` is its newest ended run."""
    state = session.get(SourceState, source.id)
    read = case((PageRecord.outcome.in_(_READ), 1), else_=0)
    totals = (
        func.count(PageRecord.id),
        func.coalesce(func.sum(read), 0),
        func.max(PageRecord.changed_at),
    )
    wanted = select(*totals).where(PageRecord.source_id == source.id)
    pages, pages_read, newest = session.execute(wanted).one()
    since = (state.last_read_at or state.first_seen_at) if state else None
    return Coverage(
        source_id=source.id,
        outcome=run.outcome if run else None,
        reason=_reason(run.reason_code, run) if run else None,
        last_run_at=state.last_run_at if state else None,
        last_read_at=state.last_read_at if state else None,
        silent=now - since if since else None,
        failures=state.failures if state else 0,
        alarm_at=state.alarm_at if state else None,
        new_post_at=newest,
        usual_posts=state.usual_posts if state else None,
        pages=pages,
        pages_read=pages_read,
        left=run.unread if run else 0,
    )


def of_pages(session: Session, source: Source) -> list[PageCoverage]:
    """Every remembered page of a source, those in trouble first."""
    trouble = case((PageRecord.outcome.in_(_READ), 1), else_=0)
    wanted = (
        select(PageRecord)
        .where(PageRecord.source_id == source.id)
        .order_by(trouble, PageRecord.url)
    )
    return [
        PageCoverage(
            url=page.url,
            state=ReadState(page.outcome) if page.outcome else None,
            reason=_reason(page.reason_code, page),
            asked_at=page.asked_at,
            read_at=page.seen_at if page.parsed_at is not None else None,
            new_post_at=page.changed_at,
            posts=page.posts,
            usual_posts=page.usual_posts,
            quarantined_at=page.quarantined_at,
        )
        for page in session.scalars(wanted)
    ]


def _reason(code: str | None, row: Run | PageRecord) -> Reason | None:
    return Reason(code, row.reason_params) if code else None
