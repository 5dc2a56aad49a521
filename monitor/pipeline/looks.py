"""What one look at a page showed beside its posts: whether it was the page at all.

Pure decisions over a page's record and what was read; stored by ``storing``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.extract.walls import says
from monitor.models.crawl import PageRecord, Run
from monitor.pipeline.values import Read
from monitor.pipeline.verdict import PAGE_DROPPED, dropped, usual_after
from monitor.sources.urls import shape
from monitor.types import Post, ReadState, Reason, Request, Role, Source

# So many pages of one shape with the same words are a trap, such as a calendar.
ALIKE = 3
LITTLE = 3000  # characters
MOST_FOLLOWED = 10_000
_DATES = re.compile(
    r"[\W\d_]+|\b(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|de[cs]"
    r"|man|tir|ons|tor|fre|lør|søn|mon|tue|wed|thu|fri|sat|sun)[a-z]{0,7}\b"
)


def verdict(read: Read, page: PageRecord | None) -> tuple[ReadState, Reason | None]:
    """What became of a page; suddenly fewer posts than usual are not the whole.

    A wall with somebody's name on it may be a page that only looks like one.
    """
    if read.page is None:
        return _unchanged(read, page)
    state, reason = read.page.state, read.page.reason
    known = any(not fresh.new for fresh in read.fresh)
    if state is ReadState.BLOCKED and (read.found or known):
        return ReadState.PARTLY_READ, reason
    usual = page.usual_posts if page is not None else None
    if state is ReadState.READ and dropped(usual, len(read.page.posts)):
        params = {"found": len(read.page.posts), "usual": round(usual or 0)}
        return ReadState.PARTLY_READ, Reason(PAGE_DROPPED, params)
    return state, reason


def _unchanged(read: Read, page: PageRecord | None) -> tuple[ReadState, Reason | None]:
    """A page that was not read whole is not whole because it stays as it is."""
    state, reason = read.fetched.state, read.fetched.reason
    if page is None or state is not ReadState.NOT_MODIFIED:
        return state, reason
    if page.outcome != ReadState.PARTLY_READ.value or page.reason_code is None:
        return state, reason
    if page.reason_code == PAGE_DROPPED and not dropped(page.usual_posts, page.posts):
        return state, reason
    return ReadState.PARTLY_READ, Reason(page.reason_code, page.reason_params)


def note(
    page: PageRecord, state: ReadState, reason: Reason | None, *, now: datetime
) -> None:
    """Remember that a page was asked for, and what became of it."""
    page.asked_at, page.outcome = now, state.value
    page.reason_code = reason.code if reason else None
    page.reason_params = dict(reason.params) if reason else {}


def note_content(page: PageRecord, read: Read, now: datetime) -> None:
    """Remember what a page is like: how many posts, how new, in which words."""
    assert read.page is not None
    posts = read.page.posts
    page.usual_posts = usual_after(page.usual_posts, len(posts))
    page.signature = signature(posts)
    page.canonical = read.page.url
    if any(fresh.new for fresh in read.fresh):
        dated = [p.published.at for p in posts if p.published is not None]
        newest = max((at for at in dated if at <= now), default=now)
        page.changed_at = now if page.parsed_at is not None else newest


def note_unchanged(page: PageRecord) -> None:
    """Believe a number of posts a little more that is the same as at the last look."""
    if page.usual_posts is not None and page.posts is not None:
        page.usual_posts = usual_after(page.usual_posts, page.posts)


def signature(posts: Sequence[Post]) -> bytes | None:
    """A digest of what a page says, by which the same page elsewhere is known.

    Little text may be the same but for a number or the name of a day, as in a
    calendar; much of it is compared as it stands.
    """
    words = "\n".join(
        f"{post.title or ''}\n{post.author or ''}\n{post.text}" for post in posts
    )
    if len(words) <= LITTLE:
        words = _DATES.sub(" ", words.lower())
    if not words.strip():
        return None
    return hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=8).digest()


def further(
    session: Session, page: PageRecord, read: Read, *, role: Role
) -> tuple[Request, ...]:
    """Where to go on from a page; a trap leads no further.

    A feed shows its newest items only: where it led before stays worth a look.
    """
    follow = {request.url: request for request in read.follow}
    if role is Role.FEED:
        for url, kind, depth in page.follow or ():
            again = Request(str(url), Role(str(kind)), int(depth))
            follow.setdefault(again.url, again)
    found = tuple(follow.values())[:MOST_FOLLOWED]
    if not found or not _is_trap(session, page, read):
        return found
    page.reason_code = "page_alike"
    own = shape(page.url)
    return tuple(request for request in found if shape(request.url) != own)


def _is_trap(session: Session, page: PageRecord, read: Read) -> bool:
    """Whether several pages of the same list say the same already."""
    assert read.page is not None
    same = signature(read.page.posts)
    if same is None:
        return False
    wanted = select(PageRecord.url).where(
        PageRecord.source_id == page.source_id,
        PageRecord.signature == same,
        PageRecord.url != page.url,
    )
    own = shape(page.url)
    return sum(shape(url) == own for url in session.scalars(wanted)) >= ALIKE


def canary(source: Source, read: Read) -> bool | None:
    """Whether what must stand on the source stands on this page; None: not looked."""
    answer = read.fetched.answer
    if not source.canary or read.page is None or answer is None:
        return None
    return says(answer.body, answer.header("content-type"), source.canary)


def note_canary(
    source: Source, run: Run, page: PageRecord, *, met: bool | None
) -> None:
    """Tell the run of it; a page that was never looked through is read in full next."""
    if not source.canary:
        return
    if met is not None:
        page.canary = met
    if page.canary is None:
        page.body_hash = page.etag = page.last_modified = None
    else:
        run.canary = bool(run.canary or page.canary)
