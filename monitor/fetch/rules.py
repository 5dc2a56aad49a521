"""The limits every fetch keeps, and how a part of this room says no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.types import Param, ReadState, Reason


@dataclass(frozen=True, slots=True)
class FetchRules:
    """How politely and how much may be read; times in seconds, sizes in bytes.

    ``deadline`` and ``max_bytes`` count for each answer as a whole, however slowly
    it comes; ``max_bytes`` holds for the body as received and as decoded.
    ``patience`` is the longest wait for a host's turn: beyond it a fetch is put
    off. ``allow_private`` names the exact ``host:port`` pairs that may lie inside
    the own network or on another port than 80 and 443.
    """

    user_agent: str
    delay: float = 10.0
    connect_timeout: float = 10.0
    deadline: float = 30.0
    patience: float = 60.0
    max_bytes: int = 10_000_000
    max_header_bytes: int = 65_536
    max_redirects: int = 5
    concurrency: int = 8
    allow_private: tuple[str, ...] = ()
    robots_ttl: timedelta = timedelta(days=1)
    robots_retry: timedelta = timedelta(minutes=10)

    @property
    def product(self) -> str:
        """The product token that robots.txt files name us by (RFC 9309, 2.2.1)."""
        return self.user_agent.split("/")[0]


class Refusal(Exception):  # noqa: N818  it carries an outcome, not a defect
    """Ends a fetch with a reason; never leaves this room."""

    def __init__(
        self,
        code: str,
        *,
        state: ReadState = ReadState.FAILED,
        retry_at: datetime | None = None,
        **params: Param,
    ) -> None:
        super().__init__(code)
        self.reason = Reason(code, params)
        self.state = state
        self.retry_at = retry_at
