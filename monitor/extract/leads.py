"""Links that lead to more of the same, told by their words and by where they stand.

What page software marks as "next" is known to ``about``; this finds numbered pages,
"show more" that is a plain address, and pages that only send readers on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from monitor.extract.text import words_of
from monitor.extract.urls import absolute

_MORE = re.compile(
    r"\W*(?:(?:g[åa] til )?(?:næste|neste|nästa|next)"
    r"(?: (?:side|sida|page|post|indlæg))?"
    r"|ældre(?: (?:indlæg|kommentarer|opslag|nyheder|svar))?"
    r"|eldre(?: innlegg)?|äldre(?: inlägg)?"
    r"|older(?: (?:posts|entries|comments|articles|topics))?"
    r"|(?:vis|se|hent|indlæs|læs|visa|last inn)(?: \d+)? (?:flere|mere|fler|mer|alle)"
    r"(?: (?:\d+ )?(?:indlæg|kommentarer|svar|opslag|nyheder|debatter|innlegg|inlägg"
    r"|kommentarer|emner|resultater))?"
    r"|(?:flere|fler) (?:indlæg|kommentarer|svar|opslag|innlegg|inlägg|emner)"
    r"|(?:load|show|see|view)(?: \d+)? (?:more|all)"
    r"(?: (?:\d+ )?(?:posts|comments|replies|results|topics|articles))?"
    r"|(?:more|previous) (?:posts|comments|replies|topics|entries)"
    r"|tidligere (?:indlæg|kommentarer|opslag)"
    r")\W*|[›»→>]{1,2}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\[?\d{1,5}\]?")
_PAGES = re.compile(
    r"pag(?:e[-_]?(?:nav|numbers|links)|er|inat)|sider\b|sidetal", re.IGNORECASE
)
_LOADS = re.compile(r"(?:load|show|view|next|more|flere|næste)", re.IGNORECASE)
_ADDRESSES = (
    "data-next-url",
    "data-load-more-url",
    "data-next-page",
    "data-next",
    "data-href",
    "data-url",
    "hx-get",
)
_REFRESH = re.compile(
    r"\s*(\d{1,6})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE
)
_MOST_PATIENT = 10  # seconds; a page that waits longer is there to be read
_LONGEST = 40  # characters
_ABOVE = 5  # tags around a number in which a list of pages is looked for


def more(root: etree._Element, base: str) -> tuple[str, ...]:
    """Addresses of more of the same, each once, in document order."""
    urls = (absolute(base, href) for href in dict.fromkeys(_hrefs(root)))
    return tuple(dict.fromkeys(filter(None, urls)))


def refresh(root: etree._Element, base: str) -> str | None:
    """Where a page sends its readers on to by itself, at once or nearly."""
    for tag in root.iter("meta"):
        if (tag.get("http-equiv") or "").strip().lower() == "refresh":
            told = _REFRESH.match(tag.get("content") or "")
            if told and int(told[1]) <= _MOST_PATIENT:
                return absolute(base, told[2].strip())
    return None


def _hrefs(root: etree._Element) -> Iterator[str]:
    for tag in root.iter("a", "button"):
        href = tag.get("href") if tag.tag == "a" else _loaded(tag)
        if href and href[0] != "#" and (tag.tag != "a" or _is_more(tag)):
            yield href


def _is_more(tag: etree._Element) -> bool:
    text = "".join(map(str, islice(tag.itertext(), 20))) if len(tag) else tag.text
    if text and len(text) > _LONGEST and len(text.strip()) > _LONGEST:
        return False  # most links: this is asked of every one
    words = words_of(text or "")
    words = words or words_of(tag.get("aria-label") or tag.get("title") or "")
    if _NUMBER.fullmatch(words):
        return any(_PAGES.search(_marks(above)) for above in _around(tag))
    return _MORE.fullmatch(words) is not None


def _loaded(tag: etree._Element) -> str | None:
    """The plain address behind a button that shows more."""
    for name in _ADDRESSES:
        address = tag.get(name)
        if address and address.startswith(("/", "?", "http://", "https://")):
            return address if _says_more(tag) else None
    return None


def _says_more(tag: etree._Element) -> bool:
    return _LOADS.search(_marks(tag)) is not None or _is_more(tag)


def _around(tag: etree._Element) -> Iterator[etree._Element]:
    yield tag
    yield from islice(tag.iterancestors(), _ABOVE)


def _marks(tag: etree._Element) -> str:
    names = ("class", "id", "role", "aria-label")
    return " ".join(tag.get(name) or "" for name in names)
