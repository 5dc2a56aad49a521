"""Rooms that only compute can be loaded without database, network or settings."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.house.tree import ROOT, files

PURE = ("match", "signals", "extract", "sources", "types")
HEAVY = ("sqlalchemy", "httpx", "httpx2", "monitor.settings", "monitor.db")


def modules(room: str) -> list[str]:
    """The dotted names of a room's modules."""
    inside = [f for f in files("monitor") if f.path.with_suffix("").parts[1] == room]
    parts = (f.path.with_suffix("").parts for f in inside)
    return [".".join(p).removesuffix(".__init__") for p in parts]


@pytest.mark.parametrize("room", [room for room in PURE if modules(room)])
def test_a_pure_room_loads_nothing_heavy(room: str) -> None:
    # A fresh process: the import linter does not see what a package's __init__ loads.
    script = (
        f"import sys, importlib\n"
        f"for name in {modules(room)}: importlib.import_module(name)\n"
        f"print(*[m for m in {HEAVY} if m in sys.modules])"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
