"""What a disguised word is taken for, whoever is on the list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.match.disguise import (
    disguised,
    fits,
    is_plain,
    loosely,
    unveiled,
    visible,
)
from monitor.match.fold import fold


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("M a l t h e", {"malthe", "malth", "althe"}),
        ("M.a.l.t.h.e K.r.i.n", {"malthekrin", "malthe", "krin"}),
        ("M a l t h e  K r i n", {"malthekrin", "malthe", "krin"}),
        ("M🔥a🔥l🔥t🔥h🔥e", {"malthe"}),
        ("M_a_l", set()),
        ("Mal.the", {"mal.the"}),
        ("M*lthe", {"m*lthe"}),
        ("Kringel***", {"kringel***"}),
        ("M…", {"m…"}),
        ("$igne og @nna", {"$igne", "@nna"}),
        ("en m*lthe-kr*ngel", {"m*lthe-kr*ngel", "m*lthe", "kr*ngel"}),
        ("kringel-\nbæk", {"kringelbæk"}),
        ("kringel\u00ad\nbæk", {"kringelbæk"}),
        ("kringelb%C3%A6k", {"kringelbæk"}),
        ("malthe%20kringelb%C3%A6k", {"kringelbæk"}),
        ("Kringelb&aelig;k", {"kringelbæk"}),
        ("Kringelb\\u00e6k", {"kringelbæk"}),
        ("Malthe og Kringelbæk.", set()),
        ("x" * 30 + "*" + "x" * 30, set()),
        ("1 2 3 " * 20, set()),
    ],
)
def test_words_that_may_be_disguised_are_pointed_out(
    text: str, words: set[str]
) -> None:
    found = {token.word for token in disguised(fold(text))}
    assert words <= found
    assert words or not {word for word in found if word.isalpha()}


@given(st.text("aæ k.*@-_1 \n…%", max_size=60))
def test_a_disguise_lies_within_its_text(text: str) -> None:
    folded = fold(text)
    for token in disguised(folded):
        assert 0 <= token.start < token.end <= len(folded)
        assert token.word


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("mal.the", "malthe"),
        ("m4lthe", "malthe"),
        ("kr1ng3lbæk", "kringelbæk"),
        ("m@lthe", "malthe"),
        ("5igne", "signe"),
        ("maaalthe", "malthe"),
        ("aaannnette", "annette"),
        ("kringelbæææk", "kringelbæk"),
        ("maaa1the", "malthe"),
    ],
)
def test_a_disguise_is_seen_through(word: str, plain: str) -> None:
    assert plain in set(unveiled(word))
    assert not is_plain(word)


@pytest.mark.parametrize("word", ["malthe", "anette", "x" * 41, "***", "48"])
def test_nothing_is_made_up(word: str) -> None:
    assert word not in set(unveiled(word))
    assert not any(map(str.isdigit, "".join(unveiled("malthe"))))


def test_a_word_with_very_many_signs_is_left_alone() -> None:
    assert list(unveiled("1" * 9 + "a"))[:1] != []
    assert set(unveiled("aaabbbcccdddeeefffggg")) == set()


def test_a_mask_fits_what_shows_the_same_letters() -> None:
    assert fits("m*lthe", "malthe")
    assert not fits("m*lthe", "malene")
    assert not fits("m*lthe", "maalthe")
    assert loosely("kr…bæk").fullmatch("kringelbæk")
    assert not loosely("kr…bæk").fullmatch("krbæk")
    assert visible("m*lt...") == "mlt"
