"""Faults end in words and a code; never in a traceback or in words of a page."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from monitor import i18n
from monitor.cli.app import run
from monitor.errors import CannotStart


def ending(error: Exception, monkeypatch: pytest.MonkeyPatch) -> int:
    def fail() -> None:
        raise error

    monkeypatch.setattr("sys.argv", ["monitor"])
    return run(click.Command("monitor", callback=fail))


def test_trouble_of_work_done_side_by_side_is_told_as_usual(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = ExceptionGroup("tasks", [CannotStart("database_failed", detail="full")])
    code = ending(ExceptionGroup("tasks", [inner]), monkeypatch)
    assert code == 3
    assert "(full)" in capsys.readouterr().err


def test_fault_of_ours_among_others_is_not_hidden(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trouble = ExceptionGroup("tasks", [OSError(5, "gone"), ValueError("ours")])
    with pytest.raises(ExceptionGroup):
        ending(trouble, monkeypatch)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_unexpected_fault_names_kind_and_place_only(language: str) -> None:
    code = "import monitor.cli as c; c._start(); int('Signe Abildtorp')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"MONITOR_LANGUAGE": language, "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "ValueError" in done.stderr
    assert "<module>:1" in done.stderr
    assert "Signe" not in done.stderr
    assert "Traceback" not in done.stderr
    assert ("Udkig selv" in done.stderr) == (language == "da")


def test_a_language_that_is_not_there_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import monitor.cli as c; c.main()", "--help"],
        env={"MONITOR_LANGUAGE": "fr", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "da, en" in done.stderr
