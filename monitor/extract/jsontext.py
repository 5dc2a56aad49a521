"""Reads JSON from strangers; what it means is left to the readers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import cast

_MOST_STRINGS = 20_000
_HALF = re.compile(r"\\u[dD][89a-fA-F]")


def parse(text: str) -> object:
    """The value in a text; halves of surrogate pairs become question marks.

    They are no characters: no database and no file takes them. Raises ValueError,
    or RecursionError where lists are nested too deeply.
    """
    value: object = json.loads(text, strict=False)
    if _HALF.search(text) is None:
        return value
    whole = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    return cast("object", json.loads(whole, strict=False))


def in_script(text: str) -> object:
    """The value that a page's script holds, in a comment or not; None without one."""
    text = text.strip().removeprefix("<!--").removesuffix("-->").rstrip("; \n")
    try:
        return parse(text)
    except (ValueError, RecursionError):
        return None


def strings(value: object) -> Iterator[str]:
    """Every text in a value, in its order, but for what names the vocabulary."""
    stack = [value]
    for _ in range(_MOST_STRINGS):
        if not stack:
            return
        value = stack.pop()
        if isinstance(value, dict):
            stack += [v for k, v in reversed(value.items()) if k != "@context"]
        elif isinstance(value, list):
            stack += reversed(value)
        elif isinstance(value, str):
            yield value
