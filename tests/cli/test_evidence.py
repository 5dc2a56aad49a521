"""Evidence as typed: listed, handed out, checked."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from monitor.startup import Opened
from tests.cases.builders import make_hit
from tests.cli.keyboard import Type


@pytest.fixture
def hit(opened: Opened) -> int:
    with opened.database.begin() as session:
        return make_hit(session, opened.settings.evidence_dir).id


def test_the_evidence_of_a_case_is_handed_out_as_plain_files(
    typed: Type, hit: int, tmp_path: Path
) -> None:
    (captured,) = typed("evidence", "list", "--hit", hit, "--json").json
    typed("cases", "open", hit)
    number = typed("cases", "list", "--json").json[0]["case"]
    (frozen,) = typed("evidence", "list", "--case", number, "--json").json
    assert frozen["sha256"] == captured["sha256"]
    assert "page as read" in typed("evidence", "list", "--case", number).out
    target = tmp_path / "out"
    done = typed("evidence", "export", target, "--case", number)
    assert (done.code, done.out.startswith("1 item is in ")) == (0, True)
    check = ["sha256sum", "-c", "SHA256SUMS"]
    subprocess.run(check, cwd=target, check=True, capture_output=True)
    assert typed("evidence", "export", target, "--case", number).code == 2


def test_one_case_or_one_hit_must_be_named(typed: Type, hit: int) -> None:
    assert typed("evidence", "list").code == 2
    both = typed("evidence", "list", "--hit", hit, "--case", "E-2026-0001")
    assert both.code == 2


def test_another_centre_gets_no_evidence(typed: Type, hit: int, tmp_path: Path) -> None:
    how = ("--hit", hit)
    assert typed("evidence", "list", *how, login="torkild").code == 1
    target = tmp_path / "out"
    assert typed("evidence", "export", target, *how, login="torkild").code == 1
    assert not target.exists()


def test_damage_is_found(typed: Type, hit: int, installation: Path) -> None:
    well = typed("evidence", "verify", login="drift")
    assert (well.code, well.out.startswith("1 item (")) == (0, True)
    (file,) = (path for path in installation.glob("evidence/*/*/*") if path.is_file())
    file.chmod(0o600)
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    told = typed("evidence", "verify", login="drift")
    assert told.code == 1
    assert "not as it was captured" in told.err
    assert told.out.endswith(" bytes) checked; 1 fault.\n")
    faults = typed("evidence", "verify", "--json").json["faults"]
    assert [fault["code"] for fault in faults] == ["evidence_changed"]
