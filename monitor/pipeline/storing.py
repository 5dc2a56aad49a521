"""Stores what one fetch brought: page, posts, hits and evidence, in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
from monitor.types import Answer, Match, ReadState, Role, Source
from watchlist.base import insert_into

log = logging.getLogger(__name__)
OK = 200


READABLE = (ReadState.READ, ReadState.NOT_MODIFIED, ReadState.PARTLY_READ)


@dataclass(slots=True)
class _Batch:
    """One transaction: the pages it is about, and which of them ever had a hit."""

    session: Session
    job: Job
    pages: dict[str, PageRecord]
    with_hits: set[str]
    now: datetime
    locked: Run | None = None

    def run(self) -> Run:
        """The run, locked until the end."""
        if self.locked is None:
            self.locked = self.session.get_one(
                Run, self.job.run_id, with_for_update=True
            )
        return self.locked

    def page(self, url: str) -> PageRecord:
        """What is remembered of a page, from now on if nothing was."""
        if url not in self.pages:
            source_id = self.job.source.id
            page = PageRecord(source_id=source_id, url=url, seen_at=self.now)
            self.session.add(page)
            self.pages[url] = page
        return self.pages[url]


def store(job: Job, done: Sequence[tuple[Claim, Read]]) -> None:
    """Store everything some fetches found, and that they are done; or nothing of it.

    What another worker took over, because the lease ran out, is left to it.
    """
    met = {claim.fetch_id: looks.canary(job.source, read) for claim, read in done}
    still = [(claim, read) for claim, read in done if read.page is None]
    with job.crawl.database.begin() as session:
        batch = _batch(session, job, done, still=still)
        with session.no_autoflush:  # or each page would be written by itself
            for claim, read in still:
                _store(batch, claim, read, met=None)
        for claim, read in done:
            if read.page is not None:
                _store(batch, claim, read, met=met[claim.fetch_id])


def _batch(
    session: Session,
    job: Job,
    done: Sequence[tuple[Claim, Read]],
    *,
    still: Sequence[tuple[Claim, Read]],
) -> _Batch:
    known = select(PageRecord).where(
        PageRecord.source_id == job.source.id,
        PageRecord.url.in_([claim.request.url for claim, _ in done]),
    )
    pages = {page.url: page for page in session.scalars(known)}
    urls = [claim.request.url for claim, _ in still]
    with_hits = hits.pages_with_hits(session, job.source.id, urls) if urls else set()
    return _Batch(session, job, pages, with_hits, job.crawl.clock())


def _store(batch: _Batch, claim: Claim, read: Read, *, met: bool | None) -> None:
    session, job, now = batch.session, batch.job, batch.now
    url = claim.request.url
    state, reason = looks.verdict(read, batch.pages.get(url))
    mine = runs.finish(
        session,
        claim,
        runs.state_of(state),
        now=now,
        reason=reason,
        answer=read.fetched.answer,
    )
    if not mine:
        log.warning("fetch %s was taken over by another worker", claim.fetch_id)
        return
    page = batch.page(url)
    looks.note(page, state, reason, now=now)
    if state in READABLE:
        _keep(batch, page, read, role=claim.request.role)
        looks.note_canary(job.source, batch.run(), page, met=met)
    elif read.fetched.retry_at is not None:
        _put_off(session, job.source, read.fetched.retry_at)


def _keep(batch: _Batch, page: PageRecord, read: Read, *, role: Role) -> None:
    """Store what a page that could be read held, and where it leads."""
    session, run, crawl = batch.session, batch.run(), batch.job.crawl
    seen = hits.Seen(
        source_id=page.source_id,
        page_url=page.url,
        now=batch.now,
        matching_version=watch.matching_version(crawl.settings.matching),
        rules=crawl.rules,
    )
    if read.page is None:
        run.posts += page.posts or 0
        if page.parsed_at is not None and page.url in batch.with_hits:
            run.hits += hits.unchanged(session, seen, since=page.parsed_at)
    else:
        _count(session, run, page, read=read, seen=seen)
        read = replace(read, follow=looks.further(session, page, read, role=role))
        frontier.go_on(session, run, page, requests=read.follow)
    _remember(page, read, batch.now)
    _record_all(session, crawl, run, read=read, seen=seen)


def _put_off(session: Session, source: Source, until: datetime) -> None:
    """The server asked for patience: the source is not due before."""
    state = session.get_one(SourceState, source.id, with_for_update=True)
    if state.next_due_at is not None:
        state.next_due_at = max(state.next_due_at, until)


def _count(
    session: Session, run: Run, page: PageRecord, *, read: Read, seen: hits.Seen
) -> None:
    """Add to the run's numbers, and note which known hits still stand there."""
    assert read.page is not None
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
