"""A whole scan over real worker processes: in order, and whatever gets lost."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from functools import partial
from io import BytesIO
from pathlib import Path

import psutil
import pytest

from monitor.match import Thresholds, build
from monitor.scan import Job, Totals, run, scan
from monitor.scan.work import Search
from monitor.types import Context, Entry, Reason

NAME, DEADLY = "Malthe Kringelbæk", "Tjelvar Rugmose"
ENTRIES = (Entry(1, "havnelyst", NAME), Entry(2, "havnelyst", DEADLY))


def make_search() -> Search:
    """Whoever finds the second name ends its process."""
    names = defaultdict(partial(os._exit, 9), {1: "A1"})
    return Search(build(ENTRIES), names, Context(), Thresholds(), texts=True)


def scanned(
    folder: Path, texts: list[str], jobs: int
) -> tuple[Totals, str, str, list[tuple[str, Reason]]]:
    file = folder / "docs.jsonl"
    lines = [json.dumps({"doc_id": n, "text": t}) for n, t in enumerate(texts, 1)]
    file.write_text("\n".join(lines))
    out, out_text = BytesIO(), BytesIO()
    told: list[tuple[str, Reason]] = []
    totals = scan(
        Job([folder], jobs, out, out_text),
        make_search,
        tell=lambda place, why: told.append((place, why)),
        progress=lambda _: None,
    )
    return totals, out.getvalue().decode(), out_text.getvalue().decode(), told


def test_lines_are_the_same_and_in_order_whatever_the_number_of_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "_BATCH", 3_000)
    texts = [f"{n} {NAME if n % 3 else 'ingen'}" for n in range(60)]
    one, many = scanned(tmp_path, texts, 1), scanned(tmp_path, texts, 3)
    assert one == many
    totals, out, out_text, told = one
    assert (totals.documents, totals.found, totals.refused, told) == (60, 40, 0, [])
    assert totals.size == (tmp_path / "docs.jsonl").stat().st_size
    numbers = [json.loads(line)["doc_id"] for line in out.splitlines()]
    assert numbers == [n for n in range(1, 61) if (n - 1) % 3]
    assert [json.loads(line)["text"] for line in out_text.splitlines()] == texts


def test_a_document_that_ends_its_process_is_refused_and_the_rest_goes_on(
    tmp_path: Path,
) -> None:
    texts = [NAME, DEADLY, NAME, DEADLY, NAME]
    totals, out, _, told = scanned(tmp_path, texts, 1)
    assert [json.loads(line)["doc_id"] for line in out.splitlines()] == [1, 3, 5]
    assert [(p.rpartition(":")[2], r.code) for p, r in told] == [
        ("2", "scan_too_heavy"),
        ("4", "scan_too_heavy"),
    ]
    assert (totals.documents, totals.refused) == (3, 2)


def test_no_process_is_left_when_a_scan_is_broken_off(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NAME)
    before = set(psutil.Process().children())  # such as the tests' own database

    def broken(_: Totals) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        scan(
            Job([tmp_path], 2, BytesIO()),
            make_search,
            tell=lambda *_: None,
            progress=broken,
        )
    assert set(psutil.Process().children()) <= before
