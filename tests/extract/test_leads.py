"""Links to more of the same are found by their words and by where they stand."""

from __future__ import annotations

import pytest
from lxml import html

from monitor.extract.leads import more, refresh

BASE = "https://forum.example/emne?t=4"


def found(page: str) -> list[str]:
    root = html.document_fromstring(f"<html><body>{page}</body></html>")
    return [url.partition(".example")[2] for url in more(root, BASE)]


@pytest.mark.parametrize(
    "words",
    [
        "Næste",
        "Næste side »",
        "Gå til næste side",
        "Next",
        "Next page ›",
        "← Ældre indlæg",
        "Older posts",
        "Vis flere",
        "Vis 20 flere kommentarer",
        "Vis alle svar",
        "Se flere indlæg",
        "Hent flere",
        "Load more",
        "Show more comments",
        "View all 31 replies",
        "Flere kommentarer",
        "Tidligere kommentarer",
        "Neste",
        "Eldre innlegg",
        "Visa fler",
        "Nästa sida",
        "»",
        "<span>Vis</span> <b>flere</b>",
    ],
)
def test_words_that_promise_more_are_followed(words: str) -> None:
    assert found(f'<p><a href="?t=4&side=2">{words}</a></p>') == ["/emne?t=4&side=2"]


@pytest.mark.parametrize(
    "words",
    [
        "Næste bus kører kl. 12",
        "Next generation",
        "Vis profil",
        "Læs artiklen",
        "Flere penge til havnen",
        "Vi har ikke mere at sige om den sag",
        "112",
        "2026",
        "More about us",
        "Svar",
    ],
)
def test_words_that_promise_something_else_are_not(words: str) -> None:
    assert found(f'<p><a href="/andet">{words}</a></p>') == []


def test_numbers_count_in_a_list_of_pages_only() -> None:
    pages = '<a href="?t=4&start=20">2</a> <a href="?t=4&start=40">3</a>'
    both = ["/emne?t=4&start=20", "/emne?t=4&start=40"]
    assert found(f'<div class="pagination"><ul><li>{pages}</li></ul></div>') == both
    assert found(f'<nav aria-label="Pagination">{pages}</nav>') == both
    assert found(f'<span class="page-numbers">{pages}</span>') == both
    assert found(f'<div class="calendar">{pages}</div>') == []
    assert found(f'<div class="homepage">{pages}</div>') == []


def test_the_plain_address_behind_a_button_is_followed() -> None:
    button = '<button class="load-more" data-next-url="/emne?t=4&p=2">Mere</button>'
    assert found(button) == ["/emne?t=4&p=2"]
    assert found('<button hx-get="/emne/mere?p=2">Vis flere</button>') == [
        "/emne/mere?p=2"
    ]
    assert found('<button data-url="/slet">Slet</button>') == []
    assert found('<button class="show-more" data-url="loadMore()">+</button>') == []


def test_links_within_the_page_and_to_nowhere_are_left_out() -> None:
    page = '<a href="#mere">Vis flere</a> <a href="javascript:void(0)">Vis flere</a>'
    assert found(page) == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("0; url=/forum/", "https://forum.example/forum/"),
        ("0;URL='https://forum.example/forum/'", "https://forum.example/forum/"),
        ("3 ; url = /forum/", "https://forum.example/forum/"),
        ("0, /forum/", "https://forum.example/forum/"),
        ("300; url=/forum/", None),
        ("5", None),
        ("0; url=javascript:alert(1)", None),
        ("", None),
    ],
)
def test_a_page_that_sends_its_readers_on_is_noticed(
    content: str, expected: str | None
) -> None:
    head = f'<meta http-equiv="Refresh" content="{content}">'
    root = html.document_fromstring(f"<html><head>{head}</head><body>.</body></html>")
    assert refresh(root, BASE) == expected
