"""The rules as typed: what there is, how it fares, what a text fires."""

from __future__ import annotations

import pytest

from monitor.signals import Signal
from monitor.startup import Opened
from tests.cases.builders import make_hit, make_words
from tests.cli.desk import Desk
from tests.cli.keyboard import Type


def test_every_rule_is_listed_with_how_its_hits_ended(
    typed: Type, opened: Opened
) -> None:
    words = make_words(signals=(Signal("threat", ("smadrer",)),))
    with opened.database.begin() as session:
        hit = make_hit(session, opened.settings.evidence_dir, words=words).id
    assert typed("hits", "dismiss", hit, "satire").code == 0
    rows = {
        row["signal"]: row
        for row in typed("signals", "list", "--json", login=None).json
    }
    assert rows["threat"]["urgency"] == "urgent"
    assert (rows["threat"]["no_action"], rows["photo"]["no_action"]) == (1, 0)
    assert "words of a threat" in typed("signals", "list", login=None).out


def test_a_text_can_be_tried(typed: Type) -> None:
    told = typed("signals", "try", "Ring til hende på +45 12 34 56 78", login=None)
    assert "telephone number" in told.out
    assert "+45 12 34 56 78" in told.out
    (row,) = typed("signals", "try", "Mit CPR: 010203-1234", "--json", login=None).json
    assert row == {"code": "private_cpr", "words": ["010203-"], "negated": False}
    said = typed("signals", "try", "Mit CPR: 010203-1234", login=None).out
    assert "010203-▮▮▮▮" in said
    assert typed("signals", "try", "God dag.", login=None).out == "Nothing fires.\n"


@pytest.mark.parametrize("command", ["sources check", "doctor"])
def test_a_mistake_in_the_rules_is_told_before_anything_runs(
    desk: Desk, at_desk: Type, command: str
) -> None:
    desk.write("signals.toml", "neer = 3\n")
    told = at_desk(*command.split())
    assert told.code == 2
    assert "signals.toml, line 1" in told.err
    assert "“near”" in told.err
