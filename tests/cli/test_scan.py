"""``monitor scan``: files in, matches as lines of JSON out; nothing is stored."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.cli.desk import NAME, Desk
from tests.cli.keyboard import Said

Type = Callable[..., Said]
ROW = "A1,Malthe Kringelbæk,,,,havnelyst\n"
HEAD = "employee_id,full_name,aliases,email,linkedin_url,center\n"
LINE = json.dumps({"doc_id": "d1", "url": "", "text": "Se Malthe Kringelbæk her"})
CODE = "from monitor.cli import main; main()"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "names.csv").write_text(HEAD + ROW)
    (folder / "docs.jsonl").write_text(f"{LINE}\n")
    return folder


def test_a_file_of_names_is_for_evaluation_and_says_so(
    at_desk: Type, desk: Desk, files: Path
) -> None:
    for file in desk.data.iterdir():
        file.unlink()
    names = files / "names.csv"
    said = at_desk("scan", "--watchlist", names, files / "docs.jsonl")
    (match,) = map(json.loads, said.out.splitlines())
    assert (match["doc_id"], match["employee_id"]) == ("d1", "A1")
    assert (match["quote"], match["start"], match["end"]) == (
        "Malthe Kringelbæk",
        3,
        20,
    )
    assert said.code == 0
    assert "nothing is stored" in said.err
    assert "Documents read: 1. Matches: 1. Left out: 0." in said.err
    assert not list(desk.data.iterdir())


def test_without_a_file_the_active_entries_are_looked_for(
    at_desk: Type, files: Path
) -> None:
    (files / "a.html").write_text(f"<p>{NAME}</p><img alt='{NAME} i døren'>")
    said = at_desk("scan", "--jobs", 1, files, "--output", files / "found.jsonl")
    lines = (files / "found.jsonl").read_text().splitlines()
    assert [json.loads(line)["quote"] for line in lines] == [NAME, NAME]
    assert json.loads(lines[0])["employee_id"]
    assert json.loads(lines[0])["doc_id"] == str(files / "a.html")
    assert said.code == 0
    assert said.out == ""
    assert NAME not in said.err


def test_offsets_are_those_of_the_text_that_is_printed(
    at_desk: Type, files: Path
) -> None:
    (files / "a.html").write_text("<p>Hej<img alt='Se Malthe Kringelbæk'></p>")
    out, texts = files / "found", files / "texts"
    names = ("--watchlist", files / "names.csv")
    at_desk("scan", *names, files, "--output", out, "--output-text", texts)
    told = [json.loads(line) for line in texts.read_text().splitlines()]
    text_of = {row["doc_id"]: row["text"] for row in told}
    assert text_of[str(files / "a.html")] == "Hej\n\n[alt] Se Malthe Kringelbæk"
    for line in out.read_text().splitlines():
        match = json.loads(line)
        text = text_of[match["doc_id"]]
        assert text[match["start"] : match["end"]] == match["quote"]


def test_what_is_refused_is_told_by_its_place_and_ends_with_1(
    at_desk: Type, files: Path
) -> None:
    docs, names = files / "docs.jsonl", files / "names.csv"
    docs.write_text(f"{{\n{LINE}\n")
    names.write_text(f'{HEAD}{ROW}A2,"Bo,,,,x\n')
    said = at_desk("scan", "--watchlist", names, docs, files / "names.csv")
    assert said.code == 1
    assert len(said.out.splitlines()) == 1
    assert f"{docs}:1: Left out: the line is not JSON" in said.err
    assert f"{names}, line 3 is left out" in said.err
    assert f"{names}: Left out: only files that end in" in said.err
    assert "Bo" not in said.err


def test_a_row_alone_makes_it_end_with_1(at_desk: Type, files: Path) -> None:
    (files / "names.csv").write_text(f'{HEAD}{ROW}A2,"Bo,,,,x\n')
    names = ("--watchlist", files / "names.csv")
    assert at_desk("scan", *names, files / "docs.jsonl").code == 1


@pytest.mark.parametrize("option", ["--output", "--output-text"])
def test_an_input_is_never_written_over(
    option: str, at_desk: Type, files: Path
) -> None:
    docs = files / "docs.jsonl"
    said = at_desk("scan", "--watchlist", files / "names.csv", docs, option, docs)
    assert said.code == 2
    assert docs.read_text() == f"{LINE}\n"


@pytest.mark.parametrize(
    "words", [("no-such-file",), (), ("--jobs", "0", "."), ("--watchlist", "no", ".")]
)
def test_wrong_use_ends_with_2(words: tuple[str, ...], at_desk: Type) -> None:
    assert at_desk("scan", *words).code == 2


def test_a_table_that_is_no_watchlist_is_refused(at_desk: Type, files: Path) -> None:
    (files / "names.csv").write_text("navn\nBo\n")
    said = at_desk("scan", "--watchlist", files / "names.csv", files / "docs.jsonl")
    assert said.code == 1
    assert said.out == ""


def test_nobody_to_look_for_is_told(typed: Type, files: Path) -> None:
    said = typed("scan", files, login=None)
    assert "nobody to look for" in said.err
    assert said.code == 0


def start(desk: Desk, *words: object, **more: object) -> subprocess.Popen[bytes]:
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "MONITOR_CONFIG": str(desk.config),
        "MONITOR_DATA": str(desk.data),
        "MONITOR_LANGUAGE": "en",
    }
    line = [sys.executable, "-c", CODE, "scan", *map(str, words)]
    return subprocess.Popen(line, env=env, **more)  # type: ignore[call-overload, no-any-return]


def many(files: Path, number: int) -> None:
    (files / "docs.jsonl").write_text(f"{LINE}\n" * number)


def test_a_reader_that_goes_away_ends_it_quietly(desk: Desk, files: Path) -> None:
    many(files, 30_000)
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    names = ("--watchlist", files / "names.csv")
    with start(desk, *names, files / "docs.jsonl", **pipes) as scanning:
        assert scanning.stdout is not None
        assert scanning.stderr is not None
        assert scanning.stdout.readline()
        scanning.stdout.close()
        told = scanning.stderr.read().decode()
    assert "Traceback" not in told
    assert "Exception" not in told
    assert scanning.returncode == 0


def test_ctrl_c_ends_it_quietly(desk: Desk, files: Path) -> None:
    many(files, 30_000)
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    names = ("--watchlist", files / "names.csv")
    # What is started in the background ignores Ctrl-C, and so do its children.
    pipes["preexec_fn"] = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with start(desk, *names, files / "docs.jsonl", **pipes) as scanning:
        assert scanning.stdout is not None
        assert scanning.stderr is not None
        assert scanning.stdout.readline()
        scanning.send_signal(signal.SIGINT)
        scanning.stdout.read()
        told = scanning.stderr.read().decode()
    assert scanning.returncode == 130, told
    assert "Traceback" not in told
    assert told.endswith("Stopped.\n")


def test_a_terminal_is_shown_how_far_it_is(desk: Desk, files: Path) -> None:
    screen, theirs = pty.openpty()
    names = ("--watchlist", files / "names.csv")
    out = ("--output", files / "found")
    with start(desk, *names, files / "docs.jsonl", *out, stderr=theirs) as scanning:
        os.close(theirs)
        shown = b""
        while part := _read(screen):
            shown += part
    os.close(screen)
    assert scanning.returncode == 0
    assert b"Searching" in shown
    assert b"Documents read: 1." in shown


def _read(screen: int) -> bytes:
    try:
        return os.read(screen, 4096)
    except OSError:  # how a terminal says that nobody writes to it any more
        return b""
