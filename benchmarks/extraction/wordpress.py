"""Articles with comments as WordPress 6.1 to 6.7 shows them in several themes.

``classic`` follows Walker_Comment's html5 form as Twenty Sixteen to Twenty Twenty-One
use it, ``old`` its form before HTML5 (Twenty Ten and many bought themes), ``block``
the comment blocks of Twenty Twenty-Two to Twenty Twenty-Four; ``index`` is a list of
excerpts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random

from monitor.types import Precision

from .thread import NOW, Said, Sample, Truth, Writers, body, clock, day, truth

SITE = "https://blog.example"
FURNITURE = ("siger:", "says:", "Svar til", "Del dette", "Synes godt om", "Svar ↓",
             "Læs videre", "Continue reading", "Awaiting", "Kategorier")  # fmt: skip


def samples(random: Random) -> Iterator[Sample]:
    """Articles with nested comments in each theme, and index pages."""
    for number in range(12):
        writers = Writers(random, ("da", "en")[number % 2])
        yield _article(writers, number, (_classic, _old, _block)[number % 3])
    for number in range(3):
        yield _index(Writers(random, "da"), number, blocks=number == 1)


def _quote(author: str, words: str) -> str:
    return f"""<blockquote class="wp-block-quote"><p>{words}</p><cite>{author}</cite>
</blockquote>"""


def _at(said: Said) -> str:
    return said.local.isoformat()


def _said_at(at: datetime, language: str) -> str:
    joint = "kl." if language == "da" else "at"
    return f"{day(at, language)} {joint} {clock(at, language)}"


Comment = Callable[[Said, str, str], str]


def _article(writers: Writers, number: int, theme: Comment) -> Sample:
    page = f"{SITE}/2026/11/sag-{number}/"
    main = writers.post(NOW - timedelta(days=writers.random.randint(20, 30)))
    comments = writers.posts(writers.random.randint(2, 12), nested=True)
    pings = number % 4 == 0
    precision = Precision.MINUTE if theme is _old else Precision.SECOND
    truths = [truth(main, page)]
    truths += [_comment_truth(said, page, precision) for said in comments]
    html = _nested(comments, lambda said: theme(said, writers.language, page))
    if pings:
        html += f"""<li id="comment-{number + 9000}" class="pingback even"><div
 class="comment-body">Pingback: <a href="https://andre.example/m{number}"
 class="url" rel="ugc external nofollow">En anden blog</a></div></li>"""
        truths.append(_ping(number))
    frame = _block_page if theme is _block else _classic_page
    html = frame(main, html, page, language=writers.language)
    return Sample(page, html, tuple(truths), FURNITURE)


def _ping(number: int) -> Truth:
    link = f"{SITE}/2026/11/sag-{number}/#comment-{number + 9000}"
    return Truth(("Pingback:",), ("En anden blog",), None, None, None, link)


def _comment_truth(said: Said, page: str, precision: Precision) -> Truth:
    author = None if said.author == "Anonym" and precision is Precision.DAY else ""
    link = f"{page}#comment-{said.number}"
    return truth(said, link, precision=precision, author=author)


def _nested(comments: list[Said], form: Callable[[Said], str]) -> str:
    """Replies inside the item of what they answer, as lists in lists."""
    html, level = "", -1
    for said in comments:
        while level >= said.level:
            html += "</li></ol>" if level > said.level else "</li>"
            level -= 1
        html += '<ol class="children">' if said.level and level < said.level else ""
        html += form(said)
        level = said.level
    while level >= 0:
        html += "</li></ol>" if level else "</li>"
        level -= 1
    return html


def _classic(said: Said, language: str, page: str) -> str:
    says = "siger:" if language == "da" else "says:"
    name = said.name
    if said.number % 3:
        name = f'<a href="https://x.example" rel="external nofollow" class="url">{name}'
        name += "</a>"
    waiting = '<em class="comment-awaiting-moderation">Awaiting moderation</em>'
    reply = "Svar til" if language == "da" else "Reply to"
    return f"""<li id="comment-{said.number}" class="comment even thread-even depth-1
 parent"><article id="div-comment-{said.number}" class="comment-body"><footer
 class="comment-meta"><div class="comment-author vcard"><img alt="" src="/a.png"
 class="avatar avatar-42 photo" height="42" width="42"><b class="fn">{name}</b> <span
 class="says">{says}</span></div><div class="comment-metadata"><a
 href="{page}#comment-{said.number}"><time datetime="{_at(said)}">
{_said_at(said.local, language)}</time></a> <span class="edit-link"></span></div>
{waiting if said.number % 7 == 0 else ""}</footer><div class="comment-content">
{body(said, _quote)}</div><div class="reply"><a rel="nofollow"
 class="comment-reply-link" href="{page}?replytocom={said.number}#respond"
 aria-label="{reply} {said.name}">{reply.split(maxsplit=1)[0]}</a></div></article>"""


def _old(said: Said, language: str, page: str) -> str:
    says = "siger:" if language == "da" else "says:"
    at = _said_at(said.local, language)
    return f"""<li class="comment byuser even depth-{said.level + 1}"
 id="comment-{said.number}"><div id="div-comment-{said.number}" class="comment-body">
<div class="comment-author vcard"><img alt="" src="/a.png" class="avatar"><cite
 class="fn">{said.name}</cite> <span class="says">{says}</span></div><div
 class="comment-meta commentmetadata"><a href="{page}#comment-{said.number}">{at}</a>
</div>{body(said, _quote)}<div class="reply"><a class="comment-reply-link"
 href="{page}?replytocom={said.number}#respond">Svar ↓</a></div></div>"""


def _block(said: Said, language: str, page: str) -> str:
    return f"""<li id="comment-{said.number}" class="comment even thread-even depth-1">
<div class="wp-block-group is-vertical is-layout-flex"><div class="wp-block-group
 is-nowrap"><div class="wp-block-avatar"><img alt="{said.name} Avatar" src="/g.png"
 class="avatar wp-block-avatar__image"></div><div class="wp-block-group"><div
 class="wp-block-comment-date has-small-font-size"><time datetime="{_at(said)}"><a
 href="{page}#comment-{said.number}">{day(said.local, language)}</a></time></div><div
 style="font-style:normal" class="wp-block-comment-author-name
 has-small-font-size"><a rel="external nofollow ugc" href="https://x.example"
 target="_self">{said.name}</a></div></div></div><div
 class="wp-block-comment-content">{body(said, _quote)}</div><div
 class="wp-block-comment-reply-link has-small-font-size"><a rel="nofollow"
 class="comment-reply-link" href="{page}?replytocom={said.number}#respond"
 aria-label="Svar til {said.name}">Svar</a></div></div>"""


def _sharing(page: str) -> str:
    """The share buttons of the plugin Jetpack, inside the article's content."""
    return f"""<div class="sharedaddy sd-sharing-enabled"><div class="robots-nocontent
 sd-block sd-social"><h3 class="sd-title">Del dette:</h3><div
 class="sd-content"><ul><li class="share-facebook"><a class="share-facebook
 sd-button" href="{page}?share=facebook"><span>Facebook</span></a></li></ul></div>
</div></div><div class="sharedaddy sd-block sd-like jetpack-likes-widget-wrapper"><h3
 class="sd-title">Synes godt om:</h3><span>Indlæser...</span></div>"""


_SIDEBAR = """<aside id="secondary" class="widget-area"><section class="widget"><h2
 class="widget-title">Kategorier</h2><ul><li class="cat-item"><a href="/k/">Havn</a>
</li></ul></section><section class="widget widget_recent_comments"><h2>Seneste
 kommentarer</h2><ul><li class="recentcomments">nogen til <a href="/x/">Sag</a></li>
</ul></section></aside>"""


def _head(language: str, page: str) -> str:
    return f"""<!DOCTYPE html><html lang="{"da-DK" if language == "da" else "en-US"}">
<head><meta charset="utf-8"><title>Sagen trækker ud – Havneliv</title><link
 rel="canonical" href="{page}"><meta property="og:title" content="Sagen trækker ud">
<link rel="alternate" type="application/rss+xml" href="{SITE}/feed/"></head>"""


def _classic_page(main: Said, comments: str, page: str, *, language: str) -> str:
    by = "Skrevet af" if language == "da" else "Posted by"
    heading = "tanker om" if language == "da" else "thoughts on"
    return f"""{_head(language, page)}<body class="post-template-default single
 single-post"><div id="page" class="site"><header id="masthead"><p
 class="site-title"><a href="{SITE}">Havneliv</a></p><nav><ul><li><a
 href="/om/">Om</a></li></ul></nav></header><div id="content"><main id="main"><article
 id="post-{main.number}" class="post-{main.number} post type-post status-publish
 format-standard hentry category-havn"><header class="entry-header"><h1
 class="entry-title">Sagen trækker ud</h1></header><div class="entry-content">
{body(main, _quote)}{_sharing(page)}</div><footer class="entry-footer"><span
 class="byline"><span class="author vcard"><img alt="" src="/a.png"><span
 class="screen-reader-text">{by} </span><a class="url fn n" href="/author/a/">
{main.name}</a></span></span><span class="posted-on"><span
 class="screen-reader-text">Udgivet </span><a href="{page}" rel="bookmark"><time
 class="entry-date published updated" datetime="{_at(main)}">
{day(main.local, language)}</time></a></span><span class="cat-links">Kategorier <a
 href="/k/">Havn</a></span></footer></article><div id="comments"
 class="comments-area"><h2 class="comments-title">{heading} “Sagen trækker ud”</h2><ol
 class="comment-list">{comments}</ol><div id="respond" class="comment-respond"><h3>
Skriv et svar</h3><form><p>Din e-mailadresse vil ikke blive publiceret.</p><textarea>
</textarea></form></div></div><nav class="post-navigation"><a href="/f/" rel="prev">
Forrige</a></nav></main></div>{_SIDEBAR}<footer id="colophon">Drives af WordPress
</footer></div></body></html>"""


def _block_page(main: Said, comments: str, page: str, *, language: str) -> str:
    return f"""{_head(language, page)}<body class="post-template-default single
 wp-embed-responsive"><div class="wp-site-blocks"><header
 class="wp-block-template-part"><p class="wp-block-site-title"><a href="{SITE}">
Havneliv</a></p></header><main class="wp-block-group is-layout-flow"><div
 class="wp-block-group"><h1 class="wp-block-post-title">Sagen trækker ud</h1><div
 class="wp-block-template-part"><div class="wp-block-group"><div
 class="wp-block-post-date"><time datetime="{_at(main)}"><a href="{page}">
{day(main.local, language)}</a></time></div><p>af</p><div
 class="wp-block-post-author"><div class="wp-block-post-author__content"><p
 class="wp-block-post-author__name">{main.name}</p></div></div><p>i</p><div
 class="taxonomy-category wp-block-post-terms"><a href="/k/">Havn</a></div></div></div>
</div><div class="entry-content wp-block-post-content is-layout-constrained">
{body(main, _quote)}</div><div class="wp-block-template-part"><div
 class="wp-block-comments"><h2 class="wp-block-comments-title">Svar på sagen</h2><ol
 class="wp-block-comment-template">{comments}</ol><div id="respond"
 class="comment-respond wp-block-post-comments-form"><h3>Skriv et svar</h3></div></div>
</div></main><footer class="wp-block-template-part"><p>Drevet af WordPress</p></footer>
</div></body></html>"""


def _index(writers: Writers, number: int, *, blocks: bool) -> Sample:
    posts = writers.posts(6)
    form = _block_teaser if blocks else _teaser
    truths = [truth(said, f"{SITE}/2026/sag-{said.number}/") for said in posts]
    if blocks:
        truths = [
            truth(said, f"{SITE}/2026/sag-{said.number}/", author=None)
            for said in posts
        ]
    rows = "".join(form(said, f"{SITE}/2026/sag-{said.number}/") for said in posts)
    around = ('<ul class="wp-block-post-template">', "</ul>") if blocks else ("", "")
    html = f"""{_head("da", f"{SITE}/page/{number + 2}/")}<body class="blog">
<div id="page"><header id="masthead"><p class="site-title">Havneliv</p></header><main
 id="main">{around[0]}{rows}{around[1]}<nav class="pagination"><a class="next
 page-numbers" href="{SITE}/page/{number + 3}/">Næste</a></nav></main>{_SIDEBAR}</div>
</body></html>"""
    return Sample(f"{SITE}/page/{number + 2}/", html, tuple(truths), FURNITURE)


def _teaser(said: Said, link: str) -> str:
    return f"""<article id="post-{said.number}" class="post-{said.number} post type-post
 hentry"><header class="entry-header"><h2 class="entry-title"><a href="{link}"
 rel="bookmark">Sag {said.number}</a></h2></header><div class="entry-summary">
{body(said, _quote)}<p><a href="{link}" class="more-link">Læs videre <span
 class="screen-reader-text">“Sag {said.number}”</span></a></p></div><footer
 class="entry-footer"><span class="byline"><span class="author vcard"><a class="url
 fn n" href="/author/a/">{said.name}</a></span></span><span class="posted-on"><a
 href="{link}" rel="bookmark"><time class="entry-date published"
 datetime="{_at(said)}">{day(said.local, "da")}</time></a></span><span
 class="comments-link"><a href="{link}#respond">Skriv en kommentar</a></span></footer>
</article>"""


def _block_teaser(said: Said, link: str) -> str:
    return f"""<li class="wp-block-post post-{said.number} post type-post
 status-publish hentry"><h2 class="wp-block-post-title"><a href="{link}"
 target="_self">Sag {said.number}</a></h2><div class="wp-block-post-excerpt"><div
 class="wp-block-post-excerpt__excerpt">{body(said, _quote)}</div><p
 class="wp-block-post-excerpt__more-text"><a class="wp-block-post-excerpt__more-link"
 href="{link}">Læs videre</a></p></div><div class="wp-block-post-date"><time
 datetime="{_at(said)}"><a href="{link}">{day(said.local, "da")}</a></time></div></li>
"""
