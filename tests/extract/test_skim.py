"""A skimmed page holds every word that its posts would, at little cost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.extraction import TEMPLATES
from benchmarks.extraction.thread import NOW
from monitor.extract import Rules, read_page
from monitor.extract.sheet import tamed
from monitor.extract.skim import Skim, skim_html
from monitor.extract.text import words_of

PLANTED = "Malthe Kringelbæk"
WHEN = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
URL = "https://a.example/side"
TAGS = ("div", "p", "article", "li", "section", "td", "b", "aside", "form", "header")


def skim(html: str, rules: Rules | None = None) -> Skim:
    return skim_html(tamed(html), URL, rules=rules or Rules())


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_line_of_every_post_is_in_the_skimmed_words(template: str) -> None:
    from random import Random

    for sample in TEMPLATES[template](Random(7)):
        told = words_of(
            skim_html(tamed(sample.html), sample.url, rules=Rules()).searched
        )
        body = sample.html.encode()
        page = read_page(body, content_type="text/html", url=sample.url, now=NOW)
        for post in page.posts:
            lines = f"{post.title or ''}\n{post.text}".replace("\t", "\n").split("\n")
            assert [line for line in lines if words_of(line) not in told] == []


@given(st.lists(st.sampled_from(TAGS), max_size=6), st.sampled_from(TAGS))
@settings(max_examples=60)
def test_a_name_in_any_tag_is_among_the_words(around: list[str], inner: str) -> None:
    html = f"Malthe <{inner} title='x'>" if inner == "b" else ""
    html += "Kringelbæk</b>" if inner == "b" else PLANTED
    for tag in around:
        html = f"<{tag}>ord {html} ord</{tag}>"
    assert PLANTED in words_of(skim(f"<body>{html}").searched)


@pytest.mark.parametrize(
    "html",
    [
        "<title>%s</title>",
        "<meta name='description' content='%s'>",
        "<p>x<img src=/a alt='%s'>",
        "<p><a href='/om' title='%s'>her</a>",
        "<p><a href='/om/malthe%%20kringelb%%C3%%A6k %s'>her</a>",
        '<script type="ld+json">{"a": "Malthe <b>Kringelb\\u00e6k</b>%.0s"}</script>',
        "<p>Malthe Kringel<wbr>bæk%.0s",
        "<p>Malthe Kringel&shy;bæk%.0s",
        "<p>Malthe <b>Kringel</b>bæk%.0s",
    ],
)
def test_words_that_are_not_seen_are_skimmed_too(html: str) -> None:
    assert PLANTED in skim(html % PLANTED).searched


def test_words_of_two_blocks_stay_apart() -> None:
    assert skim("<p>Malthe</p><p>Kringelbæk</p>").searched.startswith(
        "Malthe\nKringelbæk"
    )


def test_scripts_and_styles_are_no_words() -> None:
    html = f"<p>Ord<script>{PLANTED}</script><style>{PLANTED}</style>"
    assert PLANTED not in skim(html).searched


def test_links_are_left_out_when_nobody_follows_them() -> None:
    html = "<a href=/a>A</a><a rel=next href=/b>B</a>"
    page = skim(html, Rules(links=False)).page
    assert page.links == ()
    assert page.next_links == ("https://a.example/b",)


def test_the_sources_own_pagination_is_found() -> None:
    html = "<div class=x><a href=/2>2</a></div>"
    page = skim(html, Rules(pagination=("div.x",))).page
    assert page.marked_links == ("https://a.example/2",)


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<div>" * 50_000 + PLANTED, "html_too_deep"),
        ("<i></i>" * 60_000 + PLANTED, "html_too_large"),
    ],
)
def test_a_page_no_parser_can_take_apart_is_read_as_a_whole(
    html: str, code: str
) -> None:
    skimmed = skim(html)
    page = read_page(html.encode(), content_type="text/html", url=URL, now=WHEN)
    for reason in (skimmed.page.reason, page.reason):
        assert reason is not None
        assert reason.code == code
    assert PLANTED in skimmed.searched
    assert PLANTED in page.posts[0].text


def test_a_tag_of_a_hundred_thousand_attributes_loses_them() -> None:
    attributes = " ".join(f"a{n}=1" for n in range(100_000))
    assert PLANTED in skim(f"<p {attributes}>{PLANTED}</p>").searched
