"""Topics as NodeBB 3 and 4 shows them in its theme Harmony (``partials/topic``)."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from monitor.types import Precision

from .thread import Said, Sample, Writers, body, truth

SITE = "https://node.example"
FURNITURE = (
    "Offline",
    "1 svar",
    "Sidste svar",
    "Livet er for kort",
    "Gæst",
    "Sidst redigeret",
)


def samples(random: Random) -> Iterator[Sample]:
    """Topics, the first page with the main post, with events between the posts."""
    for number in range(8):
        yield _topic(Writers(random, ("da", "en")[number % 2]), number)


def _quote(author: str, words: str) -> str:
    return f"""<blockquote><p dir="auto"><a class="plugin-mentions-user plugin-mentions-a"
 href="/user/x">@<bdi>{author}</bdi></a> said:</p><p dir="auto">{words}</p></blockquote>
"""


def _topic(writers: Writers, number: int) -> Sample:
    page = f"{SITE}/topic/{number + 10}/ventetid"
    posts = writers.posts(writers.random.randint(2, 14))
    truths = [
        truth(said, f"{SITE}/post/{said.number}", precision=Precision.SECOND)
        for said in posts
    ]
    rows = []
    for place, said in enumerate(posts):
        rows.append(_post(said, place))
        if place == 1:
            rows.append(_event())
    return Sample(page, _frame(page, "".join(rows)), tuple(truths), FURNITURE)


def _event() -> str:
    return """<li component="topic/event" class="timeline-event" data-topic-event-id="1">
<div class="timeline-text"><a href="/user/mod">mod</a> låste emnet <span
 class="timeago timeline-text" title="2026-11-01T10:00:00.000Z"></span></div></li>"""


def _avatar(said: Said) -> str:
    return f"""<a href="/user/u{said.number}" aria-label="Profil: {said.name}"><span
 title="{said.name}" data-uid="3" class="avatar avatar-rounded" component="user/picture"
 style="--avatar-size: 48px">T</span><span component="user/status"
 class="position-absolute status offline"><span class="visually-hidden">Offline</span>
</span></a>"""


def _post(said: Said, place: int) -> str:
    stamp = said.at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    edited = said.edited.strftime("%Y-%m-%dT%H:%M:%S.000Z") if said.edited else ""
    signature = ""
    if said.signature:
        signature = f"""<div component="post/signature" data-uid="3"
 class="text-xs text-muted mt-2">{said.signature}</div>"""
    scope = """itemprop="comment" itemtype="http://schema.org/Comment" itemscope"""
    return f"""<li component="post" class="pt-4 {"topic-owner-post" if place else ""}"
 data-index="{place}" data-pid="{said.number}" data-uid="3" data-username="u"
 data-timestamp="1763818500000" {scope if place else ""}><a component="post/anchor"
 data-index="{place}" id="{place}"></a><meta itemprop="datePublished"
 content="{stamp}">{
        f'<meta itemprop="dateModified" content="{edited}">' if edited else ""
    }<div class="d-flex align-items-start gap-3 post-container-parent"><div
 class="bg-body d-none d-sm-block rounded-circle">{_avatar(said)}</div><div
 class="post-container d-flex gap-2 flex-grow-1 flex-column w-100"><div
 class="d-flex post-header" itemprop="author" itemscope
 itemtype="https://schema.org/Person"><div class="d-flex gap-1"><meta itemprop="name"
 content="{said.name}"><div class="d-flex flex-nowrap"><div class="bg-body d-sm-none">
{_avatar(said)}</div><a class="fw-bold text-nowrap text-truncate"
 href="/user/u{said.number}" data-username="u{said.number}" data-uid="3">{said.name}</a>
</div><a href="/groups/staff" class="badge rounded-1"><span
 class="badge-text">Hjælpere</span></a><div class="d-flex gap-1"><span
 class="text-muted">skrev <a href="/post/{said.number}" class="timeago text-muted"
 title="{stamp}"></a></span><i component="post/edit-indicator"
 class="fa fa-edit text-muted edit-icon hidden"></i><span data-editor=""
 component="post/editor" class="visually-hidden">Sidst redigeret af <span
 class="timeago" title="{edited}"></span></span></div></div><div
 class="d-flex justify-content-end"><a href="/post/{said.number}"
 class="post-index text-muted">#{place + 1}</a></div></div><div
 class="content text-break" component="post/content" itemprop="text">
{body(said, _quote, paragraph='<p dir="auto">{}</p>')}</div><div
 component="post/footer" class="post-footer">{signature}<div class="d-flex"><a
 component="post/reply-count" href="#" class="d-flex"><span
 class="ms-2 replies-count" component="post/reply-count/text"
 data-replies="1">1 svar</span><span class="ms-2 replies-last">Sidste svar <span
 class="timeago" title="{stamp}"></span></span></a><div component="post/actions"
 class="post-tools"><a component="post/reply" href="#" title="Svar"></a><a
 component="post/vote-count" href="#" data-votes="0">0</a></div></div><div
 component="post/replies/container"></div></div></div></div></li>"""


def _frame(page: str, posts: str) -> str:
    return f"""<!DOCTYPE html><html lang="da"><head><meta charset="utf-8"><title>Ventetid
 | Node</title><link rel="canonical" href="{page}"></head><body class="page-topic"><nav
 component="sidebar/left"><ul><li><a href="/recent">Nyligt</a></li></ul></nav><main
 id="panel"><div class="container-lg" id="content"><div class="d-flex" itemid="{page}"
 itemscope itemtype="https://schema.org/DiscussionForumPosting"><meta
 itemprop="headline" content="Ventetid"><meta itemprop="datePublished"
 content="2026-01-01T10:00:00.000Z"><div itemprop="author" itemscope
 itemtype="https://schema.org/Person"><meta itemprop="name" content="Emnets Ejer"></div>
<div class="d-flex"><h1 component="post/header" class="tracking-tight"><span
 component="topic/title">Ventetid</span></h1></div><div class="topic"><ul
 component="topic" class="posts timeline list-unstyled" data-tid="10">{posts}</ul></div>
<div class="sidebar"><button>Gæst</button></div></div></div></main><script
 id="ajaxify-data" type="application/json">{{"posts":[]}}</script></body></html>"""
