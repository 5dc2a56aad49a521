"""Bytes become text as browsers read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.charset import decode


@pytest.mark.parametrize(
    ("body", "content_type", "encoding"),
    [
        ("æøå".encode(), None, "utf-8"),
        ("æøå".encode("cp1252"), None, "windows-1252"),
        ("æøå".encode("latin-1"), "text/html; charset=ISO-8859-1", "windows-1252"),
        (b"\xef\xbb\xbf" + "æøå".encode(), "text/html; charset=latin1", "utf-8"),
        ("\ufeffæøå".encode("utf-16-le"), None, "utf-16-le"),
        (
            b"<meta charset=iso-8859-15>" + "æøå".encode("latin-1"),
            None,
            "iso-8859-15",
        ),
        (
            b"<meta http-equiv=x content='text/html; charset=windows-1252'>"
            + "æøå".encode("cp1252"),
            "text/html",
            "windows-1252",
        ),
        (b"<!-- <meta charset=latin1> -->" + "æøå".encode(), None, "utf-8"),
        (b"<meta charset=utf-16>" + "æøå".encode(), None, "utf-8"),
        ("æøå".encode(), "text/html; charset=zlib", "utf-8"),
        ("æøå".encode(), "text/html; charset=idna", "utf-8"),
    ],
)
def test_letters_survive(body: bytes, content_type: str | None, encoding: str) -> None:
    text, used = decode(body, content_type)
    assert text.endswith("æøå")
    assert used == encoding


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_become_text(body: bytes, label: str) -> None:
    text, _ = decode(body, f"text/html; charset={label}")
    assert "\x00" not in text
