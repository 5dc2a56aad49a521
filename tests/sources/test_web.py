"""A web source reads a page and goes on only where it may."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.sources import KINDS
from monitor.types import Page, ReadState, Reason, Request, Source

NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
HTML = """<title>Emne</title><link rel="next" href="/emne?side=2">
<p>Ordene på siden er mange nok til at være en side med et indhold, som nogen har
skrevet, og som derfor skal læses.</p>
<a href="/a?utm_source=x#top">A</a> <a href="/a">A igen</a> <a href="/skjult/b">B</a>
<a href="https://andet.example/c">C</a> <a href="?replytocom=4#respond">Svar</a>
<a href="mailto:x@y.example">Post</a> <a class="aeldre" href="/emne?side=3">Ældre</a>"""


def source(**over: object) -> Source:
    plain = Source(
        id="forum",
        kind="web",
        urls=("https://Forum.example:443/emne#x",),
        center="havnelyst",
        every=timedelta(hours=6),
    )
    return replace(plain, **over)  # type: ignore[arg-type]


def read(source: Source, html: str = HTML, **over: object) -> Page:
    (request, *_) = KINDS["web"].start(source)
    known = {"final_url": request.url, "content_type": "text/html", "now": NOW}
    return KINDS["web"].read_answer(
        source, request, **{**known, "body": html.encode(), **over}
    )


def follow(source: Source) -> list[tuple[str, int]]:
    return [(r.url.partition(".example")[2], r.depth) for r in read(source).follow]


def test_the_start_address_is_canonical() -> None:
    assert KINDS["web"].start(source()) == (Request("https://forum.example/emne"),)


def test_a_single_page_leads_nowhere() -> None:
    page = read(source())
    assert page.follow == ()
    assert page.state is ReadState.READ
    assert "Ordene på siden" in page.posts[0].text


def test_pagination_does_not_count_as_depth() -> None:
    assert follow(source(pagination=("a.aeldre",))) == [
        ("/emne?side=3", 0),
        ("/emne?side=2", 0),
    ]


def test_links_of_the_same_site_are_followed_to_the_depth() -> None:
    assert follow(source(depth=1)) == [
        ("/emne?side=2", 0),
        ("/emne?side=3", 0),
        ("/a", 1),
        ("/skjult/b", 1),
    ]


def test_allow_and_deny_choose_among_links() -> None:
    chosen = source(depth=1, allow=("/a*", "https://andet.example/*"))
    assert follow(chosen) == [("/a", 1), ("/c", 1)]
    chosen = source(depth=1, deny=("*/skjult/*", "*side=*"))
    assert follow(chosen) == [("/a", 1)]


def test_what_a_page_leads_to_is_not_cut_at_the_page_limit() -> None:
    assert len(read(source(depth=1, page_limit=2)).follow) == 4


def test_a_file_is_not_a_page() -> None:
    page = read(source(), content_type="application/pdf")
    assert page.state is ReadState.BLOCKED
    assert page.reason is not None
    assert page.reason.code == "not_a_page"


def test_a_login_page_is_blocked() -> None:
    html = "<title>Log ind</title><form><input type=password></form><p>Velkommen"
    page = read(source(), html)
    assert page.state is ReadState.BLOCKED
    assert page.reason is not None
    assert page.reason.code == "wall_login"


def test_a_page_reserved_against_mining_is_blocked() -> None:
    page = read(source(), HTML + '<meta name="tdm-reservation" content="1">')
    assert page.state is ReadState.BLOCKED
    assert page.posts == ()


SENT_ON = '<meta http-equiv="refresh" content="0; url={to}"><title>Vent</title>'


def test_a_page_that_sends_its_readers_on_is_followed_without_a_depth() -> None:
    page = read(source(), SENT_ON.format(to="/forum/"))
    assert page.state is ReadState.READ
    assert page.follow == (Request("https://forum.example/forum/"),)


def test_a_page_that_sends_its_readers_elsewhere_is_not_called_read() -> None:
    page = read(source(), SENT_ON.format(to="https://andet.example/"))
    assert (page.state, page.follow) == (ReadState.BLOCKED, ())
    assert page.reason == Reason("sent_elsewhere", {"host": "andet.example"})


def test_a_check_for_robots_that_reloads_itself_stays_a_wall() -> None:
    html = SENT_ON.format(to="/?tjek=1") + "<p>Just a moment... checking your browser"
    page = read(source(), html)
    assert page.reason is not None
    assert (page.state, page.reason.code) == (ReadState.BLOCKED, "wall_bot")
    assert page.follow == ()


def test_numbered_pages_and_plain_addresses_that_show_more_are_followed() -> None:
    html = (
        HTML
        + """<div class="pagination"><a href="/emne?side=4">4</a></div>
      <a href="/emne?efter=99">Vis flere svar</a>"""
    )
    page = read(source(allow=("/emne*",)), html)
    told = {r.url.partition(".example")[2] for r in page.follow}
    assert {"/emne?side=2", "/emne?side=4", "/emne?efter=99"} <= told
    assert {request.depth for request in page.follow} == {0}


def test_words_on_a_wall_are_kept_to_be_searched() -> None:
    page = read(source(), "<title>Blog</title><p>Siden findes ikke, sagde Ruth.")
    assert page.state is ReadState.BLOCKED
    assert "sagde Ruth" in page.posts[0].text


def test_a_page_that_wants_to_be_paid_is_read_in_part() -> None:
    data = '<script type="application/ld+json">{"isAccessibleForFree": %s}</script>'
    page = read(source(), HTML + data % '"False"')
    assert page.state is ReadState.PARTLY_READ
    assert page.reason == Reason("behind_payment")
    assert read(source(), HTML + data % "true").state is ReadState.READ
    talks = read(source(), HTML + "<p>isAccessibleForFree: false, står der.</p>")
    assert talks.state is ReadState.READ


@pytest.mark.parametrize(
    ("arrived", "code"),
    [
        ("https://forum.example/login?next=/emne", "wall_login"),
        ("https://forum.example/ucp.php?mode=login&redirect=emne", "wall_login"),
        ("https://login.forum.example/?back=emne", "wall_login"),
        ("https://forum.example/log-ind/", "wall_login"),
        ("https://consent.forum.example/m?continue=emne", "wall_consent"),
        ("https://forum.example/emne/", None),
        ("https://forum.example/emne/login-driller-igen", None),
        ("https://forum.example/emne?ord=log+ind", None),
    ],
)
def test_who_is_sent_to_a_log_in_did_not_read_the_page(
    arrived: str, code: str | None
) -> None:
    words = "Velkommen til forummet, som har mange gode emner at læse i. " * 30
    page = read(source(), f"<title>Forum</title><p>{words}", final_url=arrived)
    assert (page.reason.code if page.reason else None) == code


def test_a_thread_about_logging_in_is_read() -> None:
    about = source(urls=("https://forum.example/login/",))
    words = "Alle taler om at logge ind, og ingen kan komme ind. " * 30
    page = read(about, f"<title>Forum</title><p>{words}")
    assert page.state is ReadState.READ
