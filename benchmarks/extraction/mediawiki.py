"""Articles and talk pages as MediaWiki 1.39 to 1.43 renders them (Vector).

Talk pages come plain (signatures only tell one comment from the next) and as the
extension DiscussionTools marks them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta
from html import escape
from random import Random
from urllib.parse import quote

from monitor.types import Precision

from .thread import NOW, Said, Sample, Truth, Writers, body, month, truth

SITE = "https://wiki.example"
FURNITURE = ("[redigér", "[svar]", "Hentet fra", "Abonnér", "seneste kommentar")


def samples(random: Random) -> Iterator[Sample]:
    """Talk pages with and without DiscussionTools, and articles."""
    for number in range(8):
        writers = Writers(random, ("da", "en")[number // 2 % 2])
        yield _talk(writers, number, marked=number % 2 == 1)
    for number in range(3):
        yield _article(Writers(random, "da"), number)


def _quote(author: str, words: str) -> str:
    return f"<blockquote><p>{words}</p><p>{author}</p></blockquote>"


def _talk(writers: Writers, number: int, *, marked: bool) -> Sample:
    space = "Diskussion" if writers.language == "da" else "Talk"
    page = f"{SITE}/wiki/{space}:Havnen_{number}"
    rows, truths = [], []
    for section in range(2):
        heading = f"Emne {section}"
        rows.append(_heading(heading, marked=marked))
        posts = writers.posts(writers.random.randint(2, 7), nested=True)
        rows.append(_indented(posts, heading, page, writers=writers, marked=marked))
        truths += [_truth(one, heading, page, marked=marked) for one in posts]
    html = _frame(page, f"{space}:Havnen {number}", "".join(rows))
    return Sample(page, html, tuple(truths), FURNITURE)


def _anchor(said: Said, heading: str) -> str:
    user = said.author.replace(" ", "_")
    stamp = said.at.astimezone(UTC).strftime("%Y%m%d%H%M00")
    return f"c-{user}-{stamp}-{heading.replace(' ', '_')}"


def _truth(said: Said, heading: str, page: str, *, marked: bool) -> Truth:
    from monitor.extract.urls import absolute

    # Without the extension a comment has no address of its own.
    anchor = _anchor(said, heading)
    link = absolute(page, f"#{anchor}", keep_fragment=True) if marked else None
    # To a wiki an underscore in a name is a blank.
    author = said.author.replace("_", " ")
    return truth(said, link, precision=Precision.MINUTE, author=author)


def _heading(words: str, *, marked: bool) -> str:
    name = words.replace(" ", "_")
    if not marked:
        return f"""<h2><span class="mw-headline" id="{name}">{words}</span><span
 class="mw-editsection"><span class="mw-editsection-bracket">[</span><a
 href="/w/index.php?action=edit&amp;section=1">redigér wikikode</a><span
 class="mw-editsection-bracket">]</span></span></h2>"""
    return f"""<div class="mw-heading mw-heading2 ext-discussiontools-init-section"><h2
 id="{name}" data-mw-thread-id="h-{name}"><span data-mw-comment-start=""
 id="h-{name}-1"></span>{words}<span data-mw-comment-end="h-{name}-1"></span></h2><span
 class="mw-editsection">[<a href="/w/e">redigér</a>]</span><div
 class="ext-discussiontools-init-section-bar"><div
 class="ext-discussiontools-init-section-metadata"><span>seneste kommentar: <a
 href="#x">for 2 dage siden</a></span></div><div>Abonnér</div></div></div>"""


def _indented(
    posts: list[Said], heading: str, page: str, *, writers: Writers, marked: bool
) -> str:
    html, level = "", 0
    for said in posts:
        while level > said.level:
            html += "</dd></dl>"
            level -= 1
        if said.level and level == said.level:
            html += "</dd><dd>"
        while level < said.level:
            html += "<dl><dd>"
            level += 1
        html += _comment(said, heading, page, writers=writers, marked=marked)
    return html + "</dd></dl>" * level


def _comment(
    said: Said, heading: str, page: str, *, writers: Writers, marked: bool
) -> str:
    signature = _signature(said, heading, page, writers=writers, marked=marked)
    if marked:
        anchor = escape(_anchor(said, heading))
        start = f'<span data-mw-comment-start="" id="{anchor}"></span>'
        end = f'<span data-mw-comment-end="{anchor}"></span>'
    else:
        start = end = ""
    if said.level:
        inner = "<br>".join(part.html for part in said.parts)
        return f"{start}{inner} {signature}{end}"
    first = body(said, _quote).removeprefix("<p>").removesuffix("</p>")
    return f"<p>{start}{first} {signature}{end}</p>"


def _signature(
    said: Said, heading: str, page: str, *, writers: Writers, marked: bool
) -> str:
    at = said.local
    zone = "CEST" if at.utcoffset() == timedelta(hours=2) else "CET"
    if writers.language == "da":
        shown = (
            f"{at.day}. {month(at, 'da', short=True)} {at.year}, {at:%H:%M} ({zone})"
        )
        user, talk = "Bruger", "Brugerdiskussion"
    else:
        shown = f"{said.at:%H:%M}, {said.at.day} {month(said.at, 'en')} {said.at.year}"
        shown, user, talk = f"{shown} (UTC)", "User", "User talk"
    name = said.name
    page_name = quote(said.author.replace(" ", "_"))
    if marked:
        link = escape(f"{page}#{_anchor(said, heading)}")
        shown = f"""<a href="{link}" class="ext-discussiontools-init-timestamplink"
 title="for 2 dage siden">{shown}</a><span
 class="ext-discussiontools-init-replylink-buttons"><span
 class="ext-discussiontools-init-replylink-bracket">[</span><a
 class="ext-discussiontools-init-replylink-reply" role="button" href="">svar</a><span
 class="ext-discussiontools-init-replylink-bracket">]</span></span>"""
    return f"""<a href="/wiki/{user}:{page_name}" title="{user}:{name}">
{name}</a> (<a href="/wiki/{talk.replace(" ", "_")}:{page_name}" title="{talk}:{name}">diskussion
</a>) {shown}"""


def _article(writers: Writers, number: int) -> Sample:
    page = f"{SITE}/wiki/Havnen_{number}"
    said = writers.post(NOW - timedelta(days=30))
    inside = f"""<table class="infobox"><tbody><tr><th>Anlagt</th><td>1891</td></tr>
</tbody></table>{body(said, _quote)}{_heading("Historie", marked=False)}<p>Havnen er
 gammel.<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup></p>"""
    told = Truth(said.markers, said.mentions, None, None, None, page)
    return Sample(page, _frame(page, f"Havnen {number}", inside), (told,), FURNITURE)


def _frame(page: str, title: str, inside: str) -> str:
    return f"""<!DOCTYPE html><html class="client-nojs" lang="da" dir="ltr"><head><meta
 charset="UTF-8"><title>{title} – Havnewiki</title><meta name="generator"
 content="MediaWiki 1.39.5"><link rel="canonical" href="{page}"></head><body
 class="skin-vector mediawiki ltr sitedir-ltr"><div class="mw-page-container"><header
 class="mw-header"><a href="/">Havnewiki</a></header><div id="mw-navigation"><nav
 id="p-personal"><ul><li><a href="/w/l">Log på</a></li></ul></nav></div><main
 id="content" class="mw-body" role="main"><header class="mw-body-header"><h1
 id="firstHeading" class="firstHeading mw-first-heading"><span
 class="mw-page-title-main">{title}</span></h1></header><div id="bodyContent"
 class="vector-body"><div id="siteSub" class="noprint">Fra Havnewiki</div><div
 id="contentSub"></div><div id="mw-content-text" class="mw-body-content mw-content-ltr"
 lang="da" dir="ltr"><div class="mw-parser-output">{inside}</div><div
 class="printfooter" data-nosnippet="">Hentet fra "<a href="{page}">{page}</a>"</div>
</div><div id="catlinks" class="catlinks"><div class="mw-normal-catlinks">Kategori: <ul>
<li><a href="/wiki/K">Havne</a></li></ul></div></div></div></main><footer
 id="footer"><ul><li>Denne side blev senest ændret.</li></ul></footer></div></body>
</html>"""
