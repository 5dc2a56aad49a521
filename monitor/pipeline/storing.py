"""Stores what one fetch brought: page, posts, hits and evidence, in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor import hits
from monitor.evidence.capture import capture
from monitor.evidence.store import store as keep
from monitor.models.crawl import PageRecord, Run, SeenPost, SourceState
from monitor.models.evidence import EvidenceKind
from monitor.models.hit import Hit
from monitor.pipeline import frontier, looks, runs, watch
from monitor.pipeline.runs import Claim
from monitor.pipeline.values import Crawl, Job, Read
from monitor.read import Found
from monitor.types import Answer, Match, ReadState, Request, Role, Source
from watchlist.base import insert_into

log = logging.getLogger(__name__)
OK = 200


READABLE = (ReadState.READ, ReadState.NOT_MODIFIED, ReadState.PARTLY_READ)


def store(job: Job, done: Sequence[tuple[Claim, Read]]) -> None:
    """Store everything some fetches found, and that they are done; or nothing of it.

    What another worker took over, because the lease ran out, is left to it.
    """
    met = [looks.canary(job.source, read) for _, read in done]
    with job.crawl.database.begin() as session:
        for (claimed, read), sung in zip(done, met, strict=True):
            if not _store(session, job, claimed, read=read, sung=sung):
                log.warning("fetch %s was taken over", claimed.fetch_id)


def _store(
    session: Session, job: Job, claimed: Claim, *, read: Read, sung: bool | None
) -> bool:
    now = job.crawl.clock()
    page = _known_page(session, job.source, claimed.request)
    state, reason = looks.verdict(read, page)
    mine = runs.finish(
        session,
        claimed,
        runs.state_of(state),
        now=now,
        reason=reason,
        answer=read.fetched.answer,
    )
    if not mine:
        return False
    page = page or _new_page(session, job.source, claimed.request, now=now)
    looks.note(page, state, reason, now=now)
    if state in READABLE:
        run = session.get_one(Run, job.run_id, with_for_update=True)
        _keep(session, job, run, page=page, read=read, role=claimed.request.role)
        looks.note_canary(job.source, run, page, met=sung)
    elif read.fetched.retry_at is not None:
        _put_off(session, job.source, read.fetched.retry_at)
    return True


def _keep(
    session: Session,
    job: Job,
    run: Run,
    *,
    page: PageRecord,
    read: Read,
    role: Role,
) -> None:
    """Store what a page that could be read held, and where it leads."""
    crawl, now = job.crawl, job.crawl.clock()
    seen = hits.Seen(
        source_id=page.source_id,
        page_url=page.url,
        now=now,
        matching_version=watch.matching_version(crawl.settings.matching),
        rules=crawl.rules,
    )
    _count(session, run, page, read=read, seen=seen)
    if read.page is not None:
        read = replace(read, follow=looks.further(session, page, read, role=role))
        frontier.go_on(session, run, page, requests=read.follow)
    _remember(page, read, now)
    _record_all(session, crawl, run, read=read, seen=seen)


def _put_off(session: Session, source: Source, until: datetime) -> None:
    """The server asked for patience: the source is not due before."""
    state = session.get_one(SourceState, source.id, with_for_update=True)
    if state.next_due_at is not None:
        state.next_due_at = max(state.next_due_at, until)


def _known_page(
    session: Session, source: Source, request: Request
) -> PageRecord | None:
    known = select(PageRecord).filter_by(source_id=source.id, url=request.url)
    return session.scalar(known)


def _new_page(
    session: Session, source: Source, request: Request, *, now: datetime
) -> PageRecord:
    page = PageRecord(source_id=source.id, url=request.url, seen_at=now)
    session.add(page)
    return page


def _count(
    session: Session, run: Run, page: PageRecord, *, read: Read, seen: hits.Seen
) -> None:
    """Add to the run's numbers, and note which known hits still stand there."""
    if read.page is None:
        run.posts += page.posts or 0
        if page.parsed_at is not None:
            run.hits += hits.unchanged(session, seen, since=page.parsed_at)
        return
    run.posts += len(read.page.posts)
    run.new_posts += sum(fresh.new for fresh in read.fresh)
    known = [(f.post_key, f.content_hash) for f in read.fresh if not f.new]
    run.hits += hits.seen_again(session, known, seen)
    _remember_posts(session, page, read, now=seen.now)


def _remember_posts(
    session: Session, page: PageRecord, read: Read, *, now: datetime
) -> None:
    """Note every post as searched, in one statement."""
    last = {fresh.post_key: fresh for fresh in read.fresh}
    rows = [
        {
            "post_key": key,
            "source_id": page.source_id,
            "searched_hash": fresh.searched_hash,
            "generation": read.known.watch.generation,
            "seen_at": now,
        }
        for key, fresh in sorted(last.items())  # in order: two workers cannot deadlock
    ]
    if not rows:
        return
    insert = insert_into(session, SeenPost)
    changed = ("searched_hash", "generation", "seen_at")
    session.execute(
        insert.on_conflict_do_update(
            index_elements=[SeenPost.post_key, SeenPost.source_id],
            set_={name: insert.excluded[name] for name in changed},
        ),
        rows,
    )


def _remember(page: PageRecord, read: Read, now: datetime) -> None:
    """What a later look needs."""
    page.seen_at = now
    answer = read.fetched.answer
    if answer is not None and answer.status == OK:
        page.etag = answer.header("etag")
        page.last_modified = answer.header("last-modified")
    if read.page is not None:
        looks.note_content(page, read, now)
        page.body_hash = read.body_hash
        page.generation = read.known.watch.generation
        page.posts = len(read.page.posts)
        page.follow = [[r.url, r.role.value, r.depth] for r in read.follow]
        page.parsed_at = now
        page.deaths, page.quarantined_at = 0, None
    else:
        looks.note_unchanged(page)


def _record_all(
    session: Session, crawl: Crawl, run: Run, *, read: Read, seen: hits.Seen
) -> None:
    """Store the finds of those who are still watched, each with its evidence."""
    if not read.found:
        return
    centers = hits.still_watched(session, [found.employee_id for found in read.found])
    for found in read.found:
        center = centers.get(found.employee_id)
        if center is None:
            continue
        named = [other for other in read.found if other.post is found.post]
        others = _elsewhere(named, centers, center)
        stored = hits.record(session, found, seen, center=center, others=others)
        if stored is None:
            continue
        run.hits += 1
        if stored.new:
            run.new_hits += 1
            answer = read.fetched.answer
            assert answer is not None
            _capture(session, crawl, stored.hit, answer=answer, found=found)


def _elsewhere(
    named: Sequence[Found], centers: Mapping[int, str], center: str
) -> list[Match]:
    """Where the post names employees of other centres."""
    return [
        match
        for other in named
        if centers.get(other.employee_id, center) != center
        for match in other.matches
    ]


def _capture(
    session: Session, crawl: Crawl, hit: Hit, *, answer: Answer, found: Found
) -> None:
    """Evidence at hit time, on disk before the hit commits."""
    facts: dict[str, object] = {
        "hit": hit.id,
        "source": hit.source_id,
        "permalink": found.post.permalink,
    }
    keep(
        session,
        hit,
        capture(answer, text=found.post.searched_text, facts=facts),
        folder=crawl.settings.evidence_dir,
        kind=EvidenceKind.CAPTURE,
        now=crawl.clock(),
        by="crawler",
    )
