"""A local paper: articles as schema.org JSON-LD, reader comments as microdata."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import escape

from monitor.demo import examples
from monitor.demo.dates import iso, long_time
from monitor.demo.everyday import TOPICS, Everyday
from monitor.demo.resource import Resource, fill, paragraphs, text

_ROBOTS = """User-agent: *
Disallow: /soeg
Sitemap: {base}/sitemap.xml
"""


@dataclass(frozen=True, slots=True)
class _Comment:
    id: int
    author: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class _Article:
    path: str
    title: str
    author: str
    at: datetime
    paragraphs: tuple[str, ...]
    comments: tuple[_Comment, ...]


def build(base: str, start: datetime) -> dict[str, Resource]:
    """Every address of the paper."""
    articles = _articles(start)
    site = {
        "/robots.txt": text(_ROBOTS.format(base=base)),
        "/sitemap.xml": _sitemap(base, articles),
        "/": _front(articles),
    }
    return site | {one.path: _page(base, one) for one in articles}


def _articles(start: datetime) -> list[_Article]:
    writer = Everyday("news")
    articles = [_everyday_article(writer, n, start) for n in range(20)]
    articles[3] = replace(
        articles[3],
        path="/indland/fagchef-afviser-kritik",
        title=examples.CRITICISM,
        paragraphs=(
            "Sagerne bliver behandlet inden for fristen, lyder svaret fra jobcentret.",
            "Tallene bliver lagt ud på kommunens hjemmeside hver måned.",
        ),
        comments=_comments(
            writer,
            90,
            at=articles[3].at,
            words=[writer.remark("job"), examples.FIRE_HER],
        ),
    )
    articles[6] = replace(
        articles[6],
        path="/sport/sejr-til-taageby-q",
        title="Sejr til Tågeby Q",
        paragraphs=(
            f"{examples.GOAL}, da holdet lørdag slog gæsterne fra Sandvig 2-1.",
            "Målet faldt tre minutter før tid efter et hjørnespark fra venstre.",
        ),
        comments=_comments(writer, 91, at=articles[6].at, words=["Sikke en kamp!"]),
    )
    return articles


def _everyday_article(writer: Everyday, n: int, start: datetime) -> _Article:
    topic = TOPICS[n % len(TOPICS)]
    at = start - timedelta(hours=20 * n + 5, minutes=3 * n)
    piece = writer.writing(topic, paragraphs=3)
    words = [writer.remark(topic) for _ in range(2 + n % 3)]
    comments = _comments(writer, n, at=at, words=words)
    path = f"/{topic}/artikel-{5200 - n}"
    return _Article(path, piece.title, writer.person(), at, piece.paragraphs, comments)


def _comments(
    writer: Everyday, article: int, *, at: datetime, words: Sequence[str]
) -> tuple[_Comment, ...]:
    return tuple(
        _Comment(article * 20 + i, writer.nick(), at + timedelta(minutes=35 * i), one)
        for i, one in enumerate(words, 1)
    )


def _page(base: str, article: _Article) -> Resource:
    url = base + article.path
    comments = "".join(
        fill(
            "news_comment.html",
            id=one.id,
            url=url,
            author=escape(one.author),
            iso=iso(one.at),
            time=long_time(one.at),
            words=escape(one.words, quote=False),
        )
        for one in article.comments
    )
    markup = fill(
        "news_article.html",
        title=escape(article.title),
        url=url,
        ld=_json_ld(url, article),
        author=escape(article.author),
        iso=iso(article.at),
        time=long_time(article.at),
        body=paragraphs(article.paragraphs),
        count=len(article.comments),
        comments=comments,
    )
    newest = max((one.at for one in article.comments), default=article.at)
    return Resource(markup.encode(), modified=newest, group=article.path)


def _json_ld(url: str, article: _Article) -> str:
    # Slashes and letters escaped, as the paper's publishing system writes them.
    return json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "mainEntityOfPage": {"@type": "WebPage", "@id": url},
            "url": url,
            "headline": article.title,
            "datePublished": iso(article.at),
            "dateModified": iso(article.at),
            "author": [{"@type": "Person", "name": article.author}],
            "publisher": {"@type": "Organization", "name": "Tågeby Avis"},
            "articleBody": "\n\n".join(article.paragraphs),
            "commentCount": len(article.comments),
        }
    ).replace("/", "\\/")


def _front(articles: Sequence[_Article]) -> Resource:
    items = "\n".join(
        f'<li><a href="{one.path}">{escape(one.title)}</a></li>' for one in articles[:8]
    )
    return Resource(fill("news_front.html", items=items).encode())


def _sitemap(base: str, articles: Sequence[_Article]) -> Resource:
    places = "".join(
        f"<url><loc>{base}{one.path}</loc><lastmod>{iso(one.at)}</lastmod></url>"
        for one in articles
    )
    return text(fill("sitemap.xml", items=places), "application/xml; charset=UTF-8")
