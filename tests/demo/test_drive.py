"""The demo as typed: the whole story, and nothing touched besides."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from page import validate_pdf_bytes

from monitor.demo.examples import EXPECTED
from monitor.demo.finds import Find, Verdict, strays
from monitor.hits import Words
from monitor.types import Band

MONITOR = str(Path(sys.executable).parent / "monitor")


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """An environment that names folders which must not be made or changed."""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    return {
        **os.environ,
        "MONITOR_LANGUAGE": "en",
        "MONITOR_CONFIG": str(tmp_path / "own-config"),
        "MONITOR_DATA": str(tmp_path / "own-data"),
        "MONITOR_DATABASE_URL": f"sqlite:///{tmp_path / 'own.db'}",
        "TMPDIR": str(temporary),
    }


def test_once_tells_the_story_and_leaves_nothing_but_the_letter(
    env: dict[str, str], tmp_path: Path
) -> None:
    done = subprocess.run(
        [MONITOR, "demo", "--once", "--json"],
        env=env,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["as_expected"] is True
    assert told["examples"] == told["wanted"]
    assert told["strays"] == 0
    assert_sources(told["sources"])
    assert_follow_up(told)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["tmp"]
    left = {path for path in (tmp_path / "tmp").rglob("*") if path.is_file()}
    assert left == {Path(told["letter"][kind]) for kind in ("pdf", "docx")}


def assert_sources(told: dict[str, Any]) -> None:
    why = {name: one["reason"] for name, one in told.items()}
    assert why["unapproved"] == "source_unapproved"
    assert why["guest-book"] == "source_expired"
    assert why["group"] == why["members"] == "wall_login"
    assert told["blog"] == {"outcome": "partly_read", "reason": "robots_disallow"}
    assert told["forum"]["outcome"] == "read_with_hits"


def assert_follow_up(told: dict[str, Any]) -> None:
    assert told["case"].endswith("-0001")
    assert told["refused"] == "letter_author_unknown"
    assert told["looks"] == ["visible"] * 3 + ["cannot_tell"] + ["gone"] * 5
    assert told["history"][0] == "case_opened"
    assert told["history"][-1] == "case_closed"
    assert told["history_whole"] is True
    pdf = Path(told["letter"]["pdf"]).read_bytes()
    assert hashlib.sha256(pdf).hexdigest() == told["letter"]["sha256"]
    assert not validate_pdf_bytes(pdf, profile="ua1").failures


@pytest.fixture
def running(env: dict[str, str], tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A demo that goes on, in a folder to keep."""
    command = [MONITOR, "demo", "--keep", "kept"]
    env["MONITOR_LANGUAGE"] = "da"
    with subprocess.Popen(
        command,
        env={**env, "PYTHONUNBUFFERED": "1"},
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        yield process
        process.kill()


def test_without_once_it_goes_on_until_stopped(
    running: subprocess.Popen[str], env: dict[str, str], tmp_path: Path
) -> None:
    assert running.stdout is not None
    shown = ""
    while "Ctrl-C" not in shown:
        line = running.stdout.readline()
        assert line, shown
        shown += line
    own = {
        "MONITOR_CONFIG": str(tmp_path / "kept/config"),
        "MONITOR_DATA": str(tmp_path / "kept/data"),
    }
    del env["MONITOR_DATABASE_URL"]
    listed = subprocess.run(
        [MONITOR, "letters", "list", "--as", "bente", "--json"],
        env={**env, **own},
        capture_output=True,
        text=True,
        check=True,
    )
    assert [row["state"] for row in json.loads(listed.stdout)] == ["sent"]
    running.send_signal(signal.SIGTERM)
    rest = running.stdout.read()
    assert running.wait() == 0, rest
    assert '"level"' not in shown + rest  # no duty of the scheduler failed
    assert (tmp_path / "kept/letters").is_dir()


def test_folder_with_a_configuration_is_left_alone(
    env: dict[str, str], tmp_path: Path
) -> None:
    mine = tmp_path / "mine/config"
    mine.mkdir(parents=True)
    command = [MONITOR, "demo", "--once", "--keep", "mine"]
    done = subprocess.run(
        command, env=env, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "leaves it alone" in done.stderr
    assert list(mine.iterdir()) == []


def make_find(text: str, hit_id: int = 1) -> Find:
    words = Words(url="http://127.0.0.1:1/", text=text)
    return Find(hit_id, "TK-1002", "havnelyst", "blog", Band.HIT, words)


def test_example_found_too_seldom_too_often_or_as_weak_is_not_as_expected() -> None:
    first, none = EXPECTED[0], next(one for one in EXPECTED if not one.bands)
    find = make_find(first.words)
    assert Verdict(first, (find,)).as_expected
    assert not Verdict(first, ()).as_expected
    assert not Verdict(first, (find, find)).as_expected
    assert Verdict(none, ()).as_expected
    assert not Verdict(none, (find,)).as_expected
    weak = Find(2, "TK-1002", "havnelyst", "blog", Band.WEAK, find.words)
    assert not Verdict(first, (weak,)).as_expected


def test_find_of_no_example_is_a_stray_but_an_excerpt_is_none() -> None:
    judged = (Verdict(EXPECTED[0], (make_find(EXPECTED[0].words),)),)
    excerpt = make_find(EXPECTED[0].words[:45] + "…", 2)
    other = make_find("Malthe Kringelbæk fik en præmie.", 3)
    found = (judged[0].finds[0], excerpt, other)
    assert strays(judged, found) == (other,)
