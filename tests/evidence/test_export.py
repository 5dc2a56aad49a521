"""What is handed out is verified by public tools and names no author."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from monitor import history
from monitor.errors import BadInput, Problem
from monitor.evidence.export import export
from monitor.models import EvidenceItem
from tests.evidence.builders import NOW, keep, make_hit


@pytest.fixture
def items(session: Session, folder: Path) -> list[EvidenceItem]:
    return [keep(session, make_hit(session), folder) for _ in range(2)]


def hand_out(
    session: Session, items: list[EvidenceItem], target: Path, *, folder: Path
) -> Path:
    return export(session, items, target, folder=folder, now=NOW, by="ankj")


def test_public_tools_confirm_what_was_exported(
    session: Session, *, items: list[EvidenceItem], folder: Path, tmp_path: Path
) -> None:
    target = hand_out(session, items, tmp_path / "out", folder=folder)
    checker = shutil.which("warcio", path=str(Path(sys.executable).parent))
    assert checker is not None
    files = sorted(target.glob("*.warc.gz"))
    assert len(files) == 2
    subprocess.run([checker, "check", *map(str, files)], check=True)
    check = ["sha256sum", "--strict", "-c", "SHA256SUMS"]
    subprocess.run(check, cwd=target, check=True, capture_output=True)
    files[0].write_bytes(files[0].read_bytes()[:-20])
    changed = subprocess.run(check, cwd=target, check=False, capture_output=True)
    assert changed.returncode == 1


def test_the_index_ties_each_file_to_the_chain(
    session: Session, *, items: list[EvidenceItem], folder: Path, tmp_path: Path
) -> None:
    target = hand_out(session, items, tmp_path / "out", folder=folder)
    index = json.loads((target / "index.json").read_text())
    assert [entry["item"] for entry in index["items"]] == [item.id for item in items]
    assert index["chain_head"]["event"] == items[-1].id
    assert (target / index["items"][0]["file"]).is_file()


def test_a_zip_holds_the_same(
    session: Session, *, items: list[EvidenceItem], folder: Path, tmp_path: Path
) -> None:
    target = hand_out(session, items, tmp_path / "out.zip", folder=folder)
    with zipfile.ZipFile(target) as packed:
        assert packed.testzip() is None
        names = [n for n in packed.namelist() if not n.endswith("/")]
        assert len(names) == 4
    assert [path.name for path in tmp_path.glob("*out*")] == ["out.zip"]


def test_every_export_is_noted(
    session: Session, *, items: list[EvidenceItem], folder: Path, tmp_path: Path
) -> None:
    hand_out(session, items, tmp_path / "out", folder=folder)
    told = history.of(session, "hit", items[0].hit_id, opened=True)
    assert told[-1].kind == "evidence_exported"
    assert told[-1].actor == "ankj"


def test_a_damaged_item_is_not_exported_and_nothing_is_left(
    session: Session, *, items: list[EvidenceItem], folder: Path, tmp_path: Path
) -> None:
    (folder / items[1].path).unlink()
    with pytest.raises(Problem, match="evidence_missing"):
        hand_out(session, items, tmp_path / "out", folder=folder)
    assert list(tmp_path.glob("*out*")) == []


def test_an_existing_target_and_an_empty_export_are_refused(
    session: Session, *, items: list[EvidenceItem], folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match="export_exists"):
        hand_out(session, items, tmp_path, folder=folder)
    with pytest.raises(BadInput, match="export_empty"):
        hand_out(session, [], tmp_path / "out", folder=folder)
    with pytest.raises(Problem, match="export_unwritable"):
        hand_out(session, items, tmp_path / "no" / "such" / "out", folder=folder)
