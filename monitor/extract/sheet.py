"""A page parsed by lxml alone: cheap enough to be done to every page that is fetched.

Its text is for searching and counting; posts are read from a ``tree``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import islice
from typing import cast

from lxml import etree

from monitor.extract.shown import (
    BANNERS,
    BLOCKS,
    CELLS,
    HIDDEN_STYLE,
    LINES,
    NAVIGATION,
    ROLES,
    SECTIONS,
    UNSEEN,
    without_soft_marks,
)

# Stands where one block of text ends and the next begins, until the text is out.
_EDGE = "\ue000"
_EDGES = re.compile(rf" ?{_EDGE}[ {_EDGE}]*")
_PARTED = (*(BLOCKS | LINES | CELLS), "br")
_DROPPED = tuple(UNSEEN - {"title", "meta", "link", "input"})
_MARKUP = re.compile(r"<[^<>]*>")
# Characters that nobody sees and that lxml does not let us write back.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile(r"</?wbr\s*/?>", re.IGNORECASE)
# A tag of so many signs is looked at, and one of so many words loses its attributes:
# the parser compares each attribute with all before it.
LONG_TAG, MOST_WORDS = 5000, 1000
_LONG_TAG = re.compile(rf"<[a-zA-Z][\w:-]*([^<>]{{{LONG_TAG},}})")
# A page's head stands in no more levels of tags than this.
_LEVELS = 100


@dataclass(frozen=True, slots=True)
class Sheet:
    """A parsed page: its root, all its tags, and those with classes.

    ``cut`` tells that the parser gave up at some depth.
    """

    root: etree._Element
    tags: tuple[etree._Element, ...]
    marked: tuple[tuple[etree._Element, list[str]], ...]
    cut: bool


def tamed(html: str) -> str:
    """The page without what makes parsers slow or lets them lose text."""
    html = _UNSEEN.sub("", html.replace("\v", " ").replace("\f", " "))
    if _BREAK.search(html):
        # The parser takes <wbr> for a tag that holds all that follows.
        html = _BREAK.sub("", html)
    if max(map(len, html.split(">"))) > LONG_TAG:
        html = _LONG_TAG.sub(_shorter, html)
    return html


def _shorter(found: re.Match[str]) -> str:
    if len(found[1].split(None, MOST_WORDS)) <= MOST_WORDS:
        return found[0]
    return found[0][: found.start(1) - found.start()]


def stripped(html: str) -> str:
    """The page without its tags, for one nested deeper than the parser goes."""
    return _MARKUP.sub(" ", html)


def parse(html: str) -> Sheet:
    """The page as lxml reads it."""
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    root = etree.fromstring(html.encode("utf-8", "replace") or b"<p>", parser)
    if root is None:
        root = etree.fromstring(b"<p></p>", parser)
    cut = any("depth" in entry.message for entry in parser.error_log)
    tags = tuple(root.iter("*"))
    marks = ((tag, tag.get("class")) for tag in tags)
    return Sheet(root, tags, tuple((t, m.split()) for t, m in marks if m), cut)


def attributes(sheet: Sheet, *names: str) -> list[str]:
    """The values of some attributes, wherever they stand."""
    path = "|".join(f"//@{name}" for name in names)
    values = etree.XPath(path, smart_strings=False)(sheet.root)
    return cast("list[str]", values)


def scripts(sheet: Sheet) -> Iterator[str]:
    """The JSON-LD scripts of a page."""
    for tag in sheet.root.iter("script"):
        if "ld+json" in (tag.get("type") or "").lower():
            yield tag.text or ""


def shown(sheet: Sheet) -> str:
    """All text a reader might see, that of navigation too.

    Blocks are parted by a line break, white space is squeezed as in a post's text.
    """
    return _text(deepcopy(sheet.root))


def main(sheet: Sheet) -> str:
    """The text that is shown without being navigation, the page's head or foot."""
    root = deepcopy(sheet.root)
    for tag in list(root.iter()):
        if _is_out(tag):
            _empty(tag)
    for tag in list(root.iter(*BANNERS)):
        around = islice(tag.iterancestors(), _LEVELS)
        if not any(one.tag in SECTIONS for one in around):
            _empty(tag)
    for tag in list(root.iter("title")):
        _empty(tag)
    return _text(root)


def _is_out(tag: etree._Element) -> bool:
    """Whether a tag is navigation or is hidden."""
    if tag.tag in NAVIGATION:
        return True
    if tag.get("role") in ROLES or tag.get("hidden") not in (None, "until-found"):
        return True
    style = tag.get("style")
    if style is not None and HIDDEN_STYLE.search(style):
        return True
    return tag.tag == "dialog" and tag.get("open") is None


def _empty(tag: etree._Element) -> None:
    tail = tag.tail
    tag.clear()
    tag.tail = tail


def _text(root: etree._Element) -> str:
    """The text of a tree, which is used up by it."""
    etree.strip_elements(root, *_DROPPED, with_tail=False)
    for tag in root.iter(*_PARTED):
        tag.text = f"{_EDGE}{tag.text or ''}"
        tag.tail = f"{_EDGE}{tag.tail or ''}"
    raw = etree.tostring(root, method="text", encoding="unicode")
    squeezed = " ".join(without_soft_marks(raw).split())
    return _EDGES.sub("\n", squeezed).strip()
