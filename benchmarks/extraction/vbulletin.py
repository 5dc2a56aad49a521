"""Threads as vBulletin 4.2 (legacy postbit) and 5.6 show them in default styles.

vBulletin's templates are not public; the structure is that of public threads.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from monitor.types import Precision

from .thread import NOW, Said, Sample, Truth, Writers, body, truth

SITE = "https://vb.example"
FURNITURE = ("Tilmeldingsdato", "Join Date", "Livet er for kort", "Besvar med citat",
             "Senest redigeret", "Like", "Vis profil")  # fmt: skip


def samples(random: Random) -> Iterator[Sample]:
    """Threads of both versions; version 4 writes today and yesterday in words."""
    for number in range(10):
        writers = Writers(random, ("da", "en")[number // 2 % 2])
        yield (_fourth if number % 2 else _fifth)(writers, number)


def _joined(language: str) -> str:
    return "Tilmeldingsdato" if language == "da" else "Join Date"


def _shown(said: Said, language: str) -> str:
    at = said.local
    if said.at > NOW - timedelta(days=1) and at.date() == NOW.date():
        word = "I dag" if language == "da" else "Today"
        return f"{word},&nbsp;<span class='time'>{at:%H:%M}</span>"
    return f"{at:%d-%m-%Y},&nbsp;<span class='time'>{at:%H:%M}</span>"


def _quote_four(author: str, words: str) -> str:
    return f"""<div class="bbcode_container"><div class="bbcode_quote"><div
 class="quote_container"><div class="bbcode_quote_container"></div><div
 class="bbcode_postedby"><img src="/q.png" alt="Citat"> Oprindeligt indsendt af <strong>
{author}</strong> <a href="showthread.php?p=9#post9" rel="nofollow"><img
 class="inlineimg" src="/v.png" alt="Vis indlæg"></a></div><div
 class="message">{words}</div></div></div></div>"""


_CODE_FOUR = """<div class="bbcode_container"><div class="bbcode_description">Kode:</div>
<pre class="bbcode_code">{}</pre></div>"""


def _fourth(writers: Writers, number: int) -> Sample:
    url = f"{SITE}/showthread.php?{number}-Ventetid"
    posts = writers.posts(writers.random.randint(2, 10))
    posts.append(writers.post(NOW - timedelta(hours=3)))
    truths = [_four_truth(said, url) for said in posts]
    rows = [_post_four(said, place, url, language=writers.language)
            for place, said in enumerate(posts, 1)]  # fmt: skip
    html = f"""<!DOCTYPE html><html lang="da"><head><meta charset="utf-8"><title>Ventetid
</title><link rel="canonical" href="{url}"></head><body><div
 class="above_body"><div id="header" class="floatcontainer doc_header"><a href="/">Havn
</a></div><div id="navbar" class="navbar"><ul><li><a href="/f">Forum</a></li></ul></div>
</div><div class="body_wrapper"><div id="breadcrumb" class="breadcrumb"><ul><li>Forum
</li></ul></div><div id="pagetitle" class="pagetitle"><h1>Emne: <span
 class="threadtitle"><a href="{url}">Ventetid</a></span></h1></div><div id="postlist"
 class="postlist restrain"><ol id="posts" class="posts" start="1">{"".join(rows)}</ol>
</div><div class="navlinks">Forrige</div></div><div id="footer" class="floatcontainer
 footer">vBulletin</div></body></html>"""
    return Sample(url, html, tuple(truths), FURNITURE)


def _four_truth(said: Said, url: str) -> Truth:
    link = f"{url}&p={said.number}&viewfull=1#post{said.number}"
    return truth(said, link, precision=Precision.MINUTE)


def _post_four(said: Said, place: int, url: str, *, language: str) -> str:
    link = f"{url}&amp;p={said.number}&amp;viewfull=1#post{said.number}"
    signature = edited = ""
    if said.signature:
        signature = f"""<blockquote class="signature restore"><div
 class="signaturecontainer">{said.signature}</div></blockquote>"""
    if said.edited:
        edited = f"""<div class="after_content"><blockquote class="postcontent
 lastedited">Senest redigeret af {said.name}; 01-11-2026 kl. <span class="time">14:00
</span>.</blockquote></div>"""
    return f"""<li class="postbitlegacy postbitim postcontainer old"
 id="post_{said.number}"><div class="posthead"><span class="postdate old"><span
 class="date">{_shown(said, language)}</span></span><span class="nodecontrols"><a
 name="post{said.number}" href="{link}" class="postcounter">#{place}</a><a
 id="postcount{said.number}" name="{place}"></a></span></div><div class="postdetails">
<div class="userinfo"><div class="username_container"><div class="popupmenu
 memberaction"><a rel="nofollow" class="username offline popupctrl"
 href="member.php?7-x" title="{said.name} er offline"><strong>{said.name}</strong></a>
<ul class="popupbody popuphover memberaction_body"><li class="left"><a
 href="member.php?7-x" class="siteicon_profile">Vis profil</a></li></ul></div><span
 class="usertitle">Stamgæst</span></div><a class="postuseravatar" href="member.php?7-x">
<img src="/a.gif" alt="{said.name}s avatar"></a><hr><dl class="userinfo_extra"><dt>
{_joined(language)}</dt><dd>Nov 2010</dd><dt>Indlæg</dt><dd>237</dd></dl><div
 class="imlinks"></div></div><div class="postbody"><div
 class="postrow has_after_content"><h2 class="title icon"><img src="/i.png" alt="Default">
Sv: Ventetid</h2><div class="content"><div id="post_message_{said.number}"><blockquote
 class="postcontent restore ">
{body(said, _quote_four, code=_CODE_FOUR, paragraph="{}<br><br>")}</blockquote></div>
</div></div>{edited}{signature}</div></div><div class="postfoot"><div
 class="textcontrols floatcontainer"><span class="postcontrols"><a class="quickreply"
 href="newreply.php?p={said.number}">Besvar med citat</a></span></div></div></li>"""


def _quote_five(author: str, words: str) -> str:
    return f"""<div class="bbcode_container"><div class="bbcode_quote"><div
 class="quote_container"><div class="bbcode_quote_container vb-icon"></div><div
 class="bbcode_postedby">Oprindeligt indsendt af <strong>{author}</strong> <a
 href="/forum/x?p=3#post3" rel="nofollow"><img class="inlineimg" alt="Vis indlæg"
 src="/v.png"></a></div><div class="message">{words}</div></div></div></div>"""


def _fifth(writers: Writers, number: int) -> Sample:
    url = f"{SITE}/forum/havnen/{number}-ventetid"
    posts = writers.posts(writers.random.randint(2, 10))
    truths = [truth(said, f"{url}?p={said.number}#post{said.number}")
              for said in posts]  # fmt: skip
    rows = [_post_five(said, place, url, language=writers.language)
            for place, said in enumerate(posts, 1)]  # fmt: skip
    html = f"""<!DOCTYPE html><html lang="da"><head><meta charset="utf-8"><title>Ventetid
 - Forum</title><link rel="canonical" href="{url}"></head><body id="vb-page-body"><nav
 class="b-top-menu__container"><ul><li>Forum</li></ul></nav><div id="header"><a
 href="/">Havn</a></div><div id="outer-wrapper"><div id="wrapper"><h1
 class="main-title js-main-title">Ventetid</h1><div class="conversation-content"
 itemscope itemtype="http://schema.org/DiscussionForumPosting"><ul
 class="conversation-list list-container h-clearfix thread-view">{"".join(rows)}</ul>
</div></div></div><div id="footer">vBulletin</div></body></html>"""
    return Sample(url, html, tuple(truths), FURNITURE)


def _post_five(said: Said, place: int, url: str, *, language: str) -> str:
    link = f"{url}?p={said.number}#post{said.number}"
    signature = edited = ""
    if said.signature:
        signature = f"""<div class="b-post__footer"><hr class="b-divider"><div
 class="post-signature restore">{said.signature}</div></div>"""
    if said.edited:
        edited = f"""<div class="post-footer"><div class="b-post__edit edit-by">Senest
 redigeret af <a href="/member/7-x">{said.name}</a>; <span class="date">01-11-2026,
 14:00</span>.</div></div>"""
    stamp = said.local.strftime("%Y-%m-%dT%H:%M:%S%z")
    return f"""<li data-node-id="{said.number}" data-node-publishdate="1763818500"
 class="b-post h-restore--on-preview b-post--first js-post js-post__list-item
 h-clear" itemprop="comment" itemscope itemtype="http://schema.org/Comment"
 id="node{said.number}"><a id="post{said.number}" class="anchor"></a><div
 class="b-post__body h-wordwrap"><hr class="b-divider--section"><div
 class="b-userinfo b-userinfo--wide h-hide--smaller-than-481"
 itemprop="author" itemscope itemtype="http://schema.org/Person"><a
 href="/member/7-x" class="b-avatar js-avatar"><img src="/a.png" alt="{said.name}"
 title="{said.name}"></a><div class="b-userinfo__details"><div
 class="author b-userinfo__author"><strong><a href="/member/7-x" data-userid="7"
 itemprop="url"><span itemprop="name">{said.name}</span></a></strong></div><div
 class="b-userinfo__title usertitle">Stamgæst</div><ul
 class="b-userinfo__additional-info-group"><li class="b-userinfo__additional-info"><label
 class="b-userinfo__additional-info-label">{_joined(language)}:</label> <span>Nov 2010
</span></li></ul></div></div><div class="b-post__hide-when-deleted"><div
 class="b-post__header"><a href="{link}" class="b-post__count js-show-post-link"
 title="Link">#{place}</a><h2 class="b-post__title js-post-title b-post__title--empty">
Ventetid</h2><div class="b-post__timestamp"><time itemprop="dateCreated"
 datetime="{stamp}">{said.local:%d-%m-%Y, %H:%M}</time></div></div><div
 class="b-post__content js-post__content"><div class="OLD__post-content h-padding"><div
 class="js-post__content-text OLD__post-content-text restore h-wordwrap"
 itemprop="text">{body(said, _quote_five, code=_CODE_FOUR, paragraph="{}<br><br>")}</div>
</div></div>{edited}{signature}<div class="b-post__footer h-hide-on-preview"><ul
 class="b-post-control__list"><li class="b-post-control b-post-control--like">Like</li>
<li class="b-post-control">Besvar med citat</li></ul></div></div></div></li>"""
