"""Later looks as typed."""

from __future__ import annotations

import pytest

from monitor.startup import Opened
from tests.cases.builders import make_hit
from tests.cli.keyboard import Type


@pytest.fixture
def number(typed: Type, opened: Opened) -> str:
    """A case about a post that somebody reported by hand."""
    with opened.database.begin() as session:
        hit = make_hit(session, opened.settings.evidence_dir).id
    typed("cases", "open", hit)
    return str(typed("cases", "list", "--json").json[0]["case"])


def test_reported_posts_are_for_people_to_look_at(typed: Type, number: str) -> None:
    assert "looks are planned" in typed("recheck", "plan", number).out
    assert typed("recheck", "run", "--json", login=None).json == []
    (waiting,) = typed("recheck", "list", "--json").json
    assert waiting["case"] == number
    assert typed("recheck", "list", "--json", login="torkild").json == []
    seen = (number, waiting["hit"], "login_required")
    assert "login required" in typed("recheck", "note", *seen).out
    assert typed("recheck", "list", "--json").json == []
    done = typed("recheck", "list", number, "--json").json[0]
    assert (done["outcome"], done["made_by"]) == ("login_required", "bente")
    assert "login required" in typed("recheck", "list", number).out


def test_others_plan_and_note_nothing(typed: Type, number: str) -> None:
    assert typed("recheck", "plan", number, login="torkild").code == 1
    assert typed("recheck", "note", number, 1, "gone", login="torkild").code == 1
    assert typed("recheck", "list", login="drift").code == 1
    assert typed("recheck", "note", number, 4711, "gone").code == 1
    assert typed("recheck", "note", number, 1, "vanished").code == 2
