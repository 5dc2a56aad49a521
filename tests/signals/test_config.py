"""Rules are checked before they count, and mistakes are named."""

from __future__ import annotations

import pytest

from monitor.signals import Reach, Rules
from monitor.signals.config import parse_rules
from monitor.tomlcheck import ConfigInvalid


def test_the_shipped_rules_hold(rules: Rules) -> None:
    assert {rule.code for rule in rules.words} >= {"threat", "family", "criticism"}
    assert rules.words[0].reach is Reach.NEAR


def test_an_empty_file_means_no_rules() -> None:
    assert parse_rules("", file="signals.toml") == Rules()


RULE = '[[signal]]\ncode = "threat"\nphrases = ["smadre*"]\n'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (RULE.replace("smadre*", "smadre* …"), "signal_phrase"),
        (RULE.replace("smadre*", "(smadre"), "signal_phrase"),
        (RULE.replace("smadre*", ""), "signal_phrase"),
        (RULE + RULE, "config_twice"),
        (RULE.replace("threat", "verdict"), "config_not_one_of"),
        ('profile_hosts = ["https://linkedin.com/in"]', "signal_host"),
        ("near = 0", "config_out_of_range"),
        ('nera = "12"', "config_unknown_key_like"),
    ],
)
def test_a_mistake_is_named(text: str, code: str) -> None:
    with pytest.raises(ConfigInvalid) as caught:
        parse_rules(text, file="signals.toml")
    assert caught.value.problems[0].code == code
