from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.match.fold import GONE, LOST, collapse, fold, spellings, tokens, unsigned


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ÆØÅ", "æøå"),
        ("É è ñ ü ý", "e e n u y"),
        ("ÖÄ", "øæ"),
        ("İstanbul", "istanbul"),
        ("ﬁ", "f"),
        ("Ｍ𝓪𝐥", "mal"),
        ("Ма", "ma"),
        ("ΑΒ", "ab"),
        ("łß", "ls"),
        ("a\u030aA\u030ao\u0308a\u0308", f"å{GONE}å{GONE}ø{GONE}æ{GONE}"),
        ("e\u0301", f"e{GONE}"),
        ("a\u00adb\u200bc", f"a{GONE}b{GONE}c"),
        ("’–\ufffd", f"'-{LOST}"),
        ("\u0130\u01c5", "id"),
        ("字", "字"),
    ],
)
def test_a_character_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_rare_characters_do_not_fill_the_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from monitor.match import fold as module

    monkeypatch.setattr(module, "_CACHED", 0)
    known = len(module._TABLE)
    assert fold("\U0001f9ff") == "\U0001f9ff"
    assert len(module._TABLE) == known


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Malthe Kringelbæk!", ["malthe", "kringelbæk"]),
        ("O'Brien's", ["obriens"]),
        ("Kring\u00adelbæk", ["kringelbæk"]),
        ("a_b.c-d", ["a", "b", "c", "d"]),
        ("'citat'", ["citat"]),
        ("", []),
    ],
)
def test_text_is_taken_apart_into_words(text: str, words: list[str]) -> None:
    assert [token.word for token in tokens(fold(text))] == words


@pytest.mark.parametrize(
    ("word", "also"),
    [
        ("nygård", {"nygaard", "nygard"}),
        ("nygaard", {"nygård", "nygard"}),
        ("sølvkær", {"soelvkaer", "solvkar", "sølvkaer"}),
        ("michael", {"michæl"}),
    ],
)
def test_a_word_is_spelled_in_other_ways(word: str, also: set[str]) -> None:
    assert spellings(word)[0] == word
    assert also <= set(spellings(word))


def test_a_word_with_too_many_signs_is_spelled_as_it_is() -> None:
    assert spellings("æøåæø") == ("æøåæø",)
    assert spellings("holm") == ("holm",)


def test_spellings_collapse_to_the_same_but_signs_are_told_apart() -> None:
    assert {collapse(word) for word in spellings("blåbærgrød")} == {"blabargrod"}
    assert unsigned("bæk") == "baek" != unsigned("bak")
