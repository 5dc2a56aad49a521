"""One fetch, start to end: ask, read, look for names, store; in short transactions.

Nothing is asked of the network inside a transaction. What a fetch found and the
fact that it is done are stored together, so that a crash loses and doubles nothing.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ParamSpec, TypeVar

from sqlalchemy import select

from monitor import hits
from monitor.errors import Problem
from monitor.models.crawl import FetchState, PageRecord, SeenPost
from monitor.pipeline import quarantine, runs, watch
from monitor.pipeline.runs import Claim, Report
from monitor.pipeline.storing import store
from monitor.pipeline.values import Fresh, Job, Known, NotOurs, Read
from monitor.read import Found, parse
from monitor.read.pool import ReaderLost
from monitor.types import (
    Fetched,
    Post,
    ReadState,
    Reason,
    Request,
    Role,
    Validators,
)

P = ParamSpec("P")
T = TypeVar("T")
log = logging.getLogger(__name__)


async def work_through(
    job: Job, *, stopping: Callable[[], bool] = lambda: False
) -> Report | None:
    """Do all fetches of a run, then close it.

    None when a fetch is left: another worker is at it, or ``stopping`` said to end
    after the page in hand. The run is then taken up again later.
    """
    while True:
        async with job.crawl.places:
            if stopping():
                return None
            claimed = await _call(_claim, job)
            if claimed is None:
                return await _call(_close, job)
            await one_fetch(job, claimed)


def _claim(job: Job) -> Claim | None:
    crawl, rules = job.crawl, job.crawl.settings.monitor.schedule
    with crawl.database.begin() as session:
        return runs.claim(
            session,
            job.run_id,
            crawl.clock(),
            lease=rules.lease,
            attempts=rules.attempts,
        )


def _close(job: Job) -> Report | None:
    with job.crawl.database.begin() as session:
        return runs.close_run(session, job.run_id, job.source, now=job.crawl.clock())


async def one_fetch(job: Job, claimed: Claim) -> None:
    """Ask for one page and do with it what is to be done."""
    try:
        known = await _call(_known, job, claimed.request)
        fetched = await job.crawl.web.fetch(claimed.request, known.validators)
        if fetched.state is ReadState.READ and fetched.answer is not None:
            read = await _read_or_lose(job, claimed.request, fetched, known=known)
        else:
            read = Read(known, fetched, follow=known.follow)
        await _call(store, job, claimed, read)
    except NotOurs:
        log.warning("fetch %s was taken over by another worker", claimed.fetch_id)
    except Problem as problem:
        log.warning("fetch %s: %s", claimed.fetch_id, problem.reason.code)
        await _call(_give_up, job, claimed, problem.reason)
    except Exception:
        log.exception("fetch %s failed", claimed.fetch_id)
        fault = Reason("page_fault", {"fetch": claimed.fetch_id})
        await _call(_give_up, job, claimed, fault)


async def _call(work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """Run blocking work off the event loop."""
    return await asyncio.to_thread(work, *given, **named)


def _known(job: Job, request: Request) -> Known:
    """Validators only if the page is known to hold nobody new to the watchlist."""
    with job.crawl.database.read() as session:
        names = watch.watching(session, job.crawl.watch)
        job.crawl.watch = names
        page = session.scalar(
            select(PageRecord).filter_by(source_id=job.source.id, url=request.url)
        )
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


async def _read_or_lose(
    job: Job, request: Request, fetched: Fetched, *, known: Known
) -> Read:
    """What was read, or that the process at it was lost.

    One that died is given a second try at once: it may not have been the page.
    """
    assert fetched.answer is not None
    body_hash = hashlib.sha256(fetched.answer.body).digest()
    if body_hash == known.body_hash:
        if known.current:
            unchanged = replace(fetched, state=ReadState.NOT_MODIFIED)
            return Read(known, unchanged, body_hash=body_hash, follow=known.follow)
        if known.quarantined:
            return _lost(known, fetched, Reason("page_kills_reader"))
    while True:
        try:
            return await _read(job, request, fetched, known=known, body_hash=body_hash)
        except ReaderLost as lost:
            reason = await _call(
                quarantine.count, job, request, body_hash, slow=lost.slow
            )
            log.warning("a process was lost over a page: %s", reason.code)
            if lost.slow or reason.code == "page_kills_reader":
                return _lost(known, fetched, reason)


def _lost(known: Known, fetched: Fetched, reason: Reason) -> Read:
    return Read(known, replace(fetched, state=ReadState.FAILED, reason=reason))


async def _read(
    job: Job, request: Request, fetched: Fetched, *, known: Known, body_hash: bytes
) -> Read:
    """Parse a page, and search what was not searched yet."""
    assert fetched.answer is not None
    needed = replace(fetched.answer, raw=b"", request_headers=())
    page = await job.crawl.readers.call(parse, job.source, request, needed)
    mine = watch.own(job.crawl.settings.centers)
    others = tuple(post for post in page.posts if not mine.post(post))
    fresh, todo = await _call(_sort, job, others, known.watch)
    return Read(
        known,
        fetched,
        page,
        body_hash,
        fresh,
        await _search(job, known.watch, todo),
        tuple(further for further in page.follow if not mine.site(further.url)),
    )


def _sort(
    job: Job, posts: Sequence[Post], names: watch.Watch
) -> tuple[tuple[Fresh, ...], tuple[tuple[int, list[Post]], ...]]:
    """Each post's fingerprints; and what to search, by the generation known to it."""
    fresh: list[Fresh] = []
    todo: dict[int, list[Post]] = {}
    with job.crawl.database.read() as session:
        keyed = [
            (
                hits.post_key(session, post),
                hits.content_hash(session, post),
                hits.searched_hash(session, post),
            )
            for post in posts
        ]
        wanted = select(SeenPost).where(
            SeenPost.source_id == job.source.id,
            SeenPost.post_key.in_([key for key, *_hashes in keyed]),
        )
        seen = {row.post_key: row for row in session.scalars(wanted)}
        for (key, content, whole), post in zip(keyed, posts, strict=True):
            row = seen.get(key)
            searched = row is not None and row.searched_hash == whole
            fresh.append(Fresh(key, content, whole, new=not searched))
            since = row.generation if row is not None and searched else 0
            if not searched or since < names.generation:
                todo.setdefault(since, []).append(post)
    return tuple(fresh), tuple(todo.items())


async def _search(
    job: Job, names: watch.Watch, todo: Sequence[tuple[int, Sequence[Post]]]
) -> tuple[Found, ...]:
    if not todo:
        return ()
    settings = job.crawl.settings
    return await job.crawl.readers.search(
        todo,
        names.index,
        context=watch.context_of(settings, job.source.center),
        thresholds=watch.thresholds(settings.matching),
    )


def _give_up(job: Job, claimed: Claim, reason: Reason) -> None:
    """A fault of ours: the page counts as failed, the other pages go on."""
    with job.crawl.database.begin() as session:
        runs.finish(
            session,
            claimed,
            FetchState.FAILED,
            now=job.crawl.clock(),
            reason=reason,
        )
