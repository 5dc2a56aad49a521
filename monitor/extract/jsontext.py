"""Reads JSON from strangers; what it means is left to the readers."""

from __future__ import annotations

import json
import re
from typing import cast

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
