from __future__ import annotations

import json

import pytest

from monitor.cli.app import to_json
from monitor.cli.inert import inert


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[2J\x1b]0;x\x07", "␛[2J␛]0;x␇"),
        ("\x9b31m", "\\u009b31m"),
        ("a\u202eb\u2066c\u200f", "a\\u202eb\\u2066c\\u200f"),
        ("a\rb\x7f\x00", "a␍b\\u007f␀"),
        ("\ud800", "\\ud800"),
    ],
)
def test_signs_that_steer_a_terminal_are_shown_instead(
    hostile: str, shown: str
) -> None:
    assert inert(hostile) == shown


def test_ordinary_text_stays_as_it_is() -> None:
    text = "Åse Møller:\n\t»Hej« – 👩‍👧 fra Tågeby"
    assert inert(text) == text
    assert inert("a\r\nb") == "a\nb"


def test_json_means_the_same_and_holds_no_hidden_signs() -> None:
    value = {"author": "\x1b[31mEvil\u202e\x9b\x7f\ud800 Åse"}
    told = to_json(value)
    assert json.loads(told) == value
    assert not {"\x1b", "\u202e", "\x9b", "\x7f", "\ud800"} & set(told)
    assert "Åse" in told
