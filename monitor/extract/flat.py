"""A page as one text: what is seen, then what is not, in blocks that say what it is.

For searching pages by the file; pages from the web are read as posts by ``page``.
"""

from __future__ import annotations

from collections.abc import Iterator

from monitor.extract import jsontext
from monitor.extract.page import PARSER_ERRORS
from monitor.extract.sheet import parse, stripped, tamed
from monitor.extract.text import lines_of, visible_text, words_of
from monitor.extract.tree import Tag, Tree, attribute
from monitor.extract.urls import readable

# Attributes that hold words, and those that hold addresses, with their mark.
_WORDS = (("alt", "alt"), ("title", "title"), ("aria-label", "label"))
_ADDRESSES = (("href", "link"), ("src", "source"), ("data-src", "source"))
_TECHNICAL = frozenset(("viewport", "robots", "theme-color", "referrer", "generator"))


def flat_text(html: str, url: str = "") -> str:
    """The visible text, then each further piece as a block ``[mark] words``.

    Blocks are parted by blank lines; marks are title, meta, alt, label, data
    (JSON-LD), link, source and address. What a line of the page says already, or a
    block before, is not repeated. Raises ValueError on what cannot be parsed.
    """
    try:
        sheet = parse(tamed(html))
        tree = Tree(sheet)
        seen = visible_text([tree.root]) if not sheet.cut else words_of(stripped(html))
        blocks = list(_blocks(tree, url, said=lines_of([seen])))
    except PARSER_ERRORS as error:
        raise ValueError(type(error).__name__) from None
    return "\n\n".join(filter(None, (seen, *blocks)))


def _blocks(tree: Tree, url: str, *, said: set[str]) -> Iterator[str]:
    for mark, words in _unseen(tree, url):
        told = words_of(words)
        if told and told not in said:
            said.add(told)
            yield f"[{mark}] {told}"


def _unseen(tree: Tree, url: str) -> Iterator[tuple[str, str]]:
    for tag in tree.named("title"):
        yield "title", tag.own_text()
    for tag in tree.named("meta"):
        name = attribute(tag, "name") or attribute(tag, "property")
        if name and name.lower() not in _TECHNICAL:
            yield "meta", attribute(tag, "content")
    for tag in tree.tags:
        yield from _of_tag(tag)
    for tag in tree.named("script"):
        if "ld+json" in attribute(tag, "type").lower():
            for text in jsontext.strings(jsontext.in_script(tag.own_text())):
                yield "data", readable(text) if text.startswith("http") else text
    yield "address", readable(url)


def _of_tag(tag: Tag) -> Iterator[tuple[str, str]]:
    if not tag.attrs or tag.name in ("script", "link"):
        return
    for name, mark in _WORDS:
        yield mark, attribute(tag, name)
    for name, mark in _ADDRESSES:
        address = attribute(tag, name)
        if not address.startswith(("#", "data:", "javascript:")):
            yield mark, readable(address.removeprefix("mailto:"))
