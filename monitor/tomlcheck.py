"""Checks TOML text against a pydantic model and says where and how it is wrong.

Reading the file and choosing the model are left to the callers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from monitor.errors import BadInput
from monitor.types import Param, Reason

M = TypeVar("M", bound=BaseModel)
Path = tuple[str | int, ...]

_CODES = {
    "missing": "config_missing",
    "extra_forbidden": "config_unknown_key",
    "string_type": "config_not_string",
    "literal_error": "config_not_one_of",
    "enum": "config_not_one_of",
    "string_pattern_mismatch": "config_pattern",
    "greater_than": "config_out_of_range",
    "greater_than_equal": "config_out_of_range",
    "less_than": "config_out_of_range",
    "less_than_equal": "config_out_of_range",
}
_CODES_BY_FAMILY = {
    "int": "config_not_integer",
    "float": "config_not_number",
    "bool": "config_not_boolean",
    "list": "config_not_list",
    "tuple": "config_not_list",
    "dict": "config_not_table",
    "model": "config_not_table",
    "date": "config_not_date",
}
_LIMITS = {"gt": ">", "ge": "≥", "lt": "<", "le": "≤"}


class ConfigInvalid(BadInput):
    """A file that cannot be accepted; ``problems`` lists everything found in it.

    ``reason`` is ``config_invalid`` with the place of the first problem; each of
    ``problems`` is a sentence of its own and is what people should be shown.
    """

    def __init__(self, problems: tuple[Reason, ...]) -> None:
        first = dict(problems[0].params)
        shown = {k: first[k] for k in ("file", "table", "key", "line", "place")}
        super().__init__(
            "config_invalid",
            **shown,
            problem=problems[0].code,
            hint=first.get("hint", ""),
            count=len(problems),
        )
        self.problems = problems


def wrong(
    code: str, *, key: str = "", at: Path = (), **params: Param
) -> PydanticCustomError:
    """What a model's validator raises to report a code of its own room.

    ``key`` names the key inside the table being validated, ``at`` a longer path. With
    a ``hint`` among the parameters the code becomes ``<code>_like``.
    """
    path = (*at, key) if key else at
    context = {"code": code, "at": path, "params": params}
    return PydanticCustomError("own_code", "{code}", context)


def closest(word: str, words: Collection[str]) -> str:
    """The word most like the given one, or an empty string."""
    near = get_close_matches(word.lower(), [w.lower() for w in words], 1, 0.6)
    return next((w for w in words if near and w.lower() == near[0]), "")


def validate(
    model: type[M], text: str, *, file: str, context: Mapping[str, Any] | None = None
) -> M:
    """The text as a model; ``context`` is handed to the model's validators.

    Raises ``ConfigInvalid`` with every problem found.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigInvalid((_syntax(error, text, file),)) from None
    try:
        return model.model_validate(data, context=dict(context or {}))
    except ValidationError as error:
        lines = key_lines(text)
        found = (
            _problem(detail, model, file=file, lines=lines)
            for detail in error.errors(include_url=False)
        )
        ordered = sorted(found, key=lambda reason: int(reason.params["line"]))
        raise ConfigInvalid(tuple(ordered)) from None


def _syntax(error: tomllib.TOMLDecodeError, text: str, file: str) -> Reason:
    message = str(error)
    told = re.search(r"\(at line (\d+)", message)
    line = int(told[1]) if told else text.rstrip("\n").count("\n") + 1
    problem = re.sub(r"\s*\(at [^)]*\)", "", message)
    where: dict[str, Param] = {"table": "", "key": "", "line": line, "place": "TOML"}
    return Reason("config_not_toml", {"file": file, **where, "problem": problem})


def _problem(
    detail: ErrorDetails, model: type[BaseModel], *, file: str, lines: dict[Path, int]
) -> Reason:
    context = detail.get("ctx", {})
    path = detail["loc"] + tuple(context.get("at", ()))
    code, params = _told(detail, model)
    return Reason(code, {"file": file, **_place(path, lines), **params})


def _told(detail: ErrorDetails, model: type[BaseModel]) -> tuple[str, dict[str, Param]]:
    """The code of one pydantic error with what its sentence needs."""
    context = detail.get("ctx", {})
    if detail["type"] == "own_code":
        own: dict[str, Param] = dict(context["params"])
        return _liked(context["code"], own), own
    kind = detail["type"]
    code = _CODES.get(kind) or _CODES_BY_FAMILY.get(kind.split("_")[0])
    params: dict[str, Param] = {"given": _short(detail["input"])}
    if code == "config_unknown_key":
        params["hint"] = closest(str(detail["loc"][-1]), _keys(model, detail["loc"]))
    elif code == "config_not_one_of":
        params["expected"] = str(context["expected"])
        known = re.findall(r"'([^']*)'", str(context["expected"]))
        params["hint"] = closest(str(detail["input"]), known)
    elif code == "config_out_of_range":
        limits = (f"{_LIMITS[k]} {v}" for k, v in context.items() if k in _LIMITS)
        params["expected"] = ", ".join(limits)
    elif code is None:
        code = "config_value"
        params["problem"] = detail["msg"].removeprefix("Value error, ")
    return _liked(code, params), params


def _liked(code: str, params: dict[str, Param]) -> str:
    """Where a word like the given one is known, another sentence names it."""
    return f"{code}_like" if params.get("hint") else code


def _short(value: object) -> str:
    shown = str(value)
    return shown if len(shown) <= 60 else shown[:59] + "…"


def _place(path: Path, lines: dict[Path, int]) -> dict[str, Param]:
    """Table, key and line of a path, as far as the text shows them."""
    known = path
    while known and known not in lines:
        known = known[:-1]
    split = 0
    for index in range(len(path), 0, -1):
        if isinstance(path[index - 1], int) and path[:index] in lines:
            split = index
            break
    table = _table_name(path[:split]) if split else ".".join(map(str, path[:-1]))
    key = ".".join(map(str, path[split:] if split else path[-1:]))
    place = f"{table} › {key}" if table and key else table or key
    return {
        "table": table,
        "key": key,
        "line": lines.get(known, 1),
        "place": place,
    }


def _table_name(path: Path) -> str:
    """``("source", 1)`` as a person counts: ``[[source]] 2``."""
    names = ".".join(str(part) for part in path if isinstance(part, str))
    return f"[[{names}]] {int(path[-1]) + 1}"


def _keys(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """The keys known in the table in which the last part of the path stands."""
    current: type[BaseModel] | None = model
    for part in path[:-1]:
        if isinstance(part, str) and current is not None:
            fields = {f.alias or n: f for n, f in current.model_fields.items()}
            field = fields.get(part)
            current = _model_in(field.annotation) if field else None
    if current is None:
        return ()
    return tuple(f.alias or n for n, f in current.model_fields.items())


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_model_in(part) for part in get_args(annotation))
    return next((found for found in inner if found), None)


_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_KEY = re.compile(rf"^\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=")
_STRING = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*|[\[\]{}]')


def key_lines(text: str) -> dict[Path, int]:
    """The line, counted from 1, on which each table and key of valid TOML stands."""
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in _top_lines(text):
        if header := _HEADER.match(line):
            table = _enter(_parts(header[2]), counts, many=header[1] == "[[")
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault(table + _parts(key[1]), number)
    return lines


def _parts(dotted: str) -> Path:
    found = re.findall(_NAME, dotted)
    return tuple(part.strip("\"'") for part in found)


def _enter(names: Path, counts: dict[Path, int], *, many: bool) -> Path:
    """The path of a table header; inside arrays, that of the latest element."""
    path: Path = ()
    for name in names[:-1]:
        path = (*path, name)
        if path in counts:
            path = (*path, counts[path])
    path = (*path, names[-1])
    if many:
        counts[path] = counts.get(path, -1) + 1
        path = (*path, counts[path])
    return path


def _top_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that do not lie inside a longer string, array or inline table."""
    depth, quote = 0, ""
    for number, line in enumerate(text.split("\n"), 1):
        if not depth and not quote:
            yield number, line
            if _HEADER.match(line):
                continue
        rest = line
        while rest:
            rest, depth, quote = _step(rest, depth, quote)


def _step(rest: str, depth: int, quote: str) -> tuple[str, int, str]:
    if quote:
        _, found, after = rest.partition(quote)
        return after, depth, "" if found else quote
    token = _STRING.search(rest)
    if token is None:
        return "", depth, quote
    mark = token[0]
    if mark in ('"""', "'''"):
        return rest[token.end() :], depth, mark
    return rest[token.end() :], depth + (mark in "[{") - (mark in "]}"), quote
