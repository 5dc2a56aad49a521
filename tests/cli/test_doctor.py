from __future__ import annotations

import json

import pytest

from tests.cli.desk import Desk


@pytest.mark.parametrize(("mode", "code"), [(0o700, "disk"), (0o755, "folder_open")])
def test_data_folder_open_to_others_is_warned_of(
    desk: Desk, mode: int, code: str
) -> None:
    desk.data.chmod(mode)
    said = desk.type("monitor", "doctor", "--json")
    assert said.code == 0
    (disk,) = [row for row in json.loads(said.out) if row["check"] == "disk"]
    assert disk["code"].startswith(code)
