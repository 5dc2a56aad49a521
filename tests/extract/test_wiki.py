"""Talk pages are told apart by their signatures."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.extract import read_page
from monitor.types import Post

NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
URL = "https://wiki.example/wiki/Diskussion:Havn"


def posts(inside: str) -> tuple[Post, ...]:
    html = f"""<title>Diskussion:Havn</title><h1>Diskussion:Havn</h1><div
 class="mw-parser-output">{inside}</div>"""
    return read_page(html.encode(), content_type="text/html", url=URL, now=NOW).posts


def signed(user: str, at: str) -> str:
    return (
        f'<a href="/wiki/Bruger:{user}">{user}</a> '
        f'(<a href="/wiki/Brugerdiskussion:{user}">diskussion</a>) {at}'
    )


def test_each_signature_ends_a_comment() -> None:
    first, second, third = posts(
        f"""<h2>Møder</h2><p>Et afsnit.</p><p>Et til.
{signed("Tove_T", "20. nov 2026, 11:30 (CET)")}</p><dl><dd>Svar.
{signed("Kaj", "20. nov 2026, 12:30 (CET)")}<dl><dd>Igen.
{signed("Tove_T", "15:05, 20 November 2026 (UTC)")}</dd></dl></dd></dl>"""
    )
    assert (first.author, first.text, first.title) == (
        "Tove T",
        "Et afsnit.\n\nEt til.",
        "Møder",
    )
    assert (second.author, second.text, second.title) == ("Kaj", "Svar.", None)
    assert (third.author, third.text) == ("Tove T", "Igen.")
    times = [post.published.at for post in (first, second, third) if post.published]
    assert [f"{at:%H:%M}" for at in times] == ["10:30", "11:30", "15:05"]
    assert len({post.native_id for post in (first, second, third)}) == 3


def test_a_marked_comment_has_an_address() -> None:
    (post,) = posts(
        f"""<p><span data-mw-comment-start="" id="c-Kaj-20261120103000-Møder"></span>
Ord. {signed("Kaj", "20. nov 2026, 11:30 (CET)")}<span
 class="ext-discussiontools-init-replylink-buttons">[svar]</span></p>"""
    )
    assert post.permalink is not None
    assert post.permalink.endswith("#c-Kaj-20261120103000-M%C3%B8der")
    assert post.text == "Ord."


def test_lists_and_tables_inside_a_comment_belong_to_it() -> None:
    (post,) = posts(
        f"""<p>Se her:</p><ul><li>En</li><li>To</li></ul><table><tr><td>Tre</td></tr>
</table><p>Hilsen {signed("Kaj", "20. nov 2026, 11:30 (CET)")}</p>"""
    )
    for word in ("Se her:", "En", "To", "Tre", "Hilsen"):
        assert word in post.text


def test_what_nobody_signed_is_searched_all_the_same() -> None:
    html = f"""<p>Ord. {signed("Kaj", "20. nov 2026, 11:30 (CET)")}</p>
<p>Malthe Kringelbæk er usigneret</p>"""
    said = "\n".join(post.searched_text for post in posts(html))
    assert "Malthe Kringelbæk er usigneret" in said


def test_an_article_of_a_wiki_is_one_post() -> None:
    (post,) = posts("<p>Havnen er gammel.</p><h2>Historie</h2><p>Meget.</p>")
    assert post.permalink == URL
    assert "Havnen er gammel." in post.text
