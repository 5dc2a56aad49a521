"""Feeds of every common form become posts; hostile ones are refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources import KINDS, feed
from monitor.types import Page, ReadState, Reason, Role, Source

NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
SOURCE = Source(
    id="nyt",
    kind="feed",
    urls=("https://nyt.example/feed/",),
    center="havnelyst",
    every=timedelta(hours=1),
)

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Tågeby Nyt</title>
<item><title>Fagchef afviser &amp; svarer</title>
<link>https://nyt.example/2026/fagchef/?utm_source=rss</link>
<guid isPermaLink="false">nyt-17</guid><dc:creator>Red. Ellen</dc:creator>
<pubDate>Sun, 22 Nov 2026 08:30:00 +0100</pubDate>
<description>Kort</description>
<content:encoded><![CDATA[<p>Ruth <b>Ellemose</b> Dahl afviser.</p>
<p><a href="/kilde">Kilde</a> <img src="/r.jpg" alt="Ruth i døren"></p>]]>
</content:encoded>
<enclosure url="https://nyt.example/lyd.mp3" type="audio/mpeg" length="1"/></item>
<item><title>Andet</title><link>https://andet.example/x</link>
<description>Ord &lt;i&gt;her&lt;/i&gt; &aelig;ble</description></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom</title>
<entry><title type="html">Et &lt;b&gt;møde&lt;/b&gt;</title><id>urn:x:1</id>
<link rel="self" href="https://nyt.example/api/1"/>
<link rel="alternate" href="https://nyt.example/moede"/>
<published>2026-11-20T14:35:00+01:00</published>
<updated>2026-11-21T14:35:00+01:00</updated>
<author><name>Bo Bro</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Første</p>
<p>Anden</p></div></content></entry>
<entry><title>Ren tekst</title><id>urn:x:2</id>
<content type="text">a &lt; b</content></entry></feed>"""


def read(body: str | bytes, **over: object) -> Page:
    source = replace(SOURCE, **over)  # type: ignore[arg-type]
    (request,) = KINDS["feed"].start(source)
    data = body.encode() if isinstance(body, str) else body
    return KINDS["feed"].read_answer(
        source,
        request,
        final_url=request.url,
        content_type="application/xml",
        body=data,
        now=NOW,
    )


def test_rss_items_become_posts() -> None:
    page = read(RSS)
    assert page.title == "Tågeby Nyt"
    first, second = page.posts
    assert first.title == "Fagchef afviser & svarer"
    assert first.text == "Ruth Ellemose Dahl afviser.\n\nKilde"
    assert first.author == "Red. Ellen"
    assert first.permalink == "https://nyt.example/2026/fagchef/"
    assert first.native_id == "nyt-17"
    assert first.published is not None
    assert first.published.at == datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
    assert first.links[0].url == "https://nyt.example/kilde"
    assert "Ruth i døren" in first.extras
    assert first.media[0].kind == "audio"
    assert second.text == "Ord her æble"
    assert page.follow == ()


def test_atom_entries_become_posts() -> None:
    first, second = read(ATOM).posts
    assert (first.title, first.author) == ("Et møde", "Bo Bro")
    assert first.text == "Første\n\nAnden"
    assert first.permalink == "https://nyt.example/moede"
    assert first.edited is not None
    assert second.text == "a < b"


def test_json_feed_items_become_posts() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "J",
        "items": [
            {
                "id": 5,
                "url": "https://nyt.example/5",
                "content_html": "<p>Signe</p>",
                "date_published": "2026-11-20T14:35:00+01:00",
                "authors": [{"name": "Ida"}],
            },
            {"id": "6", "content_text": "a < b"},
            "junk",
        ],
    }
    first, second = read(json.dumps(feed)).posts
    assert (first.native_id, first.author, first.text) == ("5", "Ida", "Signe")
    assert second.text == "a < b"


def test_with_a_depth_the_pages_of_the_same_site_are_followed() -> None:
    (request,) = read(RSS, depth=1).follow
    assert request.url == "https://nyt.example/2026/fagchef/"
    assert (request.role, request.depth) == (Role.PAGE, 1)


def test_an_entity_bomb_is_refused() -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss>&b;</rss>'
    page = read(bomb)
    assert page.state is ReadState.BLOCKED
    assert page.reason is not None
    assert page.reason.code == "xml_refused"


def test_a_broken_feed_gives_what_it_has_and_says_so() -> None:
    page = read(RSS.replace("</item>", "", 1))
    assert page.state is ReadState.PARTLY_READ
    assert "Ruth Ellemose Dahl" in page.posts[0].text


def test_a_page_in_place_of_a_feed_is_blocked() -> None:
    page = read("<html><title>Log ind</title><form><input type=password></form>")
    assert page.state is ReadState.BLOCKED
    assert page.reason is not None
    assert page.reason.code == "wall_login"
    for body in ("", "<opml/>", '{"version": "2"}', "[]", "{"):
        assert read(body).state is ReadState.BLOCKED


def test_a_latin_1_feed_keeps_its_letters() -> None:
    text = RSS.replace("UTF-8", "ISO-8859-1")
    assert read(text.encode("latin-1")).title == "Tågeby Nyt"


def test_pages_of_a_feed_are_read_as_pages() -> None:
    (request,) = read(RSS, depth=1).follow
    page = KINDS["feed"].read_answer(
        replace(SOURCE, depth=1),
        request,
        final_url=request.url,
        content_type="text/html",
        body=b"<article><h1>Hej</h1><p>Ruth Ellemose Dahl afviser kritik</article>",
        now=NOW,
    )
    assert page.posts[0].kind == "article"


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(body: bytes) -> None:
    assert read(body).state in ReadState
    assert read(b"<rss><item>" + body).state in ReadState
    assert read(b'{"version":"jsonfeed","items":[' + body + b"]}").state in ReadState


@pytest.mark.parametrize(
    "body",
    [
        RSS,
        json.dumps(
            {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1}] * 2}
        ),
    ],
)
def test_a_feed_that_is_too_long_says_so(
    body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "MAX_ITEMS", 1)
    page = read(body)
    assert (len(page.posts), page.state) == (1, ReadState.PARTLY_READ)
    assert page.reason == Reason("feed_too_long", {"limit": 1})
