"""Logs: one JSON object a line on stderr, with ids and codes, never names or text."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from types import TracebackType


class _Lines(logging.Formatter):
    """A record as JSON; of an exception only its kind and where it was raised.

    The message of an exception may hold an address or words of a page.
    """

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, object] = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "room": record.name,
            "said": _said(record),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["where"] = place(record.exc_info[2])
        return json.dumps(line)


def _said(record: logging.LogRecord) -> str:
    """Our own records in full; of a library's only the sentence, nothing filled in."""
    if record.name.partition(".")[0] in {"monitor", "watchlist"}:
        return record.getMessage()
    return str(record.msg).partition("\n")[0]


def place(trace: TracebackType | None) -> str:
    """Function and line in which an exception was raised."""
    found = ""
    while trace is not None:
        found = f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found


def start(level: str = "INFO") -> None:
    """Send this program's records to stderr; other libraries only from warnings up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("monitor").setLevel(level)
