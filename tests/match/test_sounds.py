"""Which spellings pass for one name, and which for two."""

from __future__ import annotations

import pytest

from monitor.match.sounds import certain, sound


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("christian", "kristian"),
        ("sofie", "sophie"),
        ("mathias", "matias"),
        ("malthe", "malte"),
        ("jacob", "jakob"),
        ("nicolaj", "nikolai"),
        ("winther", "vinther"),
        ("zara", "sara"),
        ("annette", "anette"),
        ("dahl", "dal"),
        ("kjær", "kær"),
        ("krogh", "krog"),
        ("schmidt", "smidt"),
        ("juhl", "juul"),
        ("friis", "fris"),
        ("conny", "conni"),
        ("mohammed", "muhammad"),
        ("nygaard", "nygård"),
    ],
)
def test_the_same_name_has_the_same_key(one: str, other: str) -> None:
    assert certain(one) == certain(other)
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("sørensen", "sørenson"), ("hjort", "jort"), ("lund", "lun"), ("toft", "tofte")],
)
def test_some_sound_alike_and_are_two_names(one: str, other: str) -> None:
    assert sound(one) == sound(other)
    assert certain(one) != certain(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("pedersen", "petersen"),
        ("anne", "ane"),
        ("karin", "karen"),
        ("hansen", "jensen"),
        ("mette", "meta"),
    ],
)
def test_other_names_sound_different(one: str, other: str) -> None:
    assert sound(one) != sound(other)
