"""Whether a site reserves its text against mining (TDMRep), and the copy kept of that.

Reads tdmrep.json and the header; the tag in a page is known to ``extract``, and asking
for the file is left to ``permission``.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from monitor.fetch.address import Address
from monitor.fetch.copies import Copy
from monitor.fetch.rules import FetchRules, Refusal
from monitor.types import ReadState

PATH = "/.well-known/tdmrep.json"
MAX_BYTES = 64 * 1024
MAX_RULES = 1000
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reservation(Copy):
    """A site's tdmrep.json as last read; ``body`` holds its rules as robots.txt does.

    Its patterns are written like those of robots.txt and are read in the same way: the
    longest that fits an address counts.
    """

    def check(self, address: Address) -> None:
        """Raise Refusal when the site reserves the address."""
        if self.body and not self.parsed.can_fetch(address.url, "*"):
            raise reserved()


def reserved() -> Refusal:
    """The refusal to read what is reserved."""
    return Refusal("tdm_reserved", state=ReadState.BLOCKED)


def check_header(value: str | None) -> None:
    """Raise Refusal when an answer's TDM-Reservation header reserves its page."""
    if value is not None and value.strip() == "1":
        raise reserved()


def reservation_from(
    status: int, body: bytes, *, now: datetime, rules: FetchRules
) -> Reservation:
    """The rules in an answer to a request for the file.

    Only a well-formed file reserves anything; whatever else comes is noted in the log
    and holds for nothing.
    """
    lines: list[str] = []
    if 200 <= status < 300:
        try:
            lines = _lines(json.loads(body[:MAX_BYTES]))
        except (ValueError, RecursionError):
            log.info("a tdmrep.json is not well-formed and was ignored")
    text = "\n".join(["User-agent: *", *lines]) if lines else ""
    return Reservation(status, text, now, now + rules.robots_ttl)


def reservation_missing(code: str, *, now: datetime, rules: FetchRules) -> Reservation:
    """What stands in for a file that did not come: nothing is reserved by it."""
    log.info("a tdmrep.json could not be had: %s", code)
    return Reservation(None, "", now, now + rules.robots_ttl)


def _lines(told: Any) -> list[str]:
    """The rules as lines of a robots.txt; raises ValueError when it is no list."""
    if not isinstance(told, list):
        raise ValueError("not a list")  # noqa: TRY004  as from the JSON reader
    lines = []
    for rule in told[:MAX_RULES]:
        place = rule.get("location") if isinstance(rule, dict) else None
        value = rule.get("tdm-reservation") if isinstance(rule, dict) else None
        if not isinstance(place, str) or not place.isprintable() or "#" in place:
            continue
        if str(value) in {"0", "1"}:
            word = "Disallow" if str(value) == "1" else "Allow"
            lines.append(f"{word}: {_from_the_root(place.strip())}")
    return lines


def _from_the_root(place: str) -> str:
    return place if place.startswith(("/", "*")) else f"/{place}"
