"""Names, times and addresses are those of the post, not of what stands around them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.extract import read_page
from monitor.extract.facts import author_of, unquoted
from monitor.extract.tree import Tree
from monitor.types import Post, Precision

NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
URL = "https://a.example/side"


def posts(html: str, url: str = URL) -> tuple[Post, ...]:
    return read_page(html.encode(), content_type="text/html", url=url, now=NOW).posts


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("<p>Af Tove Tang</p>", "Tove Tang"),
        ("<p>Skrevet af: <a href=/t>Tove Tang</a></p>", "Tove Tang"),
        ("<p>Posted by Tove Tang »</p>", "Tove Tang"),
        ("<p>Tove Tang sagde ...</p>", "Tove Tang"),
        ("<p><span class=username>af Havnen</span></p>", "af Havnen"),
        ("<p><a href=/x>Sagde Ingen</a></p>", "Sagde Ingen"),
        ("<p class=navn>af Havnen</p>", "af Havnen"),
        (
            "<p>Foto: <a href=/a><img alt=x></a> <b class=fn>by night</b></p>",
            "by night",
        ),
        ("<p><meta itemprop=name content='Tove'>T.</p>", "Tove"),
        ("<p> </p>", None),
    ],
)
def test_a_byline_gives_the_bare_name(html: str, name: str | None) -> None:
    (tag,) = Tree(html).named("p")
    assert author_of(tag) == name


def test_a_byword_that_stands_before_the_name_is_not_looked_for_in_it() -> None:
    (tag,) = Tree("<div>Af <span>af Havnen</span></div>").named("span")
    assert author_of(tag) == "af Havnen"


def test_who_is_quoted_is_not_the_author() -> None:
    tree = Tree("<div><blockquote><b>Lis</b></blockquote><i>x</i></div>")
    assert tree.named("b")[0] not in unquoted(tree.tags)
    assert tree.named("i")[0] in unquoted(tree.tags)
    post = posts(
        """<div class="comment" id="kommentar-1"><blockquote><cite>Lis</cite> skrev
<time datetime="2026-01-01">før</time></blockquote><div class="tekst">Enig</div>
<b>Bo</b><time datetime="2026-11-20T10:00+01:00">i fredags</time></div>"""
    )[-1]
    assert post.author == "Bo"
    assert post.published is not None
    assert post.published.at.day == 20


def test_a_teaser_and_its_article_are_the_same_place() -> None:
    teaser = """<main><article><h2><a href="/sag-1">Sag 1</a></h2><p>Begynd</p><a
 class="more-link" href="/sag-1">Læs mere</a></article><article><a href="/sag-2">
<header><h2>Sag 2</h2></header><p>Andet</p></a></article></main>"""
    article = "<main><article><h1>Sag 1</h1><p>Begyndelse og ende</p></article></main>"
    first, second = posts(teaser, "https://a.example/")
    (own,) = posts(article, "https://a.example/sag-1")
    assert first.permalink == own.permalink == "https://a.example/sag-1"
    assert second.permalink == "https://a.example/sag-2"
    assert first.text == "Begynd"


def test_an_article_keeps_its_address_on_later_pages_of_comments() -> None:
    html = "<main><article><h1>Sag</h1><p>Tekst</p></article></main>"
    (post,) = posts(html, "https://a.example/sag/comment-page-3/")
    assert post.permalink == "https://a.example/sag/"


def test_a_day_that_is_shown_gets_the_time_that_is_told() -> None:
    told = """<meta property="article:published_time" content="%s">
<article><h1>Sag</h1><time datetime="2026-11-20">20. november</time>Tekst</article>"""
    (post,) = posts(told % "2026-11-20T10:30:15+01:00")
    assert post.published is not None
    assert post.published.precision is Precision.SECOND
    assert post.published.raw == "20. november"
    (other,) = posts(told % "2026-11-18T10:30:15+01:00")
    assert other.published is not None
    assert other.published.precision is Precision.DAY
