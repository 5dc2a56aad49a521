"""Every code has a sentence, every sentence a code, and every gap is filled."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from string import Formatter

from monitor.wording import WORDING
from tests.house.tree import CODE, File, called, calls, files

BASES = frozenset({"Reason", "MatchReason", "Problem", "WatchlistError"})
# The checker of TOML files adds these to what a validator's `wrong` tells.
PLACE = {"file", "table", "key", "line", "place"}


def code_files() -> Iterator[File]:
    return (f for f in files(*CODE) if "wording" not in f.path.parts)


@cache
def tellers() -> frozenset[str]:
    """The names of all classes and functions whose first argument is a code."""
    known = set(BASES)
    classes = [
        (node.name, {ast.unparse(base).rpartition(".")[2] for base in node.bases})
        for file in code_files()
        for node in ast.walk(file.tree)
        if isinstance(node, ast.ClassDef)
    ]
    while more := {name for name, bases in classes if bases & known} - known:
        known |= more
    # A class that builds its own code takes no code as first argument.
    return frozenset(known - {"ConfigInvalid"} | {"wrong", "Refusal"})


def told() -> Iterator[tuple[str, str, ast.Call]]:
    """Where a code is told, the code, and the call that tells it."""
    for file in code_files():
        for call in calls(file, tellers()):
            for code in codes(call):
                yield f"{file}:{call.lineno}", code, call


def codes(call: ast.Call) -> Iterator[str]:
    """The codes that stand literally as first argument, also in ``a if b else c``."""
    first = call.args[0] if call.args else None
    options = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
    for option in options:
        if isinstance(option, ast.Constant) and isinstance(option.value, str):
            yield option.value


def test_every_code_has_a_sentence() -> None:
    silent = sorted(
        {f"{code} ({place})" for place, code, _ in told() if code not in WORDING}
    )
    assert not silent, "add these codes to monitor/wording/<room>.py"


def test_every_gap_of_a_sentence_is_filled() -> None:
    empty = [
        f"{place} {code}: {', '.join(sorted(missing))}"
        for place, code, call in told()
        if code in WORDING
        and (given := params(call)) is not None
        and (missing := gaps(WORDING[code]) - given)
    ]
    assert not empty


def params(call: ast.Call) -> set[str] | None:
    """The parameters a call gives; None when they do not stand there literally."""
    if called(call) in {"Reason", "MatchReason"}:
        return keys_of(call)
    names = [keyword.arg for keyword in call.keywords]
    if None in names:
        return None
    added = PLACE if called(call) == "wrong" else set()
    return {name for name in names if name} | added


def keys_of(call: ast.Call) -> set[str] | None:
    """The keys of the table that is the last argument; numbers are no table."""
    named = [k.value for k in call.keywords if k.arg == "params"]
    table = [*call.args[1:], *named][-1:]
    if not table or isinstance(table[0], ast.Constant):
        return set()
    if not isinstance(table[0], ast.Dict):
        return None
    keys = [k.value for k in table[0].keys if isinstance(k, ast.Constant)]
    return set(map(str, keys)) if len(keys) == len(table[0].keys) else None


def gaps(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_every_sentence_is_used() -> None:
    spoken = {
        node.value
        for file in code_files()
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    built = list(map(pattern, built_strings()))
    unused = [
        code
        for code in WORDING
        if code not in spoken and not any(p.fullmatch(code) for p in built)
    ]
    assert not unused, "remove these sentences, or tell their codes"


def built_strings() -> Iterator[ast.JoinedStr]:
    """f-strings that can build a code: they hold part of a word of it."""
    for file in code_files():
        for node in ast.walk(file.tree):
            if isinstance(node, ast.JoinedStr) and pattern(node).pattern != "":
                yield node


def pattern(node: ast.JoinedStr) -> re.Pattern[str]:
    """What an f-string can become; nothing unless it holds an underscored word."""
    fixed = "".join(str(p.value) for p in node.values if isinstance(p, ast.Constant))
    if not re.fullmatch(r"[a-z_]*[a-z]{2}[a-z_]*", fixed) or "_" not in fixed:
        return re.compile("")
    parts = (
        re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"\w+"
        for p in node.values
    )
    return re.compile("".join(parts))


def test_no_two_rooms_use_the_same_code() -> None:
    told = [
        str(key.value)
        for file in files("monitor/wording")
        for node in ast.walk(file.tree)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    ]
    assert not [code for code, times in Counter(told).items() if times > 1]
