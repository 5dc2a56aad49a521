"""Blogger's posts with comments: threaded, flat, and index pages with jump breaks.

Structure of the designer templates (Simple, Contempo's older siblings) of 2011 and
later, and of the flat comment block that older blogs keep.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from monitor.types import Precision

from .thread import NOW, Said, Sample, Truth, Writers, body, day, truth

SITE = "https://dagbog.example"
FURNITURE = ("Send med mail", "Del på Facebook", "Læs mere", "Svar", "Slet",
             "Indsendt af", "Etiketter")  # fmt: skip


def samples(random: Random) -> Iterator[Sample]:
    """Posts with comments of both layouts, and index pages."""
    for number in range(8):
        yield _post_page(Writers(random, "da"), number, threaded=number % 2 == 0)
    for number in range(2):
        yield _index(Writers(random, "da"), number)


def _quote(author: str, words: str) -> str:
    return f"<blockquote>{author}: {words}</blockquote>"


def _post_page(writers: Writers, number: int, *, threaded: bool) -> Sample:
    page = f"{SITE}/2026/11/sag-{number}.html"
    main = writers.post(NOW - timedelta(days=20))
    comments = writers.posts(writers.random.randint(1, 8))
    truths = [_main_truth(main, page)]
    truths += [_comment_truth(said, page) for said in comments]
    form = _threaded if threaded else _flat
    rows = "".join(form(said, page) for said in comments)
    if threaded:
        inside = f"""<div class='comment-thread'><ol id='top-ra'>{rows}</ol></div>"""
    else:
        inside = (
            f"""<dl class='avatar-comment-indent' id='comments-block'>{rows}</dl>"""
        )
    html = f"""{_post(main, page)}<div class='comments' id='comments'><a
 name='comments'></a><h4>{len(comments)} kommentarer:</h4><div id='Blog1_comments-block-wrapper'>
{inside}</div><p class='comment-footer'><a href='/c'>Send en kommentar</a></p></div>"""
    return Sample(page, _frame(page, html), tuple(truths), FURNITURE)


def _main_truth(said: Said, page: str) -> Truth:
    return truth(said, page)


def _comment_truth(said: Said, page: str) -> Truth:
    return truth(said, f"{page}#c{said.number}", precision=Precision.MINUTE)


def _sharing() -> str:
    return """<div class='post-share-buttons goog-inline-block'><a class='goog-inline-block
 share-button sb-email' href='/share' title='Send med mail'><span
 class='share-button-link-text'>Send med mail</span></a><a class='goog-inline-block
 share-button sb-facebook' href='/share' title='Del på Facebook'><span
 class='share-button-link-text'>Del på Facebook</span></a></div>"""


def _post(said: Said, page: str, *, more: str = "") -> str:
    return f"""<div class='date-outer'><h2 class='date-header'><span>
{day(said.local, "da")}</span></h2><div class='date-posts'><div class='post-outer'><div
 class='post hentry uncustomized-post-template' itemprop='blogPost' itemscope='itemscope'
 itemtype='http://schema.org/BlogPosting'><meta content='/i.jpg' itemprop='image_url'>
<meta content='123' itemprop='blogId'><meta content='{said.number}' itemprop='postId'><a
 name='{said.number}'></a><h3 class='post-title entry-title' itemprop='name'><a
 href='{page}'>Sag {said.number}</a></h3><div class='post-header'><div
 class='post-header-line-1'></div></div><div class='post-body entry-content'
 id='post-body-{said.number}' itemprop='description articleBody'>{body(said, _quote)}<div
 style='clear: both;'></div></div>{more}<div class='post-footer'><div
 class='post-footer-line post-footer-line-1'><span class='post-author vcard'>Indsendt af
<span class='fn' itemprop='author' itemscope='itemscope'
 itemtype='http://schema.org/Person'><meta content='https://b.example/profile/1'
 itemprop='url'><a class='g-profile' href='https://b.example/profile/1' rel='author'
 title='author profile'><span itemprop='name'>{said.name}</span></a></span></span> <span
 class='post-timestamp'>kl. <meta content='{page}' itemprop='url'><a
 class='timestamp-link' href='{page}' rel='bookmark' title='permanent link'><abbr
 class='published' itemprop='datePublished' title='{said.local.isoformat()}'>
{said.local:%H.%M}</abbr></a></span><span class='post-comment-link'></span><span
 class='post-icons'></span>{_sharing()}</div><div class='post-footer-line
 post-footer-line-2'><span class='post-labels'>Etiketter: <a href='/s' rel='tag'>havn</a>
</span></div></div></div></div></div></div>"""


def _threaded(said: Said, page: str) -> str:
    shown = f"{day(said.local, 'da')} kl. {said.local:%H.%M}"
    return f"""<li class='comment' id='c{said.number}'><div
 class='avatar-image-container'><img src='/a.png' alt=''></div><div
 class='comment-block'><div class='comment-header'><cite class='user'><a
 href='https://x.example' rel='nofollow'>{said.name}</a></cite><span
 class='icon user'></span><span class='datetime secondary-text'><a rel='nofollow'
 href='{page}?showComment=17{said.number}#c{said.number}'>{shown}</a></span></div><p
 class='comment-content'>
{"<br><br>".join(part.html for part in said.parts)}</p><span class='comment-actions secondary-text'><a class='comment-reply'
 target='_self' data-comment-id='{said.number}'>Svar</a><span
 class='item-control blog-admin'><a href='/d'>Slet</a></span></span></div><div
 class='comment-replies'><div id='c{said.number}-rt' class='comment-thread
 inline-thread'></div></div><div class='comment-replybox-single'></div></li>"""


def _flat(said: Said, page: str) -> str:
    shown = f"{day(said.local, 'da')} kl. {said.local:%H.%M}"
    name = f"<a href='https://x.example' rel='nofollow'>{said.name}</a>"
    if said.author == "Anonym":
        name = said.name
    return f"""<dt class='comment-author' id='c{said.number}'><a
 name='c{said.number}'></a><div class='avatar-image-container avatar-stock'><img
 src='/b.gif' alt=''></div>{name} sagde...</dt><dd class='comment-body'
 id='Blog1_cmt-{said.number}'>{body(said, _quote)}</dd><dd class='comment-footer'><span
 class='comment-timestamp'><a
 href='{page}?showComment=17{said.number}#c{said.number}' title='comment permalink'>
{shown}</a><span class='item-control blog-admin'><a class='comment-delete' href='/d'
 title='Slet kommentar'><img src='/t.gif' alt=''></a></span></span></dd>"""


def _index(writers: Writers, number: int) -> Sample:
    posts = writers.posts(4)
    page = f"{SITE}/search?updated-max={number}"
    links = [f"{SITE}/2026/10/sag-{said.number}.html" for said in posts]
    rows = [
        _post(said, link, more=f"""<div class='jump-link'><a href='{link}#more'
 title='Sag {said.number}'>Læs mere »</a></div>""")
        for said, link in zip(posts, links, strict=True)
    ]  # fmt: skip
    truths = [_main_truth(*pair) for pair in zip(posts, links, strict=True)]
    return Sample(page, _frame(page, "".join(rows)), tuple(truths), FURNITURE)


def _frame(page: str, inside: str) -> str:
    return f"""<!DOCTYPE html><html lang="da"><head><meta charset="utf-8"><link
 href='{page}' rel='canonical'><title>Dagbogen: Sag</title></head><body
 class='loading'><div class='content'><header><div class='header section'><h1
 class='title'><a href='{SITE}'>Dagbogen</a></h1></div></header><div
 class='main-outer'><div class='main section' id='main'><div class='widget Blog'
 id='Blog1'><div class='blog-posts hfeed'>{inside}</div><div class='blog-pager'><a
 class='blog-pager-older-link' href='{SITE}/search?updated-max=x'>Ældre opslag</a></div>
</div></div><aside><div class='widget Profile'><h2>Om mig</h2><a rel='author'
 href='/p'>Dagbogens ejer</a></div></aside></div><footer><div>Leveret af Blogger.</div>
</footer></div></body></html>"""
