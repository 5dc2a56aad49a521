"""A phpBB forum: sections, topics in pages of ten posts, quotes and signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import escape

from monitor.demo import examples
from monitor.demo.dates import days_ago, forum_time, iso, local
from monitor.demo.everyday import Everyday, traps
from monitor.demo.picture import portrait
from monitor.demo.resource import Resource, fill, text

_SECTIONS = {2: "Byen rundt", 3: "Hus og have", 4: "Sport", 5: "Job og ydelser"}
_TOPICS = {2: ("bus", "kommune", "hverdag"), 3: ("have", "mad"), 4: ("fodbold",)}
_POSTS_A_PAGE = 10
_TOPICS_A_PAGE = 8
_ROBOTS = """User-agent: *
Disallow: /memberlist.php
Disallow: /posting.php
"""


@dataclass(frozen=True, slots=True)
class _Post:
    id: int
    author: str
    at: datetime
    content: str  # markup


@dataclass(frozen=True, slots=True)
class _Topic:
    id: int
    section: int
    title: str
    posts: tuple[_Post, ...]


def build(base: str, start: datetime) -> dict[str, Resource]:
    """Every address of the forum."""
    topics = _topics(start)
    site = {
        "/robots.txt": text(_ROBOTS),
        "/download/file.php?id=7": Resource(portrait("signe"), "image/png"),
        "/index.php": _index(base),
    }
    site["/"] = site["/index.php"]
    for section in _SECTIONS:
        own = [topic for topic in topics if topic.section == section]
        site |= dict(_section_pages(base, section, own))
    for topic in topics:
        site |= dict(_topic_pages(base, topic, start))
    return site


def _topics(start: datetime) -> list[_Topic]:
    writer = Everyday("forum")
    topics = [_everyday_topic(writer, n, start) for n in range(14)]
    topics += [_job_topic(writer, n, start) for n in range(18, 23)]
    plants = {
        20: (3, "tilfreds_borger", examples.PENDING),
        21: (4, "sandheden_nu", _portrait_post()),
        22: (13, "hævneren77", examples.ADDRESS),
    }
    planted = [
        _plant(one, plants[one.id]) if one.id in plants else one for one in topics
    ]
    return [*planted, _trap_topic(writer, start)]


def _portrait_post() -> str:
    address = "linkedin.example/in/signe-av"
    words = examples.PORTRAIT.replace(
        address, f'<a href="http://{address}" class="postlink">{address}</a>'
    )
    image = '<img src="./download/file.php?id=7" class="postimage" alt="Billede">'
    return f"{words}<br>\n{image}"


def _plant(topic: _Topic, plant: tuple[int, str, str]) -> _Topic:
    place, author, content = plant
    posts = list(topic.posts)
    posts[place] = replace(posts[place], author=author, content=content)
    return replace(topic, posts=tuple(posts))


def _everyday_topic(writer: Everyday, n: int, start: datetime) -> _Topic:
    section = 2 + n % 3
    kinds = _TOPICS[section]
    kind = kinds[n % len(kinds)]
    size = writer.number(4, 13)
    began = start - timedelta(days=2 + n, hours=writer.number(1, 9))
    title = writer.writing(kind).title
    words = [writer.remark(kind) for _ in range(size)]
    return _Topic(
        n + 1, section, title, tuple(_posts(writer, n + 1, began=began, words=words))
    )


def _job_topic(writer: Everyday, n: int, start: datetime) -> _Topic:
    size = 16 if n == 22 else 7
    began = start - timedelta(days=2 + (n % 5), hours=4)
    words = [writer.remark("job") for _ in range(size)]
    title = writer.writing("job").title
    return _Topic(n, 5, title, tuple(_posts(writer, n, began=began, words=words)))


def _trap_topic(writer: Everyday, start: datetime) -> _Topic:
    began = start - timedelta(days=6)
    posts = _posts(writer, 30, began=began, words=traps())
    return _Topic(30, 2, "Småt nyt fra byen", tuple(posts))


def _posts(
    writer: Everyday, topic: int, *, began: datetime, words: Sequence[str]
) -> Iterator[_Post]:
    for i, one in enumerate(words):
        content = escape(one, quote=False)
        author = writer.nick()
        if i % 5 == 4:
            content = _quote(author, words[i - 1]) + content
        at = began + timedelta(minutes=47 * i)
        yield _Post(topic * 100 + i, author, at, content)


def _quote(author: str, words: str) -> str:
    return (
        f"<blockquote><div><cite>{author} skrev:</cite>{escape(words, quote=False)}"
        "</div></blockquote>"
    )


def _page(base: str, path: str, title: str, *, section: str, main: str) -> Resource:
    markup = fill(
        "forum_page.html",
        title=escape(title),
        canonical=escape(base + path),
        section=section,
        main=main,
    )
    return Resource(markup.encode())


def _index(base: str) -> Resource:
    rows = "\n".join(
        '<li class="row"><dl class="row-item forum_read"><dt><div class="list-inner">'
        f'<a href="./viewforum.php?f={number}" class="forumtitle">{name}</a>'
        "</div></dt></dl></li>"
        for number, name in _SECTIONS.items()
    )
    main = (
        '<div class="forabg"><div class="inner"><ul class="topiclist forums">'
        f"\n{rows}\n</ul></div></div>"
    )
    return _page(base, "/index.php", "Boardindeks", section="index", main=main)


def _section_pages(
    base: str, section: int, topics: Sequence[_Topic]
) -> Iterator[tuple[str, Resource]]:
    for first in range(0, max(1, len(topics)), _TOPICS_A_PAGE):
        shown = topics[first : first + _TOPICS_A_PAGE]
        rows = "\n".join(_row(i, topic) for i, topic in enumerate(shown))
        own = f"/viewforum.php?f={section}"
        pages = _pagination(own, len(topics), _TOPICS_A_PAGE, shown=first)
        main = (
            f'<h2 class="forum-title"><a href=".{own}">{_SECTIONS[section]}</a></h2>\n'
            '<div class="forumbg"><div class="inner"><ul class="topiclist topics">\n'
            f'{rows}\n</ul></div></div>\n<div class="pagination">{pages}</div>'
        )
        path = own + (f"&start={first}" if first else "")
        yield (
            path,
            _page(base, path, _SECTIONS[section], section="viewforum", main=main),
        )


def _row(i: int, topic: _Topic) -> str:
    first = topic.posts[0]
    return fill(
        "forum_row.html",
        row=f"bg{1 + i % 2}",
        topic=topic.id,
        title=escape(topic.title),
        user=_user(first.author),
        author=escape(first.author),
        iso=iso(first.at),
        time=forum_time(first.at),
        replies=len(topic.posts) - 1,
    )


def _topic_pages(
    base: str, topic: _Topic, now: datetime
) -> Iterator[tuple[str, Resource]]:
    own = f"/viewtopic.php?t={topic.id}"
    for first in range(0, len(topic.posts), _POSTS_A_PAGE):
        shown = topic.posts[first : first + _POSTS_A_PAGE]
        posts = "".join(
            _post(topic, post, number=first + i, now=now)
            for i, post in enumerate(shown)
        )
        main = fill(
            "forum_topic.html",
            topic=topic.id,
            title=escape(topic.title),
            count=len(topic.posts),
            pages=_pagination(own, len(topic.posts), _POSTS_A_PAGE, shown=first),
            posts=posts,
        )
        path = own + (f"&start={first}" if first else "")
        page = _page(base, path, topic.title, section="viewtopic", main=main)
        page = replace(page, modified=shown[-1].at, group=f"topic-{topic.id}")
        yield path, page
        for post in shown:
            yield f"/viewtopic.php?p={post.id}", page


def _post(topic: _Topic, post: _Post, *, number: int, now: datetime) -> str:
    yesterday = (local(now).date() - local(post.at).date()).days == 1
    hour = f"{days_ago(post.at, now).capitalize()}, {local(post.at):%H:%M}"
    signed = number % 7 == 2
    return fill(
        "forum_post.html",
        id=post.id,
        row=f"bg{1 + number % 2}",
        user=_user(post.author),
        author=escape(post.author),
        posts=_user(post.author) * 3,
        joined="3. mar 2019, 20:11",
        heading="first" if number == 0 else "",
        subject=escape(topic.title if number == 0 else f"Re: {topic.title}"),
        iso=iso(post.at),
        time=hour if yesterday else forum_time(post.at),
        content=post.content,
        signature=_signature(post.id) if signed else "",
    )


def _signature(post: int) -> str:
    words = "Livet er for kort til dårlig kaffe"
    return f'<div id="sig{post}" class="signature">{words}</div>'


def _user(author: str) -> int:
    return 50 + sum(author.encode()) % 400


def _pagination(own: str, total: int, size: int, *, shown: int) -> str:
    """Page links of phpBB: the page shown is a span, the others are buttons."""
    count = -(-total // size)
    if count <= 1:
        return "Side <strong>1</strong> af <strong>1</strong>"
    link = escape(own)
    items = []
    for n in range(count):
        if n * size == shown:
            items.append(f'<li class="active"><span>{n + 1}</span></li>')
        else:
            start = f"&amp;start={n * size}" if n else ""
            button = (
                f'<a class="button" href=".{link}{start}" role="button">{n + 1}</a>'
            )
            items.append(f"<li>{button}</li>")
    if shown + size < total:
        items.append(
            '<li class="arrow next"><a class="button button-icon-only" '
            f'href=".{link}&amp;start={shown + size}" rel="next" role="button">'
            '<span class="sr-only">Næste</span></a></li>'
        )
    return "<ul>" + "".join(items) + "</ul>"
