"""Topics as Discourse 2.8 to 3.4 serves them to crawlers (``topics/show``)."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from monitor.types import Precision

from .thread import Said, Sample, Truth, Writers, body, day, truth

FURNITURE = ("Likes", "Synes godt om", "næste side", "Next page")


def samples(random: Random) -> Iterator[Sample]:
    """Topics with their first or a later page, quotes, polls and reactions."""
    for number in range(8):
        yield _topic(Writers(random, ("da", "en")[number % 2]), number)


def _quote(author: str, words: str) -> str:
    user = author.split(maxsplit=1)[0]
    return f"""<aside class="quote no-group" data-username="{user}" data-post="1"
 data-topic="12"><div class="title"><div class="quote-controls"></div><img alt=""
 width="24" src="/letter/a.png" class="avatar"> {author}:</div><blockquote><p>{words}
</p></blockquote></aside>"""


def _topic(writers: Writers, number: int) -> Sample:
    topic = f"https://snak.example/t/ventetid-paa-svar/{number + 40}"
    posts = writers.posts(writers.random.randint(3, 18))
    first = 1 if number % 3 else 21
    url = topic if first == 1 else f"{topic}?page=2"
    rows, truths = [], []
    for place, said in enumerate(posts, first):
        rows.append(_post(said, place, topic, language=writers.language))
        truths.append(_truth(said, f"{topic}/{place}"))
    html = _frame(url, topic, "".join(rows), language=writers.language)
    return Sample(url, html, tuple(truths), FURNITURE)


def _truth(said: Said, link: str) -> Truth:
    return truth(said, link, precision=Precision.SECOND)


def _post(said: Said, place: int, topic: str, *, language: str) -> str:
    scope = "itemprop='comment' itemscope itemtype='http://schema.org/Comment'"
    stamp = said.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    edited = (said.edited or said.at).strftime("%Y-%m-%dT%H:%M:%SZ")
    likes = "Synes godt om" if language == "da" else "Likes"
    main = "mainEntityOfPage' href='" if place == 1 else "url' href='"
    return f"""<div id='post_{place}' {scope if place > 1 else ""} class='topic-body
 crawler-post'><div class='crawler-post-meta'><span class="creator" itemprop="author"
 itemscope itemtype="http://schema.org/Person"><a itemprop="url" rel='nofollow'
 href='https://snak.example/u/u{said.number}'><span itemprop='name'>{said.name}</span>
</a> {"(Tove Testsen)" if said.number % 2 else ""}</span><link
 itemprop="{main}{topic}"><link itemprop="image" href="/i.png"><span
 class="crawler-post-infos"><time datetime='{stamp}' class='post-time'>
{day(said.local, language)}, {said.local:%H:%M}</time><meta itemprop='dateModified'
 content='{edited}'><span itemprop='position'>{place}</span></span></div><div
 class='post' itemprop='text'>{body(said, _quote)}{_poll() if place == 1 else ""}</div>
<div itemprop="interactionStatistic" itemscope
 itemtype="http://schema.org/InteractionCounter"><meta
 itemprop="interactionType" content="http://schema.org/LikeAction"><meta
 itemprop="userInteractionCount" content="3"><span class='post-likes'>3 {likes}</span>
</div>{_linked() if place % 3 == 0 else ""}</div>"""


def _poll() -> str:
    return """<div class="poll" data-poll-name="poll"><div class="poll-container"><ul>
<li data-poll-option-id="1">En uge</li></ul></div><div class="poll-info"><span
 class="info-number">0</span></div></div>"""


def _linked() -> str:
    """Other topics that link to the post."""
    return """<div class='crawler-linkback-list'><div><a
 href="https://snak.example/t/andet/3">Noget helt andet</a></div></div>"""


def _frame(url: str, topic: str, posts: str, *, language: str) -> str:
    next_page = "næste side →" if language == "da" else "Next page →"
    return f"""<!DOCTYPE html><html lang="{language}" class="crawler"><head><meta
 charset="utf-8"><title>Ventetid på svar - Havnen - Snak</title><link rel="canonical"
 href="{url}"><meta property="og:title" content="Ventetid på svar"></head><body
 class="crawler"><header><a href="/">Snak</a></header><div id="main-outlet"
 class="wrap" role="main"><div id="topic-title"><h1><a href="{topic}">Ventetid på svar
</a></h1><div class="topic-category" itemscope
 itemtype="http://schema.org/BreadcrumbList"><span itemprop="itemListElement"
 itemscope itemtype="http://schema.org/ListItem"><a href="/c/havnen/1"
 itemprop="item"><span itemprop='name'>Havnen</span></a><meta itemprop="position"
 content="1"></span></div></div><div itemscope
 itemtype='http://schema.org/DiscussionForumPosting'><meta itemprop='headline'
 content='Ventetid på svar'><link itemprop='url' href='{topic}'><meta
 itemprop='articleSection' content='Havnen'><meta itemprop='keywords' content=''><div
 itemprop='publisher' itemscope itemtype="http://schema.org/Organization"><meta
 itemprop='name' content='Snak'></div>{posts}<div role='navigation' itemscope
 itemtype='http://schema.org/SiteNavigationElement' class="topic-body crawler-post-nav">
<span itemprop='name'><a rel="next" itemprop="url" href="{topic}?page=3">{next_page}</a>
</span></div></div><div id="related-topics" class="more-topics__list" role="complementary"
 aria-labelledby="related-topics-title"><h3 class="more-topics__list-title">Related
 topics</h3><div class="topic-list-container"><table class='topic-list'><tbody><tr
 class="topic-list-item"><td class="main-link" itemprop='itemListElement' itemscope><a
 itemprop='url' href='/t/andet/7' class='title raw-link raw-topic-link'>Et andet emne
</a></td></tr></tbody></table></div></div></div><footer class="container wrap"><nav
 class='crawler-nav'><ul><li><a href='/'>Home</a></li></ul></nav></footer></body>
</html>"""
