"""Forums whose pages are laid out in tables are read too."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.extract import read_page

NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
URL = "https://vb.example/showthread.php?t=5"


def row(number: int, text: str) -> str:
    return f"""<div id="edit{number}"><table id="post{number}" class="tborder"><tr><td
 class="thead"><a name="post{number}"><img src="/i.gif" alt="Gammel"></a> 20-11-2026,
 14:3{number}</td><td class="thead">#<a href="showpost.php?p={number}"
 id="postcount{number}">{number}</a></td></tr><tr><td class="alt2"><div
 id="postmenu_{number}"><a class="bigusername" href="member.php?u=7">Kaj {number}</a>
</div><div class="smallfont">Stamgæst</div><div class="smallfont">Indlæg: 237</div></td>
<td class="alt1"><div id="post_message_{number}">{text}</div></td></tr></table></div>"""


def test_vbulletin_3_gives_each_post() -> None:
    html = f"""<html><head><title>Ventetid</title></head><body><div id="posts">
{row(1, "Malthe svarede ikke.")}{row(2, "Heller ikke mig.")}</div></body></html>"""
    page = read_page(html.encode(), content_type="text/html", url=URL, now=NOW)
    assert [post.text for post in page.posts] == [
        "Malthe svarede ikke.",
        "Heller ikke mig.",
    ]
    assert [post.author for post in page.posts] == ["Kaj 1", "Kaj 2"]
    assert [post.native_id for post in page.posts] == ["1", "2"]
    times = [post.published.at for post in page.posts if post.published]
    assert [f"{at:%H:%M}" for at in times] == ["13:31", "13:32"]
    assert page.posts[0].permalink == "https://vb.example/showpost.php?p=1"
    assert "Indlæg" not in page.posts[0].searched_text
