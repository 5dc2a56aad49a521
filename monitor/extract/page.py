"""Puts together what one page holds: its posts, its links and what it says of itself.

Finding the single posts is left to ``posts``, following links to the sources.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

import soupsieve
from lxml import etree

from monitor.extract import schema
from monitor.extract.charset import decode
from monitor.extract.facts import article_place
from monitor.extract.furniture import is_chrome, without
from monitor.extract.media import distinct, with_media
from monitor.extract.posts import find_posts, later_edit_only
from monitor.extract.text import lines_of, one_line, visible_text, words_of
from monitor.extract.tree import Tree, attribute, near, walk
from monitor.extract.urls import absolute, canonical, readable
from monitor.extract.view import View
from monitor.extract.walls import find_wall
from monitor.types import Link, Moment, Post, Precision, Reason, Selectors

# So many words outside the posts are a text of their own, fewer are page furniture.
REST_WORDS = 40
_FEED_TYPES = ("rss+xml", "atom+xml", "feed+json")
_NEXT_CLASSES = (
    "a.next",
    "a.blog-pager-older-link",
    "a.arrow-right",
    "a.pageNav-jump--next",
)
_NEXT_AROUND = (
    ".next",
    ".comment-navigation",
    ".comments-pagination",
    ".nav-next",
    ".wp-block-comments-pagination",
)
_FACTS = (
    "og:title",
    "og:description",
    "og:image:alt",
    "description",
    "keywords",
    "twitter:title",
    "twitter:description",
    "twitter:image:alt",
)
PARSER_ERRORS = (
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    LookupError,
    etree.LxmlError,
)


@dataclass(frozen=True, slots=True)
class Rules:
    """How a source wants its pages read; ``pagination`` are CSS selectors."""

    selectors: Selectors | None = None
    pagination: tuple[str, ...] = ()
    timezone: str = "Europe/Copenhagen"


@dataclass(frozen=True, slots=True)
class Extracted:
    """One page as read.

    ``url`` is its canonical address, ``text`` all its visible text, ``links`` every
    link in document order. ``next_links`` lead to more of the same,
    ``marked_links`` are those the source's own pagination selectors pick. ``wall``
    says that the page stands before what was asked for; ``reason`` that it could
    not be read as a page.
    """

    url: str
    title: str | None = None
    language: str | None = None
    posts: tuple[Post, ...] = ()
    links: tuple[Link, ...] = ()
    next_links: tuple[str, ...] = ()
    marked_links: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    text: str = ""
    robots: frozenset[str] = frozenset()
    tdm_reserved: bool = False
    wall: Reason | None = None
    reason: Reason | None = None


def read_page(
    body: bytes,
    *,
    content_type: str | None,
    url: str,
    now: datetime,
    rules: Rules | None = None,
) -> Extracted:
    """A page's bytes as posts and links; ``now`` is aware and anchors "i går".

    Never raises on a page's content: what cannot be parsed comes back with
    ``reason``. The caller has limited the size.
    """
    text, _ = decode(body, content_type)
    place = canonical(url) or url
    if content_type and content_type.lower().startswith("text/plain"):
        return _plain(text, place)
    try:
        return _read(Tree(text), place, now=now, rules=rules or Rules())
    except PARSER_ERRORS as error:
        reason = Reason("html_unreadable", {"error": type(error).__name__})
        return replace(_plain(text, place), reason=reason)


def html_to_text(html: str) -> str:
    """The visible text of a piece of HTML, such as a feed's content."""
    return visible_text([Tree(html).soup])


def html_post(html: str, post: Post, view: View) -> Post:
    """A post whose text, links and media are those of a piece of HTML."""
    tree = Tree(html)
    post = replace(post, text=visible_text([tree.soup]))
    return with_media(post, tree.tags, view)


def _plain(text: str, place: str) -> Extracted:
    text = text.replace("\r\n", "\n").strip()
    posts = (Post(place=place, text=text),) if text else ()
    return Extracted(url=place, posts=posts, text=text)


def _read(tree: Tree, url: str, *, now: datetime, rules: Rules) -> Extracted:
    base = _base(tree, url)
    place = _canonical(tree, base, url)
    view = View(place, base, now, rules.timezone)
    metas = _metas(tree)
    title = _title(tree)
    headings = [one_line(tag) for tag in tree.named("h1")[:5]]
    main = visible_text([tree.soup], main_only=True)
    posts = _posts(tree, view, rules)
    facts = [*headings, title or "", *(metas.get(name, "") for name in _FACTS)]
    posts = _with_page_words(posts, [*facts, readable(place)])
    return Extracted(
        url=place,
        title=metas.get("og:title") or title,
        language=_language(tree),
        posts=posts,
        links=_links(tree, base),
        next_links=_next_links(tree, base),
        marked_links=_marked_links(tree, base, rules.pagination),
        feeds=_feeds(tree, base),
        text=visible_text([tree.soup]),
        robots=frozenset(metas.get("robots", "").lower().replace(",", " ").split()),
        tdm_reserved=metas.get("tdm-reservation", "").strip() == "1",
        wall=find_wall(
            tree,
            title=title or "",
            headings=" ".join(headings[:1]),
            text=main,
            peopled=any(post.kind in ("comment", "post") for post in posts),
        ),
    )


def _posts(tree: Tree, view: View, rules: Rules) -> tuple[Post, ...]:
    found = find_posts(tree, view, rules.selectors)
    told = schema.items(tree)
    posts = tuple(filter(_says, found.posts))
    posts = (*posts, *_told_posts(told, posts, view))
    if not any(post.kind in ("article", "post") for post in posts):
        posts = (_whole_page(tree, view, posts=posts, used=found.used), *posts)
        return _with_article_facts(
            tuple(filter(_says, posts)), told, view, metas=_metas(tree)
        )
    posts = _with_article_facts(posts, told, view, metas=_metas(tree))
    rest = _rest(tree, posts, found.used)
    if len(rest.split()) < REST_WORDS:
        return _with_page_words(posts, rest.split("\n"))
    page = Post(place=view.place, text=rest, native_id="rest")
    outside = [t for t in walk([tree.soup], found.used) if t.name != "nav"]
    return (*posts, with_media(page, outside, view))


def _says(post: Post) -> bool:
    return bool(post.text or post.media or post.images or post.links or post.extras)


def _whole_page(
    tree: Tree, view: View, *, posts: tuple[Post, ...], used: frozenset[int]
) -> Post:
    chrome = frozenset(id(tag) for tag in tree.tags if is_chrome(tag))
    text = _rest(tree, posts, used | chrome)
    if not text and not posts:
        text = visible_text([tree.soup])
    titles = [one_line(tag) for tag in tree.named("h1")[:1]]
    page = Post(place=view.place, text=text, title=next(iter(titles), "") or None)
    page = with_media(page, walk([tree.soup], used | chrome), view)
    aside = (t for t in walk([tree.soup], used) if id(t) in chrome and t.name != "nav")
    lines = (visible_text([tag], limit=300).split("\n") for tag in aside)
    return replace(page, extras=distinct(page, (*page.extras, *chain(*lines))))


def _rest(tree: Tree, posts: tuple[Post, ...], used: frozenset[int]) -> str:
    """The main text outside the posts, without lines the posts already hold."""
    text = without(visible_text([tree.soup], skip=used, main_only=True))
    if not posts:
        return text
    said = lines_of([*(post.text for post in posts), *(p.title or "" for p in posts)])
    kept = [line for line in text.split("\n") if words_of(line) not in said]
    return "\n".join(kept).strip()


def _told_posts(
    told: tuple[schema.Item, ...], posts: tuple[Post, ...], view: View
) -> list[Post]:
    """Posts that only the page's JSON-LD tells of."""
    said = "\n".join(words_of(post.text) for post in posts)
    added = []
    for item in told:
        if item.kind == "article" or not item.text:
            continue
        text = html_to_text(item.text) if "<" in item.text else item.text
        if not words_of(text) or words_of(text) in said:
            continue
        link = absolute(view.base, item.url, keep_fragment=True) if item.url else None
        added.append(
            Post(
                place=view.place,
                text=text,
                kind=item.kind,
                title=item.title if item.kind == "post" else None,
                author=item.author,
                published=view.moment(item.published),
                edited=view.moment(item.edited),
                permalink=link,
                native_id=item.native_id,
            )
        )
    return added


def _with_article_facts(
    posts: tuple[Post, ...],
    told: tuple[schema.Item, ...],
    view: View,
    *,
    metas: dict[str, str],
) -> tuple[Post, ...]:
    """The page's main article with what JSON-LD and meta tags know of it."""
    number = _main(posts, view)
    if number is None:
        return posts
    articles = [item for item in told if item.kind == "article"]
    articles.sort(key=lambda item: item.author is None)
    item = articles[0] if articles else schema.Item("article")
    published = item.published or metas.get("article:published_time", "")
    edited = item.edited or metas.get("article:modified_time", "")
    post = _with_told_text(posts[number], item)
    post = replace(
        post,
        title=post.title or item.title,
        author=post.author or item.author or metas.get("author") or None,
        published=_exacter(post.published, view.moment(published)),
        edited=post.edited or view.moment(edited),
        permalink=post.permalink or article_place(view.place),
    )
    return (*posts[:number], later_edit_only(post), *posts[number + 1 :])


def _main(posts: tuple[Post, ...], view: View) -> int | None:
    """Which post is what the page is about, when only one can be."""
    mains = [n for n, post in enumerate(posts) if post.kind in ("article", "page")]
    here = (None, view.place, article_place(view.place))
    own = [n for n in mains if posts[n].permalink in here]
    return own[0] if len(own) == 1 else None


def _exacter(shown: Moment | None, told: Moment | None) -> Moment | None:
    """The time told aside when the page shows only its day."""
    if shown is None or told is None or shown.precision is not Precision.DAY:
        return shown or told
    hours = told.at - shown.at
    same_day = timedelta(0) <= hours < timedelta(days=1)
    return replace(told, raw=shown.raw) if same_day else shown


def _with_told_text(post: Post, item: schema.Item) -> Post:
    """The post with JSON-LD's text, where scripts would have put it on the page."""
    text = html_to_text(item.text) if "<" in item.text else item.text
    if len(post.text) * 3 >= len(text):
        return post
    return replace(post, text=text, extras=(*post.extras, *post.text.split("\n")))


def _with_page_words(posts: tuple[Post, ...], words: Iterable[str]) -> tuple[Post, ...]:
    """The words that stand in no post, added to the first."""
    words = list(words)
    if not posts:
        return posts
    main = next((n for n, p in enumerate(posts) if p.kind != "comment"), 0)
    post = posts[main]
    post = replace(post, extras=distinct(post, (*post.extras, *words)))
    return (*posts[:main], post, *posts[main + 1 :])


def _base(tree: Tree, url: str) -> str:
    for tag in tree.named("base"):
        if attribute(tag, "href"):
            return absolute(url, attribute(tag, "href")) or url
    return url


def _canonical(tree: Tree, base: str, url: str) -> str:
    """The address the page gives itself, when it can be believed."""
    for tag in tree.all("link[rel=canonical]"):
        told = absolute(base, attribute(tag, "href"))
        if told and told.split("/")[2] == url.split("/")[2]:
            is_root = told.split("/", 3)[3] == ""
            if not is_root or url.split("/", 3)[3:] in ([""], []):
                return told
    return url


def _metas(tree: Tree) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in tree.named("meta"):
        name = attribute(tag, "name") or attribute(tag, "property")
        if name and attribute(tag, "content"):
            found.setdefault(name.lower(), attribute(tag, "content"))
    return found


def _title(tree: Tree) -> str | None:
    for tag in tree.named("title"):
        title = words_of("".join(tag.strings))
        if title:
            return title
    return None


def _language(tree: Tree) -> str | None:
    for tag in tree.named("html"):
        code = attribute(tag, "lang") or attribute(tag, "xml:lang")
        return code.partition("-")[0].lower()[:8] or None
    return None


def _links(tree: Tree, base: str) -> tuple[Link, ...]:
    found: dict[str, Link] = {}
    for tag in tree.named("a", "area"):
        url = absolute(base, attribute(tag, "href")) if tag.get("href") else None
        if url and url not in found:
            found[url] = Link(url, one_line(tag, limit=30)[:300])
    return tuple(found.values())


def _next_links(tree: Tree, base: str) -> tuple[str, ...]:
    tags = [*tree.all("link[rel=next]"), *tree.all("a[rel=next]")]
    for pattern in _NEXT_CLASSES:
        tags += tree.all(pattern)
    for pattern in _NEXT_AROUND:
        around = tree.all(pattern)[:20]
        tags += [t for tag in around for t in near(tag) if t.name == "a"]
    urls = (absolute(base, attribute(tag, "href")) for tag in tags if tag.get("href"))
    return tuple(dict.fromkeys(filter(None, urls)))


def _marked_links(tree: Tree, base: str, selectors: tuple[str, ...]) -> tuple[str, ...]:
    tags = [tag for css in selectors for tag in soupsieve.select(css, tree.soup)]
    tags += [inner for tag in tags[:200] for inner in near(tag)]
    urls = (absolute(base, attribute(tag, "href")) for tag in tags if tag.get("href"))
    return tuple(dict.fromkeys(filter(None, urls)))


def _feeds(tree: Tree, base: str) -> tuple[str, ...]:
    found = [
        absolute(base, attribute(tag, "href"))
        for tag in tree.all("link[rel=alternate]")
        if any(kind in attribute(tag, "type").lower() for kind in _FEED_TYPES)
    ]
    return tuple(dict.fromkeys(filter(None, found)))
