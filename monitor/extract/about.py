"""What a page says of itself and where it leads; its posts are left to ``posts``."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from lxml import etree

from monitor.extract.sheet import Sheet
from monitor.extract.text import words_of
from monitor.extract.urls import absolute
from monitor.types import Link

_FEED_TYPES = ("rss+xml", "atom+xml", "feed+json")
_NEXT = frozenset(
    ("next", "blog-pager-older-link", "arrow-right", "pageNav-jump--next")
)
_NEXT_AROUND = frozenset(
    (
        "next",
        "comment-navigation",
        "comments-pagination",
        "nav-next",
        "wp-block-comments-pagination",
    )
)
# A block of links to further pages has no more tags than this, a page no more blocks.
_NEAR, _AROUND = 300, 20
_MOST_TITLE = 300


def address(sheet: Sheet, url: str) -> tuple[str, str]:
    """The page's own address, as far as it can be believed, and its links' base."""
    base = url
    for tag in sheet.root.iter("base"):
        if tag.get("href"):
            base = absolute(url, tag.get("href", "")) or url
            break
    for tag in sheet.root.iter("link"):
        if "canonical" in (tag.get("rel") or "").split():
            told = absolute(base, tag.get("href") or "")
            if told and told.split("/")[2] == url.split("/")[2]:
                is_root = told.split("/", 3)[3] == ""
                if not is_root or url.split("/", 3)[3:] in ([""], []):
                    return told, base
    return url, base


def metas(sheet: Sheet) -> dict[str, str]:
    """The page's meta tags by name; the first of each counts."""
    found: dict[str, str] = {}
    for tag in sheet.root.iter("meta"):
        name = (tag.get("name") or tag.get("property") or "").strip()
        content = (tag.get("content") or "").strip()
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def title(sheet: Sheet) -> str | None:
    """The words of the first title that has any."""
    titles = (_words(tag) for tag in sheet.root.iter("title"))
    return next(filter(None, titles), None)


def headings(sheet: Sheet) -> list[str]:
    """The main headings, the first five."""
    return [_words(tag) for tag in islice(sheet.root.iter("h1"), 5)]


def language(sheet: Sheet) -> str | None:
    """The language the page says it is in, as two or three letters."""
    for tag in sheet.root.iter("html"):
        code = tag.get("lang") or tag.get("xml:lang") or ""
        return code.strip().partition("-")[0].lower()[:8] or None
    return None


def links(sheet: Sheet, base: str) -> tuple[Link, ...]:
    """Every link, each address once, in document order."""
    seen: set[str] = set()
    found: dict[str, Link] = {}
    for tag in sheet.root.iter("a", "area"):
        href = tag.get("href")
        if not href or href in seen:
            continue
        seen.add(href)
        url = absolute(base, href)
        if url and url not in found:
            found[url] = Link(url, _words(tag))
    return tuple(found.values())


def next_links(sheet: Sheet, base: str) -> tuple[str, ...]:
    """Links to more of the same, by the marks that page software gives them."""
    root = sheet.root
    tags = [t for t in root.iter("link", "a") if "next" in (t.get("rel") or "").split()]
    marked = sheet.marked
    around = [tag for tag, marks in marked if not _NEXT_AROUND.isdisjoint(marks)]
    tags += [t for t, m in marked if t.tag == "a" and not _NEXT.isdisjoint(m)]
    for tag in around[:_AROUND]:
        tags += [t for t in islice(tag.iter(), _NEAR) if t.tag == "a"]
    return addresses((tag.get("href") for tag in tags), base)


def feeds(sheet: Sheet, base: str) -> tuple[str, ...]:
    """The feeds the page names."""
    hrefs = (
        tag.get("href")
        for tag in sheet.root.iter("link")
        if "alternate" in (tag.get("rel") or "").split()
        and any(kind in (tag.get("type") or "").lower() for kind in _FEED_TYPES)
    )
    return addresses(hrefs, base)


def addresses(hrefs: Iterable[str | None], base: str) -> tuple[str, ...]:
    """The addresses that some links lead to, each once."""
    urls = (absolute(base, href) for href in dict.fromkeys(filter(None, hrefs)))
    return tuple(dict.fromkeys(filter(None, urls)))


def _words(tag: etree._Element) -> str:
    """The words in a short tag, the first hundred pieces of them."""
    return words_of("".join(map(str, islice(tag.itertext(), 100))))[:_MOST_TITLE]
