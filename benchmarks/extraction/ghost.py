"""Posts and index pages as Ghost 5 shows them in its themes Casper and Source.

Ghost's comments are filled in by scripts, so only the articles are in the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from random import Random

from monitor.types import Precision

from .thread import NOW, Said, Sample, Writers, body, day, truth

SITE = "https://ghost.example"
FURNITURE = ("min read", "Tilmeld dig", "Læs også", "Read more", "Subscribe")


def samples(random: Random) -> Iterator[Sample]:
    """Single posts with author lists, and index pages of cards."""
    for number in range(8):
        yield _single(Writers(random, ("da", "en")[number % 2]), number)
    for number in range(2):
        yield _index(Writers(random, "en"), number)


def _quote(author: str, words: str) -> str:
    return f"<blockquote>{words} – {author}</blockquote>"


def _single(writers: Writers, number: int) -> Sample:
    page = f"{SITE}/sag-{number}/"
    said = writers.post(NOW - timedelta(days=writers.random.randint(2, 300)))
    stamp = said.at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    data = {
        "@context": "https://schema.org",
        "@type": "Article",
        "publisher": {"@type": "Organization", "name": "Dagbladet Havn"},
        "author": {"@type": "Person", "name": said.author, "sameAs": []},
        "headline": "Sagen trækker ud",
        "url": page,
        "datePublished": stamp,
        "dateModified": stamp,
        "description": "Kort om sagen",
        "mainEntityOfPage": page,
    }
    head = f"""<script type="application/ld+json">{json.dumps(data)}</script><meta
 property="article:published_time" content="{stamp}">"""
    inside = f"""<article class="article post tag-havn"><header class="article-header
 gh-canvas"><div class="article-tag post-card-tags"><span
 class="post-card-primary-tag"><a href="/tag/havn/">Havn</a></span></div><h1
 class="article-title">Sagen trækker ud</h1><div class="article-byline"><section
 class="article-byline-content"><ul class="author-list"><li
 class="author-list-item"><a href="/author/x/" class="author-avatar"
 aria-label="Læs mere af {said.name}"><img class="author-profile-image" src="/a.png"
 alt="{said.name}"></a></li></ul><div class="article-byline-meta"><h4
 class="author-name"><a href="/author/x/">{said.name}</a></h4><div
 class="byline-meta-content"><time class="byline-meta-date"
 datetime="{said.local:%Y-%m-%d}">{day(said.local, writers.language, short=True)}</time>
<span class="byline-reading-time"><span class="bull">&bull;</span> 2 min read</span>
</div></div></section></div></header><section class="gh-content gh-canvas">
{body(said, _quote)}</section></article><section class="footer-cta outer"><div
 class="inner"><h2>Tilmeld dig</h2></div></section><aside class="read-more-wrap
 outer"><div class="read-more inner"><article class="post-card post"><a
 class="post-card-image-link" href="/andet/"><img class="post-card-image" src="/i.png"
 alt="Noget andet"></a><div class="post-card-content"><a
 class="post-card-content-link" href="/andet/"><header class="post-card-header"><h2
 class="post-card-title">Noget andet</h2></header><div class="post-card-excerpt">Kort
 om noget andet anden1</div></a><footer class="post-card-meta"><time
 class="post-card-meta-date" datetime="2026-01-05">5. jan. 2026</time></footer></div>
</article></div></aside>"""
    truths = [truth(said, page), truth(_other(said), f"{SITE}/andet/",
              precision=Precision.DAY, author=None)]  # fmt: skip
    return Sample(page, _frame(page, head, inside), tuple(truths), FURNITURE)


def _other(said: Said) -> Said:
    """The card of another article below the one that is read."""
    from datetime import UTC, datetime

    return Said(
        number=said.number,
        author="",
        at=datetime(2026, 1, 5, 11, tzinfo=UTC),
        parts=(),
        markers=("anden1",),
        mentions=(),
    )


def _index(writers: Writers, number: int) -> Sample:
    page = f"{SITE}/page/{number + 2}/"
    posts = writers.posts(5)
    truths = [
        truth(said, f"{SITE}/sag-{said.number}/", precision=Precision.DAY, author=None)
        for said in posts
    ]
    rows = "".join(_card(said, writers.language) for said in posts)
    inside = f"""<div class="post-feed">{rows}</div><nav class="pagination"><a
 class="older-posts" href="/page/{number + 3}/">Older</a></nav>"""
    return Sample(page, _frame(page, "", inside), tuple(truths), FURNITURE)


def _card(said: Said, language: str) -> str:
    link = f"/sag-{said.number}/"
    plain = " ".join(part.html for part in said.parts)
    return f"""<article class="post-card post tag-havn"><a class="post-card-image-link"
 href="{link}"><img class="post-card-image" src="/i.png" alt="Sag"></a><div
 class="post-card-content"><a class="post-card-content-link" href="{link}"><header
 class="post-card-header"><div class="post-card-tags"><span
 class="post-card-primary-tag">Havn</span></div><h2 class="post-card-title">Sag
 {said.number}</h2></header><div class="post-card-excerpt">
{plain.replace("<a ", "<i ").replace("</a>", "</i>")}</div></a><footer
 class="post-card-meta"><time class="post-card-meta-date"
 datetime="{said.local:%Y-%m-%d}">{day(said.local, language, short=True)}</time><span
 class="post-card-meta-length">2 min read</span></footer></div></article>"""


def _frame(page: str, head: str, inside: str) -> str:
    return f"""<!DOCTYPE html><html lang="da"><head><meta charset="utf-8"><title>Sagen
</title><link rel="canonical" href="{page}">{head}</head><body class="post-template">
<div class="viewport"><header id="gh-head" class="gh-head outer"><div class="gh-head-inner
 inner"><a class="gh-head-logo" href="{SITE}">Havn</a><nav><ul class="nav"><li><a
 href="/om/">Om</a></li></ul></nav></div></header><main id="site-main"
 class="site-main">{inside}</main><footer class="site-footer outer"><div>Havn © 2026
</div></footer></div></body></html>"""
