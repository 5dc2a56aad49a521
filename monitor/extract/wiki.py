"""Tells the comments of a MediaWiki talk page apart by their signatures.

A talk page is running text; only the names and times people sign with say where one
comment ends. How far a comment reaches back is decided as the wiki's own discussion
extension does it: to the heading or the signature before.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from monitor.extract.media import with_media
from monitor.extract.text import one_line, visible_text, words_of
from monitor.extract.tree import Either, Tag, Tree, attribute, walk
from monitor.extract.urls import absolute, readable
from monitor.extract.view import Found, View
from monitor.types import Moment, Post

CONTENT = ".mw-parser-output"
_ZONE = r" \((?:UTC|GMT|CES?T)\)"
STAMP = re.compile(
    rf"(?:\d\d:\d\d, \d{{1,2}}\.? \w+ \d{{4}}|\d{{1,2}}\. ?\w+\.? \d{{4}},? "
    rf"(?:kl\. ?)?\d\d[:.]\d\d){_ZONE}"
)
_CLOCK_FIRST = re.compile(r"(\d\d:\d\d), (.*)( \(\w+\))$")
_USER = re.compile(
    r"(?:^|[/=])(User|Bruger)(?:[ _]talk|[ _]?diskussion)?:([^/?&#]+)", re.IGNORECASE
)
_LISTS = frozenset(("dl", "ul", "ol"))
_ITEMS = frozenset(("dd", "dt", "li"))
_WRAPPERS = frozenset(("div", "section"))
_CHROME = frozenset(
    (
        "mw-editsection",
        "ext-discussiontools-init-replylink-buttons",
        "ext-discussiontools-init-section-bar",
        "toc",
    )
)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a piece of text and when; ``words`` is where the text ends."""

    author: str
    stamp: str
    words: str
    anchor: str | None


def find_posts(tree: Tree, view: View) -> Found | None:
    """The signed comments of a talk page, or None when nothing there is signed."""
    contents = tree.all(CONTENT)
    if not contents:
        return None
    chrome = {id(tag) for tag in tree.tags if not _CHROME.isdisjoint(tag.classes)}
    posts: list[Post] = []
    used: set[int] = set(chrome)
    pending: list[Tag] = []
    heading: str | None = None
    for unit in _units(contents[:1]):
        if _is_heading(unit):
            heading, pending = words_of(visible_text([unit], skip=chrome)), []
            used.add(id(unit))
            continue
        pending.append(unit)
        # Lists nested in an item are other people's answers.
        inner = {id(list_) for tag in pending for list_ in _nested(tag)}
        signed = _signature(pending, Either(inner, chrome))
        if signed is None:
            continue
        post = _post(pending, signed, view, skip=Either(inner, chrome))
        posts.append(replace(post, title=heading))
        used |= {id(tag) for tag in pending}
        pending, heading = [], None
    return Found(tuple(posts), frozenset(used)) if posts else None


def _units(roots: list[Tag]) -> Iterator[Tag]:
    """Paragraphs, items, tables and headings in document order.

    An item is followed by the items nested in it, which are comments of their own.
    """
    stack = [iter(root.contents) for root in roots]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
        elif not isinstance(node, Tag):
            continue
        elif node.name in _LISTS:
            stack.append(iter(node.contents))
        elif node.name in _ITEMS:
            yield node
            stack.append(iter(_nested(node)))
        elif node.name in _WRAPPERS and not _is_heading(node):
            stack.append(iter(node.contents))
        else:
            yield node


def _nested(tag: Tag) -> list[Tag]:
    """The lists right inside an item."""
    if tag.name not in _ITEMS:
        return []
    return [t for t in tag.contents if isinstance(t, Tag) and t.name in _LISTS]


def _is_heading(tag: Tag) -> bool:
    return tag.name in ("h2", "h3", "h4") or "mw-heading" in tag.classes


def _signature(units: list[Tag], skip: Container[int]) -> Signature | None:
    """The signature that the last of some units ends with."""
    text = words_of(visible_text(units[-1:], skip=skip))
    stamps = list(STAMP.finditer(text))
    if not stamps:
        return None
    links = [tag for tag in walk(units[-1:], skip) if tag.name == "a"]
    users = [(tag, name) for tag in links if (name := _user(tag))]
    if not users:
        return None
    name = users[-1][1]
    shown = [one_line(tag, limit=20) for tag, known in users if known == name]
    marked = (t for t in walk(units, skip) if "data-mw-comment-start" in t.attrs)
    stamp = stamps[-1]
    begin = _begin(text[: stamp.start()], shown)
    anchor = next((attribute(tag, "id") for tag in marked), None)
    return Signature(name, stamp[0], text[begin : stamp.end()], anchor)


def _begin(text: str, links: list[str]) -> int:
    """Where the signature begins: at the last place of the first of its links."""
    places = [text.rfind(words) for words in links[-2:] if words]
    known = [place for place in places if place >= 0 and len(text) - place < 250]
    return min(known, default=len(text))


def _user(tag: Tag) -> str | None:
    """The user whose page a link leads to."""
    found = _USER.search(attribute(tag, "href"))
    return readable(found[2]).replace("_", " ").strip() if found else None


def _post(
    roots: list[Tag], signed: Signature, view: View, *, skip: Container[int]
) -> Post:
    text = visible_text(roots, skip=skip)
    post = Post(
        place=view.place,
        text=_unsigned(text, signed.words),
        kind="post",
        author=signed.author,
        published=_moment(signed.stamp, view),
        permalink=_link(signed, view),
        native_id=signed.anchor or f"{signed.author} {signed.stamp}",
    )
    return with_media(post, walk(roots, skip), view)


def _unsigned(text: str, signature: str) -> str:
    """The text without the signature it ends with."""
    spaced = r"\s+".join(re.escape(word) for word in signature.split())
    places = list(re.finditer(spaced, text))
    if not places:
        return text
    return (text[: places[-1].start()] + text[places[-1].end() :]).strip()


def _moment(stamp: str, view: View) -> Moment | None:
    found = _CLOCK_FIRST.match(stamp)
    words = f"{found[2]} {found[1]}{found[3]}" if found else stamp
    moment = view.moment(words.replace("(", "").replace(")", ""))
    return replace(moment, raw=stamp) if moment else None


def _link(signed: Signature, view: View) -> str | None:
    if signed.anchor is None:
        return None
    return absolute(view.base, f"#{signed.anchor}", keep_fragment=True)
