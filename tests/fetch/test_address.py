from __future__ import annotations

import pytest

from monitor.fetch.address import MAX_URL, parse_address
from monitor.fetch.rules import Refusal


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://Forum.EXAMPLE", "http://forum.example/"),
        ("http://forum.example:80/a", "http://forum.example/a"),
        ("https://forum.example:443/a", "https://forum.example/a"),
        ("https://forum.example:80/", "https://forum.example:80/"),
        ("http://forum.example./a", "http://forum.example/a"),
        ("http://forum.example/a?b=1#c", "http://forum.example/a?b=1"),
        ("http://forum.example/?", "http://forum.example/"),
        ("http://forum.example/a/../b/./c", "http://forum.example/b/c"),
        ("http://forum.example/../../a/..", "http://forum.example/"),
        ("http://forum.example/a b", "http://forum.example/a%20b"),
        ("http://forum.example/%C3%A6ble", "http://forum.example/%C3%A6ble"),
        ("http://forum.example/æble?ø=å", "http://forum.example/%C3%A6ble?%C3%B8=%C3%A5"),
        ("http://forum.example/?x[]=1&y=a|b", "http://forum.example/?x[]=1&y=a%7Cb"),
        ("https://ærø.example/", "https://xn--r-3fa9c.example/"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("http://[2A02:188:0:0::2]/", "http://[2a02:188::2]/"),
        ("  http://forum.example/a\t", "http://forum.example/a"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://my_site.forum.example/", "http://my_site.forum.example/"),
    ],
)  # fmt: skip
def test_address_takes_one_form(url: str, canonical: str) -> None:
    address = parse_address(url)
    assert address.url == canonical
    assert parse_address(address.url) == address


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "scheme_refused"),
        ("forum.example/a", "scheme_refused"),
        ("file:///etc/passwd", "scheme_refused"),
        ("ftp://forum.example/", "scheme_refused"),
        ("data:text/html,x", "scheme_refused"),
        ("http://", "bad_url"),
        ("http:///a", "bad_url"),
        ("http://forum.example:0/", "bad_url"),
        ("http://forum.example:65536/", "bad_url"),
        ("http://forum.example:port/", "bad_url"),
        ("http://forum..example/", "bad_url"),
        ("http://-forum.example/", "bad_url"),
        ("http://for um.example/", "bad_url"),
        ("http://forum.example%2f@x/", "userinfo_refused"),
        ("http://forum.example%00.x/", "bad_url"),
        ("http://anna@forum.example/", "userinfo_refused"),
        ("http://anna:hemmelig@forum.example/", "userinfo_refused"),
        ("http://forum.example\\@127.0.0.1/", "bad_url"),
        ("http://forum.example/a\r\nX: y", "bad_url"),
        ("http://forum.example/a\x00", "bad_url"),
        ("http://[::1", "bad_url"),
        ("http://[::1%25lo]/", "refused_address"),
        ("http://0x7f.1/", "refused_address"),
        ("http://2130706433/", "refused_address"),
        ("http://0177.0.0.1/", "refused_address"),
        ("http://①②⑦.⓪.⓪.①.1/", "refused_address"),
        ("http://forum.example/" + "a" * MAX_URL, "bad_url"),
        ("http://" + "a" * 64 + ".example/", "bad_url"),
    ],
)
def test_address_is_refused(url: str, code: str) -> None:
    with pytest.raises(Refusal) as no:
        parse_address(url)
    assert no.value.reason.code == code


def test_place_and_origin_name_the_port() -> None:
    address = parse_address("http://[::1]:8123/a")
    assert address.place == "[::1]:8123"
    assert address.origin == "http://[::1]:8123"
    assert parse_address("https://forum.example/").place == "forum.example:443"


def test_relative_address_stands_on_its_base() -> None:
    base = parse_address("http://forum.example/thread/7?page=1")
    assert parse_address("?page=2", base).target == "/thread/7?page=2"
    assert parse_address("../robots.txt", base).target == "/robots.txt"
    assert parse_address("//other.example/x", base).url == "http://other.example/x"
