"""A capture is a WARC 1.1 file that public tools read and verify."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from warcio.archiveiterator import ArchiveIterator

from monitor.evidence.capture import Attachment, capture, capture_report, tool_version
from monitor.types import Answer

NOW = datetime(2026, 11, 22, 10, 0, 0, 123456, tzinfo=UTC)
URL = "https://blog.example/indlæg/1?s=ø"
BODY = "<p>Mette Skovgård er nævnt her.</p>".encode()


def make_answer(**over: Any) -> Answer:
    values: dict[str, Any] = {
        "url": "https://blog.example/1",
        "final_url": URL,
        "status": 200,
        "headers": (
            ("Content-Type", "text/html; charset=utf-8"),
            ("Transfer-Encoding", "chunked"),
            ("Content-Encoding", "gzip"),
            ("X-Odd", "k\xf8n  two"),
        ),
        "body": BODY,
        "raw": gzip.compress(BODY),
        "received_at": NOW,
        "request_headers": (("Host", "blog.example"), ("User-Agent", "Udkig")),
        "reason_phrase": "OK",
        "hops": ("https://blog.example/1",),
    }
    return Answer(**(values | over))


def records(warc: bytes) -> list[tuple[Any, bytes]]:
    found = []
    for record in ArchiveIterator(BytesIO(warc), check_digests="raise"):
        found.append((record, record.raw_stream.read()))
        assert record.digest_checker.passed is True
    return found


def test_all_records_are_there_with_sha256_digests() -> None:
    warc = capture(make_answer(), text="Mette Skovgård", facts={"hit": 7})
    found = records(warc)
    kinds = [record.rec_type for record, _ in found]
    assert kinds == ["warcinfo", "response", "request", "resource", "metadata"]
    for record, _ in found:
        head = record.rec_headers
        assert head.protocol == "WARC/1.1"
        assert head.get_header("WARC-Block-Digest").startswith("sha256:")
        assert head.get_header("WARC-Date") == "2026-11-22T10:00:00.123456Z"


def test_the_response_holds_the_bytes_as_received() -> None:
    answer = make_answer()
    [(response, _)] = [
        pair
        for pair in records(capture(answer, text="", facts={}))
        if pair[1] == answer.raw
    ]
    assert response.rec_type == "response"
    assert response.http_headers.statusline == "200 OK"
    assert response.http_headers.get_header("Transfer-Encoding") is None
    moved = response.http_headers.get_header("X-Archive-Orig-Transfer-Encoding")
    assert moved == "chunked"
    raw = gzip.decompress(capture(answer, text="", facts={}))
    assert b"X-Odd: k\xf8n  two\r\n" in raw


def test_public_tools_undo_the_content_coding() -> None:
    warc = capture(make_answer(), text="", facts={})
    bodies = [
        record.content_stream().read()
        for record in ArchiveIterator(BytesIO(warc))
        if record.rec_type == "response"
    ]
    assert bodies == [BODY]


def test_text_and_facts_stand_beside_the_response() -> None:
    found = records(capture(make_answer(), text="Mette ✓ \ud800", facts={"hit": 7}))
    response, text, facts = found[1][0], found[3], found[4]
    assert text[1].decode() == "Mette ✓ ?"
    own = response.rec_headers.get_header("WARC-Record-ID")
    assert text[0].rec_headers.get_header("WARC-Concurrent-To") == own
    told = json.loads(facts[1])
    assert told["hit"] == 7
    assert told["transfer_framing"] == "removed"
    assert told["captured_at_local"].startswith("2026-11-22T11:00:00")
    assert told["redirected_from"] == ["https://blog.example/1"]
    assert told["tool"] == tool_version()


def test_a_page_that_a_browser_filled_in_is_kept_both_ways() -> None:
    shown = replace(make_answer(), body=b"<p>Filled in</p>", rendered=True)
    found = records(capture(shown, text="Filled in", facts={}))
    place = f"urn:rendered:{shown.final_url}"
    kept = [b for r, b in found if r.rec_headers.get_header("WARC-Target-URI") == place]
    assert kept == [b"<p>Filled in</p>"]
    assert found[1][1] != kept[0]


def test_an_answer_without_body_can_be_captured() -> None:
    answer = make_answer(status=404, raw=b"", body=b"", headers=(), reason_phrase="")
    assert len(records(capture(answer, text="", facts={}))) == 5


def test_a_report_holds_what_a_person_handed_in() -> None:
    picture = Attachment("skærm billede.png", "image/png", b"\x89PNG")
    warc = capture_report(
        URL, at=NOW, text="Opslaget", facts={"hit": 7}, attachments=[picture]
    )
    found = records(warc)
    assert [body for _, body in found[1:3]] == [b"\x89PNG", b"Opslaget"]
    assert found[1][0].rec_headers.get_header("Content-Type") == "image/png"
