from __future__ import annotations

from monitor.match.lexicon import Rarity, lexicon
from monitor.match.score import WEIGHTS
from monitor.wording.match import WORDING


def test_names_are_known_in_all_spellings() -> None:
    lex = lexicon()
    assert lex.is_given("søren")
    assert lex.is_given("soeren")
    assert lex.is_family("vestergård")
    assert lex.is_family("vestergaard")
    assert "bak" in lex.listed
    assert "baek" not in lex.listed


def test_words_built_like_surnames_pass_for_surnames() -> None:
    lex = lexicon()
    assert lex.is_family("tranholmsen")
    assert lex.is_family("egelundgaard")
    assert not lex.is_family("kunsten")
    assert not lex.is_family("malthe")


def test_everyday_words_are_no_misspelt_names() -> None:
    lex = lexicon()
    assert all(map(lex.is_word, ("hele", "ikke", "mens", "dette", "efter", "nilsen")))
    assert not lex.is_word("kringelbæk")


def test_rarity_is_a_band_of_expected_bearers() -> None:
    lex = lexicon()
    assert lex.rarity("mette", "nielsen") is Rarity.VERY_COMMON
    assert lex.rarity("camilla", "lund") is Rarity.COMMON
    assert lex.rarity("malthe", "kringelbæk") is Rarity.RARE


def test_every_reason_has_a_sentence() -> None:
    assert set(WEIGHTS) <= set(WORDING)
