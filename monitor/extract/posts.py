"""Finds the posts of a page and reads each one's parts.

Which parts a software marks is told by ``templates``; what a whole page becomes is
put together in ``page``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import soupsieve
from bs4.element import Tag

from monitor.extract.dates import read_moment
from monitor.extract.templates import ARTICLES, SOFTWARE, Template
from monitor.extract.text import hidden, one_line, visible_text, words_of
from monitor.extract.tree import Either, Tree, attribute, first, near, walk
from monitor.extract.urls import absolute, readable
from monitor.types import Image, Link, Media, Moment, Post, Selectors

_PLAYERS = ("youtube", "youtu.be", "vimeo", "dailymotion", "twitch", "tiktok")
_SOUNDS = ("soundcloud", "spotify", "podbean", "acast", "libsyn")
# A Discourse topic has its number last; a post's address adds the post's.
_POST_OF_TOPIC = re.compile(r"(/t/[^/]+/\d+)/\d+$")
_WORD = re.compile(r"\w{2}")
_NAME_WORDS = re.compile(
    r"^(?:skrevet af|indsendt af|af|posted by|written by|by|von)\b:?\s+"
    r"|\s+(?:siger|skrev|sagde|says|said|wrote)\s*(?:\.\.\.|…|:)*$|[\s:»]+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class View:
    """What every reader needs to know about the page it reads."""

    place: str
    base: str
    now: datetime
    timezone: str

    def moment(self, raw: str) -> Moment | None:
        """A time in the page's own words."""
        return read_moment(raw, now=self.now, timezone=self.timezone)


@dataclass(frozen=True, slots=True)
class Block:
    """A post's place in the page: its roots, their own tags, and its template."""

    roots: tuple[Tag, ...]
    template: Template
    native_id: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The posts of a page and the ``id()`` of every tag that went into one."""

    posts: tuple[Post, ...]
    used: frozenset[int]


def find_posts(tree: Tree, view: View, selectors: Selectors | None) -> Found:
    """The posts that the page marks as such, in document order."""
    blocks = _selected(tree, selectors) if selectors else []
    if not blocks:
        blocks = _recognised(tree)
    stops = {id(root) for block in blocks for root in block.roots}
    posts, used = [], set()
    for block in blocks:
        post, taken = _read(block, stops, view, selectors=selectors)
        posts.append(post)
        used |= taken
    return Found(tuple(posts), frozenset(used))


def _selected(tree: Tree, selectors: Selectors) -> list[Block]:
    template = Template(kind="post", root=())
    roots = soupsieve.select(selectors.post, tree.soup)
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
                return _in_order(tree, articles + blocks)
    return blocks


def _in_order(tree: Tree, blocks: list[Block]) -> list[Block]:
    place = {id(tag): number for number, tag in enumerate(tree.tags)}
    return sorted(blocks, key=lambda block: place[id(block.roots[0])])


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
    return _in_order(tree, blocks) if len(blocks) > 1 else blocks


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
        _sibling(tag, template.before, "previous"),
        tag,
        _sibling(tag, template.after, "next"),
    )
    return Block(tuple(filter(None, around)), template, native)


def _sibling(tag: Tag, pattern: str, side: str) -> Tag | None:
    if not pattern:
        return None
    node = getattr(tag, f"{side}_sibling")
    while node is not None and not isinstance(node, Tag):
        node = getattr(node, f"{side}_sibling")
    return node if node is not None and first([node], [pattern]) else None


def _read(
    block: Block, stops: set[int], view: View, *, selectors: Selectors | None
) -> tuple[Post, set[int]]:
    """A block as a post, and the tags that are thereby dealt with."""
    own = list(walk(block.roots, stops))
    if len(block.roots) > 1:
        own = [*block.roots, *own]
    parts = _selected_parts(block, selectors) if selectors else {}
    parts = parts or _parts(block.template, own)
    marked = parts.pop("text", None)
    aside = {id(tag) for tag in own if _is_chrome(tag, block.template)}
    aside |= {id(tag) for tag in parts.values() if tag is not None}
    body = [root for root in block.roots if id(root) not in aside]
    body = body if marked is None else [marked]
    aside -= {id(tag) for tag in body}
    post = Post(
        place=view.place,
        text=visible_text(body, skip=Either(stops, aside)),
        kind=block.template.kind,
        title=_title(parts.get("title")),
        author=_author(parts.get("author")),
        published=_time(parts.get("published"), view),
        edited=_time(parts.get("edited"), view),
        permalink=_permalink(block, own, view, marked=parts.get("permalink")),
        native_id=block.native_id,
    )
    post = with_media(post, walk(body, Either(stops, aside)), view)
    used = {id(tag) for tag in body}
    if block.template.whole:
        around = [root for root in block.roots if id(root) not in used]
        rest = [visible_text(around, skip=Either(stops, used))]
        # What was taken out of the text must not be lost for the search.
        taken = [tag for tag in own if id(tag) in aside]
        rest += [visible_text([tag], skip=stops, limit=300) for tag in taken]
        lines = _without_facts("\n".join(rest), post).split("\n")
        post = replace(post, extras=distinct(post, (*post.extras, *lines)))
        used |= {id(root) for root in block.roots}
    used |= aside
    return later_edit_only(post), used


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


def _parts(template: Template, own: list[Tag]) -> dict[str, Tag | None]:
    return {
        "text": first(own, template.body),
        "title": first(own, template.title),
        "author": first(own, template.author),
        "published": first(own, template.published),
        "edited": first(own, template.edited),
        "permalink": first(own, template.permalink),
    }


def _selected_parts(block: Block, selectors: Selectors) -> dict[str, Tag | None]:
    wanted = {
        "text": selectors.text,
        "author": selectors.author,
        "published": selectors.published,
        "permalink": selectors.permalink,
    }
    found: dict[str, Tag | None] = {}
    for key, selector in wanted.items():
        if selector:
            found[key] = soupsieve.select_one(selector, block.roots[0])
    return found


def _is_chrome(tag: Tag, template: Template) -> bool:
    return first([tag], template.chrome) is not None if template.chrome else False


def _title(tag: Tag | None) -> str | None:
    if tag is None:
        return None
    return attribute(tag, "content") or one_line(tag) or None


def _author(tag: Tag | None) -> str | None:
    if tag is None:
        return None
    inner = first(near(tag), ("[itemprop=name]", ".fn", ".n"))
    chosen = inner or tag
    name = attribute(chosen, "content") or one_line(chosen)
    before = None
    while name != before:
        before, name = name, _NAME_WORDS.sub("", name).strip()
    return name[:200] or None


def _time(tag: Tag | None, view: View) -> Moment | None:
    """The time that a tag or the first ``time`` in it tells."""
    if tag is None:
        return None
    inner = first([tag, *near(tag)], ("time[datetime]", "[datetime]", "abbr[title]"))
    chosen = inner or tag
    shown = one_line(chosen)
    for key in ("datetime", "content", "title", "data-timestamp"):
        moment = view.moment(attribute(chosen, key))
        if moment is not None:
            return replace(moment, raw=shown) if shown else moment
    return view.moment(shown[-120:]) or view.moment(shown.rpartition("»")[2])


def _permalink(
    block: Block, own: list[Tag], view: View, *, marked: Tag | None
) -> str | None:
    """The post's own address: a link to its anchor, a marked link, or built."""
    anchor = attribute(block.roots[0], "id")
    comment = block.template.kind != "article"
    if anchor and comment:
        hrefs = [attribute(tag, "href") for tag in own if tag.name == "a"]
        ending = [href for href in hrefs if href.endswith(f"#{anchor}")]
        if longest := max(ending, key=len, default=""):
            return absolute(view.base, longest, keep_fragment=True)
    if marked is not None and not _address(marked):
        marked = first(near(marked), ("a[href]",))
    if marked is not None:
        return absolute(view.base, _address(marked), keep_fragment=True)
    if block.template.address and block.native_id:
        path = view.place.partition("?")[0]
        topic = _POST_OF_TOPIC.sub(r"\1", path)
        built = block.template.address.format(
            page=view.place, topic=topic, id=block.native_id
        )
        return absolute(view.base, built, keep_fragment=True)
    if anchor and comment:
        return absolute(view.place, f"#{anchor}", keep_fragment=True)
    return None


def _address(tag: Tag) -> str:
    return attribute(tag, "href") or attribute(tag, "content")


def with_media(post: Post, tags: Iterable[Tag], view: View) -> Post:
    """The post with the links, images and embeds among some tags, and their words."""
    links: dict[str, Link] = {}
    images: dict[str, Image] = {}
    media: dict[str, Media] = {}
    words: list[str] = []
    for tag in tags:
        if tag.name == "a" and (url := _absolute(tag, "href", view)):
            if url not in links:
                links[url] = Link(url, one_line(tag, limit=30)[:300])
        elif tag.name == "img":
            url = _absolute(tag, "src", view) or _absolute(tag, "data-src", view)
            if url:
                images.setdefault(url, Image(url, attribute(tag, "alt")))
            words.append(attribute(tag, "alt"))
        elif tag.name in ("audio", "video", "iframe", "embed", "object"):
            for item in _media(tag, view):
                media.setdefault(item.url, item)
        words += (attribute(tag, "title"), attribute(tag, "aria-label"))
    captions = [url for item in media.values() for url in item.captions]
    addresses = (readable(url) for url in (*links, *captions))
    return replace(
        post,
        links=tuple(links.values()),
        images=tuple(images.values()),
        media=tuple(media.values()),
        extras=distinct(post, (*post.extras, *words, *addresses)),
    )


def _absolute(tag: Tag, key: str, view: View) -> str | None:
    value = attribute(tag, key)
    if not value or value.startswith("#"):
        return None
    return absolute(view.base, value, keep_fragment=True)


def _media(tag: Tag, view: View) -> list[Media]:
    inner = near(tag)
    captions = [_absolute(t, "src", view) for t in inner if t.name == "track"]
    addresses = [_absolute(tag, key, view) for key in ("src", "data-src", "data")]
    addresses += [_absolute(t, "src", view) for t in inner if t.name == "source"]
    kind = tag.name
    found = []
    for url in filter(None, addresses):
        if kind not in ("audio", "video"):
            host = url.split("/")[2]
            if any(name in host for name in _SOUNDS):
                kind = "audio"
            elif any(name in host for name in _PLAYERS) or "video" in url:
                kind = "video"
            else:
                continue
        found.append(Media(url, kind, tuple(filter(None, captions))))
    return found


def distinct(post: Post, words: Iterable[str]) -> tuple[str, ...]:
    """The words that neither title nor text already say, each once."""
    said = words_of(f"{post.title or ''} {post.text}")
    kept = dict.fromkeys(filter(None, map(words_of, words)))
    return tuple(word for word in kept if word not in said)
