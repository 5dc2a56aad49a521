"""From an answer to what is to be stored of it; asks and writes nothing by itself.

Unchanged pages are not parsed, posts searched before not searched again, and a page
that ends its reader is counted.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor import hits
from monitor.models.crawl import SeenPost
from monitor.pipeline import quarantine, watch
from monitor.pipeline.values import Fresh, Job, Known, Read
from monitor.read import Found, parse
from monitor.read.pool import ReaderLost
from monitor.types import Fetched, Post, ReadState, Reason, Request

log = logging.getLogger(__name__)
_AT_ONCE = 5000  # keys of one query; SQLite takes no more than 32,766


async def read(job: Job, request: Request, fetched: Fetched, *, known: Known) -> Read:
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
            reason = await asyncio.to_thread(
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
    fresh, todo = await asyncio.to_thread(_sort, job, others, known.watch)
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
        seen = _seen(session, job.source.id, [key for key, *_hashes in keyed])
        for (key, content, whole), post in zip(keyed, posts, strict=True):
            before, generation = seen.get(key, (b"", 0))
            searched = before == whole
            fresh.append(Fresh(key, content, whole, new=not searched))
            since = generation if searched else 0
            if not searched or since < names.generation:
                todo.setdefault(since, []).append(post)
    return tuple(fresh), tuple(todo.items())


def _seen(
    session: Session, source_id: str, keys: Sequence[bytes]
) -> dict[bytes, tuple[bytes, int]]:
    """The searched hash and generation of those posts that were seen before."""
    wanted = select(SeenPost.post_key, SeenPost.searched_hash, SeenPost.generation)
    wanted = wanted.where(SeenPost.source_id == source_id)
    return {
        key: (searched, generation)
        for at in range(0, len(keys), _AT_ONCE)
        for key, searched, generation in session.execute(
            wanted.where(SeenPost.post_key.in_(keys[at : at + _AT_ONCE]))
        )
    }


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
