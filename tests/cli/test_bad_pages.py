"""Hostile and broken sites beside good ones: told apart, nothing lost, no harm done."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import socket
from collections.abc import Iterator

import pytest

from tests.cli.desk import NAME, QUOTE, Desk
from tests.fetch.sites import Asked, Script, Site, answer, moved

HTML = "Content-Type: text/html; charset=utf-8"
FEED = "Content-Type: application/rss+xml"
JSON = "Content-Type: application/feed+json"
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def page(body: str, head: str = "<title>Tråd</title>") -> bytes:
    text = f"<!doctype html><html lang=da><head>{head}</head><body>{body}</body></html>"
    return text.encode()


def comment(text: str, author: str = "Anonym") -> str:
    return (
        '<ol class="comment-list"><li id="comment-1" class="comment"><article '
        f'class="comment-body"><b class="fn">{author}</b><div class="comment-content">'
        f"<p>{text}</p></div></article></li></ol>"
    )


def feed(content: str, before: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{before}<rss version="2.0"><channel><title>F</title>'
        f"<item><guid>1</guid><description>{content}</description></item>"
        "</channel></rss>"
    ).encode()


async def fifty_megabytes(_: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _n in range(800):
        writer.write(b"<p>" + b"x" * 65_533)
        await writer.drain()


async def drop_by_drop(_: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.2)


BOMB = "".join(
    ["<!DOCTYPE rss [<!ENTITY a0 'ha'>"]
    + [f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)]
    + ["]>"]
)
ESCAPES = "\x1b[2J\x1b]0;owned\x07 \x9b31m \u202eevil\u2066"
PAGES: dict[str, bytes | Script] = {
    "/robots.txt": answer(b"User-agent: *\nAllow: /\n"),
    "/good": answer(page(f"<p>{QUOTE}</p>"), "200 OK", HTML),
    "/big": fifty_megabytes,
    "/slow": drop_by_drop,
    "/deep": answer(
        page("<div>" * 100_000 + "</div>" * 100_000 + f"<p>{QUOTE}</p>"),
        "200 OK",
        HTML,
    ),
    "/broken": answer(
        b"<p <<<&#xfffffff;<table><b><i></table\0></p><p>"
        + QUOTE.encode()
        + b"\xff\xfe<!-- <script>",
        "200 OK",
        HTML,
    ),
    "/empty": answer(b"", "200 OK", HTML),
    "/gzip": answer(
        gzip.compress(b"\0" * 60_000_000, 9), "200 OK", "Content-Encoding: gzip", HTML
    ),
    "/circle": moved("/circle"),
    "/mislabelled": answer(
        page(f"<p>{QUOTE}</p>"), "200 OK", "Content-Type: text/html; charset=utf-99"
    ),
    "/latin": answer(
        page(f"<p>Blåbærgrød. {QUOTE}</p>").decode().encode("latin-1"), "200 OK", HTML
    ),
    "/escapes": answer(
        page(
            comment(f"{ESCAPES} {QUOTE}", author=f"{ESCAPES}Ond"),
            f"<title>{ESCAPES}</title>",
        ),
        "200 OK",
        HTML,
    ),
    "/ld": answer(
        page(
            '<script type="application/ld+json">{"@type": "Comment", "text": "'
            + QUOTE
            + ' \\ud83d", "author": "\\udead", "url": "/\\ud800"}</script><p>x</p>'
        ),
        "200 OK",
        HTML,
    ),
    "/bomb.rss": answer(feed("&a9;", BOMB), "200 OK", FEED),
    "/torn.rss": answer(feed(QUOTE)[:-40], "200 OK", FEED),
    "/tags.rss": answer(feed(f"<{NAME.replace(' ', '-')}>"), "200 OK", FEED),
    "/list.json": answer(b"{" + b"[" * 100_000, "200 OK", JSON),
    "/halves.json": answer(
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "\ud800",
                "items": [
                    {
                        "id": "\udfff1",
                        "url": "/\ud800",
                        "title": "\udc00",
                        "content_text": f"\ud83d {QUOTE}",
                        "authors": [{"name": "\ud800x"}],
                    },
                    {"id": 2, "content_html": None, "authors": 3, "url": []},
                    {"id": 3, "attachments": 7, "authors": [7]},
                ],
            }
        ).encode(),
        "200 OK",
        JSON,
    ),
}
EXPECTED = {
    "good": ("read_with_hits", None),
    "big": ("failed", "too_large"),
    "slow": ("failed", "deadline"),
    "deep": ("partly_read", "html_too_deep"),
    "broken": ("read_with_hits", None),
    "empty": ("blocked", "page_empty"),
    "gzip": ("failed", "too_large"),
    "circle": ("failed", "too_many_redirects"),
    "mislabelled": ("read_with_hits", None),
    "latin": ("read_with_hits", None),
    "escapes": ("read_with_hits", None),
    "closed": ("failed", "connect_failed"),
    "inside": ("failed", "refused_address"),
    "feed-bomb": ("blocked", "xml_refused"),
    "feed-torn": ("partly_read", "feed_unreadable"),
    "feed-tags": ("partly_read", "feed_unreadable"),
    "feed-list": ("blocked", "feed_unreadable"),
    "ld": ("read_with_hits", None),
    "feed-halves": ("read_with_hits", None),
}


@pytest.fixture
def hostile(desk: Desk) -> Iterator[Desk]:
    with Site(dict(PAGES)) as site, socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"127.0.0.1:{closed.getsockname()[1]}"
        desk.allow(site.place, nobody, more='deadline = "4s"')
        paths = [path.removeprefix("/") for path in PAGES if path != "/robots.txt"]
        urls = {
            f"feed_{path.partition('.')[0]}" if "." in path else path: site.url(
                f"/{path}"
            )
            for path in paths
        }
        urls["closed"] = f"http://{nobody}/"
        urls["inside"] = "http://169.254.169.254/"
        desk.sources(**urls)
        yield desk


def test_hostile_pages_are_told_apart_and_good_ones_are_read(hostile: Desk) -> None:
    runs = hostile.crawl()
    found = {name: (run["outcome"], run["reason_code"]) for name, run in runs.items()}
    assert found == EXPECTED
    assert all(run["reason"] for run in runs.values() if run["reason_code"])
    assert NAME.split()[0] not in json.dumps([run["reason"] for run in runs.values()])
    again = hostile.crawl()
    assert {
        name: run["new_hits"] for name, run in again.items() if run["new_hits"]
    } == {}


def test_a_failing_source_ends_with_1_and_says_why_in_danish(hostile: Desk) -> None:
    said = hostile.type("monitor", "crawl", "closed", "good", language="da")
    assert said.code == 1
    assert "tog ikke imod en forbindelse" in " ".join(said.out.split())
    assert "læst, med fund" in said.out
    assert hostile.type("monitor", "crawl", "feed-bomb", "good").code == 0


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_trial_of_a_page_cannot_steer_the_terminal(
    hostile: Desk, as_json: tuple[str, ...]
) -> None:
    said = hostile.type("monitor", "sources", "try", "escapes", *as_json)
    assert said.code == 0
    assert NAME in said.out
    assert not STEERING.findall(said.out.replace("\n", ""))


def test_hit_of_a_page_cannot_steer_the_terminal(hostile: Desk) -> None:
    assert hostile.type("monitor", "crawl", "escapes").code == 0
    for more in ((), ("--json",)):
        said = hostile.type(
            "monitor", "hits", "show", "1", "--author", "--as", "bente", *more
        )
        assert said.code == 0
        assert NAME in said.out
        assert not STEERING.findall(said.out.replace("\n", ""))
