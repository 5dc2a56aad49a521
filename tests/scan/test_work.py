"""Documents in, lines of JSON out, as a worker process does it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from monitor import i18n
from monitor.match import Thresholds, build
from monitor.scan.inputs import Item
from monitor.scan.work import Search, hold, work
from monitor.types import Context, Entry, Reason

NAME = "Malthe Kringelbæk"


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    before = i18n.current()
    yield
    i18n.use(before)


def make_search(texts: bool = False, language: str = "en") -> Search:
    index = build((Entry(1, "havnelyst", NAME),))
    return Search(index, {1: "A1"}, Context(), Thresholds(), language, texts)


def line(**told: object) -> Item:
    return Item("a.jsonl:1", 0, json.dumps(told).encode())


def test_a_match_is_one_line_with_its_reasons_in_words() -> None:
    hold(make_search())
    done = work([line(doc_id="1", text=f"😀 {NAME}")])
    (match,) = map(json.loads, done.matches.splitlines())
    assert match["quote"] == NAME
    assert (match["start"], match["end"]) == (2, 2 + len(NAME))
    assert list(match)[:3] == ["doc_id", "employee_id", "score"]
    assert (match["doc_id"], match["employee_id"], match["band"]) == ("1", "A1", "hit")
    assert match["score"] > 0.7
    assert set(match["reasons"][0]) == {"code", "detail", "weight"}
    assert match["reasons"][0]["detail"].startswith("First name")
    assert (done.documents, done.found, done.texts) == (1, 1, b"")


def test_reasons_speak_the_language_asked_for() -> None:
    hold(make_search(language="da"))
    assert "Fornavn" in work([line(doc_id="1", text=NAME)]).matches.decode()


def test_texts_come_back_when_asked_for() -> None:
    hold(make_search(texts=True))
    done = work([line(doc_id="1", html="<p>Hej <b>du</b>")])
    assert json.loads(done.texts) == {"doc_id": "1", "text": "Hej du"}


def test_half_a_character_comes_out_as_it_went_in() -> None:
    hold(make_search(texts=True))
    done = work([line(doc_id="1", text=f"\ud800 {NAME}")])
    assert json.loads(done.texts)["text"] == f"\ud800 {NAME}"


def test_a_bad_document_is_refused_and_the_others_are_searched() -> None:
    hold(make_search())
    refused = Item("b.txt", 0, refused=Reason("scan_unreadable", {"detail": "x"}))
    done = work([Item("a.jsonl:1", 0, b"{"), refused, line(doc_id="3", text=NAME)])
    assert [(place, why.code) for place, why in done.refused] == [
        ("a.jsonl:1", "scan_not_json"),
        ("b.txt", "scan_unreadable"),
    ]
    assert (done.documents, done.found) == (1, 1)
