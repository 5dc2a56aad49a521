"""What a document says: the text that is searched, and why there may be none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from monitor.extract import flat
from monitor.scan import read
from monitor.scan.inputs import Item
from monitor.scan.read import Unreadable, document


def of_line(told: Any) -> tuple[Any, str]:
    return document(Item("a.jsonl:1", 0, json.dumps(told).encode()))


def test_the_text_of_a_line_is_taken_sign_for_sign() -> None:
    text = "  Malthe\r\n\u200bKringelbæk \x00 𝐌 \ud800"
    assert of_line({"doc_id": "7", "url": None, "text": text}) == ("7", text)


def test_a_number_may_name_a_document() -> None:
    assert of_line({"doc_id": 7, "text": ""}) == (7, "")


def test_the_html_of_a_line_is_read_as_a_page() -> None:
    told = {
        "doc_id": "7",
        "url": "https://x.example/malthe%20k",
        "html": "<b>A</b>b\x00",
    }
    assert of_line(told) == ("7", "Ab\ufffd\n\n[address] https://x.example/malthe k")
    assert of_line({**told, "url": 3}) == ("7", "Ab\ufffd")


def test_a_mark_of_order_before_the_first_line_is_no_part_of_it() -> None:
    line = b'\xef\xbb\xbf{"doc_id": 1, "text": "a"}\r\n'
    assert document(Item("a.jsonl:1", 0, line)) == (1, "a")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"{", "scan_not_json"),
        (b"[" * 100_000, "scan_not_json"),
        (b'{"doc_id": "\xe6", "text": ""}', "scan_not_utf8"),
        (b"[1]", "scan_no_doc_id"),
        (b'{"text": "a"}', "scan_no_doc_id"),
        (b'{"doc_id": 1.5, "text": "a"}', "scan_no_doc_id"),
        (b'{"doc_id": 1}', "scan_no_text"),
        (b'{"doc_id": 1, "text": null, "html": 3}', "scan_no_text"),
    ],
)
def test_a_line_that_cannot_be_read_tells_why(line: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as problem:
        document(Item("a.jsonl:1", 0, line))
    assert problem.value.reason.code == code


def fail(html: str) -> None:
    raise AssertionError


def test_html_too_large_or_past_all_parsers_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(read, "LONGEST_PAGE", 50)
    with pytest.raises(Unreadable) as problem:
        of_line({"doc_id": 1, "html": "x" * 51})
    assert problem.value.reason.code == "scan_too_large"
    monkeypatch.setattr(flat, "Tree", fail)
    with pytest.raises(Unreadable) as problem:
        of_line({"doc_id": 1, "html": "<p>"})
    assert problem.value.reason.code == "scan_not_html"


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        (b"3;x=y\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "abcde"),
        (b"3\r\nabc\r\n9\r\nde", "abcde"),
        (b"plain", "plain"),
        (b"3\r\nabc\r\nrest", "abc"),
    ],
)
def test_chunks_are_joined_as_far_as_they_go(body: bytes, whole: str) -> None:
    item = Item("a#1", 0, body, doc_id="1", content_type="text/plain", chunked=True)
    assert document(item) == ("1", whole)
