"""Puts together what one page holds: its posts, its links and what it says of itself.

Finding the single posts is left to ``posts``, following links to the sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain

from lxml import etree

from monitor.extract import schema
from monitor.extract.charset import decode
from monitor.extract.facts import article_place
from monitor.extract.furniture import is_chrome, without
from monitor.extract.media import distinct, with_media
from monitor.extract.posts import find_posts, later_edit_only
from monitor.extract.sheet import tamed
from monitor.extract.skim import plain, skim_html
from monitor.extract.text import lines_of, one_line, visible_text, words_of
from monitor.extract.tree import Tree, walk
from monitor.extract.urls import absolute, canonical, readable
from monitor.extract.view import Extracted, Rules, View
from monitor.types import Moment, Post, Precision, Reason

# So many words outside the posts are a text of their own, fewer are page furniture.
REST_WORDS = 40
_CHANCE = 40  # characters; fewer may be said twice by chance
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
        return plain(text, place)
    try:
        return _read(tamed(text), place, now=now, rules=rules or Rules())
    except PARSER_ERRORS as error:
        reason = Reason("html_unreadable", {"error": type(error).__name__})
        return replace(plain(text, place), reason=reason)


def html_to_text(html: str) -> str:
    """The visible text of a piece of HTML, such as a feed's content."""
    return visible_text([Tree(html).root])


def html_post(html: str, post: Post, view: View) -> Post:
    """A post whose text, links and media are those of a piece of HTML."""
    tree = Tree(html)
    post = replace(post, text=visible_text([tree.root]))
    return with_media(post, tree.tags, view)


def _read(html: str, url: str, *, now: datetime, rules: Rules) -> Extracted:
    skim = skim_html(html, url, rules=rules)
    page = skim.page
    if page.reason is not None:
        text = skim.searched
        return replace(page, posts=(Post(place=page.url, text=text),), text=text)
    tree = Tree(skim.sheet)
    view = View(page.url, skim.base, now, rules.timezone)
    posts = _posts(tree, view, rules, metas=skim.metas)
    facts = [*skim.headings, page.title or "", *map(skim.metas.get, _FACTS)]
    words = [*filter(None, facts), readable(page.url)]
    peopled = any(post.kind in ("comment", "post") for post in posts)
    return replace(
        page,
        posts=_with_page_words(posts, words),
        text=visible_text([tree.root]) if rules.text else "",
        wall=skim.wall(peopled=peopled, least=_length(posts)),
    )


def _length(posts: tuple[Post, ...]) -> int:
    """How many characters were written by people, as far as posts are told apart."""
    return sum(len(post.text) for post in posts if post.kind in ("comment", "post"))


def _posts(
    tree: Tree, view: View, rules: Rules, *, metas: dict[str, str]
) -> tuple[Post, ...]:
    found = find_posts(tree, view, rules.selectors)
    told = schema.items(tree)
    posts = tuple(filter(_says, found.posts))
    posts = _with_told_posts(posts, told, view)
    if not any(post.kind in ("article", "post") for post in posts):
        posts = (_whole_page(tree, view, posts=posts, used=found.used), *posts)
        return _with_article_facts(tuple(filter(_says, posts)), told, view, metas=metas)
    posts = _with_article_facts(posts, told, view, metas=metas)
    rest = _rest(tree, posts, found.used)
    if len(rest.split()) < REST_WORDS:
        return _with_page_words(posts, rest.split("\n"))
    page = Post(place=view.place, text=rest, native_id="rest")
    outside = [t for t in walk([tree.root], found.used) if t.name != "nav"]
    return (*posts, with_media(page, outside, view))


def _says(post: Post) -> bool:
    return bool(post.text or post.media or post.images or post.links or post.extras)


def _whole_page(
    tree: Tree, view: View, *, posts: tuple[Post, ...], used: frozenset[int]
) -> Post:
    chrome = frozenset(id(tag) for tag in tree.tags if is_chrome(tag))
    text = _rest(tree, posts, used | chrome)
    if not text and not posts:
        text = visible_text([tree.root])
    titles = [one_line(tag) for tag in tree.named("h1")[:1]]
    page = Post(place=view.place, text=text, title=next(iter(titles), "") or None)
    page = with_media(page, walk([tree.root], used | chrome), view)
    aside = (t for t in walk([tree.root], used) if id(t) in chrome and t.name != "nav")
    lines = (visible_text([tag], limit=300).split("\n") for tag in aside)
    return replace(page, extras=distinct(page, (*page.extras, *chain(*lines))))


def _rest(tree: Tree, posts: tuple[Post, ...], used: frozenset[int]) -> str:
    """The main text outside the posts, without lines the posts already hold."""
    text = without(visible_text([tree.root], skip=used, main_only=True))
    if not posts:
        return text
    said = lines_of([*(post.text for post in posts), *(p.title or "" for p in posts)])
    kept = [line for line in text.split("\n") if words_of(line) not in said]
    return "\n".join(kept).strip()


def _with_told_posts(
    posts: tuple[Post, ...], told: tuple[schema.Item, ...], view: View
) -> tuple[Post, ...]:
    """The posts, and those that only the page's JSON-LD tells of.

    What it tells of a post that is shown goes to that one's searched words.
    """
    known = _Shown(posts)
    kept, added = list(posts), []
    for post in _told_posts(told, view):
        number = known.number(post)
        if number is not None:
            words = (*kept[number].extras, *post.text.split("\n"))
            kept[number] = replace(kept[number], extras=distinct(kept[number], words))
        elif not known.says(post.text):
            added.append(post)
    return (*kept, *added)


def _told_posts(told: tuple[schema.Item, ...], view: View) -> Iterator[Post]:
    for item in told:
        if item.kind == "article" or not item.text:
            continue
        text = html_to_text(item.text) if "<" in item.text else item.text
        link = absolute(view.base, item.url, keep_fragment=True) if item.url else None
        if words_of(text):
            yield Post(
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


class _Shown:
    """The posts that a page shows, to know them again where JSON-LD tells of them."""

    def __init__(self, posts: tuple[Post, ...]) -> None:
        told = [(n, post) for n, post in enumerate(posts) if post.kind != "article"]
        self._places = {post.permalink: n for n, post in told if post.permalink}
        self._moments = {_who_and_when(post): n for n, post in told}
        texts = [words_of(post.text) for post in posts]
        self._whole = frozenset(texts)
        self._all = "\n".join(texts)

    def number(self, post: Post) -> int | None:
        """Which post has the same address, or the same author and time."""
        found = self._places.get(post.permalink) if post.permalink else None
        if found is not None:
            return found
        written = _who_and_when(post)
        return self._moments.get(written) if written is not None else None

    def says(self, text: str) -> bool:
        """Whether a post says the same; few words only count as a whole post."""
        words = words_of(text)
        return words in (self._all if len(words) >= _CHANCE else self._whole)


def _who_and_when(post: Post) -> tuple[str, datetime] | None:
    at = post.published
    if at is None or not post.author or at.precision is Precision.DAY:
        return None
    return post.author, at.at


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
