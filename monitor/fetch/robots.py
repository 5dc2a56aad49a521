"""What a site's robots.txt allows (RFC 9309).

Fetching the file and keeping a copy are left to ``permission``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from typing_extensions import override

from monitor.fetch.address import Address
from monitor.fetch.copies import Copy
from monitor.fetch.rules import FetchRules, Refusal
from monitor.types import ReadState

MAX_BYTES = 512 * 1024
_MAX_LINES = 20_000
_NO_CONNECTION = frozenset({"dns_failed", "connect_failed", "timeout", "tls_failed"})
_SOON = timedelta(minutes=1)


@dataclass(frozen=True)
class Robots(Copy):
    """A robots.txt as last read; ``status`` None: there was no answer.

    ``body`` then holds the code of the reason instead.
    """

    @property
    def readable(self) -> bool:
        """Whether the site's wishes are known: an answer, or none to be had.

        A missing file (4xx) allows all (2.3.1.3); anything else forbids all for
        now (2.3.1.4), 429 too: it asks for less, not for more.
        """
        return self.status == 200 or (
            self.status is not None and 400 <= self.status < 500 and self.status != 429
        )

    def check(self, address: Address, product: str) -> None:
        """Raise Refusal when the address may not be read."""
        if not self.readable:
            raise self._unreadable(address)
        if not self.allows(address, product):
            raise Refusal("robots_disallow", state=ReadState.BLOCKED, host=address.host)

    def allows(self, address: Address, product: str) -> bool:
        """Whether a file that could be read allows the address."""
        return self.status != 200 or self.parsed.can_fetch(address.url, product)

    def delay(self, rules: FetchRules) -> float:
        """Seconds between two requests: the slower of our wish and the site's."""
        wished = 0.0
        if self.status == 200:
            wished = self.parsed.crawl_delay(rules.product) or 0.0
        return max(rules.delay, wished) if math.isfinite(wished) else rules.delay

    @override
    def pause(self, rules: FetchRules, delay: float) -> float:
        """Its own wish counts from the first."""
        return self.delay(rules)

    def _unreadable(self, address: Address) -> Refusal:
        if self.status is None and self.body in _NO_CONNECTION:
            return Refusal(self.body, host=address.host)
        return Refusal(
            "robots_unreachable",
            state=ReadState.BLOCKED,
            retry_at=self.expires_at,
            host=address.host,
        )


def robots_from(
    status: int, body: bytes, *, now: datetime, rules: FetchRules
) -> Robots:
    """The rules in an answer to a request for robots.txt."""
    text = body[:MAX_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    lines = text.replace("\0", "").splitlines()[:_MAX_LINES]
    found = 200 <= status < 300
    robots = Robots(
        200 if found else status, "\n".join(lines if found else ()), now, now
    )
    ttl = rules.robots_ttl if robots.readable else rules.robots_retry
    return replace(robots, expires_at=now + ttl)


def robots_missing(code: str, *, now: datetime, rules: FetchRules) -> Robots:
    """What stands in for a robots.txt that did not come, and why."""
    wait = _SOON if code in _NO_CONNECTION else rules.robots_retry
    return Robots(None, code, now, now + wait)
