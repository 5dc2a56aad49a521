"""Threads as XenForo 2.1 to 2.3 shows them in its default style.

XenForo's templates are not public; the structure is that of public threads.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from .thread import Said, Sample, Writers, body, clock, day, truth

SITE = "https://xf.example"
FURNITURE = ("Beskeder", "Messages", "Livet er for kort", "Reaktioner", "Besvar",
             "Klik for at udvide", "Sidst redigeret")  # fmt: skip


def samples(random: Random) -> Iterator[Sample]:
    """Threads with quotes, signatures, reactions and pinned first posts."""
    for number in range(8):
        yield _thread(Writers(random, ("da", "en")[number % 2]), number)


def _quote(author: str, words: str) -> str:
    return f"""<blockquote data-attributes="member: 3" data-quote="{author}"
 data-source="post: 12" class="bbCodeBlock bbCodeBlock--expandable bbCodeBlock--quote
 js-expandWatch"><div class="bbCodeBlock-title"><a href="/goto/post?id=12"
 class="bbCodeBlock-sourceJump" rel="nofollow">{author} skrev:</a></div><div
 class="bbCodeBlock-content"><div class="bbCodeBlock-expandContent">{words}</div><div
 class="bbCodeBlock-expandLink js-expandLink"><a role="button">Klik for at udvide...
</a></div></div></blockquote>"""


_CODE = """<div class="bbCodeBlock bbCodeBlock--screenLimited bbCodeBlock--code"><div
 class="bbCodeBlock-title">Kode:</div><div class="bbCodeBlock-content"><pre
 class="bbCodeCode"><code>{}</code></pre></div></div>"""


def _thread(writers: Writers, number: int) -> Sample:
    page = f"{SITE}/threads/ventetid.{number + 5}/"
    posts = writers.posts(writers.random.randint(2, 14))
    truths = [truth(said, f"{page}post-{said.number}") for said in posts]
    rows = [
        _post(said, place, page, language=writers.language)
        for place, said in enumerate(posts, 1)
    ]
    if number % 2:
        rows[0] = f'<div class="block-body js-pinned">{rows[0]}</div>'
        rows.append(_deleted(page))
    return Sample(page, _frame(page, "".join(rows)), tuple(truths), FURNITURE)


def _deleted(page: str) -> str:
    return f"""<div class="message message--deleted message--post js-post
 js-inlineModContainer" data-author="Slettet" data-content="post-9" id="js-post-9"><span
 class="u-anchorTarget" id="post-9"></span><div class="message-inner"><div
 class="message-cell message-cell--main"><div class="messageNotice
 messageNotice--deleted">Slettet af moderator. <a href="{page}">Vis</a></div></div></div>
</div>"""


def _post(said: Said, place: int, page: str, *, language: str) -> str:
    link = f"{page}post-{said.number}"
    at = f"{day(said.local, language, short=True)}"
    stamp = said.local.strftime("%Y-%m-%dT%H:%M:%S%z")
    count = "Beskeder" if language == "da" else "Messages"
    edited = signature = ""
    if said.edited:
        edited = f"""<div class="message-lastEdit">Sidst redigeret: <time class="u-dt"
 datetime="{said.edited.strftime("%Y-%m-%dT%H:%M:%S+0000")}">{at}</time></div>"""
    if said.signature:
        signature = f"""<aside class="message-signature"><div class="bbWrapper">
{said.signature}</div></aside>"""
    user = f"""<a href="/members/m.{said.number}/" class="username" dir="auto"
 data-user-id="7" data-xf-init="member-tooltip"><span itemprop="name">{said.name}</span>
</a>"""
    if said.author == "Anonym":
        user = f'<span class="username" dir="auto">{said.name}</span>'
    return f"""<article class="message message--post js-post js-inlineModContainer"
 data-author="{said.name}" data-content="post-{said.number}" id="js-post-{said.number}"
 itemscope itemtype="https://schema.org/Comment"
 itemid="{SITE}/posts/{said.number}/"><meta itemprop="parentItem" itemscope
 itemid="{page}"><span class="u-anchorTarget" id="post-{said.number}"></span><div
 class="message-inner"><div class="message-cell message-cell--user"><section
 class="message-user" itemprop="author" itemscope itemtype="https://schema.org/Person"
 itemid="{SITE}/members/m.{said.number}/"><div class="message-avatar"><div
 class="message-avatar-wrapper"><a href="/members/m.{said.number}/"
 class="avatar avatar--m"><img src="/a.jpg" alt="{said.name}" itemprop="image"></a></div>
</div><div class="message-userDetails"><h4 class="message-name">{user}</h4><h5
 class="userTitle message-userTitle" dir="auto" itemprop="jobTitle">Stamgæst</h5></div>
<div class="message-userExtras"><dl class="pairs pairs--justified"><dt>Medlem siden</dt>
<dd>{at}</dd></dl><dl class="pairs pairs--justified"><dt>{count}</dt><dd>237</dd></dl>
</div><span class="message-userArrow"></span></section></div><div
 class="message-cell message-cell--main"><div class="message-main js-quickEditTarget">
<header class="message-attribution message-attribution--split"><ul
 class="message-attribution-main listInline"><li class="u-concealed"><a href="{link}"
 rel="nofollow" itemprop="url"><time class="u-dt" dir="auto" datetime="{stamp}"
 data-timestamp="1763818500" data-date-string="{at}" title="{at}
 {clock(said.local, language)}" itemprop="datePublished">{at}</time></a></li></ul><ul
 class="message-attribution-opposite listInline"><li><a href="{link}"
 class="message-attribution-gadget" data-xf-init="share-tooltip" aria-label="Del"></a>
</li><li><a href="{link}" rel="nofollow">#{place}</a></li></ul></header><div
 class="message-content js-messageContent"><div class="message-userContent
 lbContainer js-lbContainer" data-lb-id="post-{said.number}"
 data-lb-caption-desc="{said.name} &middot; {at}"><article
 class="message-body js-selectToQuote"><div itemprop="text"><div class="bbWrapper">
{body(said, _quote, code=_CODE, paragraph="{}<br><br>")}</div></div><div
 class="js-selectToQuoteEnd">&nbsp;</div></article></div>{edited}{signature}</div><footer
 class="message-footer"><div class="message-actionBar actionBar"><div
 class="actionBar-set"><a href="/reply" class="actionBar-action">Besvar</a></div></div>
<div class="reactionsBar js-reactionsList is-active"><ul class="reactionSummary"><li>
</li></ul><span class="u-srOnly">Reaktioner:</span><a class="reactionsBar-link"
 href="/r"><bdi>Lis</bdi> og <bdi>Bo</bdi></a></div></footer></div></div></div></article>
"""


def _frame(page: str, posts: str) -> str:
    return f"""<!DOCTYPE html><html lang="da-DK" dir="LTR"><head><meta charset="utf-8">
<title>Ventetid | Havneforum</title><link rel="canonical" href="{page}"><meta
 property="og:title" content="Ventetid"><script type="application/ld+json">
{{"@context":"https://schema.org","@type":"WebPage","url":"{page}","mainEntity":
{{"@type":"DiscussionForumPosting","headline":"Ventetid","author":{{"@type":"Person",
"name":"Emnets Ejer"}},"datePublished":"2026-01-01T10:00:00+00:00"}}}}</script></head>
<body data-template="thread_view"><div class="p-pageWrapper"><header class="p-header">
<a href="/">Havneforum</a></header><nav class="p-nav"><a href="/whats-new">Nyt</a></nav>
<div class="p-body"><div class="p-body-inner"><div class="p-body-header"><div
 class="p-title"><h1 class="p-title-value">Ventetid</h1></div><div
 class="p-description"><ul class="listInline"><li><a href="/members/e.1/"
 class="username u-concealed">Emnets Ejer</a></li><li><a href="{page}"
 class="u-concealed"><time class="u-dt" datetime="2026-01-01T11:00:00+0100">1. jan 2026
</time></a></li></ul></div></div><div class="p-body-content"><div class="block
 block--messages"><div class="block-outer"><div class="pageNavWrapper"><a
 href="{page}page-2" class="pageNav-jump pageNav-jump--next">Næste</a></div></div><div
 class="block-container lbContainer"><div class="block-body js-replyNewMessageContainer">
{posts}</div></div></div><div class="blockMessage">Du skal logge ind for at svare.</div>
</div><div class="p-body-sidebar"><div class="block"><h3>Medlemmer online</h3><div>Ingen
 medlemmer online nu.</div></div></div></div></div><footer class="p-footer">Community
 platform by XenForo</footer></div></body></html>"""
