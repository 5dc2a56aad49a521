"""Which addresses a run may ask for, and which of them first.

Every page remembers where it led. A run begins with all addresses that can be
reached from the start addresses in this way, so that a big site is worked through
over several runs, and a page that has not changed need not be taken apart to know
where it leads. Who takes the next address is left to ``runs``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.models.crawl import Fetch, PageRecord, Run
from monitor.sources import KINDS
from monitor.sources.urls import allowed, origin, own_origins
from monitor.types import Request, Role, Source
from watchlist.base import insert_into

# Ranks, lowest first. A page that has been read lies between its worth and 0.
_START = -1000.0
_NEW = -100.0
_UNREAD = 0.5
# A page nobody came round to in so many slots comes before everything but new ones.
_PATIENCE = 20
# So many times a run's budget may wait; the rest is met again in a later run.
_WAITING = 4
_GONE = ("http_gone", "http_not_found")
_COLUMNS = (
    PageRecord.url,
    PageRecord.follow,
    PageRecord.seen_at,
    PageRecord.asked_at,
    PageRecord.parsed_at,
    PageRecord.changed_at,
    PageRecord.reason_code,
    PageRecord.signature,
    PageRecord.canonical,
)
Known = Mapping[str, Any]  # the rows of pages by their address


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that can be reached, and since when that is known."""

    request: Request
    found_at: datetime


def begin(session: Session, run: Run, source: Source, *, now: datetime) -> None:
    """Give a new run its budget and every address it knows, the best in order."""
    starts = KINDS[source.kind].start(source)
    wanted = select(*_COLUMNS).where(PageRecord.source_id == source.id)
    known: Known = {row.url: row for row in session.execute(wanted)}
    reached = _reached(source, starts, known, now=now)
    further = [
        (_rank(known.get(url), c.found_at, every=source.every, now=now), c.request)
        for url, c in reached.items()
    ]
    further.sort(key=lambda pair: pair[0])
    ranked = [*((_START, request) for request in starts), *further]
    run.budget, run.unread = source.page_limit, len(ranked)
    _insert(session, run, ranked[: _WAITING * source.page_limit])


def go_on(
    session: Session, run: Run, page: PageRecord, *, requests: Sequence[Request]
) -> None:
    """Let a run go on to the addresses a page leads to now and did not before.

    What is new on a page that was read before has been written since: it comes first.
    """
    was_read = page.parsed_at is not None
    before = {url for url, *_ in page.follow} if was_read else set()
    fresh = [request for request in requests if request.url not in before]
    if not fresh or run.unread > _WAITING * (run.budget or len(fresh)):
        return
    rank = _NEW if was_read else -_UNREAD
    run.unread += _insert(session, run, [(rank, request) for request in fresh])


def _insert(session: Session, run: Run, ranked: Iterable[tuple[float, Request]]) -> int:
    """Add addresses that the run does not have yet; how many those were."""
    rows = [
        {
            "run_id": run.id,
            "url": request.url,
            "role": request.role,
            "depth": request.depth,
            "rank": rank,
        }
        for rank, request in ranked
    ]
    if not rows:
        return 0
    insert = insert_into(session, Fetch).on_conflict_do_nothing()
    return len(session.execute(insert.returning(Fetch.id), rows).all())


def _reached(
    source: Source, starts: Sequence[Request], known: Known, *, now: datetime
) -> dict[str, Candidate]:
    """Every remembered address the start addresses lead to, near ones first."""
    first = {request.url for request in starts}
    found: dict[str, Candidate] = {}
    waiting = deque(starts)
    while waiting:
        page = known.get(waiting.popleft().url)
        if page is None:
            continue
        for url, role, depth in page.follow:
            if url in first or url in found:
                continue
            request = Request(url, Role(role), depth)
            if _may_follow(source, request):
                found[url] = Candidate(request, page.parsed_at or now)
                waiting.append(request)
    there = first | found.keys()
    return {u: c for u, c in found.items() if not _is_double(u, known, there)}


def _may_follow(source: Source, request: Request) -> bool:
    """Whether the source's rules, as they are now, still lead to an address."""
    if request.role is Role.SITEMAP:
        return origin(request.url) in own_origins(source)
    return request.depth <= source.depth and allowed(source, request.url)


def _is_double(url: str, known: Known, there: Container[str]) -> bool:
    """Whether the page said that it stands elsewhere, and truly the same is there.

    What a page calls its canonical address alone proves nothing: many forums name
    the first page of a thread on all of its pages.
    """
    page = known.get(url)
    if page is None or page.canonical in (None, url):
        return False
    other = known.get(page.canonical)
    if other is None or other.url not in there:
        return False
    same = page.signature is not None and page.signature == other.signature
    return same and other.canonical in (None, other.url)


def _rank(page: Any, found_at: datetime, *, every: timedelta, now: datetime) -> float:
    """How soon to ask: the share of a page's quiet time in which nobody looked.

    A page that had something new at the last look is worth 1, one that has said
    nothing for a hundred days and was seen yesterday 0.01. Time adds to it, so that
    every page has its turn.
    """
    patience = _PATIENCE * every
    if page is None:
        return -(_UNREAD + max(now - found_at, timedelta()) / patience)
    waited = max(now - (page.asked_at or page.seen_at), timedelta(seconds=1))
    if page.parsed_at is not None:
        quiet = max(now - (page.changed_at or page.parsed_at), waited)
        worth: float = waited / quiet
    else:
        worth = 0.0 if page.reason_code in _GONE else _UNREAD
    return -(worth + float(waited / patience))
