from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from monitor.models import Run
from monitor.pipeline import register
from monitor.settings import load
from monitor.startup import open_all
from monitor.types import Source
from tests.cli.desk import Desk
from tests.cli.keyboard import Said

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(("mode", "code"), [(0o700, "disk"), (0o755, "folder_open")])
def test_data_folder_open_to_others_is_warned_of(
    desk: Desk, mode: int, code: str
) -> None:
    desk.data.chmod(mode)
    said = desk.type("monitor", "doctor", "--json")
    assert said.code == 0
    (disk,) = [row for row in json.loads(said.out) if row["check"] == "disk"]
    assert disk["code"].startswith(code)


def test_sound_installation_is_told_line_by_line(at_desk: Callable[..., Said]) -> None:
    said = at_desk("doctor")
    assert said.code == 0
    assert "✗" not in said.out
    assert "is whole" in said.out
    rows = at_desk("doctor", "--json").json
    names = {row["check"] for row in rows}
    assert names >= {"database", "keys", "disk", "clock", "approvals", "history"}
    assert all(row["said"] != row["code"] for row in rows)


def test_bad_check_ends_with_1_for_scripts(
    desk: Desk, at_desk: Callable[..., Said]
) -> None:
    later = datetime.now(UTC) + timedelta(days=2)
    with open_all(load(), later) as at_hand, at_hand.database.begin() as session:
        source = Source("blog", "web", ("https://b.example/",), "havnelyst", HOUR)
        register(session, [source], later)
        session.flush()
        session.add(Run(source_id="blog", slot=later, started_at=later))
    said = at_desk("doctor")
    assert said.code == 1
    assert "✗ The clock is behind" in said.out
    states = {row["check"]: row["state"] for row in at_desk("doctor", "--json").json}
    assert states["clock"] == "bad"
    assert states["database"] == "good"


def test_real_command_speaks_danish(desk: Desk) -> None:
    said = desk.type("monitor", "doctor", language="da")
    assert said.code == 0
    assert "is whole" not in said.out
    assert said.out.count("\n") >= 8
