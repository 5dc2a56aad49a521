"""Community software, blogs and structured data give the right posts."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from monitor.extract import Extracted, Rules, read_page
from monitor.types import Post, Selectors

NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)


def read(html: str, url: str, rules: Rules | None = None) -> Extracted:
    body = html.encode()
    return read_page(body, content_type="text/html", url=url, now=NOW, rules=rules)


def facts(post: Post) -> tuple[str, str | None, str | None, str | None, str | None]:
    at = post.published.at.strftime("%d %H:%M") if post.published else None
    return post.kind, post.native_id, post.author, at, post.permalink


def discourse_post(number: int, text: str) -> str:
    scope = "itemprop='comment' itemscope itemtype='http://schema.org/Comment'"
    return f"""<div id='post_{number}' {scope if number > 1 else ""}
 class='topic-body crawler-post'><div class='crawler-post-meta'><span class="creator"
 itemprop="author" itemscope itemtype="http://schema.org/Person"><a itemprop="url"
 rel='nofollow' href='https://snak.example/u/u{number}'><span itemprop='name'>u{number}
</span></a> (Bruger)</span><link itemprop="mainEntityOfPage"
 href="https://snak.example/t/emne/12"><span class="crawler-post-infos"><time
 datetime='2026-11-20T13:3{number}:00Z' class='post-time'>November 20, 2026</time>
<meta itemprop='dateModified' content='2026-11-21T13:35:00Z'><span
 itemprop='position'>{number}</span></span></div><div class='post' itemprop='text'>
<p>{text}</p></div><div itemprop="interactionStatistic" itemscope><span
 class='post-likes'>2 Likes</span></div></div>"""


def test_discourse_gives_each_post_its_own_address() -> None:
    html = f"""<html><head><title>Emne - Snak</title>
<link rel="canonical" href="https://snak.example/t/emne/12"></head><body>
<header><a href="/">Snak</a></header><div id="main-outlet" role="main">
<div id="topic-title"><h1><a href="/t/emne/12">Emne</a></h1></div>
<div itemscope itemtype='http://schema.org/DiscussionForumPosting'>
<meta itemprop='headline' content='Emne'>
{discourse_post(1, "Første")}{discourse_post(2, "Anden")}
<div role='navigation' class="topic-body"><a rel="next" href="/t/emne/12?page=2">næste
</a></div></div></div></body></html>"""
    page = read(html, "https://snak.example/t/emne/12")
    at = "https://snak.example/t/emne/12/"
    assert [facts(post) for post in page.posts] == [
        ("post", "1", "u1", "20 13:31", at + "1"),
        ("post", "2", "u2", "20 13:32", at + "2"),
    ]
    assert [post.text for post in page.posts] == ["Første", "Anden"]
    assert page.posts[0].edited is not None
    assert page.next_links == ("https://snak.example/t/emne/12?page=2",)


def nodebb_post(number: int, text: str) -> str:
    return f"""<li component="post" class="pt-4" data-index="{number}"
 data-pid="{number}" data-uid="3" data-timestamp="1763818500000" itemprop="comment"
 itemtype="http://schema.org/Comment" itemscope><a component="post/anchor"
 id="{number}"></a><meta itemprop="datePublished"
 content="2026-11-20T13:3{number}:00.000Z"><meta itemprop="dateModified" content="">
<div class="d-flex post-container-parent"><div><a href="/user/kaj"
 aria-label="Profil: Kaj"><span component="user/status"><span
 class="visually-hidden">Offline</span></span></a></div><div class="post-container">
<div class="post-header" itemprop="author" itemscope
 itemtype="https://schema.org/Person"><meta itemprop="name" content="Kaj {number}"><a
 class="fw-bold" href="/user/kaj" data-username="kaj">Kaj {number}</a><span
 class="timeago" title="2026-11-20T13:35:00.000Z"></span><a href="/post/{number}"
 class="post-index">#{number}</a></div><div class="content" component="post/content"
 itemprop="text"><p>{text}</p></div><div component="post/footer"><div
 component="post/signature">Min underskrift</div><div component="post/actions"><a
 component="post/vote-count" href="#">0</a></div></div></div></div></li>"""


def test_nodebb_gives_the_times_it_does_not_show() -> None:
    html = f"""<title>Emne | Node</title><main id="panel"><div itemprop="author"
 itemscope itemtype="https://schema.org/Person"><meta itemprop="name"
 content="Trådstarter"></div><h1 component="post/header">Emne</h1>
<ul component="topic">{nodebb_post(4, "Første")}{nodebb_post(5, "Anden")}</ul></main>"""
    page = read(html, "https://node.example/topic/9/emne")
    at = "https://node.example/post/"
    assert [facts(post) for post in page.posts] == [
        ("post", "4", "Kaj 4", "20 13:34", at + "4"),
        ("post", "5", "Kaj 5", "20 13:35", at + "5"),
    ]
    assert [post.text for post in page.posts] == ["Første", "Anden"]
    assert "Min underskrift" in page.posts[0].extras


BLOGSPOT = """<html><head><title>Dagbog: Mødet</title></head><body><div
 class='post-outer'><div class='post hentry' itemprop='blogPost' itemscope='itemscope'
 itemtype='http://schema.org/BlogPosting'><a name='81'></a><h3 class='post-title
 entry-title' itemprop='name'>Mødet</h3><div class='post-body entry-content'
 id='post-body-81' itemprop='description articleBody'>Jeg mødte Malthe.<div
 style='clear: both;'></div></div><div class='post-footer'><span class='post-author
 vcard'>Skrevet af <span class='fn' itemprop='author' itemscope='itemscope'
 itemtype='http://schema.org/Person'><span itemprop='name'>Tove</span></span></span>
<span class='post-timestamp'>kl. <a class='timestamp-link' rel='bookmark'
 href='https://dagbog.example/2026/11/m.html'><abbr class='published'
 itemprop='datePublished' title='2026-11-20T14:35:00+01:00'>14.35</abbr></a></span>
</div></div>%s</div></body></html>"""
THREADED = """<div class='comments' id='comments'><h4>2 kommentarer:</h4><div
 class="comment-thread"><ol id="top-ra"><li class="comment" id="c456"><div
 class="comment-block"><div class="comment-header"><cite class="user"><a
 href="https://x.example">Per</a></cite><span class="datetime"><a rel="nofollow"
 href="https://dagbog.example/2026/11/m.html?showComment=17#c456">21. november 2026
 kl. 14.35</a></span></div><p class="comment-content">Enig</p><span
 class="comment-actions"><a>Svar</a></span></div><div class="comment-replies"><ol>
<li class="comment" id="c457"><div class="comment-block"><div class="comment-header">
<cite class="user">Ida</cite><span class="datetime"><a
 href="https://dagbog.example/2026/11/m.html?showComment=18#c457">21. november 2026
 kl. 15.00</a></span></div><p class="comment-content">Uenig</p></div></li></ol></div>
</li></ol></div></div>"""
FLAT = """<div id='comments'><dl id='comments-block'><dt class='comment-author'
 id='c456'><a name='c456'></a><a href='https://x.example' rel='nofollow'>Per</a>
 sagde ...</dt><dd class='comment-body' id='Blog1_cmt-456'><p>Enig</p></dd><dd
 class='comment-footer'><span class='comment-timestamp'><a
 href='https://dagbog.example/2026/11/m.html?showComment=17#c456'>21. november 2026
 kl. 14.35</a></span></dd><dt class='comment-author' id='c457'>Ida sagde ...</dt><dd
 class='comment-body' id='Blog1_cmt-457'><p>Uenig</p></dd><dd class='comment-footer'>
<span class='comment-timestamp'><a
 href='https://dagbog.example/2026/11/m.html?showComment=18#c457'>21. november 2026
 kl. 15.00</a></span></dd></dl></div>"""


def test_blogspot_gives_post_and_comments_of_both_layouts() -> None:
    place = "https://dagbog.example/2026/11/m.html"
    for comments in (THREADED, FLAT):
        article, first, second = read(BLOGSPOT % comments, place).posts
        assert facts(article) == ("article", None, "Tove", "20 13:35", place)
        assert (article.title, article.text) == ("Mødet", "Jeg mødte Malthe.")
        assert facts(first) == ("comment", "456", "Per", "21 13:35", place + "#c456")
        assert facts(second) == ("comment", "457", "Ida", "21 14:00", place + "#c457")
        assert (first.text, second.text) == ("Enig", "Uenig")


def test_microdata_gives_article_and_nested_comments() -> None:
    html = """<div itemscope itemtype="https://schema.org/NewsArticle"><h1
 itemprop="headline">Fagchef afviser</h1><span itemprop="author" itemscope
 itemtype="https://schema.org/Person"><span itemprop="name">Ellen</span></span><time
 itemprop="datePublished" datetime="2026-11-20T08:00+01:00">i fredags</time><div
 itemprop="articleBody">Ruth afviser.</div><div itemprop="comment" itemscope
 itemtype="https://schema.org/Comment" id="k1"><b itemprop="author">Bo</b><p
 itemprop="text">Fyr hende</p><meta itemprop="dateCreated"
 content="2026-11-21T08:00+01:00"><div itemprop="comment" itemscope
 itemtype="https://schema.org/Comment" id="k2"><p itemprop="text">Nej</p></div></div>
</div>"""
    article, first, second = read(html, "https://nyt.example/f").posts
    place = "https://nyt.example/f"
    assert facts(article) == ("article", None, "Ellen", "20 07:00", place)
    assert article.text == "Ruth afviser."
    at = "https://nyt.example/f#k"
    assert facts(first) == ("comment", None, "Bo", "21 07:00", at + "1")
    assert (first.text, second.text) == ("Fyr hende", "Nej")


def test_json_ld_gives_facts_and_the_comments_scripts_would_show() -> None:
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": ["NewsArticle"],
                "headline": "Fagchef afviser",
                "author": [{"@type": "Person", "name": "Ellen"}],
                "datePublished": "2026-11-20T08:00:00+01:00",
                "comment": [
                    {
                        "@type": "Comment",
                        "text": "<p>Fyr <b>hende</b></p>",
                        "author": {"name": "Bo"},
                        "dateCreated": "2026-11-21T08:00:00+01:00",
                        "url": "/f#k1",
                    }
                ],
            }
        ],
    }
    html = f"""<script type="application/ld+json">{json.dumps(data)}</script>
<script type="application/ld+json">{{broken</script>
<article><h1>Fagchef afviser</h1><p>Ruth afviser.</p></article>"""
    article, comment = read(html, "https://nyt.example/f").posts
    place = "https://nyt.example/f"
    assert facts(article) == ("article", None, "Ellen", "20 07:00", place)
    at = "https://nyt.example/f#k1"
    assert facts(comment) == ("comment", None, "Bo", "21 07:00", at)
    assert comment.text == "Fyr hende"


def told(**facts: object) -> str:
    data = {"@context": "https://schema.org", **facts}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_a_post_that_is_shown_and_told_of_is_one_post() -> None:
    shown = """<article class="message" data-content="post-12" id="js-post-12"><a
class="username">Bo</a><a class="u-concealed" href="/t/1/post-12"><time
datetime="2026-11-20T10:00:05+01:00">fredag</time></a><div class="bbWrapper">Ja.
<blockquote>Nej</blockquote>Det sagde Ruth.</div></article>"""
    plain = {"@type": "DiscussionForumPosting", "text": "Ja. Det sagde Ruth til Kim."}
    by_place = told(**plain, url="https://f.example/t/1/post-12")
    by_time = told(
        **plain, author={"name": "Bo"}, datePublished="2026-11-20T09:00:05+00:00"
    )
    for script in (by_place, by_time):
        (post,) = read(f"{script}{shown}", "https://f.example/t/1/").posts
        assert "Nej" in post.text
        assert "til Kim" in post.searched_text


def test_a_short_comment_that_is_only_told_of_is_not_lost_in_another_text() -> None:
    script = told(
        **{"@type": "Comment", "text": "Ruth Gave", "url": "https://nyt.example/f"}
    )
    html = f"{script}<article><h1>Sag</h1><p>Ruth Gave er enig.</p></article>"
    article, comment = read(html, "https://nyt.example/f").posts
    assert (article.kind, comment.kind) == ("article", "comment")
    assert comment.text == "Ruth Gave"


def test_plain_articles_are_posts_and_nested_ones_apart() -> None:
    html = """<main><article><h2><a rel="bookmark" href="/en">Én</a></h2><p>Tekst én
</p><article><p>Svar</p></article></article><article><h2>To</h2><p>Tekst to</p>
</article></main>"""
    first, reply, second = read(html, "https://a.example/").posts
    assert (first.title, first.text) == ("Én", "Tekst én")
    assert first.permalink == "https://a.example/en"
    assert reply.text == "Svar"
    assert (second.title, second.text) == ("To", "Tekst to")


def test_the_sources_own_selectors_win() -> None:
    html = """<article>Indpakning<div class="opslag" id="o1"><i>Af: Bo</i><u>i går kl.
 9.12</u><p>Hej <b>du</b></p><a class="l" href="/o/1">#</a></div><div class="opslag"
 id="o2"><i>Ida</i><p>Hejsa</p></div></article>"""
    selectors = Selectors(
        post="div.opslag", text="p", author="i", published="u", permalink="a.l"
    )
    rules = Rules(selectors=selectors)
    posts = read(html, "https://a.example/", rules).posts
    assert facts(posts[0]) == ("post", "o1", "Bo", "21 08:12", "https://a.example/o/1")
    assert facts(posts[1]) == ("post", "o2", "Ida", None, "https://a.example/#o2")
    assert [post.text for post in posts] == ["Hej du", "Hejsa"]
    assert "Indpakning" in posts[0].extras


def test_an_unknown_page_is_one_post_without_its_furniture() -> None:
    html = """<html><head><title>Om os</title><meta name="author" content="Bo"><meta
 property="article:published_time" content="2026-11-20"></head><body><header>Top
</header><nav>Menu</nav><h1>Om os</h1><p>Ord</p><footer>Bund</footer>"""
    page = read(html, "https://a.example/om")
    (post,) = page.posts
    assert (post.kind, post.title, post.author) == ("page", "Om os", "Bo")
    assert post.text == "Om os\n\nOrd"
    assert page.text == "Top\n\nMenu\n\nOm os\n\nOrd\n\nBund"


def test_text_outside_the_posts_is_a_post_of_its_own() -> None:
    aside = " ".join(f"ord{n}" for n in range(50))
    html = f"<main><article><p>Kort</p></article><div>{aside}</div></main>"
    article, rest = read(html, "https://a.example/").posts
    assert article.text == "Kort"
    assert (rest.kind, rest.text) == ("page", aside)


def test_embeds_captions_and_links_are_found() -> None:
    html = """<article><p>Hør <a href="https://linkedin.example/in/signe-av">her</a>
<video src="/v.mp4"><track src="/tekster/malthe.vtt"></video><iframe
 src="https://www.youtube.com/embed/1"></iframe><audio><source src="/l.mp3"></audio>
<img src="a.png" alt="Ruth"></article>"""
    (post,) = read(html, "https://a.example/").posts
    assert [(m.url.rpartition("/")[2], m.kind) for m in post.media] == [
        ("v.mp4", "video"),
        ("1", "video"),
        ("l.mp3", "audio"),
    ]
    assert post.media[0].captions == ("https://a.example/tekster/malthe.vtt",)
    for words in ("Ruth", "https://linkedin.example/in/signe-av"):
        assert words in post.extras
    assert post.text == "Hør her"
