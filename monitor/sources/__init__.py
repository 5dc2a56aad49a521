"""Kinds of sources: which requests to make, and how to read the answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from monitor.sources import feed, sitemap, web
from monitor.types import Page, Reason, Request, Source


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of source.

    ``start(source)`` gives the first requests of a run. ``read_answer(source,
    request, *, final_url, content_type, body, now)`` reads one answer into a Page.
    """

    start: Callable[[Source], tuple[Request, ...]]
    read_answer: Callable[..., Page]


KINDS: dict[str, Kind] = {
    "web": Kind(web.start, web.read_answer),
    "feed": Kind(feed.start, feed.read_answer),
    "sitemap": Kind(sitemap.start, sitemap.read_answer),
}


def is_approved(source: Source, today: date) -> Reason | None:
    """Why a source may not be read on this day, or None when it may."""
    if source.approved_on is None or source.expires_on is None:
        return Reason("source_unapproved", {"source": source.id})
    if today < source.approved_on:
        params = {"source": source.id, "day": source.approved_on.isoformat()}
        return Reason("source_not_yet_approved", params)
    if today >= source.expires_on:
        params = {"source": source.id, "day": source.expires_on.isoformat()}
        return Reason("source_expired", params)
    return None
