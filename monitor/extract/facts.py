"""Reads from a post's own tags who wrote it, when, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice
from typing import TypeVar

from monitor.extract.text import one_line
from monitor.extract.tree import Tag, attribute, first, near, pattern, walk
from monitor.extract.urls import absolute
from monitor.extract.view import View
from monitor.types import Moment

T = TypeVar("T")
# So many tags of one pattern are tried before the next pattern is.
TRIES = 20
# A title stands so many levels below the link of its card, at most.
LEVELS = 4
_BY = r"(?:skrevet af|indsendt af|udgivet af|tekst|af|posted by|written by|by)\b:?"
_BEFORE = re.compile(rf"^(?:{_BY}|tekst:)\s+", re.IGNORECASE)
_AFTER = re.compile(
    r"\s+(?:siger|skrev|sagde|says|said|wrote)\s*(?:\.\.\.|…|:)*$|[\s:»]+$",
    re.IGNORECASE,
)
_BY_BEFORE = re.compile(rf"\b{_BY}\s*$", re.IGNORECASE)
_NAME_TAGS = frozenset(("a", "b", "bdi", "strong"))
_NAMED = (
    "[itemprop=name]",
    ".fn",
    ".n",
    "a[rel=author]",
    ".username",
    "a[data-username]",
)
_QUOTES = frozenset(("blockquote", "q"))
_QUOTE_CLASSES = frozenset(("quote", "bbcode_quote", "bbCodeBlock--quote", "quotetext"))
# An article shown with comments on later pages is the same article there.
_COMMENT_PAGE = re.compile(r"/comment-page-\d+/?$")


def told(
    tags: list[Tag], patterns: Iterable[str], read: Callable[[Tag], T | None]
) -> tuple[Tag | None, T | None]:
    """The first tag of the first pattern that tells something, and what it tells."""
    for text in patterns:
        for tag in islice(pattern(text).among(tags), TRIES):
            value = read(tag)
            if value is not None:
                return tag, value
    return None, None


def unquoted(tags: list[Tag]) -> list[Tag]:
    """The tags that do not stand in a quote of somebody else's words."""
    quotes = [tag for tag in tags if _is_quote(tag)]
    if not quotes:
        return tags
    inside = {id(tag) for tag in walk(quotes)} | {id(tag) for tag in quotes}
    return [tag for tag in tags if id(tag) not in inside]


def _is_quote(tag: Tag) -> bool:
    if tag.name in _QUOTES:
        # Some boards wrap the whole post in a blockquote.
        return "postcontent" not in tag.classes
    return not _QUOTE_CLASSES.isdisjoint(tag.classes)


def title_of(tag: Tag) -> str | None:
    """What a tag names as title."""
    return attribute(tag, "content") or one_line(tag) or None


def author_of(tag: Tag) -> str | None:
    """The name in a byline: the marked name, or the words without "skrevet af"."""
    inner = first(near(tag), _NAMED) or _only_link(tag)
    chosen = inner or tag
    name = attribute(chosen, "content") or one_line(chosen)
    if not (inner or _is_name(tag)):
        name = _AFTER.sub("", _BEFORE.sub("", name))
    return name.strip()[:200] or None


def _only_link(tag: Tag) -> Tag | None:
    """The one link with words in it, as in "af <a>Tove</a>"."""
    links = [t for t in near(tag) if t.name == "a" and one_line(t, limit=20)]
    return links[0] if len(links) == 1 else None


def _is_name(tag: Tag) -> bool:
    """Whether the tag holds a bare name, the words around it standing outside."""
    if tag.name in _NAME_TAGS or first([tag], _NAMED):
        return True
    if any("name" in mark or "navn" in mark for mark in tag.classes):
        return True
    before = tag.beside(-1)
    return isinstance(before, str) and _BY_BEFORE.search(before) is not None


def time_of(tag: Tag, view: View) -> Moment | None:
    """The time that a tag or the first ``time`` in it tells."""
    inner = first([tag, *near(tag)], ("time[datetime]", "[datetime]", "abbr[title]"))
    chosen = inner or tag
    shown = one_line(chosen)
    for key in ("datetime", "content", "title", "data-timestamp"):
        moment = view.moment(attribute(chosen, key))
        if moment is not None:
            return replace(moment, raw=shown) if shown else moment
    return view.moment(shown[-120:]) or view.moment(shown.rpartition("»")[2])


def link_of(tag: Tag, view: View) -> str | None:
    """The address that a tag, or the first link in it or around it, leads to."""
    if not _address(tag):
        found = first(near(tag), ("a[href]",)) or _link_around(tag)
        if found is None:
            return None
        tag = found
    return absolute(view.base, _address(tag), keep_fragment=True)


def _link_around(tag: Tag) -> Tag | None:
    """The link that a title stands in, as on the cards of a list."""
    around = tag.parent
    for _ in range(LEVELS):
        if around is None or around.name == "a":
            return around
        around = around.parent
    return None


def _address(tag: Tag) -> str:
    return attribute(tag, "href") or attribute(tag, "content")


def anchor_link(anchor: str, tags: Iterable[Tag], view: View) -> str | None:
    """The longest link among the tags that ends in a post's own anchor."""
    hrefs = (attribute(tag, "href") for tag in tags if tag.name == "a")
    ending = [href for href in hrefs if href.endswith(f"#{anchor}")]
    longest = max(ending, key=len, default="")
    return absolute(view.base, longest, keep_fragment=True) if longest else None


def article_place(place: str) -> str:
    """The address of an article that stands on a page of its own."""
    return _COMMENT_PAGE.sub("/", place)
