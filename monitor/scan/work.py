"""What a worker process does: documents in, lines of JSON out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from monitor import i18n
from monitor.match import Index, Thresholds, find
from monitor.scan.inputs import Item
from monitor.scan.read import Unreadable, document
from monitor.types import Context, Match, MatchReason, Reason


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for; sent once to each process.

    ``names`` holds what each employee is called in the output. With ``texts`` the
    searched text of every document comes back too.
    """

    index: Index
    names: dict[int, str]
    context: Context
    thresholds: Thresholds
    language: str = "en"
    texts: bool = False


class Done(NamedTuple):
    """What came of some documents: lines of JSON, counts, and who was refused."""

    matches: bytes = b""
    texts: bytes = b""
    documents: int = 0
    found: int = 0
    refused: tuple[tuple[str, Reason], ...] = ()


_HELD: list[Search] = []


def hold(search: Search) -> None:
    """Keep what to look for until the process ends."""
    i18n.use(search.language)
    _said.cache_clear()
    _HELD[:] = [search]


def work(items: Sequence[Item]) -> Done:
    """Search some documents, in order."""
    (search,) = _HELD
    matches: list[bytes] = []
    texts: list[bytes] = []
    refused: list[tuple[str, Reason]] = []
    read = 0
    for item in items:
        if item.refused is not None:
            refused.append((item.place, item.refused))
            continue
        try:
            doc_id, text = document(item)
        except Unreadable as problem:
            refused.append((item.place, problem.reason))
            continue
        read += 1
        found = find(search.index, text, search.context, thresholds=search.thresholds)
        matches += [_line(_row(doc_id, match, search.names)) for match in found]
        if search.texts:
            texts.append(_line({"doc_id": doc_id, "text": text}))
    return Done(b"".join(matches), b"".join(texts), read, len(matches), tuple(refused))


def _row(doc_id: Any, match: Match, names: dict[int, str]) -> dict[str, Any]:
    return {
        "doc_id": doc_id,
        "employee_id": names[match.employee_id],
        "score": match.score,
        "band": match.band.value,
        "quote": match.quote,
        "start": match.start,
        "end": match.end,
        "reasons": [
            {"code": r.code, "detail": _detail(r), "weight": r.weight}
            for r in match.reasons
        ],
    }


def _detail(reason: MatchReason) -> str:
    return _said(reason.code, tuple(reason.params.items()))


@lru_cache(maxsize=4096)  # some hold words of a page
def _said(code: str, params: tuple[tuple[str, Any], ...]) -> str:
    return i18n.say(Reason(code, dict(params)))


def _line(row: dict[str, Any]) -> bytes:
    try:
        return json.dumps(row, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # half a character, as JSON can hold but no file
        return json.dumps(row).encode() + b"\n"
