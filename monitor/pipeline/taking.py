"""Takes fetches of a run in hand, a few at once where a host allows quick asking.

What one takes is claimed, and looked up, in one transaction each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from monitor.models.crawl import Fetch, FetchState, PageRecord, Run
from monitor.pipeline import runs, watch
from monitor.pipeline.runs import Claim
from monitor.pipeline.values import Job, Known
from monitor.types import Request, Role, Validators

AT_ONCE = 8
# What is in hand is waited for when the program is to stop, and is asked for again
# when it was killed: little enough of it.
IN_HAND = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Taken:
    """A fetch of ours, and what is remembered of its page."""

    claim: Claim
    known: Known


def take(job: Job) -> list[Taken]:
    """The next fetches of a run; none when there is none to take.

    One that was tried before comes alone: should it be what ended its worker, no
    other page's tries are spent on it. So does a start page, which leads to others.
    """
    crawl, rules = job.crawl, job.crawl.settings.monitor
    delay = rules.fetch.delay
    wanted = max(1, min(AT_ONCE, IN_HAND // delay)) if delay else AT_ONCE
    lease, now = rules.schedule.lease, crawl.clock()
    with crawl.database.begin() as session:
        first = runs.claim(
            session, job.run_id, now, lease=lease, attempts=rules.schedule.attempts
        )
        claims = [first] if first else []
        if first and wanted > 1 and first.token == 1 and first.request.depth:
            claims += runs.claim_fresh(
                session, job.run_id, now, lease=lease, count=wanted - 1
            )
    return _looked_up(job, claims) if claims else []


def give_back(session: Session, run_id: int, claims: Sequence[Claim]) -> None:
    """Let others have what was not begun, as if it had never been taken."""
    for claim in claims:
        freed = session.execute(
            update(Fetch)
            .where(Fetch.id == claim.fetch_id, Fetch.token == claim.token)
            .values(
                state=FetchState.WAITING,
                lease_until=None,
                attempts=Fetch.attempts - 1,
                token=Fetch.token - 1,
            )
            .returning(Fetch.attempts)
        )
        if freed.scalar() == 0:
            again = update(Run).where(Run.id == run_id)
            session.execute(again.values(asked=Run.asked - 1, unread=Run.unread + 1))


def _looked_up(job: Job, claims: Sequence[Claim]) -> list[Taken]:
    with job.crawl.database.read() as session:
        names = watch.watching(session, job.crawl.watch)
        job.crawl.watch = names
        wanted = select(PageRecord).where(
            PageRecord.source_id == job.source.id,
            PageRecord.url.in_([claim.request.url for claim in claims]),
        )
        pages = {page.url: page for page in session.scalars(wanted)}
        return [
            Taken(claim, _known(names, pages.get(claim.request.url)))
            for claim in claims
        ]


def _known(names: watch.Watch, page: PageRecord | None) -> Known:
    """Validators only if the page is known to hold nobody new to the watchlist."""
    if page is None:
        return Known(names)
    current = page.generation >= names.generation and not page.deaths
    return Known(
        names,
        current,
        Validators(page.etag, page.last_modified) if current else None,
        page.body_hash,
        tuple(
            Request(str(url), Role(str(role)), int(depth))
            for url, role, depth in page.follow
        ),
        quarantined=page.quarantined_at is not None,
    )
