"""Finds the posts of a page and reads each one's parts.

Which parts a software marks is told by ``software``, what they say by ``facts``; what
a whole page becomes is put together in ``page``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from monitor.extract import facts, wiki
from monitor.extract.furniture import is_chrome, without
from monitor.extract.media import distinct, with_media
from monitor.extract.software import ARTICLES, SOFTWARE
from monitor.extract.templates import Template
from monitor.extract.text import hidden, visible_text
from monitor.extract.tree import Either, Tag, Tree, any_of, attribute, first, near, walk
from monitor.extract.urls import absolute
from monitor.extract.view import Found, View
from monitor.types import Post, Selectors

# A Discourse topic has its number last; a post's address adds the post's.
_POST_OF_TOPIC = re.compile(r"(/t/[^/]+/\d+)/\d+$")
_WORD = re.compile(r"\w{2}")


@dataclass(frozen=True, slots=True)
class Block:
    """A post's place in the page: its roots, their own tags, and its template."""

    roots: tuple[Tag, ...]
    template: Template
    native_id: str | None = None


@dataclass(slots=True)
class Parts:
    """The tags that tell a post's facts, and what they tell."""

    text: Tag | None = None
    tags: list[Tag] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    def add(self, name: str, tag: Tag | None, value: object) -> None:
        """Keep a fact that was told, and the tag that told it."""
        self.facts[name] = value
        if tag is not None and name != "permalink":
            self.tags.append(tag)


def find_posts(tree: Tree, view: View, selectors: Selectors | None) -> Found:
    """The posts that the page marks as such, in document order."""
    blocks = _selected(tree, selectors) if selectors else []
    if not blocks:
        talk = wiki.find_posts(tree, view)
        if talk is not None:
            return talk
        blocks = _recognised(tree)
    stops = {id(root) for block in blocks for root in block.roots}
    posts, used = [], set()
    for block in blocks:
        parts = _selected_parts(tree, block, selectors, view=view)
        post, taken = _read(block, stops, view, parts=parts)
        posts.append(post)
        used |= taken
    return Found(tuple(posts), frozenset(used))


def _selected(tree: Tree, selectors: Selectors) -> list[Block]:
    template = Template(kind="post", root=())
    roots = tree.select(selectors.post)
    return [Block((root,), template, attribute(root, "id") or None) for root in roots]


def _recognised(tree: Tree) -> list[Block]:
    blocks: list[Block] = []
    for group in SOFTWARE:
        blocks = _blocks(tree, group, taken=set())
        if blocks:
            break
    if blocks and all(block.template.kind == "comment" for block in blocks):
        roots = {id(root) for block in blocks for root in block.roots}
        inside = roots | {id(tag) for b in blocks for tag in walk(b.roots, roots)}
        for group in ARTICLES:
            articles = _blocks(tree, group, taken=inside)
            if articles:
                return _in_order(articles + blocks)
    return blocks


def _in_order(blocks: list[Block]) -> list[Block]:
    return sorted(blocks, key=lambda block: block.roots[0].number)


def _blocks(tree: Tree, group: Sequence[Template], *, taken: set[int]) -> list[Block]:
    """The posts of one software; a tag is the post of the first template it fits."""
    blocks: list[Block] = []
    seen = set(taken)
    for template in group:
        for tag in (tag for pattern in template.root for tag in tree.all(pattern)):
            block = None if id(tag) in seen else _block(tag, template)
            if block is not None and not _repeats(block, blocks):
                seen.add(id(tag))
                blocks.append(block)
    return _in_order(blocks) if len(blocks) > 1 else blocks


def _repeats(block: Block, blocks: list[Block]) -> bool:
    """Whether an outer tag already stands for the same post."""
    if not block.template.whole:
        return any(found.template.kind == "article" for found in blocks)
    if block.native_id is None or not blocks:
        return False
    last = blocks[-1]
    return last.native_id == block.native_id and last.template is block.template


def _block(tag: Tag, template: Template) -> Block | None:
    native = None
    if template.native[0]:
        native = template.native_id(attribute(tag, template.native[0]))
        if native is None:
            return None
    if hidden(tag):
        return None
    if template.needs and first(near(tag), template.needs) is None:
        return None
    around = (
        _sibling(tag, template.before, -1),
        tag,
        _sibling(tag, template.after, 1),
    )
    return Block(tuple(filter(None, around)), template, native)


def _sibling(tag: Tag, pattern: str, step: int) -> Tag | None:
    """The next tag beside a tag, when it is such a one."""
    if not pattern:
        return None
    node, places = tag.beside(step), step
    while isinstance(node, str):
        places += step
        node = tag.beside(places)
    return node if node is not None and first([node], [pattern]) else None


def _read(
    block: Block, stops: set[int], view: View, *, parts: Parts | None
) -> tuple[Post, set[int]]:
    """A block as a post, and the tags that are thereby dealt with."""
    own = list(walk(block.roots, stops))
    if len(block.roots) > 1:
        own = [*block.roots, *own]
    parts = parts or _parts(block, own, view)
    aside = {id(tag) for tag in own if _is_aside(tag, block.template)}
    aside |= {id(tag) for tag in parts.tags}
    body = [root for root in block.roots if id(root) not in aside]
    body = body if parts.text is None else [parts.text]
    aside -= {id(tag) for tag in body}
    text = visible_text(body, skip=Either(stops, aside))
    post = Post(
        place=view.place,
        text=without(text) if parts.text is None else text,
        kind=block.template.kind,
        native_id=block.native_id,
        **parts.facts,
    )
    post = with_media(post, walk(body, Either(stops, aside)), view)
    used = {id(tag) for tag in body} | aside
    if block.template.whole:
        post = _with_surroundings(post, block, skip=(stops, aside, body))
        used |= {id(root) for root in block.roots}
    return later_edit_only(post), used


def _is_aside(tag: Tag, template: Template) -> bool:
    return any_of(template.chrome).matches(tag) or is_chrome(tag)


def _with_surroundings(
    post: Post,
    block: Block,
    *,
    skip: tuple[set[int], set[int], list[Tag]],
) -> Post:
    """The post with the words around its text: they are no text, yet searched."""
    stops, aside, body = skip
    bodies = {id(tag) for tag in body}
    around = [root for root in block.roots if id(root) not in bodies]
    rest = [visible_text(around, skip=Either(stops, bodies))]
    inside = walk(body, stops) if aside else ()
    taken = [tag for tag in inside if id(tag) in aside]
    dealt = Either(stops, aside)
    rest += [visible_text([tag], skip=dealt, limit=300) for tag in taken]
    lines = _without_facts("\n".join(rest), post).split("\n")
    return replace(post, extras=distinct(post, (*post.extras, *lines)))


def _without_facts(text: str, post: Post) -> str:
    """What stands around a post's text, less its author and times."""
    moments = (moment.raw for moment in (post.published, post.edited) if moment)
    for fact in filter(None, (post.author, *moments)):
        text = text.replace(fact, "")
    return "\n".join(line for line in text.split("\n") if _WORD.search(line))


def later_edit_only(post: Post) -> Post:
    """The post without an edited time that is not after its published time."""
    if post.edited and post.published and post.edited.at <= post.published.at:
        return replace(post, edited=None)
    return post


Reader = Callable[[Tag], object]


def _readers(view: View) -> dict[str, Reader]:
    """What each part of a post is read by."""
    return {
        "title": facts.title_of,
        "author": facts.author_of,
        "published": lambda tag: facts.time_of(tag, view),
        "edited": lambda tag: facts.time_of(tag, view),
    }


def _parts(block: Block, own: list[Tag], view: View) -> Parts:
    template = block.template
    tags = facts.unquoted(own)
    parts = Parts(first(tags, template.body))
    for name, read in _readers(view).items():
        parts.add(name, *facts.told(tags, getattr(template, name), read))
    parts.facts["permalink"] = _own_link(block, own, view) or _told_link(
        block, tags, view, titled=parts.facts["title"] is not None
    )
    return parts


def _own_link(block: Block, own: list[Tag], view: View) -> str | None:
    """The link in a post that leads to its own anchor."""
    anchor = attribute(block.roots[0], "id")
    if not anchor or block.template.kind == "article":
        return None
    return facts.anchor_link(anchor, own, view)


def _told_link(
    block: Block, tags: list[Tag], view: View, *, titled: bool
) -> str | None:
    """The address a post's marks tell; an article's title may lead to its page."""
    template = block.template

    def read(tag: Tag) -> str | None:
        return facts.link_of(tag, view)

    told = facts.told(tags, template.permalink, read)[1]
    if told is None and titled and template.kind == "article":
        told = facts.told(tags, template.title, read)[1]
    return told or _built_link(block, view)


def _built_link(block: Block, view: View) -> str | None:
    """A post's address as its software builds it, or the place of its anchor."""
    if block.template.address and block.native_id:
        path = view.place.partition("?")[0]
        topic = _POST_OF_TOPIC.sub(r"\1", path)
        built = block.template.address.format(
            page=view.place, topic=topic, id=block.native_id
        )
        return absolute(view.base, built, keep_fragment=True)
    anchor = attribute(block.roots[0], "id")
    if anchor and block.template.kind != "article":
        return absolute(view.place, f"#{anchor}", keep_fragment=True)
    return None


def _selected_parts(
    tree: Tree, block: Block, selectors: Selectors | None, *, view: View
) -> Parts | None:
    """The parts that the source's own selectors pick, or None when they pick none."""
    if selectors is None:
        return None
    root = block.roots[0]
    wanted = {
        "author": selectors.author,
        "published": selectors.published,
        "permalink": selectors.permalink,
    }
    picked = tree.select(selectors.text, root) if selectors.text else []
    text = picked[0] if picked else None
    if text is None and not any(wanted.values()):
        return None
    parts, readers = Parts(text), _readers(view)
    readers["permalink"] = lambda tag: facts.link_of(tag, view)
    for name, selector in wanted.items():
        found = tree.select(selector, root) if selector else []
        tag = found[0] if found else None
        parts.add(name, tag, readers[name](tag) if tag is not None else None)
    own = _own_link(block, list(walk(block.roots)), view)
    told = parts.facts["permalink"] or _built_link(block, view)
    parts.facts["permalink"] = own or told
    return parts
