from __future__ import annotations

from monitor.match import Rarity, commonness


def test_a_very_common_name_is_said_to_be_so() -> None:
    common = commonness("Mette Nielsen")
    assert common is not None
    assert common.rarity is Rarity.VERY_COMMON
    assert common.bearers > 500
    assert (common.given_bearers, common.family_bearers) == (35_000, 140_000)


def test_a_rare_name_tells_what_would_match() -> None:
    rare = commonness("Ruth Ellemose Dahl")
    assert rare is not None
    assert rare.rarity is Rarity.RARE
    assert {"Ruth Dahl", "Ruth E. Dahl", "Dahl, Ruth"} <= set(rare.variants)
    assert rare.weak_variants == ("R. Dahl", "Ruth D.")


def test_a_double_name_counts_as_one() -> None:
    double = commonness("Anne-Marie Abildtorp-Vang")
    assert double is not None
    assert (double.given, double.family) == ("annemarie", "abildtorpvang")
    assert double.family_bearers is None


def test_a_single_word_matches_only_near_a_word_about_the_work() -> None:
    single = commonness("Rutinen")
    assert single is not None
    assert (single.variants, single.weak_variants) == ((), ("Rutinen",))


def test_a_name_without_letters_has_no_commonness() -> None:
    assert commonness("!?") is None
