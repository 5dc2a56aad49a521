"""The queue as typed: seen, read, dismissed, added to; harmless on the terminal."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from monitor import history
from monitor.cli.hits import OUTCOMES, band_words, state_words
from monitor.hits import OUTCOMES as KNOWN
from monitor.models import HitState, Origin
from monitor.signals import Signal
from monitor.startup import Opened
from monitor.types import Band
from tests.cases.builders import TEXT, make_hit, make_words
from tests.cli.keyboard import Type

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def stored(opened: Opened, **words: Any) -> int:
    folder = opened.settings.evidence_dir
    with opened.database.begin() as session:
        return make_hit(session, folder, words=make_words(**words)).id


def test_the_queue_shows_words_and_place_but_no_author(
    typed: Type, opened: Opened
) -> None:
    hit = stored(opened)
    told = typed("hits", "list")
    assert "Signe Abildtorp-Vang" in told.out
    assert "https://blog.example/42" in told.out
    assert "Bitter Borger" not in told.out
    (row,) = typed("hits", "list", "--json").json
    assert (row["hit"], row["state"], row["center"]) == (hit, "new", "havnelyst")
    assert "author" not in row
    assert typed("hits", "list", login="torkild").out == "Nothing here.\n"


def test_a_hit_shows_the_name_in_its_place(typed: Type, opened: Opened) -> None:
    hit = stored(opened)
    told = typed("hits", "show", hit)
    assert "⟦Signe Abildtorp-Vang⟧ er den koldeste" in told.out
    assert "Bitter Borger" not in told.out
    assert "Bitter Borger" in typed("hits", "show", hit, "--author").out
    row = typed("hits", "show", hit, "--json").json
    assert row["state"] == "in_review"
    assert row["words"]["text"] == TEXT
    assert "author" not in row["words"]
    assert typed("hits", "show", hit, "--json", "--author").json["words"]["author"]
    with opened.database.read() as session:
        kinds = [e.kind for e in history.of(session, "hit", hit, opened=True)]
        assert kinds.count("viewed") == 4


def test_signals_are_shown_with_the_words_that_fired(
    typed: Type, opened: Opened
) -> None:
    fired = (Signal("threat", ("smadrer \x1b[2J",), negated=True), Signal("photo"))
    hit = stored(opened, signals=fired)
    told = typed("hits", "show", hit).out
    assert "words of a threat" in told
    assert "(negated)" in told
    assert "\x1b" not in told
    assert "urgent" in typed("hits", "list").out
    (row,) = typed("hits", "list", "--json").json
    assert row["urgency"] == "urgent"


def test_strangers_words_cannot_steer_the_terminal(typed: Type, opened: Opened) -> None:
    evil = "\x1b[2J\x1b]0;ejet\x07"
    hit = stored(
        opened,
        text=f"Signe Abildtorp-Vang {evil} \u202esesrevni\u202c\r",
        url=f"https://blog.example/{evil}",
        author=evil,
        permalink=f"https://blog.example/{evil}",
    )
    for words in (
        ("list",),
        ("list", "--json"),
        ("show", hit, "--author"),
        ("show", hit, "--author", "--json"),
    ):
        out = typed("hits", *words).out
        assert not set(out) & set("\x1b\x07\u202e\r")


def test_a_dismissed_hit_leaves_the_queue_and_comes_back(
    typed: Type, opened: Opened
) -> None:
    hit = stored(opened)
    assert typed("hits", "dismiss", hit, "lawful_criticism").code == 0
    assert typed("hits", "list", "--json").json == []
    (row,) = typed("hits", "list", "--dismissed", "--json").json
    assert (row["state"], row["outcome"]) == ("no_action", "lawful_criticism")
    assert "lawful_criticism" in typed("hits", "list", "--dismissed").out
    again = typed("hits", "dismiss", hit, "satire")
    assert again.code == 1
    assert "not in the queue" in again.err
    assert typed("hits", "reopen", hit).code == 0
    assert len(typed("hits", "list", "--json").json) == 1


def test_others_get_no_hit(typed: Type, opened: Opened) -> None:
    hit = stored(opened)
    foreign = typed("hits", "show", hit, login="torkild")
    missing = typed("hits", "show", 4711, login="torkild")
    assert (foreign.code, missing.code) == (1, 1)
    assert foreign.err.replace(str(hit), "") == missing.err.replace("4711", "")
    assert typed("hits", "list", login="drift").code == 1
    unknown = typed("hits", "list", login="nobody")
    assert (unknown.code, "nobody" in unknown.err) == (2, True)
    assert typed("hits", "dismiss", hit, "because").code == 2


def test_a_post_is_reported_by_hand(typed: Type, tmp_path: Path) -> None:
    picture = tmp_path / "skærm.png"
    picture.write_bytes(PNG)
    place = (
        *("--employee", "4713", "--center", "havnelyst"),
        *("--url", "https://group.example/g"),
    )
    said = typed("hits", "add", *place, "--text", "Ruth igen.", "--file", picture)
    assert said.code == 0
    (row,) = typed("hits", "list", "--json").json
    assert (row["origin"], row["quote"]) == ("intake", None)
    assert "reported" in typed("hits", "list").out
    assert "Ruth igen." in typed("hits", "show", row["hit"]).out
    again = typed("hits", "add", *place, "--text", "Ruth igen.")
    assert "found before" in again.out
    assert "nothing new" in again.out
    picture.write_bytes(PNG + b"x")
    more = typed("hits", "add", *place, "--text", "Ruth igen.", "--file", picture)
    assert "(being read). 1 new file was added" in more.out
    named = typed("hits", "add", *place, "--text", "Ruth igen.", "--author", "Klar")
    assert "What is new in your report was added" in named.out
    assert len(typed("evidence", "list", "--hit", row["hit"], "--json").json) == 3
    assert typed("hits", "add", *place).code == 2
    assert typed("hits", "add", *place, "--file", picture).code == 0


def test_words_come_from_a_file_or_standard_input(
    typed: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = (
        *("--employee", "4713", "--center", "havnelyst"),
        *("--url", "https://group.example/g"),
    )
    words = tmp_path / "opslag.txt"
    words.write_text("Ruth på dansk: æøå", encoding="utf-8-sig")
    assert typed("hits", "add", *place, "--text-file", words).code == 0
    for file, why in ((words.parent / "no.txt", "no file"), ("/", "")):
        said = typed("hits", "add", *place, "--text-file", file)
        assert (said.code, why in said.err) == (2, True)
    both = typed("hits", "add", *place, "--text-file", words, "--text", "x")
    assert both.code == 2
    words.write_bytes(b"\xff\xfe")
    assert typed("hits", "add", *place, "--text-file", words).code == 2
    typed_in = io.TextIOWrapper(io.BytesIO("Fra røret".encode()))
    monkeypatch.setattr("sys.stdin", typed_in)
    assert typed("hits", "add", *place, "--text-file", "-").code == 0
    texts = [
        typed("hits", "show", row["hit"], "--json").json["words"]["text"]
        for row in typed("hits", "list", "--json").json
    ]
    assert texts == ["Ruth på dansk: æøå", "Fra røret"]


def test_a_report_for_an_unknown_centre_or_of_a_strange_file_is_refused(
    typed: Type, tmp_path: Path
) -> None:
    program = tmp_path / "billede.png"
    program.write_bytes(b"MZ\x90\0")
    url = ("--url", "https://group.example/g", "--employee", "4713")
    said = typed("hits", "add", *url, "--center", "atlantis", "--text", "x")
    assert said.code == 2
    said = typed("hits", "add", *url, "--center", "havnelyst", "--file", program)
    assert (said.code, "billede.png" in said.err) == (2, True)


def test_every_word_the_room_knows_can_be_typed_and_read() -> None:
    assert {name for names in KNOWN.values() for name in names} == set(OUTCOMES)
    assert set(state_words()) == {state.value for state in HitState}
    assert set(band_words()) == {*(b.value for b in Band), *(o.value for o in Origin)}
