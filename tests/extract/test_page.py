"""No page breaks the reader, and no visible word of it is lost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.extract import Extracted, Rules, read_page
from monitor.extract import page as page_module
from monitor.types import Selectors

NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
PLANTED = "Malthe Kringelbæk"
TAGS = ("div", "p", "article", "li", "section", "td", "main", "dd", "aside", "form")
CLASSES = ("", "comment", "comment-body", "entry-content", "post hentry", "post-body")
MORE = ("content", "crawler-post", "author", "reply", "comment-meta")


def read(html: str | bytes, **over: object) -> Extracted:
    body = html.encode("utf-8", "replace") if isinstance(html, str) else html
    return read_page(
        body, content_type="text/html", url="https://a.example/side?x=1", now=NOW
    )


def searched(page: Extracted) -> str:
    return "\n".join(f"{post.searched_text}\n{post.author}" for post in page.posts)


@given(st.text(max_size=300))
@settings(max_examples=60)
def test_no_text_breaks_the_reader(html: str) -> None:
    for page in (html, f"<div {html}", f"<p>{html}<b><i>", f"<!--{html}"):
        assert read(page).url == "https://a.example/side?x=1"


@given(st.binary(max_size=300))
@settings(max_examples=40)
def test_no_bytes_break_the_reader(body: bytes) -> None:
    read(body)


elements = st.tuples(
    st.sampled_from(TAGS),
    st.sampled_from(CLASSES + MORE),
    st.sampled_from(("", "id='comment-7'", "id='p7'", "id='c9'", "id='post-3'")),
)


@given(st.lists(elements, max_size=6), st.lists(elements, max_size=4), st.booleans())
@settings(max_examples=400)
def test_a_name_planted_in_the_content_is_found(
    around: list[tuple[str, str, str]],
    beside: list[tuple[str, str, str]],
    last: bool,
) -> None:
    html = PLANTED
    for tag, name, more in around:
        html = f"<{tag} class='{name}' {more}>Ord {html} flere</{tag}>"
    others = "".join(f"<{t} class='{c}' {m}>Andet</{t}>" for t, c, m in beside)
    whole = f"{others}{html}" if last else f"{html}{others}"
    assert "Kringelbæk" in searched(read(f"<body>{whole}</body>"))


@pytest.mark.parametrize(
    "html",
    [
        "<title>%s</title><p>Ord",
        "<meta property='og:title' content='%s'><p>Ord",
        "<meta name='description' content='%s'><p>Ord",
        "<header><h1>%s</h1></header><p>Ord",
        "<article>Ord<img src=/a alt='%s'></article>",
        "<article>Ord <a href='/om-%s'>her</a></article>",
        "<article><p>Ord</p></article><aside>%s</aside>",
        "<article><p>Ord</p></article><footer>x</footer><div>%s</div>",
    ],
)
def test_words_beside_the_text_are_searched_too(html: str) -> None:
    assert PLANTED in searched(read(html % PLANTED))


def test_what_a_reader_does_not_see_is_not_searched() -> None:
    html = f"""<p>Ord</p><script>{PLANTED}</script><style>{PLANTED}</style><template>
{PLANTED}</template><div hidden>{PLANTED}</div><!-- {PLANTED} --><textarea>{PLANTED}"""
    assert PLANTED not in searched(read(html))


def test_deep_nesting_is_read() -> None:
    page = read("<div>" * 20_000 + PLANTED + "</div>" * 20_000)
    assert PLANTED in searched(page) or page.reason is not None
    assert PLANTED in searched(read("<b>" * 3_000 + PLANTED))


def test_a_parser_failure_gives_the_text_and_a_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(html: str) -> None:
        raise AssertionError

    monkeypatch.setattr(page_module, "Tree", fail)
    page = read(f"<p>{PLANTED}</p>")
    assert PLANTED in searched(page)
    assert page.reason is not None
    assert page.reason.code == "html_unreadable"


def test_plain_text_is_one_post() -> None:
    page = read_page(
        b"Malthe <b> & co.\r\nLinje",
        content_type="text/plain",
        url="https://a.example",
        now=NOW,
    )
    assert [post.text for post in page.posts] == ["Malthe <b> & co.\nLinje"]


def test_letters_survive_a_wrong_label_inside_the_page() -> None:
    page = read_page(
        "<meta charset=iso-8859-1><p>Sørine Blåbærgård</p>".encode(),
        content_type="text/html; charset=utf-8",
        url="https://a.example/",
        now=NOW,
    )
    assert page.posts[0].text == "Sørine Blåbærgård"


def test_a_canonical_address_is_believed_only_on_the_same_host() -> None:
    def place(href: str) -> str:
        return read(f"<link rel=canonical href='{href}'><p>Ord").url

    assert place("/side") == "https://a.example/side"
    assert place("https://fremmed.example/x") == "https://a.example/side?x=1"
    assert place("/") == "https://a.example/side?x=1"


def test_links_are_listed_once_in_order_and_clean() -> None:
    page = read(
        """<base href="https://a.example/mappe/"><a href="b#x">B</a><a href="a">A</a>
<a href="b?utm_source=y">B igen</a><a href="javascript:x()">J</a><a>uden</a>
<link rel="alternate" type="application/atom+xml" href="/atom">"""
    )
    assert [(link.url.rpartition("/")[2], link.text) for link in page.links] == [
        ("b", "B"),
        ("a", "A"),
    ]
    assert page.feeds == ("https://a.example/atom",)


def test_pagination_is_found_by_its_usual_marks_and_own_selectors() -> None:
    html = b"""<link rel="next" href="?s=2"><nav class="comment-navigation"><div
 class="nav-previous"><a href="?s=3">Old</a></div></nav><div class="x"><a href="?s=4">
 4</a></div>"""
    page = read_page(
        html,
        content_type=None,
        url="https://a.example/",
        now=NOW,
        rules=Rules(pagination=("div.x",)),
    )
    assert [url[-1] for url in page.next_links] == ["2", "3"]
    assert [url[-1] for url in page.marked_links] == ["4"]


def test_selectors_that_find_nothing_leave_the_page_to_the_readers() -> None:
    page = read_page(
        b"<article><p>Ord</p></article>",
        content_type=None,
        url="https://a.example/",
        now=NOW,
        rules=Rules(selectors=Selectors(post=".findes-ikke")),
    )
    assert page.posts[0].text == "Ord"


@pytest.mark.parametrize("text", ["https://a.example/x", "/etc/x.html", "side.html"])
def test_a_body_that_is_a_mere_address_is_text(text: str) -> None:
    assert read(text).text == text


def test_signs_that_nobody_sees_hide_no_words() -> None:
    page = b"<p>Mal\x08the Kringel\x1bb\xc3\xa6k\x0bsad\x0cder.</p>"
    read = read_page(
        page,
        content_type="text/html; charset=utf-8",
        url="https://forum.example/1",
        now=NOW,
    )
    assert read.reason is None
    assert read.posts[0].text == "Malthe Kringelbæk sad der."
