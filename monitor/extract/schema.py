"""Posts and page facts written as schema.org JSON-LD, as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from monitor.extract import jsontext
from monitor.extract.tree import Tree, attribute

MAX_ITEMS = 2000
_ARTICLES = frozenset(
    [
        "Article",
        "NewsArticle",
        "BlogPosting",
        "Report",
        "OpinionNewsArticle",
        "AnalysisNewsArticle",
        "ReportageNewsArticle",
        "LiveBlogPosting",
        "WebPage",
        "VideoObject",
        "AudioObject",
    ]
)
_POSTINGS = frozenset(("DiscussionForumPosting", "SocialMediaPosting", "Question"))
_COMMENTS = frozenset(("Comment", "Answer", "UserComments"))


@dataclass(frozen=True, slots=True)
class Item:
    """One thing told in JSON-LD; times and text are as the page wrote them."""

    kind: str
    text: str = ""
    title: str | None = None
    author: str | None = None
    published: str = ""
    edited: str = ""
    url: str | None = None
    native_id: str | None = None


def items(tree: Tree) -> tuple[Item, ...]:
    """What the page tells about itself and its posts, in document order."""
    found: list[Item] = []
    for script in tree.named("script"):
        if "ld+json" not in attribute(script, "type").lower():
            continue
        for thing in _things(jsontext.in_script(script.own_text())):
            item = _item(thing)
            if item is not None:
                found.append(item)
            if len(found) >= MAX_ITEMS:
                return tuple(found)
    return tuple(found)


def _things(value: object) -> Iterator[dict[str, Any]]:
    """Every object in the value, outer before inner, without recursion."""
    stack = [value]
    while stack:
        current = stack.pop()
        if isinstance(current, list):
            stack.extend(reversed(current))
        elif isinstance(current, dict):
            if "@type" in current:
                yield current
            stack.extend(reversed(list(current.values())))


def _item(thing: dict[str, Any]) -> Item | None:
    types = set(_words(thing.get("@type")))
    if types & _COMMENTS:
        kind = "comment"
    elif types & _POSTINGS:
        kind = "post"
    elif types & _ARTICLES:
        kind = "article"
    else:
        return None
    return Item(
        kind=kind,
        text=_first(thing, "text", "articleBody", "transcript", "description"),
        title=_first(thing, "headline", "name") or None,
        author=_name(thing.get("author") or thing.get("creator")),
        published=_first(thing, "datePublished", "dateCreated", "uploadDate"),
        edited=_first(thing, "dateModified"),
        url=_first(thing, "url", "@id", "mainEntityOfPage") or None,
        native_id=_first(thing, "identifier") or None,
    )


def _words(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [part.rpartition("/")[2] for part in values if isinstance(part, str)]


def _first(thing: dict[str, Any], *keys: str) -> str:
    for key in keys:
        value = thing.get(key)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = value.get("@id") or value.get("@value")
        if isinstance(value, str | int) and str(value).strip():
            return str(value).strip()
    return ""


def _name(value: object) -> str | None:
    values = value if isinstance(value, list) else [value]
    names = []
    for part in values[:10]:
        name = part.get("name") if isinstance(part, dict) else part
        if isinstance(name, str) and name.strip():
            names.append(name.strip())
    return ", ".join(names) or None
