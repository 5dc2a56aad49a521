"""``monitor explain``: every reason for and against, on paper; nothing is stored."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable

import pytest

from tests.cli.desk import Desk
from tests.cli.keyboard import Said

Type = Callable[..., Said]
NAME = "Malthe Kringelbæk"


def test_full_name_matches_with_its_reasons_and_weights(at_desk: Type) -> None:
    said = at_desk("explain", NAME, f"I går sad {NAME} i skranken.")
    assert said.code == 0
    assert f"“{NAME}” – a hit" in said.out
    assert re.search(r"^\+0\.45 +First name exactly\.", said.out, re.MULTILINE)
    assert re.search(
        r"^= 0\.9\d +Together; a hit from 0\.70 on\.", said.out, re.MULTILINE
    )
    (row,) = at_desk("explain", NAME, f"Ja, {NAME}.", "--json").json
    assert (row["quote"], row["start"], row["end"]) == (NAME, 4, 4 + len(NAME))
    assert row["band"] == "hit"
    assert row["refusal"] is None
    assert row["refusal_detail"] is None
    (first, *_) = row["reasons"]
    assert (first["code"], first["weight"]) == ("given_exact", 0.45)
    assert first["detail"] == "First name exactly."


def test_text_without_the_name_ends_with_1_and_says_so(at_desk: Type) -> None:
    said = at_desk("explain", NAME, "Bussen kom for sent.")
    assert said.code == 1
    assert said.out.strip()
    assert "” – " not in said.out
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
    assert "a hit" in english.out
    assert "+0.45" in english.out
    assert "+0,45" in danish.out


def test_a_name_alone_is_told_why_it_is_never_more_than_weak(at_desk: Type) -> None:
    said = at_desk("explain", NAME, "M. Kringelbæk fra jobcentret")
    assert said.code == 0
    assert "– a weak match" in said.out
    assert "Only the first letter of the first name." in said.out
    assert "near the word “jobcentret”" in said.out


def test_a_half_name_counts_for_less_than_a_hit_and_says_so(at_desk: Type) -> None:
    name, text = "Signe Abildtorp-Vang", "Signe Abildtorp og de andre"
    assert "weak from 0.50 to 0.70" in at_desk("explain", name, text).out


def test_one_slip_is_told_in_words_and_several_by_their_number(at_desk: Type) -> None:
    assert (
        "Surname with one letter wrong."
        in at_desk("explain", NAME, "Malthe Kringlebæk").out
    )
    assert (
        "Surname with 2 letters wrong."
        in at_desk("explain", NAME, "Malthe Krinkelbæg").out
    )


def test_words_of_the_configured_centres_count(at_desk: Type) -> None:
    name, text = "Mette Nielsen", "Mette Nielsen på Jobcenter Havnelyst"
    assert at_desk("explain", name, "Mette Nielsen vandt").code == 1
    assert at_desk("explain", name, text).code == 0


def try_name(desk: Desk, *words: str) -> str:
    said = desk.type("watchlist", "try-name", *words)
    assert said.code == 0, said.err
    return said.out


def test_a_name_is_tried_on_a_text(desk: Desk) -> None:
    assert "” – " not in try_name(desk, NAME)
    tried = try_name(
        desk, NAME, "--text", "Malthe Kringelbæks Vej og Malthe Kringlebæk"
    )
    assert "rare: a find is most likely this person" in tried
    assert "– no match" in tried
    assert "name of a street" in tried
    assert "– a hit" in tried
    told = json.loads(try_name(desk, NAME, "--text", f"Hej {NAME}", "--json"))
    assert told["tried"][0]["quote"] == NAME
    assert told["rarity"] == "rare"
    assert "tried" not in json.loads(try_name(desk, NAME, "--json"))


def test_what_is_said_to_match_does(desk: Desk) -> None:
    told = json.loads(try_name(desk, "Asta Linde Brandsø", "--json"))
    for variant in (*told["variants"], *told["weak_variants"]):
        text = f"Jeg så {variant} på jobcentret"
        tried = json.loads(
            try_name(desk, "Asta Linde Brandsø", "--text", text, "--json")
        )
        assert any(place["band"] for place in tried["tried"]), variant


def test_of_several_readings_of_one_place_the_best_is_shown(at_desk: Type) -> None:
    said = at_desk("explain", NAME, "Malthe Kringelbækk var der")
    assert said.out.count("” – ") == 1
