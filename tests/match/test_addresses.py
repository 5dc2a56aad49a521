from __future__ import annotations

import pytest

from monitor.match import build, find
from monitor.types import Entry

INDEX = build(
    (
        Entry(1, "h", "Bo Ek", emails=("Bo.Ek+x@x.example", " bo@x.example ")),
        Entry(2, "h", "Liv By", profile_urls=("https://x.example/in/havfrue/",)),
        Entry(3, "h", "Kaj Å", profile_urls=("x.example/kaj%C3%A5",)),
    )
)


@pytest.mark.parametrize(
    ("text", "who", "quote"),
    [
        ("<bo.ek+X@x.example>", 1, "bo.ek+X@x.example"),
        ("mailto:BO@X.EXAMPLE?subject=1", 1, "BO@X.EXAMPLE"),
        ("bo@x.example, og", 1, "bo@x.example"),
        ("https://dk.x.example/in/havfrue", 2, "in/havfrue"),
        ("//x.example/in/havfrue/detail/more/deep", 2, "in/havfrue"),
        ('href="/in/havfrue"', 2, "in/havfrue"),
        ("(x.example/in/havfrue).", 2, "in/havfrue"),
        ("x.example/in/havfrue: se", 2, "in/havfrue"),
        ("x.example/kajå", 3, "kajå"),
        ("x.example/kaj%C3%A5", 3, "kaj%C3%A5"),
    ],
)
def test_an_own_address_is_found(text: str, who: int, quote: str) -> None:
    (match,) = find(INDEX, text)
    assert (match.employee_id, match.quote) == (who, quote)
    assert text[match.start : match.end] == quote
    assert match.reasons[0].code in ("email", "profile_url")


@pytest.mark.parametrize(
    "text",
    [
        "https://x.example",
        "https://in",
        "//",
        "a / b",
        "x.example/in/hav",
        "x.example/in/havfrue-2",
        "x.example/a/b/c/in/havfrue",
        "notbo@x.example",
        "bo@x.example.org",
        "bo@x",
        "@x.example",
    ],
)
def test_other_addresses_are_not(text: str) -> None:
    assert find(INDEX, text) == ()
