"""``monitor explain``: every reason for and against, on paper; nothing is stored."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from tests.cli.desk import Desk
from tests.cli.keyboard import Said

Type = Callable[..., Said]
NAME = "Malthe Kringelbæk"


def test_full_name_matches_with_its_reasons_and_weights(at_desk: Type) -> None:
    said = at_desk("explain", NAME, f"I går sad {NAME} i skranken.")
    assert said.code == 0
    assert f"»{NAME}« – match, " in said.out
    assert "+0." in said.out
    (row,) = at_desk("explain", NAME, f"Ja, {NAME}.", "--json").json
    assert (row["quote"], row["start"], row["end"]) == (NAME, 4, 4 + len(NAME))
    assert row["band"] == "hit"
    assert row["refusal"] is None
    assert all(reason["code"] for reason in row["reasons"])


def test_text_without_the_name_ends_with_1_and_says_so(at_desk: Type) -> None:
    said = at_desk("explain", NAME, "Bussen kom for sent.")
    assert said.code == 1
    assert said.out.strip()
    assert "match," not in said.out
    assert at_desk("explain", NAME, "Bussen kom for sent.", "--json").json == []


def test_what_was_looked_at_and_refused_is_shown_with_the_refusal(
    at_desk: Type,
) -> None:
    text = "M. Kringelbæk var der."
    alone = at_desk("explain", NAME, text)
    assert alone.code == 1
    assert "no match" in alone.out
    (row,) = at_desk("explain", NAME, text, "--json").json
    assert row["band"] is None
    assert row["refusal"]
    helped = at_desk("explain", NAME, text, "--context", "bibliotek")
    assert helped.code == 1  # the word must stand in the text to count
    near = f"{text} Det var på biblioteket."
    assert at_desk("explain", NAME, near).code == 1
    assert at_desk("explain", NAME, near, "--context", "biblioteket").code == 0


def test_alias_is_a_name_form_more(at_desk: Type) -> None:
    text = "Så kom Malle Kringlen forbi."
    assert at_desk("explain", NAME, text).code == 1
    assert at_desk("explain", NAME, text, "--alias", "Malle Kringlen").code == 0


def test_text_comes_from_standard_input_too(
    at_desk: Type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"Hej {NAME}\n"))
    assert at_desk("explain", NAME, "-").code == 0


def test_signs_that_steer_a_terminal_are_shown_inert(at_desk: Type) -> None:
    said = at_desk("explain", NAME, "Malthe \x1b[2J\u202eKringelbæk")
    assert "\x1b" not in said.out
    assert "\u202e" not in said.out


def test_no_database_and_no_key_are_needed(desk: Desk, at_desk: Type) -> None:
    for file in desk.data.iterdir():
        file.unlink()
    desk.data.rmdir()
    assert at_desk("explain", NAME, NAME).code == 0
    assert not desk.data.exists()


def test_real_command_explains_in_both_languages(desk: Desk) -> None:
    words = ("monitor", "explain", NAME, f"Ja, {NAME}.")
    danish, english = desk.type(*words, language="da"), desk.type(*words)
    assert (danish.code, english.code) == (0, 0)
    assert "match," in english.out
    assert danish.out != english.out
