"""A WordPress blog with a block theme: posts, paged and nested comments, feeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import escape

from monitor.demo import examples
from monitor.demo.dates import iso, long_date, mail_time
from monitor.demo.everyday import TOPICS, Everyday
from monitor.demo.picture import portrait
from monitor.demo.resource import Resource, fill, paragraphs, text

_XML = "application/rss+xml; charset=UTF-8"
_ROBOTS = """User-agent: *
Disallow: /kladder/
Disallow: /wp-admin/

Sitemap: {base}/wp-sitemap.xml
"""
_POSTS_A_PAGE = 10
_COMMENTS_A_PAGE = 5


@dataclass(frozen=True, slots=True)
class _Comment:
    id: int
    author: str
    at: datetime
    words: str
    answers: int | None = None  # the id of the comment it replies to


@dataclass(frozen=True, slots=True)
class _Post:
    id: int
    slug: str
    title: str
    author: str
    at: datetime
    paragraphs: tuple[str, ...]
    comments: tuple[_Comment, ...]


def build(base: str, start: datetime) -> dict[str, Resource]:
    """Every address of the blog."""
    posts = _posts(start)
    site = {
        "/robots.txt": text(_ROBOTS.format(base=base)),
        "/avatar.png": Resource(portrait("avatar"), "image/png"),
        "/feed/": _feed(base, posts),
        "/comments/feed/": _comment_feed(base, posts),
        "/kladder/": _page(
            base, "/kladder/", "Kladder", main=paragraphs([examples.BARRED])
        ),
    }
    site |= _sitemaps(base, posts)
    site |= dict(_indexes(base, posts))
    for post in posts:
        site |= dict(_post_pages(base, post))
    return site


def _posts(start: datetime) -> list[_Post]:
    writer = Everyday("blog")
    posts = [_everyday_post(writer, n, start) for n in range(24)]
    posts[2] = replace(
        posts[2],
        slug="tredje-gang",
        title="Tredje gang",
        author="Lykkebarnet",
        paragraphs=(examples.REFUSAL, "Nu går jeg en tur og tænker på noget andet."),
    )
    posts[4] = replace(
        posts[4],
        slug="bussen-fra-havnelyst",
        title="Bussen kører ikke i weekenden",
        comments=_bus_comments(writer, posts[4]),
    )
    return posts


def _everyday_post(writer: Everyday, n: int, start: datetime) -> _Post:
    at = start - timedelta(days=1 + n * 2, hours=writer.number(0, 8), minutes=n * 7)
    topic = TOPICS[n % len(TOPICS)]
    piece = writer.writing(topic, paragraphs=3)
    number = 400 - n * 3
    comments = tuple(
        _Comment(number * 10 + i, writer.nick(), at + timedelta(hours=2 + 3 * i), words)
        for i, words in enumerate(writer.remark(topic) for _ in range(n % 4))
    )
    comments = tuple(
        replace(one, answers=comments[0].id) if i == 1 else one
        for i, one in enumerate(comments)
    )
    slug = f"indlaeg-{number}"
    return _Post(
        number, slug, piece.title, writer.person(), at, piece.paragraphs, comments
    )


def _bus_comments(writer: Everyday, post: _Post) -> tuple[_Comment, ...]:
    words = [writer.remark("bus") for _ in range(12)]
    words[3] = examples.THREAT
    return tuple(
        _Comment(
            post.id * 10 + i,
            "vred_passager" if i == 3 else writer.nick(),
            post.at + timedelta(hours=1 + 2 * i),
            one,
            post.id * 10 if i == 2 else None,
        )
        for i, one in enumerate(words)
    )


def _page(
    base: str, path: str, title: str, *, main: str, kind: str = "page"
) -> Resource:
    markup = fill(
        "blog_page.html",
        base=base,
        url=base + path,
        title=escape(title),
        body_class=kind,
        main=main,
    )
    return Resource(markup.encode())


def _indexes(base: str, posts: Sequence[_Post]) -> Iterator[tuple[str, Resource]]:
    count = -(-len(posts) // _POSTS_A_PAGE)
    for number in range(1, count + 1):
        shown = posts[(number - 1) * _POSTS_A_PAGE : number * _POSTS_A_PAGE]
        items = "\n".join(_excerpt(base, post) for post in shown)
        main = f'<ul class="wp-block-post-template">\n{items}\n</ul>\n'
        if number < count:
            main += (
                '<nav class="wp-block-query-pagination" aria-label="Paginering">'
                f'<a href="{base}/page/{number + 1}/" '
                'class="wp-block-query-pagination-next">Næste side</a></nav>'
            )
        path = "/" if number == 1 else f"/page/{number}/"
        yield path, _page(base, path, "Hverdag", main=main, kind="home blog")


def _excerpt(base: str, post: _Post) -> str:
    words = " ".join(post.paragraphs).split()
    short = " ".join(words[:18]) + (" [&hellip;]" if len(words) > 18 else "")
    return fill(
        "blog_excerpt.html",
        id=post.id,
        url=f"{base}/{post.slug}/",
        title=escape(post.title),
        excerpt=short,
        iso=iso(post.at),
        date=long_date(post.at),
    )


def _post_pages(base: str, post: _Post) -> Iterator[tuple[str, Resource]]:
    """The post's own address shows its newest comments, as WordPress does."""
    tops = [one for one in post.comments if one.answers is None]
    count = max(1, -(-len(tops) // _COMMENTS_A_PAGE))
    for number in range(1, count + 1):
        shown = tops[(number - 1) * _COMMENTS_A_PAGE : number * _COMMENTS_A_PAGE]
        own = f"/{post.slug}/"
        path = own if number == count else f"{own}comment-page-{number}/"
        own_number = number if count > 1 else 0
        page = _post_page(base, path, post, shown=shown, number=own_number)
        yield path, page
        tops_here = {one.id for one in shown}
        for comment in post.comments:
            if tops_here.isdisjoint({comment.id, comment.answers}):
                continue
            yield f"{own}?replytocom={comment.id}", page
        if number == count:
            yield f"/?p={post.id}", page
            yield f"{own}comment-page-{number}/", page


def _post_page(
    base: str, path: str, post: _Post, *, shown: Sequence[_Comment], number: int
) -> Resource:
    own = f"{base}/{post.slug}/"
    place = f"{own}comment-page-{number}/" if number else own
    items = "".join(_comment(base, post, one, place=place) for one in shown)
    older = (
        '<nav class="wp-block-comments-pagination"><a href="'
        f'{own}comment-page-{number - 1}/#comments" '
        'class="wp-block-comments-pagination-previous">Ældre kommentarer</a></nav>'
    )
    main = fill(
        "blog_post.html",
        base=base,
        title=escape(post.title),
        content=paragraphs(post.paragraphs),
        iso=iso(post.at),
        date=long_date(post.at),
        author=escape(post.author),
        count=len(post.comments),
        comments=items,
        pages=older if number > 1 else "",
    )
    newest = max((one.at for one in post.comments), default=post.at)
    kind = f"post-template-default single single-post postid-{post.id}"
    page = _page(base, path, post.title, main=main, kind=kind)
    return replace(page, modified=newest, group=post.slug)


def _comment(
    base: str, post: _Post, one: _Comment, *, place: str, depth: int = 1
) -> str:
    replies = "".join(
        _comment(base, post, other, place=place, depth=depth + 1)
        for other in post.comments
        if other.answers == one.id
    )
    return fill(
        "blog_comment.html",
        base=base,
        id=one.id,
        depth=depth,
        author=escape(one.author),
        iso=iso(one.at),
        date=long_date(one.at),
        permalink=f"{place}#comment-{one.id}",
        content=paragraphs([one.words]),
        post=f"{base}/{post.slug}/",
        post_id=post.id,
        replies=f"<ol>{replies}</ol>\n" if replies else "",
    )


def _feed(base: str, posts: Sequence[_Post]) -> Resource:
    items = "".join(
        fill(
            "blog_item.xml",
            title=escape(post.title),
            link=f"{base}/{post.slug}/",
            guid=f"{base}/?p={post.id}",
            author=escape(post.author),
            date=mail_time(post.at),
            content=paragraphs(post.paragraphs),
        )
        for post in posts[:10]
    )
    return _rss(base, "Hverdag i Tågeby", path="/feed/", items=items)


def _comment_feed(base: str, posts: Sequence[_Post]) -> Resource:
    pairs = [(post, one) for post in posts for one in post.comments]
    pairs.sort(key=lambda pair: pair[1].at, reverse=True)
    items = "".join(
        fill(
            "blog_item.xml",
            title=escape(f"Kommentar til {post.title} af {one.author}"),
            link=f"{base}/{post.slug}/#comment-{one.id}",
            guid=f"{base}/?p={post.id}#comment-{one.id}",
            author=escape(one.author),
            date=mail_time(one.at),
            content=paragraphs([one.words]),
        )
        for post, one in pairs[:10]
    )
    title = "Kommentarer til Hverdag i Tågeby"
    return _rss(base, title, path="/comments/feed/", items=items)


def _rss(base: str, title: str, *, path: str, items: str) -> Resource:
    feed = fill("feed.xml", title=title, base=base, self=base + path, items=items)
    return text(feed, _XML)


def _sitemaps(base: str, posts: Sequence[_Post]) -> dict[str, Resource]:
    inner = "/wp-sitemap-posts-post-1.xml"
    places = "".join(
        f"<url><loc>{base}/{post.slug}/</loc><lastmod>{iso(post.at)}</lastmod></url>"
        for post in posts
    )
    index = f"<sitemap><loc>{base}{inner}</loc></sitemap>"
    kind = "application/xml; charset=UTF-8"
    return {
        "/wp-sitemap.xml": text(fill("sitemapindex.xml", items=index), kind),
        inner: text(fill("sitemap.xml", items=places), kind),
    }
