"""Pages of the software that Danish public pages run on give the right posts."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.extract import Extracted, read_page
from monitor.types import Post

NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)


SID = "0123456789abcdef0123456789abcdef"


def read(html: str, url: str) -> Extracted:
    return read_page(html.encode(), content_type="text/html", url=url, now=NOW)


def facts(post: Post) -> tuple[str, str | None, str | None, str | None, str | None]:
    at = post.published.at.strftime("%d %H:%M") if post.published else None
    return post.kind, post.native_id, post.author, at, post.permalink


BLOG = "https://blog.example/2026/11/koldt-kontor/"

WORDPRESS = """<!DOCTYPE html><html lang="da-DK"><head><meta charset="utf-8">
<title>Det kolde kontor – Havneliv</title>
<meta property="og:description" content="Om et møde på Havnelyst">
<link rel="canonical" href="https://blog.example/2026/11/koldt-kontor/">
<link rel="alternate" type="application/rss+xml" href="/feed/"></head>
<body class="single single-post"><div id="page">
<header id="masthead"><p class="site-title"><a href="/">Havneliv</a></p>
<nav><ul><li><a href="/om/">Om bloggen</a></li></ul></nav></header>
<main><article id="post-12" class="post-12 post type-post hentry">
<header class="entry-header"><h1 class="entry-title">Det kolde kontor</h1>
<div class="entry-meta"><span class="posted-on">Udgivet <a rel="bookmark"
 href="https://blog.example/2026/11/koldt-kontor/?utm_source=x"><time
 class="entry-date published" datetime="2026-11-20T08:00:00+01:00">20. november
 2026</time><time class="updated" datetime="2026-11-21T08:00:00+01:00">21.
 november 2026</time></a></span> <span class="byline">af <span class="author
 vcard"><a class="url fn n" href="/author/tove/">Tove Tang</a></span></span></div>
</header><div class="entry-content"><p>Signe <b>Abildtorp</b>-V<wbr>ang
gav mig afslag.</p><p>Anden linje<br>tredje&shy;linje.</p>
<figure><img src="/a.jpg" alt="Portræt af sagsbehandleren">
<figcaption>Foto: privat</figcaption></figure></div>
<footer class="entry-footer"><span class="tags">Emner: kommune</span></footer>
</article>
<div id="comments" class="comments-area"><h2>2 tanker om “Det kolde kontor”</h2>
<ol class="comment-list">
<li id="comment-2" class="comment even thread-even depth-1 parent">
<article id="div-comment-2" class="comment-body"><footer class="comment-meta">
<div class="comment-author vcard"><img alt="" src="/g.png"><b class="fn">
<a href="https://per.example" class="url" rel="ugc external nofollow">Per P.</a></b>
<span class="says">siger:</span></div><div class="comment-metadata"><a
 href="https://blog.example/2026/11/koldt-kontor/comment-page-1/#comment-2"><time
 datetime="2026-11-21T14:35:00+01:00">21. november 2026 kl. 14:35</time></a></div>
</footer><div class="comment-content"><p>Enig med dig.</p></div>
<div class="reply"><a rel="nofollow" class="comment-reply-link"
 href="https://blog.example/2026/11/koldt-kontor/?replytocom=2#respond">Svar</a></div>
</article><ol class="children"><li id="comment-3" class="comment odd depth-2">
<article id="div-comment-3" class="comment-body"><footer class="comment-meta">
<div class="comment-author vcard"><b class="fn">Ida</b> <span
 class="says">siger:</span></div><div class="comment-metadata"><a
 href="https://blog.example/2026/11/koldt-kontor/comment-page-1/#comment-3"><time
 datetime="2026-11-21T15:00:00+01:00">21. november 2026 kl. 15:00</time></a></div>
</footer><div class="comment-content"><p>Det er <em>ikke</em> rigtigt.</p></div>
</article></li></ol></li>
<li id="comment-4" class="comment"><div id="div-comment-4" class="comment-body">
<div class="comment-author vcard"><cite class="fn">Ole</cite> <span
 class="says">siger:</span></div><div class="comment-meta commentmetadata"><a
 href="#comment-4">22. november 2026 kl. 9:12</a></div><p>Gammelt tema.</p>
<div class="reply"><a href="?replytocom=4#respond">Svar</a></div></div></li>
</ol><div id="respond" class="comment-respond"><form><p>Skriv et svar</p>
<textarea>Skjult</textarea></form></div></div></main>
<footer><p>Drives af en motor</p></footer></div></body></html>"""


def test_wordpress_gives_article_and_each_comment() -> None:
    page = read(WORDPRESS, BLOG)
    article, *comments = page.posts
    assert facts(article) == ("article", "12", "Tove Tang", "20 07:00", BLOG)
    assert article.edited is not None
    assert article.title == "Det kolde kontor"
    assert article.text == (
        "Signe Abildtorp-Vang gav mig afslag.\n\nAnden linje\ntredjelinje."
        "\n\nFoto: privat"
    )
    assert "Portræt af sagsbehandleren" in article.extras
    assert "Om et møde på Havnelyst" in article.extras
    at = BLOG + "comment-page-1/#comment-"
    assert [facts(post) for post in comments] == [
        ("comment", "2", "Per P.", "21 13:35", at + "2"),
        ("comment", "3", "Ida", "21 14:00", at + "3"),
        ("comment", "4", "Ole", "22 08:12", BLOG + "#comment-4"),
    ]
    assert [post.text for post in comments] == [
        "Enig med dig.",
        "Det er ikke rigtigt.",
        "Gammelt tema.",
    ]
    assert page.feeds == ("https://blog.example/feed/",)
    assert page.language == "da"
    assert not any("replytocom" in link.url for link in page.links)


BLOCK_THEME = """<html><head><title>Et møde</title></head>
<body class="single-post"><div class="wp-site-blocks"><header
 class="wp-block-template-part"><p>Sidehoved</p></header>
<main class="wp-block-group"><h1 class="wp-block-post-title">Et møde</h1>
<div class="wp-block-post-date"><time datetime="2026-11-20T14:35:00+01:00">20.
 november 2026</time></div><div class="wp-block-post-author-name"><a href="/a">Tove
 Tang</a></div><div class="entry-content wp-block-post-content"><p>Mødet var
 kort.</p></div><div class="wp-block-comments"><h2>Én kommentar</h2>
<ol class="wp-block-comment-template"><li id="comment-7" class="comment even">
<div class="wp-block-columns"><div class="wp-block-column"><div
 class="has-small-font-size wp-block-comment-author-name"><a rel="external nofollow
 ugc" href="https://x.example">Bo Bro</a></div><div
 class="wp-block-comment-date"><time datetime="2026-11-21T16:05:00+01:00"><a
 href="https://blog.example/m/#comment-7">21. november 2026</a></time></div><div
 class="wp-block-comment-content"><p>Tak for teksten.</p></div><div
 class="wp-block-comment-reply-link"><a href="/m/?replytocom=7#respond">Svar</a></div>
</div></div><ol><li id="comment-8" class="comment"><div
 class="wp-block-comment-author-name">Eva</div><div
 class="wp-block-comment-date"><time datetime="2026-11-21T17:05:00+01:00"><a
 href="https://blog.example/m/#comment-8">21. november 2026</a></time></div><div
 class="wp-block-comment-content"><p>Selv tak.</p></div></li></ol></li></ol>
</div></main><footer>Bund</footer></div></body></html>"""


def test_a_wordpress_block_theme_gives_the_time_that_is_not_shown() -> None:
    article, first, second = read(BLOCK_THEME, "https://blog.example/m/").posts
    place = "https://blog.example/m/"
    assert facts(article) == ("article", None, "Tove Tang", "20 13:35", place)
    assert article.text == "Mødet var kort."
    at = "https://blog.example/m/#comment-"
    assert facts(first) == ("comment", "7", "Bo Bro", "21 15:05", at + "7")
    assert facts(second) == ("comment", "8", "Eva", "21 16:05", at + "8")
    assert (first.text, second.text) == ("Tak for teksten.", "Selv tak.")


def phpbb_post(number: int, text: str) -> str:
    return f"""<div id="p{number}" class="post has-profile bg{number % 2 + 1}">
<div class="inner"><dl class="postprofile" id="profile{number}">
<dt class="no-profile-rank no-avatar"><div class="avatar-container"></div>
<a href="./memberlist.php?mode=viewprofile&amp;u={number}&amp;sid={SID}"
 class="username">bruger{number}</a></dt>
<dd class="profile-posts"><strong>Indlæg:</strong> 12</dd></dl>
<div class="postbody"><div id="post_content{number}"><h3 class="first"><a
 href="./viewtopic.php?p={number}&amp;sid={SID}#p{number}">Re: Sagsbehandlere</a></h3>
<ul class="post-buttons"><li><a href="./posting.php?mode=quote">Citer</a></li></ul>
<p class="author"><a class="unread" title="Indlæg"
 href="./viewtopic.php?p={number}&amp;sid={SID}#p{number}"><span
 class="sr-only">Indlæg</span></a><span
 class="responsive-hide">af <strong><a href="./memberlist.php?u={number}"
 class="username">bruger{number}</a></strong> &raquo; </span><time
 datetime="2026-11-20T10:{number % 60:02}:00+00:00">20. nov 2026, 11:{number % 60:02}
</time></p><div class="content">{text}</div>
<div id="sig{number}" class="signature">Hilsen underskriften</div></div></div>
<div class="back2top"><a href="#top">Top</a></div></div></div>
<hr class="divider">"""


def phpbb(posts: str) -> str:
    return f"""<html lang="da"><head><title>Sagsbehandlere - Forum</title></head>
<body class="section-viewtopic"><div id="wrap"><div id="page-header"><div
 class="headerbar" role="banner"><h1>Forum</h1></div><div class="navbar"
 role="navigation"><ul><li><a href="./index.php">Indeks</a></li></ul></div></div>
<div id="page-body"><h2 class="topic-title"><a
 href="./viewtopic.php?t=5">Sagsbehandlere</a></h2>
<div class="pagination">60 indlæg <ul><li class="arrow next"><a rel="next"
 href="./viewtopic.php?t=5&amp;start=60&amp;sid={SID}">Næste</a></li></ul></div>
{posts}</div><div id="page-footer" role="contentinfo">Bund</div></div></body></html>"""


TOPIC = "https://forum.example/viewtopic.php?t=5"


def test_a_phpbb_page_of_60_posts_gives_60_posts() -> None:
    html = phpbb("".join(phpbb_post(n, f"Svar nummer {n}") for n in range(1, 61)))
    page = read(html, f"{TOPIC}&sid={SID}")
    assert len(page.posts) == 60
    for number, post in enumerate(page.posts, 1):
        link = f"https://forum.example/viewtopic.php?p={number}#p{number}"
        at = f"20 10:{number % 60:02}"
        assert facts(post) == ("post", str(number), f"bruger{number}", at, link)
        assert post.text == f"Svar nummer {number}"
        assert post.place == TOPIC
        assert "Hilsen underskriften" in post.extras
    assert page.posts[0].title == "Re: Sagsbehandlere"
    assert page.next_links == (TOPIC + "&start=60",)


def test_an_older_phpbb_without_time_tags_is_read() -> None:
    html = phpbb(
        """<div id="p9" class="post bg2"><div class="inner"><div class="postbody">
<h3><a href="#p9">Emnet</a></h3><p class="author"><a href="./viewtopic.php?p=9#p9">
<img alt="Indlæg"></a>af <strong><a class="username-coloured" href="./m">Kaj
</a></strong> &raquo; lør 21. nov 2026, 14:35</p><div class="content">Hej
<blockquote><div><cite>Lis skrev:</cite>Citat</div></blockquote>svar</div></div>
<dl class="postprofile" id="profile9"><dt><a href="./m">Kaj</a></dt></dl>
</div></div>"""
    )
    (post,) = read(html, TOPIC).posts
    link = "https://forum.example/viewtopic.php?p=9#p9"
    assert facts(post) == ("post", "9", "Kaj", "21 13:35", link)
    assert post.text == "Hej\n\nLis skrev:Citat\n\nsvar"
