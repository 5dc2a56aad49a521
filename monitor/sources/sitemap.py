"""Sitemaps: lists of a site's pages become requests, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from monitor.sources import web
from monitor.sources.urls import allowed, canonical, origin, own_origins
from monitor.sources.xml import MAX_BYTES, first_text, local_name, parse, unpacked
from monitor.types import Page, ReadState, Reason, Request, Role, Source

MAX_LEVELS = 3
MAX_ENTRIES = 5000
Entry = tuple[str, str, Role]


def start(source: Source) -> tuple[Request, ...]:
    """The requests a run begins with: the sitemaps themselves."""
    urls = dict.fromkeys(canonical(url) or url for url in source.urls)
    return tuple(Request(url, Role.SITEMAP) for url in urls)


def read_answer(
    source: Source,
    request: Request,
    *,
    final_url: str,
    content_type: str | None,
    body: bytes,
    now: datetime,
) -> Page:
    """The pages a sitemap names, as far as the source may follow them."""
    if request.role is not Role.SITEMAP:
        return web.read_answer(
            source,
            request,
            final_url=final_url,
            content_type=content_type,
            body=body,
            now=now,
        )
    place = canonical(final_url) or final_url
    plain = unpacked(body)
    if plain is None:
        reason = Reason("sitemap_too_large", {"limit": MAX_BYTES})
        return Page(url=place, state=ReadState.BLOCKED, reason=reason)
    entries, problem = _entries(plain, content_type)
    if not entries and problem is not None:
        return Page(url=place, state=ReadState.BLOCKED, reason=problem)
    follow = _follow(source, request, entries)
    if problem is None and len(follow) > MAX_ENTRIES:
        problem = Reason("sitemap_too_long", {"limit": MAX_ENTRIES})
    if problem is None and not follow:
        problem = Reason("sitemap_empty", {"entries": len(entries)})
    return Page(
        url=place,
        follow=follow[:MAX_ENTRIES],
        state=ReadState.READ if problem is None else ReadState.PARTLY_READ,
        reason=problem,
    )


def _entries(
    body: bytes, content_type: str | None
) -> tuple[list[Entry], Reason | None]:
    """Address, last change and role of each entry; newest first."""
    if body.lstrip()[:4].lower() == b"http":
        lines = body.decode("utf-8", "replace").split()
        return [(line, "", Role.PAGE) for line in lines], None
    parsed = parse(body, content_type)
    if parsed.refused is not None:
        return [], parsed.refused
    roles = {"url": Role.PAGE, "sitemap": Role.SITEMAP}
    root = parsed.root
    if root is None or local_name(root) not in ("urlset", "sitemapindex"):
        problem = parsed.problem or "no urlset"
        return [], Reason("sitemap_unreadable", {"problem": problem})
    entries = [
        (first_text(e, "loc"), first_text(e, "lastmod"), roles[local_name(e)])
        for e in root
        if local_name(e) in roles
    ]
    entries.sort(key=lambda entry: entry[1], reverse=True)
    if not parsed.problem:
        return entries, None
    return entries, Reason("sitemap_unreadable", {"problem": parsed.problem})


def _follow(
    source: Source, request: Request, entries: Iterable[Entry]
) -> tuple[Request, ...]:
    own = own_origins(source)
    deeper = request.depth < MAX_LEVELS
    found: dict[str, Request] = {}
    for address, _, role in entries:
        url = canonical(address)
        if url is None or url in found:
            continue
        if role is Role.PAGE and allowed(source, url):
            found[url] = Request(url, Role.PAGE)
        elif role is Role.SITEMAP and origin(url) in own and deeper:
            found[url] = Request(url, role, request.depth + 1)
    return tuple(found.values())
