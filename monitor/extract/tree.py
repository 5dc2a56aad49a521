"""A parsed page with look-ups that stay cheap on hostile pages.

Its tags are made from lxml's, an order of magnitude cheaper than BeautifulSoup's;
those come in where a source brings selectors of its own. No walk uses recursion or
climbs far.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from copy import deepcopy
from functools import cache, cached_property
from itertools import islice
from typing import TypeAlias, cast

import soupsieve
from bs4 import BeautifulSoup
from bs4.element import Tag as BeautifulTag
from lxml import etree

from monitor.extract.sheet import Sheet, parse, stripped, tamed

NEAR = 300
_UNSEEN = frozenset(("template", "noscript"))
_PATTERN = re.compile(r"^([\w-]+)?((?:\.[\w-]+)*)((?:\[[^\]]+\])*)$")
_NUMBER = "data-place-in-tree"


class Tag:
    """A tag, what stands in it, and what it stands in."""

    __slots__ = ("attrs", "classes", "contents", "name", "number", "parent")

    def __init__(self, name: str, attrs: dict[str, str], parent: Tag | None) -> None:
        self.name = name
        self.attrs = attrs
        self.classes = attrs["class"].split() if "class" in attrs else []
        self.contents: list[Node] = []
        self.parent = parent
        self.number = -1

    def beside(self, step: int) -> Node | None:
        """What stands right before (-1) or after (1) the tag."""
        if self.parent is None:
            return None
        row = self.parent.contents
        place = next(n for n, node in enumerate(row) if node is self) + step
        return row[place] if 0 <= place < len(row) else None

    def own_text(self) -> str:
        """The text right in the tag, not in tags within."""
        return "".join(node for node in self.contents if isinstance(node, str))


Node: TypeAlias = Tag | str


class Pattern:
    """A simple selector, ``tag.class[attribute=word]``, quick to try on a tag.

    ``[attribute*=part]`` matches any value with these letters in it.
    """

    def __init__(self, text: str) -> None:
        found = _PATTERN.match(text)
        if found is None:
            raise ValueError(text)
        pairs = (part.partition("=") for part in re.findall(r"\[([^\]]+)\]", found[3]))
        self.name = found[1] or ""
        self.classes = tuple(filter(None, found[2].split(".")))
        self.attributes = tuple((key, value) for key, _, value in pairs)

    def matches(self, tag: Tag) -> bool:
        """Whether the tag has this name, these classes and these attributes."""
        if self.name and tag.name != self.name:
            return False
        for name in self.classes:
            if name not in tag.classes:
                return False
        return all(_has(tag, key, value) for key, value in self.attributes)

    def among(self, tags: Iterable[Tag]) -> Iterator[Tag]:
        """Those of the tags that match."""
        if len(self.classes) == 1 and not self.name and not self.attributes:
            name = self.classes[0]
            return (tag for tag in tags if name in tag.classes)
        if not self.classes and not self.attributes:
            return (tag for tag in tags if tag.name == self.name)
        return filter(self.matches, tags)


class AnyOf:
    """Some patterns of which one must match; quick where they are mere classes."""

    def __init__(self, patterns: Iterable[str]) -> None:
        found = [pattern(text) for text in patterns]
        mere = [p for p in found if len(p.classes) == 1 and not p.attributes]
        self._classes = frozenset(p.classes[0] for p in mere if not p.name)
        self._others = [p for p in found if p not in mere or p.name]

    def matches(self, tag: Tag) -> bool:
        """Whether one of the patterns matches the tag."""
        if tag.classes and not self._classes.isdisjoint(tag.classes):
            return True
        return any(p.matches(tag) for p in self._others)


@cache
def any_of(patterns: tuple[str, ...]) -> AnyOf:
    """The patterns as one."""
    return AnyOf(patterns)


@cache
def pattern(text: str) -> Pattern:
    """The pattern written as ``tag.class[attribute=word]``."""
    return Pattern(text)


def _has(tag: Tag, key: str, value: str) -> bool:
    if not tag.attrs:
        return False
    given = tag.attrs.get(key.removesuffix("*"))
    if given is None:
        return False
    if key[-1] == "*":
        return value in given
    return not value or value in given.split()


def attribute(tag: Tag, name: str) -> str:
    """An attribute's value, without white space around it; empty when missing."""
    given = tag.attrs.get(name)
    return given.strip() if given else ""


class Tree:
    """A page's tags in document order and by name, class and attribute.

    ``root`` stands for the document. What stands inside ``template`` and
    ``noscript`` is not part of the page.
    """

    def __init__(self, page: str | Sheet) -> None:
        self._sheet = _parsed(page) if isinstance(page, str) else page
        self._every = _tags(self._sheet)
        self.root = Tag("[document]", {}, None)
        self.root.contents.append(self._every[0])
        self._every[0].parent = self.root
        self.tags = list(walk([self.root]))
        self._by_name: dict[str, list[Tag]] = defaultdict(list)
        self._by_class: dict[str, list[Tag]] = defaultdict(list)
        self._by_attribute: dict[str, list[Tag]] = defaultdict(list)
        for tag in self.tags:
            self._by_name[tag.name].append(tag)
            for name in set(tag.classes):
                self._by_class[name].append(tag)
            for name in tag.attrs:
                self._by_attribute[name].append(tag)

    def named(self, *names: str) -> list[Tag]:
        """All tags with one of these names."""
        return [tag for name in names for tag in self._by_name.get(name, ())]

    def all(self, text: str) -> list[Tag]:
        """All tags that match a pattern."""
        wanted = pattern(text)
        if wanted.classes:
            near = self._by_class.get(wanted.classes[0], [])
        elif wanted.attributes:
            key = wanted.attributes[-1][0].removesuffix("*")
            near = self._by_attribute.get(key, [])
        else:
            near = self._by_name.get(wanted.name, [])
        return list(filter(wanted.matches, near)) if near else []

    def select(self, css: str, within: Tag | None = None) -> list[Tag]:
        """The tags that a CSS selector picks, in the page or inside one of its tags."""
        root, by_number = self._soup
        around = root if within is None else by_number[str(within.number)]
        picked = soupsieve.select(css, around)
        return [self._every[int(str(t[_NUMBER]))] for t in picked if _NUMBER in t.attrs]

    @cached_property
    def _soup(self) -> tuple[BeautifulSoup, dict[str, BeautifulTag]]:
        """The page for BeautifulSoup's selectors, and its tags by their number."""
        root = deepcopy(self._sheet.root)
        for number, element in enumerate(root.iter("*")):
            element.set(_NUMBER, str(number))
        html = etree.tostring(root, encoding="unicode", method="html")
        soup = BeautifulSoup(html, "lxml")
        tags = soup.find_all(None, attrs={_NUMBER: True})
        return soup, {str(tag[_NUMBER]): tag for tag in tags}


def _parsed(html: str) -> Sheet:
    """The page; where it is nested too deep for the parser, its mere text."""
    sheet = parse(tamed(html))
    return parse(stripped(html)) if sheet.cut else sheet


def _attributes(element: etree._Element) -> dict[str, str]:
    return cast("dict[str, str]", dict(element.items())) if element.attrib else {}


def _tags(sheet: Sheet) -> list[Tag]:
    """The tags of a parsed page, in document order, each in its place."""
    made: dict[etree._Element, Tag] = {}
    for number, element in enumerate(sheet.tags):
        parent = element.getparent()
        around = None if parent is None else made[parent]
        tag = Tag(str(element.tag), _attributes(element), around)
        tag.number = number
        made[element] = tag
        if element.text:
            tag.contents.append(element.text)
        if around is not None:
            around.contents.append(tag)
            if element.tail:
                around.contents.append(element.tail)
    return list(made.values())


def walk(roots: Iterable[Tag], stops: Container[int] = ()) -> Iterator[Tag]:
    """The tags below the roots in document order, not entering any of ``stops``."""
    stack = [iter(root.contents) for root in reversed(list(roots))]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
        elif isinstance(node, Tag) and node.name not in _UNSEEN:
            if id(node) in stops:
                continue
            yield node
            if node.contents:
                stack.append(iter(node.contents))


class Either:
    """Ids that lie in one of some sets, without a new set for each post."""

    def __init__(self, *sets: Container[object]) -> None:
        self._sets = sets

    def __contains__(self, item: object) -> bool:
        return any(item in known for known in self._sets)


def near(tag: Tag) -> list[Tag]:
    """The first tags below a tag: as many as are worth a look for a small part.

    Nested tags would otherwise be searched again from each of their ancestors.
    """
    return list(islice(walk([tag]), NEAR))


def first(tags: Iterable[Tag], patterns: Iterable[str]) -> Tag | None:
    """The first tag that matches the first pattern that any tag matches."""
    tags = list(tags)
    for text in patterns:
        found = next(iter(pattern(text).among(tags)), None)
        if found is not None:
            return found
    return None
