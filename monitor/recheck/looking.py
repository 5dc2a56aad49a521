"""Looks at posts again: takes a due look, asks the web outside any transaction, notes.

What an answer means is told by ``judging``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from monitor import cases
from monitor.errors import Refused
from monitor.evidence.capture import capture
from monitor.evidence.store import store
from monitor.extract import Extracted, Rules, read_page
from monitor.extract.urls import canonical
from monitor.hits import Words, words_of
from monitor.models.case import Recheck, RecheckOutcome
from monitor.models.evidence import EvidenceKind
from monitor.pipeline import Crawl
from monitor.read.pool import ReaderLost
from monitor.recheck import judging
from monitor.recheck.concluding import SYSTEM, conclude, earlier_looks
from monitor.recheck.judging import Earlier, Known, Sight, Verdict
from monitor.recheck.planning import due, take
from monitor.sources import is_approved
from monitor.types import Answer, Fetched, ReadState, Reason, Request, Source


@dataclass(frozen=True, slots=True)
class Look:
    """A look that was taken on: of what, by which rules, after which others."""

    recheck_id: int
    attempt: int
    known: Known
    earlier: tuple[Earlier, ...]
    source: Source | None = None
    refused: Reason | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look brought home."""

    verdict: Verdict
    answer: Answer | None = None
    text: str = ""


async def look_at_due(
    crawl: Crawl, sources: Mapping[str, Source]
) -> dict[int, RecheckOutcome]:
    """Take every look that is due, one after the other; gives outcomes by look id."""
    with crawl.database.read() as session:
        waiting = due(session, crawl.clock())
    looked = {}
    for recheck_id in waiting:
        outcome = await look(crawl, sources, recheck_id)
        if outcome is not None:
            looked[recheck_id] = outcome
    return looked


async def look(
    crawl: Crawl, sources: Mapping[str, Source], recheck_id: int
) -> RecheckOutcome | None:
    """Take one look; None when it is not due (any more) or another is at it.

    Intent and attempt are committed first, then the web is asked, then outcome,
    event and evidence are stored together.
    """
    taken = await asyncio.to_thread(_take, crawl, sources, recheck_id)
    if taken is None:
        return None
    seen = await _see(crawl, taken)
    return await asyncio.to_thread(_note, crawl, taken, seen)


def _take(crawl: Crawl, sources: Mapping[str, Source], recheck_id: int) -> Look | None:
    now, rules = crawl.clock(), crawl.settings.monitor.schedule
    with crawl.database.begin() as session:
        row = take(session, recheck_id, now, lease=rules.lease, attempts=rules.attempts)
        if row is None:
            return None
        earlier = tuple(earlier_looks(session, row.hit_id))
        source = sources.get(row.hit.source_id or "")
        try:
            known = known_of(words_of(session, row.hit), source)
        except Refused as erased:
            nothing = Known("", "", ())
            return Look(row.id, row.attempts, nothing, earlier, refused=erased.reason)
        no = _forbidden(row, source, known, now=now)
        return Look(row.id, row.attempts, known, earlier, source, no)


def _forbidden(
    row: Recheck, source: Source | None, known: Known, *, now: datetime
) -> Reason | None:
    """Why the web is not asked; None when it may be."""
    if source is None:
        return Reason("recheck_source_retired", {"source": row.hit.source_id or ""})
    if source.kind == "feed" and not known.own:
        return Reason("recheck_no_address")
    return is_approved(source, now.date())


def known_of(words: Words, source: Source | None) -> Known:
    """What to look for, and where: the post's own address if it lies on the source.

    Elsewhere nobody has approved that we read.
    """
    places = {
        urlsplit(url).netloc for url in (words.url, *(source.urls if source else ()))
    }
    own = words.permalink is not None and urlsplit(words.permalink).netloc in places
    return Known(
        url=words.permalink if own and words.permalink else words.url,
        text=words.text,
        quotes=tuple(match.quote for match in words.found) or (words.text,),
        permalink=words.permalink,
        own=own,
    )


async def _see(crawl: Crawl, taken: Look) -> Seen:
    if taken.refused is not None or taken.source is None:
        return Seen(Verdict(RecheckOutcome.CANNOT_TELL, taken.refused))
    fetched = await crawl.web.fetch(
        Request(taken.known.url), render=taken.source.render_for
    )
    page = await _read(crawl, taken.source, fetched)
    finding = judging.find(taken.known, fetched, page)
    answers = finding.sight is Sight.ABSENT and await _site_answers(crawl, taken)
    verdict = judging.conclude(
        finding,
        taken.earlier,
        site_answers=answers,
        now=crawl.clock(),
        gone_after=crawl.settings.monitor.recheck.gone_after,
    )
    return Seen(verdict, fetched.answer, page.text if page else "")


async def _read(crawl: Crawl, source: Source, fetched: Fetched) -> Extracted | None:
    """The page, read where a hostile one does no harm."""
    try:
        return await crawl.readers.call(read, source, fetched)
    except ReaderLost:
        return None


def read(source: Source, fetched: Fetched) -> Extracted | None:
    """An answer's page by the source's rules; None when none was given."""
    answer = fetched.answer
    if answer is None or fetched.state is not ReadState.READ:
        return None
    return read_page(
        answer.body,
        content_type=answer.header("content-type"),
        url=answer.final_url,
        now=answer.received_at,
        rules=Rules(source.selectors, source.pagination, source.timezone),
    )


async def _site_answers(crawl: Crawl, taken: Look) -> bool:
    """Whether the site itself is there, so that an absence means something."""
    assert taken.source is not None
    start = taken.source.urls[0]
    if canonical(start) == canonical(taken.known.url):
        parts = urlsplit(start)
        start = f"{parts.scheme}://{parts.netloc}/"
    fetched = await crawl.web.fetch(Request(start))
    page = await _read(crawl, taken.source, fetched)
    return page is not None and (taken.source.kind != "web" or page.wall is None)


def _note(crawl: Crawl, taken: Look, seen: Seen) -> RecheckOutcome | None:
    """Store the outcome with its evidence, unless the look was taken over."""
    now = crawl.clock()
    with crawl.database.begin() as session:
        row = session.get(Recheck, taken.recheck_id)
        if row is None:
            return None
        case = row.case
        cases.lock(session, case, SYSTEM)
        session.refresh(row, with_for_update=True)
        if row.done_at is not None or row.attempts != taken.attempt:
            return None
        hit = row.hit
        conclude(session, case, row, verdict=seen.verdict, actor=SYSTEM, now=now)
        if seen.answer is not None:
            outcome = seen.verdict.outcome.value
            facts: dict[str, object] = {"hit": hit.id, "outcome": outcome}
            store(
                session,
                hit,
                capture(seen.answer, text=seen.text, facts=facts),
                folder=crawl.settings.evidence_dir,
                kind=EvidenceKind.RECHECK,
                now=now,
                by=SYSTEM.login,
                case=case,
            )
    return seen.verdict.outcome
