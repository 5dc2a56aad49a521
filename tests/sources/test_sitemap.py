"""Sitemaps name pages to read, within bounds."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.sources import KINDS, sitemap
from monitor.sources.xml import unpacked
from monitor.types import Page, ReadState, Reason, Request, Role, Source

NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
SOURCE = Source(
    id="kort",
    kind="sitemap",
    urls=("https://nyt.example/sitemap.xml",),
    center="havnelyst",
    every=timedelta(days=1),
    allow=("/nyt/*",),
)
URLSET = b"""<?xml version="1.0"?><urlset
 xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://nyt.example/nyt/gammel</loc><lastmod>2026-01-01</lastmod></url>
<url><loc> https://nyt.example/nyt/ny?utm_source=x </loc>
<lastmod>2026-11-01</lastmod></url>
<url><loc>https://nyt.example/andet</loc></url>
<url><loc>https://fremmed.example/nyt/x</loc></url></urlset>"""
INDEX = b"""<sitemapindex><sitemap><loc>https://nyt.example/s1.xml.gz</loc></sitemap>
<sitemap><loc>https://fremmed.example/s.xml</loc></sitemap></sitemapindex>"""


def read(body: bytes, request: Request | None = None, **over: object) -> Page:
    source = replace(SOURCE, **over)  # type: ignore[arg-type]
    request = request or KINDS["sitemap"].start(source)[0]
    return KINDS["sitemap"].read_answer(
        source,
        request,
        final_url=request.url,
        content_type=None,
        body=body,
        now=NOW,
    )


def test_allowed_pages_are_followed_newest_first() -> None:
    assert [r.url for r in read(URLSET).follow] == [
        "https://nyt.example/nyt/ny",
        "https://nyt.example/nyt/gammel",
    ]


def test_a_packed_sitemap_is_read() -> None:
    assert len(read(gzip.compress(URLSET)).follow) == 2


def test_a_bomb_is_not_unpacked() -> None:
    assert unpacked(gzip.compress(b"0" * 10_000), limit=5_000) is None


def test_a_sitemap_beyond_the_limit_is_blocked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sitemap, "unpacked", lambda body: None)
    page = read(URLSET)
    assert page.reason is not None
    assert page.reason.code == "sitemap_too_large"


def test_an_index_leads_to_sitemaps_of_the_same_site() -> None:
    (request,) = read(INDEX).follow
    assert request == Request("https://nyt.example/s1.xml.gz", Role.SITEMAP, 1)
    deep = Request(request.url, Role.SITEMAP, 3)
    assert read(INDEX, deep).follow == ()


def test_what_a_sitemap_names_is_not_cut_at_the_page_limit() -> None:
    assert len(read(URLSET, page_limit=1).follow) == 2


def test_a_sitemap_that_leads_nowhere_is_not_called_read() -> None:
    page = read(URLSET, allow=("/findes-ikke/*",))
    assert page.state is ReadState.PARTLY_READ
    assert page.reason == Reason("sitemap_empty", {"entries": 4})


def test_a_sitemap_that_is_too_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MAX_ENTRIES", 1)
    page = read(URLSET)
    assert (len(page.follow), page.state) == (1, ReadState.PARTLY_READ)


def test_a_plain_list_of_addresses_is_read() -> None:
    assert (
        len(read(b"https://nyt.example/nyt/a\nhttps://nyt.example/nyt/b").follow) == 2
    )


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "sitemap_unreadable"),
        (b"<html></html>", "sitemap_unreadable"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><urlset/>', "xml_refused"),
        (b"\x1f\x8bnoise", "sitemap_unreadable"),
    ],
)
def test_what_is_no_sitemap_is_blocked(body: bytes, code: str) -> None:
    page = read(body)
    assert page.state is ReadState.BLOCKED
    assert page.reason is not None
    assert page.reason.code == code


def test_a_cut_sitemap_is_partly_read() -> None:
    page = read(URLSET[:-30])
    assert page.state is ReadState.PARTLY_READ
    assert page.follow
