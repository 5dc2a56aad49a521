"""The house rules of size, naming and documentation that ruff does not know."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.house.tree import CODE, ROOT, ROOTS, File, called, files, words

FUNCTION_LINES = 60
FILE_LINES = 400
TEST_FILE_LINES = 500
VAGUE = {"util", "utils", "manager", "helper", "helpers", "service", "services"}
BANNER = re.compile(r"^\s*#\s*[-=#*~_─━═]{3,}", re.MULTILINE)
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b|NotImplementedError|[Cc]oming soon")
# Once in each: around one fetch, around one job and around what a process is told to
# do, so that the rest goes on.
CATCH_ALL = {"pipeline", "schedule", "read"}
# Folders of tests that cross rooms and so mirror no single file.
CROSSING = {"test_privacy.py", "house", "hostile", "soak"}


def written() -> Iterator[File]:
    """Every file but the generated revisions."""
    return (f for f in files(*ROOTS) if "versions" not in f.path.parts)


def test_no_function_is_longer_than_sixty_lines() -> None:
    long = [
        f"{file}:{node.lineno} {node.name}"
        for file in written()
        for node in ast.walk(file.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (node.end_lineno or 0) - node.lineno >= FUNCTION_LINES
    ]
    assert not long


def test_no_file_is_longer_than_allowed() -> None:
    long = []
    for file in written():
        limit = TEST_FILE_LINES if file.path.parts[0] == "tests" else FILE_LINES
        if (lines := file.text.count("\n")) > limit:
            long.append(f"{file}: {lines} lines, {limit} allowed")
    assert not long


def test_every_module_says_what_it_does_in_a_sentence() -> None:
    silent = [
        str(file)
        for file in written()
        if file.path.parts[0] != "tests"
        and file.text.strip()
        and not re.match(r"[A-Z`].*?[.!]( |\n|$)", docstring(file), re.DOTALL)
    ]
    assert not silent


def docstring(file: File) -> str:
    return (ast.get_docstring(file.tree) or "").split("\n\n")[0]


def test_no_comment_draws_a_banner_and_nothing_is_left_unfinished() -> None:
    found = [
        f"{file}:{file.text[: hit.start()].count(chr(10)) + 1}"
        for file in written()
        if file.path.parts[:2] != ("tests", "house")
        for pattern in (BANNER, UNFINISHED)
        for hit in pattern.finditer(file.text)
    ]
    assert not found


def test_no_module_or_class_has_a_vague_name() -> None:
    vague = [
        str(f) for f in written() if any(map(is_vague, f.path.with_suffix("").parts))
    ]
    vague += [
        f"{file}:{node.lineno} {node.name}"
        for file in written()
        for node in ast.walk(file.tree)
        if isinstance(node, ast.ClassDef) and is_vague(node.name)
    ]
    assert not vague


def is_vague(name: str) -> bool:
    return bool(words(name) & VAGUE)


def test_everything_is_caught_in_two_places_only() -> None:
    caught = {f: n for f in files(*CODE) if (n := catch_alls(f))}
    rooms = [
        f.path.with_suffix("").parts[1] for f, n in caught.items() for _ in range(n)
    ]
    assert set(rooms) <= CATCH_ALL, caught
    assert len(rooms) == len(set(rooms)), caught


def catch_alls(file: File) -> int:
    return sum(catches_all(node) for node in ast.walk(file.tree))


def catches_all(node: ast.AST) -> bool:
    """An except clause, or a ``suppress``, that names no narrower error."""
    if isinstance(node, ast.ExceptHandler):
        if node.type is None:
            return True
        kinds = [node.type]
    elif isinstance(node, ast.Call) and called(node) == "suppress":
        kinds = node.args
    else:
        return False
    names = {n.id for k in kinds for n in ast.walk(k) if isinstance(n, ast.Name)}
    return bool(names & {"Exception", "BaseException"})


def test_tests_mirror_the_source() -> None:
    strangers = [
        str(file)
        for file in files("tests")
        if file.path.name.startswith("test_")
        and file.path.parts[1] not in CROSSING
        and not mirrored(file)
    ]
    assert not strangers


def mirrored(file: File) -> bool:
    """Whether its folder is a room of the source, or its name that of a module."""
    folder = file.path.parent.relative_to("tests")
    name = file.path.stem.removeprefix("test_")
    places = [ROOT / root / folder for root in ("monitor", "", "tools")]
    if folder.parts:
        return any(place.is_dir() for place in places)
    modules = (place / end for place in places for end in (name, f"{name}.py"))
    return any(module.exists() for module in modules)
