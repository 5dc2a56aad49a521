"""Pages that stand in the way are told from pages that only speak of such."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.extract import read_page
from monitor.i18n import say

NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
LONG = "Jeg skrev til kommunen igen, og svaret var det samme som sidst. " * 12


def wall(html: str) -> str | None:
    read = read_page(
        html.encode(), content_type="text/html", url="https://a.example/x", now=NOW
    )
    if read.wall is None:
        return None
    assert say(read.wall, "en") != read.wall.code
    return read.wall.code


@pytest.mark.parametrize(
    ("html", "code"),
    [
        (
            (
                "<title>Log ind | Gruppen</title><h1>Log ind</h1><form><input"
                " type=email><input type=password><button>Log ind</button></form>"
            ),
            "wall_login",
        ),
        ("<title>Sign in</title><p>Sign in to continue</p>", "wall_login"),
        (
            (
                "<title>Forum</title><h2>Information</h2><p>The board requires you to"
                " be registered and logged in to view this forum.</p>"
            ),
            "wall_login",
        ),
        ("<title>Gruppe</title><p>Du skal logge ind for at se opslaget.", "wall_login"),
        (
            (
                "<title>Før du fortsætter</title><h1>Vi bruger cookies</h1><p>Vælg"
                "</p><button>Accepter alle</button><p>Du kan afvise eller acceptere"
                " cookies. Accepter for at komme videre, eller afvis.</p>"
            ),
            "wall_consent",
        ),
        ("<title>Just a moment...</title><p>Checking your browser", "wall_bot"),
        ("<title>Tjek</title><p>Bekræft, at du er et menneske</p>", "wall_bot"),
        ("<title>Siden blev ikke fundet</title><h1>Hov</h1><p>Prøv igen", "soft_404"),
        ("<title>Forum</title><p>Emnet findes ikke.</p>", "soft_404"),
        ("<title>X</title><h1>Indholdet er ikke tilgængeligt</h1>", "soft_404"),
        (
            (
                "<title>App</title><div id=root></div><noscript>You need to enable"
                " JavaScript to run this app.</noscript><script src=/a.js></script>"
            ),
            "empty_shell",
        ),
        (
            "<title>App</title><div id=root></div><script src=/a.js></script>",
            "empty_shell",
        ),
    ],
)
def test_a_wall_is_recognised(html: str, code: str) -> None:
    assert wall(html) == code


@pytest.mark.parametrize(
    "html",
    [
        (
            f"<title>Min sag</title><article><p>På skærmen stod der »Log ind for at se"
            f" indholdet«, og siden findes ikke. {LONG}</p></article>"
        ),
        f"<title>Log ind-systemet driller igen</title><article>{LONG * 2}</article>",
        f"<title>Blog</title><form>Log ind<input type=password></form><p>{LONG}</p>",
        f"<title>Fejl 404 i kommunen</title><article>{LONG * 2}</article>",
        f"<title>Nyt</title><div>Vi bruger cookies. Accepter</div><p>{LONG * 3}</p>",
        f"<title>Om captcha og robotter</title><article>{LONG}</article>",
        "<title>Note</title><p>Signe Abildtorp-Vang er kold.</p>",
        "<title>Billede</title><p>Ruth</p><script src=a.js></script>",
        f"<title>Retten til indsigt</title><h1>Samtykke i kommunen</h1>{LONG * 4}",
    ],
)
def test_a_page_that_speaks_of_walls_is_none(html: str) -> None:
    assert wall(html) is None


@pytest.mark.parametrize(
    "said",
    [
        "404",
        "Siden findes ikke længere, sagde Signe Abildtorp-Vang.",
        "Opslaget er slettet, og jeg får ingen forklaring.",
        "Du skal logge ind for at se din sag, og captcha virker ikke.",
        "Access denied! Sådan føles det.",
    ],
)
def test_what_people_write_is_not_the_page_s_own_message(said: str) -> None:
    html = f"""<title>Debat</title><ol class="comment-list">
      <li id="comment-1" class="comment"><article class="comment-body">
      <b class="fn">Kim</b><time datetime="2026-11-20T10:00:00+01:00">20. nov</time>
      <div class="comment-content"><p>{said}</p></div></article></li></ol>"""
    found = read_page(
        html.encode(),
        content_type="text/html; charset=utf-8",
        url="https://debat.example/traad/",
        now=datetime(2026, 11, 22, tzinfo=UTC),
    )
    assert found.wall is None
    assert said in found.posts[-1].text
