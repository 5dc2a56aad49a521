"""Web pages: one page, or a section of a site with its pages and links."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from monitor.extract import Extracted, Rules, read_page
from monitor.extract.walls import is_paid_for, sent_to_wall
from monitor.sources.urls import allowed, canonical
from monitor.types import Page, ReadState, Reason, Request, Role, Source

_EMPTY = ("page_empty", "empty_shell")
# More links than this on one page are no list that somebody reads.
MAX_LINKS = 5000
_PAGES = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "application/xml",
    "text/xml",
)


def start(source: Source) -> tuple[Request, ...]:
    """The requests a run begins with."""
    urls = dict.fromkeys(canonical(url) or url for url in source.urls)
    return tuple(Request(url) for url in urls)[: source.page_limit]


def read_answer(
    source: Source,
    request: Request,
    *,
    final_url: str,
    content_type: str | None,
    body: bytes,
    now: datetime,
) -> Page:
    """The posts of one page and the links to follow from it."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind and kind not in _PAGES:
        reason = Reason("not_a_page", {"content_type": kind[:80]})
        return Page(url=final_url, state=ReadState.BLOCKED, reason=reason)
    rules = Rules(
        source.selectors,
        source.pagination,
        source.timezone,
        links=request.depth < source.depth,
        text=False,
    )
    read = read_page(
        body, content_type=content_type, url=final_url, now=now, rules=rules
    )
    if read.tdm_reserved:
        reason = Reason("tdm_reserved")
        return Page(url=read.url, state=ReadState.BLOCKED, reason=reason)
    wall = read.wall or sent_to_wall(request.url, final_url)
    read = replace(read, wall=wall)
    outcome, why = _state(source, read)
    if outcome is ReadState.READ and is_paid_for(body):
        outcome, why = ReadState.PARTLY_READ, Reason("behind_payment")
    return Page(
        url=read.url,
        title=read.title,
        posts=read.posts,
        follow=_follow(source, request, read),
        state=outcome,
        reason=why,
    )


def _state(source: Source, read: Extracted) -> tuple[ReadState, Reason | None]:
    """What a page is worth; the few words on a wall are kept to be searched."""
    wall = read.wall
    if wall is None and not read.posts and not read.links:
        wall = Reason("page_empty")
    if wall is not None and wall.code in _EMPTY and read.refresh is not None:
        if allowed(source, read.refresh):  # a page that only sends readers on
            return ReadState.READ, None
        wall = Reason("sent_elsewhere", {"host": urlsplit(read.refresh).netloc})
    if wall is not None:
        return ReadState.BLOCKED, wall
    if read.reason is not None:
        return ReadState.PARTLY_READ, read.reason
    return ReadState.READ, None


def _follow(source: Source, request: Request, read: Extracted) -> tuple[Request, ...]:
    """Further pages: more of the same at the same depth, links one deeper."""
    found: dict[str, Request] = {}
    if read.wall is not None and read.wall.code not in _EMPTY:
        return ()
    if read.refresh is not None:
        found[read.refresh] = Request(read.refresh, Role.PAGE, request.depth)
    if source.pagination or source.depth or source.allow:
        for url in (*read.marked_links, *read.next_links):
            found.setdefault(url, Request(url, Role.PAGE, request.depth))
    if request.depth < source.depth and "nofollow" not in read.robots:
        for link in read.links:
            found.setdefault(link.url, Request(link.url, Role.PAGE, request.depth + 1))
    known = {request.url, read.url}
    kept = [r for url, r in found.items() if url not in known and allowed(source, url)]
    return tuple(kept)[:MAX_LINKS]
