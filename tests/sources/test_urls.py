"""Addresses get one spelling, and only a source's own are followed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources.urls import absolute, allowed, canonical, shape
from monitor.types import Source

SOURCE = Source(
    id="a",
    kind="web",
    urls=("https://a.example/",),
    center="c",
    every=timedelta(hours=1),
)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://A.Example:443", "https://a.example/"),
        ("http://a.example:8080/x#y", "http://a.example:8080/x"),
        (
            "https://a.example/v.php?t=5&sid=0123456789abcdef0123456789abcdef",
            "https://a.example/v.php?t=5",
        ),
        ("https://a.example/?utm_source=x&utm_medium=y", "https://a.example/"),
        ("https://a.example/p?replytocom=4", "https://a.example/p"),
        ("https://a.example/p;jsessionid=12?a=1", "https://a.example/p?a=1"),
        (
            "https://a.example/f.php?s=0123456789abcdef0123456789abcdef&t=5",
            "https://a.example/f.php?t=5",
        ),
        ("https://a.example/?s=havnelyst", "https://a.example/?s=havnelyst"),
        (
            "https://a.example/(S(0abc1def2ghi3jkl4mno5pqr))/t.aspx?id=4",
            "https://a.example/t.aspx?id=4",
        ),
        ("https://a.example/p?igsh=MzRl&_wpnonce=1a2b&p=2", "https://a.example/p?p=2"),
        ("https://a.example/b%c3%a5d/%7Ex", "https://a.example/b%C3%A5d/~x"),
        ("https://a.example/båd", "https://a.example/b%C3%A5d"),
        ("https://blåbær.example/", "https://xn--blbr-roah.example/"),
        ("https://u:p@a.example/", "https://a.example/"),
        ("https://a.example/?q=a+b", "https://a.example/?q=a+b"),
        ("https://a.example/?q=%e5%f8", "https://a.example/?q=%E5%F8"),
        ("https://a.example/n.php?sid=42", "https://a.example/n.php?sid=42"),
        ("https://a.example/100%", "https://a.example/100%25"),
        ("https://a.example/%2Fx", "https://a.example/%2Fx"),
        ("ftp://a.example/", None),
        ("mailto:x@a.example", None),
        ("https://", None),
        ("https://[::1/", None),
        ("https://a.example:99999/", None),
        ("javascript:void(0)", None),
    ],
)
def test_an_address_has_one_spelling(url: str, expected: str | None) -> None:
    assert canonical(url) == expected


def test_a_permalink_keeps_its_fragment() -> None:
    link = absolute(
        "https://a.example/x/",
        "./v.php?p=3&sid=0123456789abcdef0123456789abcdef#p3",
        keep_fragment=True,
    )
    assert link == "https://a.example/x/v.php?p=3#p3"


def test_paths_that_repeat_themselves_are_traps() -> None:
    assert allowed(SOURCE, "https://a.example/x/y")
    assert not allowed(SOURCE, "https://a.example/x/x/x/x/y")
    assert not allowed(SOURCE, "https://a.example/" + "/".join(map(str, range(30))))
    assert not allowed(SOURCE, "https://a.example.evil.example/x")
    assert not allowed(SOURCE, "https://a.example/x?" + "p=1&" * 4)
    assert not allowed(
        SOURCE, "https://a.example/?" + "&".join("abcdefghijklmnopqrstu")
    )
    assert allowed(
        SOURCE, "https://a.example/x?f%5B%5D=1&f%5B%5D=2&f%5B%5D=3&f%5B%5D=4"
    )


@given(st.text(max_size=100))
def test_a_canonical_address_stays_as_it_is(words: str) -> None:
    for url in (words, f"https://a.example/{words}", f"https://a.example/?{words}"):
        once = canonical(url)
        if once is not None:
            assert canonical(once) == once


def test_addresses_of_one_list_have_one_shape() -> None:
    assert shape("https://a.example/k?m=12&y=2026") == shape(
        "https://a.example/k?m=1&y=9"
    )
    assert shape("https://a.example/t/12") != shape("https://a.example/u/12")
