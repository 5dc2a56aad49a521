"""Articles without known software: JSON-LD, Open Graph, bare, and papers' comments.

The markup follows what Danish papers and public bodies send: schema.org NewsArticle
in JSON-LD, Open Graph's article tags, HTML5 ``article`` with ``time``, and comment
sections of ``article`` or ``div`` with readers' own class names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from html import escape
from random import Random

from monitor.types import Precision

from .thread import NOW, Said, Sample, Truth, Writers, body, clock, day, truth

SITE = "https://avis.example"
FURNITURE = ("Del artiklen", "Læs også", "Kopiér link", "Annonce", "Anmeld")


def samples(random: Random) -> Iterator[Sample]:
    """Each way of telling facts, with and without comments."""
    forms = (_json_ld, _open_graph, _bare, _microdata)
    for number in range(12):
        writers = Writers(random, "da")
        yield forms[number % 4](writers, f"{SITE}/lokalt/art-{number}")


def papers(random: Random) -> Iterator[Sample]:
    """Comment sections: nested articles, and lists with classes of their own."""
    for number in range(6):
        yield _paper(Writers(random, "da"), f"{SITE}/debat/{number}", listed=number % 2)


def _quote(author: str, words: str) -> str:
    return f"<blockquote><p>{words}</p><footer>{author}</footer></blockquote>"


_SHARE = """<div class="share-bar"><span>Del artiklen</span><button>Kopiér link</button>
<a href="https://facebook.example/sharer">Facebook</a></div>"""
_MORE = """<aside class="related"><h2>Læs også</h2><ul><li><a href="/andet">Havnen får
 nyt tag</a></li></ul></aside>"""


def _page(url: str, head: str, inside: str) -> str:
    return f"""<!DOCTYPE html><html lang="da"><head><meta charset="utf-8"><title>Sagen
 trækker ud | Avisen</title><link rel="canonical" href="{url}">{head}</head><body>
<header class="site"><a href="/">Avisen</a><nav><ul><li><a href="/sport">Sport</a></li>
</ul></nav></header><main>{inside}</main><footer><p>Ansvarshavende: ingen</p><p>Annonce
</p></footer></body></html>"""


def _main(writers: Writers) -> Said:
    return writers.post(NOW - timedelta(days=writers.random.randint(1, 60)))


def _json_ld(writers: Writers, url: str) -> Sample:
    said = _main(writers)
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": url},
        "headline": "Sagen trækker ud",
        "author": [{"@type": "Person", "name": said.author}],
        "datePublished": said.local.isoformat(),
        "dateModified": (said.local + timedelta(hours=1)).isoformat(),
        "publisher": {"@type": "Organization", "name": "Avisen"},
    }
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    inside = f"""<article class="art"><h1>Sagen trækker ud</h1>{_SHARE}<div
 class="art__body">{body(said, _quote)}</div>{_MORE}</article>"""
    return Sample(url, _page(url, head, inside), (truth(said, url),), FURNITURE)


def _open_graph(writers: Writers, url: str) -> Sample:
    said = _main(writers)
    head = f"""<meta property="og:type" content="article"><meta property="og:url"
 content="{url}"><meta property="og:title" content="Sagen trækker ud"><meta
 property="article:published_time" content="{said.local.isoformat()}"><meta
 name="author" content="{escape(said.author)}">"""
    inside = f"""<div class="content"><h1>Sagen trækker ud</h1>{_SHARE}
{body(said, _quote)}</div>"""
    return Sample(url, _page(url, head, inside), (truth(said, url),), FURNITURE)


def _bare(writers: Writers, url: str) -> Sample:
    said = _main(writers)
    inside = f"""<article><header><h1>Sagen trækker ud</h1><p class="byline">Af
 <span class="author">{said.name}</span></p><time datetime="{said.local:%Y-%m-%d}">
{day(said.local, "da")}</time></header>{body(said, _quote)}{_SHARE}</article>"""
    told = truth(said, url, precision=Precision.DAY)
    return Sample(url, _page(url, "", inside), (told,), FURNITURE)


def _microdata(writers: Writers, url: str) -> Sample:
    said = _main(writers)
    inside = f"""<div itemscope itemtype="https://schema.org/NewsArticle"><h1
 itemprop="headline">Sagen trækker ud</h1><meta itemprop="datePublished"
 content="{said.local.isoformat()}"><div itemprop="author" itemscope
 itemtype="https://schema.org/Person">Tekst: <span itemprop="name">{said.name}</span>
</div>{_SHARE}<div itemprop="articleBody">{body(said, _quote)}</div>{_MORE}</div>"""
    return Sample(url, _page(url, "", inside), (truth(said, url),), FURNITURE)


def _paper(writers: Writers, url: str, *, listed: int) -> Sample:
    said = _main(writers)
    comments = writers.posts(writers.random.randint(2, 9), nested=True)
    form = _listed if listed else _article_comment
    rows = "".join(form(one) for one in comments)
    around = (
        f'<ul class="kommentarer">{rows}</ul>'
        if listed
        else f'<section class="comments" id="kommentarer">{rows}</section>'
    )
    inside = f"""<article class="art"><h1>Sagen trækker ud</h1><div
 class="art__meta"><span class="byline">Af {said.name}</span> <time
 datetime="{said.local.isoformat()}">{day(said.local, "da")}</time></div>{_SHARE}<div
 class="art__body">{body(said, _quote)}</div></article>{_MORE}<h2>Kommentarer
 ({len(comments)})</h2>{around}"""
    truths = [truth(said, url), *(_comment_truth(one, url, listed) for one in comments)]
    return Sample(url, _page(url, "", inside), tuple(truths), FURNITURE)


def _comment_truth(said: Said, url: str, listed: int) -> Truth:
    link = f"{url}#{'kommentar' if listed else 'comment'}-{said.number}"
    precision = Precision.MINUTE if listed else Precision.SECOND
    return truth(said, link, precision=precision)


def _article_comment(said: Said) -> str:
    return f"""<article class="comment" id="comment-{said.number}"><header><strong
 class="comment__author">{said.name}</strong> <time class="comment__time"
 datetime="{said.local.isoformat()}">{day(said.local, "da")}</time></header><div
 class="comment__text">{body(said, _quote)}</div><footer><button>Svar</button> <a
 href="#anmeld">Anmeld</a></footer></article>"""


def _listed(said: Said) -> str:
    return f"""<li class="kommentar kommentar--niveau-{said.level}"
 id="kommentar-{said.number}"><div class="kommentar__hoved"><span
 class="kommentar__navn">{said.name}</span> <span class="kommentar__dato">
{day(said.local, "da")} kl. {clock(said.local, "da")}</span></div><div
 class="kommentar__tekst">{body(said, _quote)}</div><div class="kommentar__bund"><a
 href="#svar">Svar</a> <a href="#anmeld">Anmeld</a></div></li>"""
