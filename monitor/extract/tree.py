"""A parsed page with look-ups that stay cheap on hostile pages.

BeautifulSoup compares and hashes tags by their whole content, so tags are told
apart by ``id()`` here, and no walk uses recursion or climbs to the ancestors.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from bs4 import BeautifulSoup
from bs4.element import Tag

NEAR = 300
_UNSEEN = {"template", "noscript"}
_BREAK = re.compile(r"</?wbr\s*/?>", re.IGNORECASE)
_PATTERN = re.compile(r"^([\w-]+)?((?:\.[\w-]+)*)((?:\[[^\]]+\])*)$")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A simple selector, ``tag.class[attribute=word]``, quick to try on a tag.

    ``[attribute*=part]`` matches any value with these letters in it.
    """

    name: str
    classes: frozenset[str]
    attributes: tuple[tuple[str, str], ...]

    def matches(self, tag: Tag) -> bool:
        """Whether the tag has this name, these classes and these attributes."""
        if self.name and tag.name != self.name:
            return False
        if self.classes and not self.classes.issubset(classes_of(tag)):
            return False
        return all(_has(tag, key, value) for key, value in self.attributes)


@cache
def pattern(text: str) -> Pattern:
    """The pattern written as ``tag.class[attribute=word]``."""
    found = _PATTERN.match(text)
    if found is None:
        raise ValueError(text)
    pairs = (part.partition("=") for part in re.findall(r"\[([^\]]+)\]", found[3]))
    attributes = tuple((key, value) for key, _, value in pairs)
    return Pattern(
        found[1] or "", frozenset(filter(None, found[2].split("."))), attributes
    )


def _has(tag: Tag, key: str, value: str) -> bool:
    given = tag.attrs.get(key.removesuffix("*"))
    if given is None:
        return False
    if key[-1] == "*":
        return value in (" ".join(given) if isinstance(given, list) else str(given))
    words = given if isinstance(given, list) else str(given).split()
    return not value or value in words


def classes_of(tag: Tag) -> list[str]:
    """The classes of a tag."""
    given = tag.attrs.get("class")
    if given is None:
        return []
    return given if isinstance(given, list) else str(given).split()


def attribute(tag: Tag, name: str) -> str:
    """An attribute's value, without white space around it; empty when missing."""
    given = tag.attrs.get(name)
    if given is None:
        return ""
    return (" ".join(given) if isinstance(given, list) else str(given)).strip()


class Tree:
    """A page's tags in document order and by name and class.

    What stands inside ``template`` and ``noscript`` is not part of the page.
    """

    def __init__(self, html: str) -> None:
        # The parser takes <wbr> for a tag that holds all that follows.
        data = _BREAK.sub("", html).encode("utf-8", "replace")
        if b"<" not in data:
            data += b"\n"  # or a lone address would be warned of as a mistake of ours
        self.soup = BeautifulSoup(data, "lxml", from_encoding="utf-8")
        self.tags = list(walk([self.soup]))
        self._by_name: dict[str, list[Tag]] = defaultdict(list)
        self._by_class: dict[str, list[Tag]] = defaultdict(list)
        for tag in self.tags:
            self._by_name[tag.name].append(tag)
            for name in set(classes_of(tag)):
                self._by_class[name].append(tag)

    def named(self, *names: str) -> list[Tag]:
        """All tags with one of these names."""
        return [tag for name in names for tag in self._by_name.get(name, ())]

    def all(self, text: str) -> list[Tag]:
        """All tags that match a pattern."""
        wanted = pattern(text)
        if wanted.classes:
            near = self._by_class.get(next(iter(wanted.classes)), [])
        elif wanted.name:
            near = self._by_name.get(wanted.name, [])
        else:
            near = self.tags
        return [tag for tag in near if wanted.matches(tag)]


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
        wanted = pattern(text)
        for tag in tags:
            if wanted.matches(tag):
                return tag
    return None
