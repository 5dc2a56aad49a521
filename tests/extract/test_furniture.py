"""Buttons, counters and share bars are told from what people say."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.extract import read_page
from monitor.extract.furniture import is_chrome, says_nothing, without
from monitor.extract.tree import Tree

NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    ["Indlæg: 237", "Tilmeldt: 20. nov 2026, 14:35", "Citer", "Del dette:", "Svar",
     "2 min read", "Senest rettet 7. dec 2025, 1 gang", "« Forrige", "Læs mere »"],
)  # fmt: skip
def test_lines_of_furniture_say_nothing(line: str) -> None:
    assert says_nothing(line)


@pytest.mark.parametrize(
    "line",
    ["Fyr hende", "Malthe svar", "404", "+1", "", "👍", "Jan Maj", "June August",
     "Svar til Malthe Kringelbæk"],
)  # fmt: skip
def test_what_may_be_a_name_or_an_answer_is_kept(line: str) -> None:
    assert not says_nothing(line)


def test_a_text_of_nothing_but_furniture_stays() -> None:
    assert without("Svar") == "Svar"
    assert without("Fyr hende\n\nSvar\n\nDel\n\nNu") == "Fyr hende\n\nNu"


@pytest.mark.parametrize(
    ("html", "chrome"),
    [
        ("<button>Svar</button>", True),
        ("<a role=button>Vis</a>", True),
        ("<div class='sharedaddy sd-block'>Del</div>", True),
        ("<div class=post-share-buttons>Del</div>", True),
        ("<div class=comment-actions>Svar</div>", True),
        ("<div class=shareholder>Aktie</div>", False),
        ("<div class=reply>%s</div>" % ("ord " * 200), False),
        ("<div>Ord</div>", False),
    ],
)
def test_short_parts_with_the_marks_of_a_button_are_chrome(
    html: str, chrome: bool
) -> None:
    (tag,) = Tree(html).named("button", "a", "div")
    assert is_chrome(tag) is chrome


def test_forum_furniture_is_neither_shown_nor_searched() -> None:
    html = """<div id="p1" class="post"><dl class="postprofile"><dt><a class="username"
 href="/u">Kaj</a></dt><dd>Malthes ven</dd><dd><strong>Indlæg:</strong> 237</dd><dd>
<strong>Tilmeldt:</strong> 20. nov 2019</dd></dl><ul class="post-buttons"><li>Citer</ul>
<div class="content">Hej <div class="share-bar">Del <b>Malthe K</b></div></div><div
 class="signature">Ruths mand</div></div>"""
    page = read_page(
        html.encode(), content_type="text/html", url="https://f.example/t", now=NOW
    )
    (post,) = page.posts
    assert post.text == "Hej"
    for gone in ("Indlæg", "237", "Tilmeldt", "Citer"):
        assert gone not in post.searched_text
    for kept in ("Malthes ven", "Malthe K", "Ruths mand"):
        assert kept in post.searched_text
