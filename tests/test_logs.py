from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator

import pytest

from monitor import logs


@pytest.fixture(autouse=True)
def usual_handlers() -> Iterator[None]:
    before = logging.root.handlers[:]
    level = logging.root.level
    yield
    logging.root.handlers[:] = before
    logging.root.setLevel(level)


def logged(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    line: dict[str, str] = json.loads(capsys.readouterr().err)
    return line


def test_own_record_is_one_line_with_what_it_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.start()
    logging.getLogger("monitor.pipeline").info("source %s", "blog")
    line = logged(capsys)
    assert (line["room"], line["said"]) == ("monitor.pipeline", "source blog")


def test_exception_leaves_kind_and_place_but_none_of_its_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.start()
    try:
        int("Signe Abildtorp-Vang")
    except ValueError:
        logging.getLogger("monitor.pipeline").exception("fetch %s failed", 7)
    line = logged(capsys)
    assert line["error"] == "ValueError"
    assert line["where"].startswith("test_exception_leaves")
    assert "Signe" not in str(line)


def test_library_tells_its_sentence_without_what_was_filled_in(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.start()
    library = logging.getLogger("asyncio")
    library.error("Task exception was never retrieved\nfuture: Signe Abildtorp")
    assert logged(capsys)["said"] == "Task exception was never retrieved"
    library.error("GET %s", "https://forum.example/signe-abildtorp")
    assert logged(capsys)["said"] == "GET %s"


def test_place_is_where_the_exception_was_raised() -> None:
    try:
        int("x")
    except ValueError:
        place = logs.place(sys.exc_info()[2])
    assert place.startswith("test_place_is_where")
    assert logs.place(None) == ""
