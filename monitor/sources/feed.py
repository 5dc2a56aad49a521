"""Feeds: RSS, Atom and JSON Feed become posts."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sized
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lxml import etree

from monitor.extract import View, html_post, html_to_text, jsontext, read_page
from monitor.extract.charset import decode
from monitor.extract.posts import later_edit_only
from monitor.extract.text import words_of
from monitor.sources import web
from monitor.sources.urls import absolute, allowed, canonical
from monitor.sources.xml import children, first_text, local_name, parse
from monitor.types import Media, Page, Post, ReadState, Reason, Request, Role, Source

MAX_ITEMS = 5000


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed as written there; ``content`` is HTML."""

    content: str = ""
    title: str = ""
    author: str = ""
    link: str = ""
    guid: str = ""
    published: str = ""
    edited: str = ""
    enclosures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's title and items, or why there are none."""

    title: str | None = None
    items: tuple[Item, ...] = ()
    reason: Reason | None = None


def start(source: Source) -> tuple[Request, ...]:
    """The requests a run begins with: the feeds themselves."""
    urls = dict.fromkeys(canonical(url) or url for url in source.urls)
    return tuple(Request(url, Role.FEED) for url in urls)


def read_answer(
    source: Source,
    request: Request,
    *,
    final_url: str,
    content_type: str | None,
    body: bytes,
    now: datetime,
) -> Page:
    """The posts of a feed; with a depth, its items' pages are followed too."""
    if request.role is not Role.FEED:
        return web.read_answer(
            source,
            request,
            final_url=final_url,
            content_type=content_type,
            body=body,
            now=now,
        )
    place = canonical(final_url) or final_url
    feed = _read(body, content_type)
    if not feed.items and feed.reason is not None:
        wall = _wall(body, content_type, place, now=now)
        return Page(url=place, state=ReadState.BLOCKED, reason=wall or feed.reason)
    view = View(place, place, now, source.timezone)
    posts = tuple(_post(item, view) for item in feed.items)
    reason = feed.reason
    return Page(
        url=place,
        title=feed.title,
        posts=posts,
        follow=_follow(source, request, posts),
        state=ReadState.READ if reason is None else ReadState.PARTLY_READ,
        reason=reason,
    )


def _wall(
    body: bytes, content_type: str | None, place: str, *, now: datetime
) -> Reason | None:
    """Whether a page stands where the feed should be."""
    if b"<html" not in body[:2000].lower():
        return None
    return read_page(body, content_type=content_type, url=place, now=now).wall


def _follow(
    source: Source, request: Request, posts: Iterable[Post]
) -> tuple[Request, ...]:
    if request.depth >= source.depth:
        return ()
    links = (canonical(post.permalink) for post in posts if post.permalink)
    urls = dict.fromkeys(url for url in links if url and allowed(source, url))
    found = [Request(url, Role.PAGE, request.depth + 1) for url in urls]
    return tuple(found)


def _post(item: Item, view: View) -> Post:
    post = Post(
        place=view.place,
        text="",
        kind="article",
        title=words_of(html_to_text(item.title)) or None,
        author=words_of(html_to_text(item.author)) or None,
        published=view.moment(item.published),
        edited=view.moment(item.edited),
        permalink=absolute(view.base, item.link, keep_fragment=True)
        if item.link
        else None,
        native_id=item.guid[:500] or None,
    )
    base = post.permalink or view.base
    post = later_edit_only(html_post(item.content, post, replace(view, base=base)))
    media = tuple(filter(None, (_media(e, view) for e in item.enclosures)))
    return replace(post, media=(*post.media, *media)) if media else post


def _media(enclosure: tuple[str, str], view: View) -> Media | None:
    url = absolute(view.base, enclosure[0])
    kind = enclosure[1].partition("/")[0]
    return Media(url, kind) if url and kind in ("audio", "video") else None


def _read(body: bytes, content_type: str | None) -> Feed:
    if body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json(decode(body, content_type)[0])
    parsed = parse(body, content_type)
    if parsed.refused is not None:
        return Feed(reason=parsed.refused)
    problem = Reason("feed_unreadable", {"problem": parsed.problem})
    if parsed.root is None:
        return Feed(reason=problem)
    name = local_name(parsed.root)
    if name not in ("rss", "rdf", "feed", "channel"):
        return Feed(reason=Reason("feed_unknown"))
    entries = [e for e in parsed.root.iter() if local_name(e) in ("item", "entry")]
    reason = problem if parsed.problem else _too_long(entries)
    title = next((first_text(e, "title") for e in parsed.root.iter("{*}channel")), "")
    return Feed(
        title=title or first_text(parsed.root, "title") or None,
        items=tuple(map(_entry, entries[:MAX_ITEMS])),
        reason=reason,
    )


def _too_long(entries: Sized) -> Reason | None:
    if len(entries) <= MAX_ITEMS:
        return None
    return Reason("feed_too_long", {"limit": MAX_ITEMS})


def _entry(entry: etree._Element) -> Item:
    guid = first_text(entry, "guid", "id")
    link = _link(entry)
    if not link and guid.startswith("http"):
        link = guid
    enclosures = tuple(
        (str(e.get("url") or e.get("href") or ""), str(e.get("type") or ""))
        for e in children(entry, "enclosure", "link")
        if local_name(e) == "enclosure" or e.get("rel") == "enclosure"
    )
    return Item(
        content=_content(entry),
        title=_html(entry, "title"),
        author=_authors(entry),
        link=link,
        guid=guid,
        published=first_text(entry, "published", "pubdate", "date", "issued"),
        edited=first_text(entry, "updated", "modified"),
        enclosures=enclosures,
    )


def _link(entry: etree._Element) -> str:
    for link in children(entry, "link"):
        href = link.get("href")
        if href and link.get("rel", "alternate") == "alternate":
            return str(href)
        if not href and link.text and link.text.strip():
            return link.text.strip()
    return ""


def _content(entry: etree._Element) -> str:
    """The fullest text an item has: its content, else its summary."""
    written = (_html(entry, name) for name in ("encoded", "content", "description"))
    return next(filter(None, written), "") or _html(entry, "summary")


def _html(entry: etree._Element, name: str) -> str:
    for child in children(entry, name):
        if len(child):
            inner = (etree.tostring(c, encoding="unicode") for c in child)
            return (child.text or "") + "".join(inner)
        text = (child.text or "").strip()
        if text:
            return html.escape(text) if child.get("type") == "text" else text
    return ""


def _authors(entry: etree._Element) -> str:
    names = [first_text(a, "name") for a in children(entry, "author")]
    named = ", ".join(filter(None, names))
    return named or first_text(entry, "creator", "author")


def _json(text: str) -> Feed:
    try:
        data = jsontext.parse(text)
    except (ValueError, RecursionError) as error:
        return Feed(reason=Reason("feed_unreadable", {"problem": str(error)[:200]}))
    if not isinstance(data, dict) or "jsonfeed" not in str(data.get("version")):
        return Feed(reason=Reason("feed_unknown"))
    if not isinstance(data.get("items"), list):
        return Feed(reason=Reason("feed_unknown"))
    entries = _objects(data["items"])
    items = tuple(map(_json_item, entries[:MAX_ITEMS]))
    return Feed(_word(data, "title") or None, items, _too_long(entries))


def _json_item(item: dict[str, Any]) -> Item:
    authors = _objects(item.get("authors") or [item.get("author")])
    names = [_word(author, "name") for author in authors]
    plain = _word(item, "content_text", "summary")
    return Item(
        content=_word(item, "content_html") or html.escape(plain),
        title=html.escape(_word(item, "title")),
        author=html.escape(", ".join(filter(None, names))),
        link=_word(item, "url", "external_url"),
        guid=_word(item, "id"),
        published=_word(item, "date_published"),
        edited=_word(item, "date_modified"),
        enclosures=tuple(
            (_word(f, "url"), _word(f, "mime_type"))
            for f in _objects(item.get("attachments"))
        ),
    )


def _objects(value: object) -> list[dict[str, Any]]:
    """The objects of a list; nothing if it is no list."""
    told = value if isinstance(value, list) else []
    return [one for one in told if isinstance(one, dict)]


def _word(values: dict[str, Any], *keys: str) -> str:
    for key in keys:
        value = values.get(key)
        if isinstance(value, str | int) and str(value).strip():
            return str(value).strip()
    return ""
