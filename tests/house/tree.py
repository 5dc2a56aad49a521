"""The source files of this repository, parsed once for the tests of its rules."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("monitor", "watchlist")
ROOTS = (*CODE, "alembic", "benchmarks", "tests", "tools")


@dataclass(frozen=True)
class File:
    """One Python file: its path in the repository, its text and syntax tree."""

    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    def __str__(self) -> str:
        return self.path.as_posix()


@cache
def files(*roots: str) -> tuple[File, ...]:
    """All Python files below the given folders, in order."""
    found = (p for root in roots for p in sorted((ROOT / root).rglob("*.py")))
    return tuple(File(p.relative_to(ROOT), p.read_text("utf-8")) for p in found)


def calls(file: File, names: frozenset[str]) -> Iterator[ast.Call]:
    """Calls of functions or classes with these names."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call) and called(node) in names:
            yield node


def called(node: ast.Call) -> str:
    """The last part of the name that is called."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def words(name: str) -> set[str]:
    """``WatchManager`` and ``watch_manager`` as ``{"watch", "manager"}``."""
    return {w.lower() for w in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}
