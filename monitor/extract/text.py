"""The visible text of a part of a page, as a reader would copy it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from itertools import chain, islice

from monitor.extract.shown import (
    BANNERS,
    BLOCKS,
    CELLS,
    EMOJI,
    HEARD,
    HIDDEN_STYLE,
    LINES,
    LISTS,
    NAVIGATION,
    ROLES,
    SECTIONS,
    UNSEEN,
    without_soft_marks,
)
from monitor.extract.tree import Node, Tag, attribute

# The tags that part what stands before them from what stands after.
_MARKING = BLOCKS | LINES | CELLS | {"br", "img"}
_SPACE = re.compile(r"[ \t\n\r\f\v\xa0\u2028\u2029]+")


def visible_text(
    nodes: Iterable[Node],
    *,
    skip: Container[int] = (),
    main_only: bool = False,
    limit: int | None = None,
) -> str:
    """The text of some nodes without the parts in them whose ``id()`` is in ``skip``.

    Blocks are parted by a blank line, list items and rows by a line break, cells by
    a tab. ``main_only`` leaves out navigation and the page's own head and foot;
    ``limit`` ends the text after so many nodes.
    """
    writer = _Writer()
    steps = _steps(nodes, skip, main_only=main_only)
    for node, entering, in_list in islice(steps, limit):
        if isinstance(node, str):
            writer.text(node, keep_lines=in_list < 0)
        elif node.name in _MARKING:
            _mark(writer, node, entering=entering, in_list=in_list)
        elif _is_heard(node):
            writer.space()
    return writer.done()


def one_line(node: Tag, limit: int = 100) -> str:
    """A short tag's visible text on one line, of at most so many nodes."""
    if not node.contents:
        return ""
    if len(node.contents) == 1 and node.name not in UNSEEN and not hidden(node):
        (inner,) = node.contents
        if isinstance(inner, str):
            return words_of(inner)
    return _SPACE.sub(" ", visible_text([node], limit=limit)).strip()


def hidden(tag: Tag) -> bool:
    """Whether the tag itself is marked as not shown."""
    attrs = tag.attrs
    if tag.name == "dialog" and "open" not in attrs:
        return True
    if "hidden" in attrs and attrs["hidden"] != "until-found":
        return True
    return "style" in attrs and HIDDEN_STYLE.search(attrs["style"]) is not None


def _is_heard(tag: Tag) -> bool:
    return bool(tag.classes) and not HEARD.isdisjoint(tag.classes)


def words_of(text: str) -> str:
    """The text with every run of white space as one blank and soft marks removed."""
    return " ".join(without_soft_marks(text).split())


Step = tuple[Node, bool, int]


def _steps(
    nodes: Iterable[Node], skip: Container[int], *, main_only: bool
) -> Iterator[Step]:
    """Each shown node on entering and, for tags, on leaving.

    The third value is the depth of lists around, or -1 inside ``pre``.
    """
    stack: list[tuple[Iterator[Node], Tag | None, int, bool]]
    stack = [(iter(list(nodes)), None, 0, False)]
    while stack:
        children, parent, depth, sectioned = stack[-1]
        node = next(children, None)
        if node is None:
            stack.pop()
            if parent is not None and (parent.name in _MARKING or _is_heard(parent)):
                yield parent, False, stack[-1][2]
        elif isinstance(node, Tag):
            inside = parent is not None and id(node) in skip
            if inside or node.name in UNSEEN or hidden(node):
                if node.name in BLOCKS:
                    yield node, False, depth
                continue
            if main_only and _is_furniture(node, sectioned=sectioned):
                continue
            yield node, True, depth
            inner = -1 if node.name == "pre" or depth < 0 else depth
            inner += node.name in LISTS and inner >= 0
            below = sectioned or node.name in SECTIONS
            stack.append((iter(node.contents), node, inner, below))
        else:
            yield node, True, depth


def _is_furniture(tag: Tag, *, sectioned: bool) -> bool:
    if tag.name in NAVIGATION or attribute(tag, "role") in ROLES:
        return True
    return tag.name in BANNERS and not sectioned


def _mark(writer: _Writer, tag: Tag, *, entering: bool, in_list: int) -> None:
    name = tag.name
    if name in CELLS:
        writer.cell(entering=entering)
    elif name in LINES:
        writer.line(entering=entering)
    elif name in BLOCKS:
        writer.gap(1 if name in LISTS and in_list > 0 else 2)
    elif name == "br" and entering:
        writer.newline()
    elif name == "img" and entering and not EMOJI.isdisjoint(tag.classes):
        writer.text(attribute(tag, "alt")[:20], keep_lines=False)


class _Writer:
    """Collects text and decides which white space stands between two pieces."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._gap = 0
        self._breaks = 0
        self._space = False
        self._tab = False
        self._row_started = False
        # Just inside a cell or item: its first block starts no line of its own.
        self._fresh = False

    def space(self) -> None:
        """Part what follows from what stood before."""
        self._space = True

    def text(self, words: str, *, keep_lines: bool) -> None:
        if not keep_lines and words.isspace():
            self._space = True
            return
        words = without_soft_marks(words)
        if keep_lines:
            lines = words.replace("\r\n", "\n").split("\n")
            for number, line in enumerate(lines):
                if number:
                    self.newline()
                self._piece(line.replace("\xa0", " ").rstrip())
            return
        if "  " in words or not words.isprintable():
            words = _SPACE.sub(" ", words)
        self._piece(words)

    def _piece(self, words: str) -> None:
        if not words:
            return
        bare = words.strip(" ")
        if not bare:
            self._space = True
            return
        self._separate(spaced=words[0] == " ")
        self._parts.append(bare)
        self._space = words[-1] == " "
        self._fresh = False

    def _separate(self, *, spaced: bool) -> None:
        gap = max(self._gap, min(self._breaks, 2))
        if self._tab:
            self._parts.append("\t")
        elif self._parts and gap:
            self._parts.append("\n" * gap)
        elif self._parts and (self._space or spaced):
            self._parts.append(" ")
        self._gap = self._breaks = 0
        self._space = self._tab = False

    def gap(self, size: int) -> None:
        if not self._fresh:
            self._gap = max(self._gap, size)

    def line(self, *, entering: bool) -> None:
        if entering:
            self._row_started = False
            self._gap = max(self._gap, 1)
            self._fresh = True
        else:
            self._gap, self._breaks, self._tab = 1, 0, False
            self._fresh = False

    def cell(self, *, entering: bool) -> None:
        if entering:
            self._tab = self._row_started and bool(self._parts)
            self._fresh = True
            self._row_started = True
        else:
            self._gap = self._breaks = 0
            self._fresh = False

    def newline(self) -> None:
        if not self._fresh:
            self._breaks += 1

    def done(self) -> str:
        return "".join(self._parts).strip()


def lines_of(texts: Iterable[str]) -> set[str]:
    """The lines of some texts, each with its white space squeezed."""
    return {words_of(line) for line in chain(*(t.split("\n") for t in texts))} - {""}
