"""Topics as phpBB 3.1 to 3.3 shows them in its style prosilver."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from html import escape
from random import Random

from monitor.types import Precision

from .thread import NOW, Said, Sample, Truth, Writers, body, clock, day, month, truth

SID = "5b6e2f0c1d3a49788f6e2b1c0d9e8f7a"
FURNITURE = ("Indlæg:", "Posts:", "Tilmeldt", "Joined", "Citer", "Livet er for kort",
             "Senest rettet", "Last edited")  # fmt: skip
_WORDS = {
    "da": ("Indlæg", "Tilmeldt", "Citer", "af", "Senest rettet af", "skrev", "Top"),
    "en": ("Posts", "Joined", "Quote", "by", "Last edited by", "wrote", "Top"),
}


def samples(random: Random) -> Iterator[Sample]:
    """Pages of both interface languages, with and without ``time`` tags."""
    for number in range(12):
        language = ("da", "en")[number % 2]
        yield _page(Writers(random, language), 7 + number, tagged=number % 3 > 0)


def _page(writers: Writers, topic: int, *, tagged: bool) -> Sample:
    url = f"https://forum.example/viewtopic.php?t={topic}"
    posts = writers.posts(writers.random.randint(3, 15))
    if not tagged:
        # Older boards write the hour of the last two days in words.
        posts.append(writers.post(NOW - timedelta(hours=2)))
    rows, truths = [], []
    for said in posts:
        rows.append(_row(said, writers.language, tagged=tagged))
        truths.append(_truth(said, tagged=tagged))
    if writers.random.random() < 0.5:
        rows.insert(2, _deleted(said.number + 1000))
    html = _frame(writers.language, topic, "\n".join(rows))
    return Sample(f"{url}&sid={SID}", html, tuple(truths), FURNITURE)


def _truth(said: Said, *, tagged: bool) -> Truth:
    link = f"https://forum.example/viewtopic.php?p={said.number}#p{said.number}"
    return truth(said, link, precision=Precision.SECOND if tagged else Precision.MINUTE)


def _when(said: Said, language: str, *, tagged: bool) -> str:
    at = said.local
    if language == "da":
        shown = f"{('man', 'tir', 'ons', 'tor', 'fre', 'lør', 'søn')[at.weekday()]} "
        shown += f"{at.day}. {month(at, 'da', short=True)} {at.year}, {at:%H:%M}"
    else:
        shown = f"{at:%a} {day(at, 'en', short=True)} {clock(at, 'en')}"
    if said.at.date() == NOW.date() and not tagged:
        shown = f"{'I dag' if language == 'da' else 'Today'}, {clock(at, language)}"
    if tagged:
        stamp = said.at.strftime("%Y-%m-%dT%H:%M:%S+00:00")
        return f'<time datetime="{stamp}">{shown}</time>'
    return shown


def _row(said: Said, language: str, *, tagged: bool) -> str:
    count, joined, cite, by, edited, wrote, top = _WORDS[language]

    def quote(author: str, words: str) -> str:
        return (
            f'<blockquote><div><cite><a href="./memberlist.php?u=9">{author}</a> '
            f"{wrote}:</cite>{words}</div></blockquote>"
        )

    text = body(said, quote, paragraph="{}<br>\n<br>",
                code='<div class="codebox"><p>Kode: <a href="#">Vælg alt</a></p>'
                "<pre><code>{}</code></pre></div>")  # fmt: skip
    link = f"./viewtopic.php?p={said.number}&amp;sid={SID}#p{said.number}"
    user = f'<a href="./memberlist.php?mode=viewprofile&amp;u=7&amp;sid={SID}" '
    user += f'class="username">{said.name}</a>'
    if said.author in ("Anonym", "4711"):
        user = f'<span class="username">{said.name}</span>'
    notice = signature = ""
    if said.edited:
        when = day(said.edited.astimezone(said.local.tzinfo), language, short=True)
        notice = f'<div class="notice">{edited} <a href="#" class="username">'
        notice += f"{said.name}</a> {when}, 10:11, i alt 1 gang.</div>"
    if said.signature:
        signature = f'<div id="sig{said.number}" class="signature">{said.signature}'
        signature += "</div>"
    shown = _when(said, language, tagged=tagged)
    return f"""<div id="p{said.number}" class="post has-profile bg{said.number % 2 + 1}">
<div class="inner"><dl class="postprofile" id="profile{said.number}">
<dt class="has-profile-rank has-avatar"><div class="avatar-container"><a href="./m"
 class="avatar"><img class="avatar" src="./a.php?avatar=7.png" alt="Brugeravatar"></a>
</div>{user}</dt><dd class="profile-rank">Stamgæst</dd>
<dd class="profile-posts"><strong>{count}:</strong> <a href="./search.php">237</a></dd>
<dd class="profile-joined"><strong>{joined}:</strong> {shown}</dd></dl>
<div class="postbody"><div id="post_content{said.number}">
<h3 class="first"><a href="{link}">Re: Ventetid</a></h3>
<ul class="post-buttons"><li><a href="./posting.php?mode=quote&amp;p={said.number}"
 title="Svar med citat" class="button button-icon-only"><i
 class="icon fa-quote-left"></i><span class="sr-only">{cite}</span></a></li></ul>
<p class="author"><a class="unread" href="{link}" title="{count[:-1]}"><i
 class="icon fa-file fa-fw icon-lightgray"></i><span class="sr-only">{count[:-1]}</span>
</a><span class="responsive-hide">{by} <strong>{user}</strong> &raquo; </span>{shown}
</p><div class="content">{text}</div>{notice}{signature}</div></div>
<div class="back2top"><a href="#top" class="top" title="{top}"><span
 class="sr-only">{top}</span></a></div></div></div><hr class="divider">"""


def _deleted(number: int) -> str:
    """A post that moderators took down; its text is not sent to visitors."""
    return f"""<div id="p{number}" class="post bg2 deleted" style="display:none">
<div class="inner"><div class="postbody"><div class="ignore" id="post_hidden{number}">
Indlægget er slettet.</div></div></div></div>"""


def _frame(language: str, topic: int, rows: str) -> str:
    title = escape("Ventetid på svar")
    poll = """<form method="post" class="topic_poll"><div class="panel"><div
 class="inner"><div class="content"><h2 class="poll-title">Hvor længe?</h2><p
 class="author">Afstemningen slutter i morgen</p><fieldset class="polls"><dl><dt>En
 uge</dt><dd class="resultbar"><div class="pollbar1">3</div></dd></dl></fieldset></div>
</div></div></form><hr>"""
    return f"""<!DOCTYPE html><html dir="ltr" lang="{language}"><head><meta
 charset="utf-8"><title>{title} - Havnesnak</title><link rel="canonical"
 href="https://forum.example/viewtopic.php?t={topic}"></head>
<body id="phpbb" class="nojs notouch section-viewtopic {language}"><div id="wrap"
 class="wrap"><div id="page-header"><div class="headerbar" role="banner"><h1>Havnesnak
</h1><p>Snak om havnen</p></div><div class="navbar" role="navigation"><ul><li><a
 href="./index.php">Indeks</a></li></ul></div></div><div id="page-body"
 class="page-body" role="main"><h2 class="topic-title"><a
 href="./viewtopic.php?t={topic}">{title}</a></h2><div class="action-bar bar-top"><div
 class="pagination">31 indlæg <ul><li class="arrow next"><a rel="next"
 href="./viewtopic.php?t={topic}&amp;start=15&amp;sid={SID}">Næste</a></li></ul></div>
</div>{poll if topic % 2 else ""}
{rows}<div class="stat-block online-list"><h3>Hvem er online</h3><p>Brugere der læser
 dette forum: Ingen og 3 gæster</p></div></div><div id="page-footer"
 role="contentinfo"><p>Kører på phpBB</p></div></div></body></html>"""
