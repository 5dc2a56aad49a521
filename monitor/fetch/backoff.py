"""Tells how long to leave a busy site alone; waiting is left to ``pacing``."""

from __future__ import annotations

import random
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

from monitor.fetch.answers import BUSY, retry_after
from monitor.fetch.client import Exchange

FIRST = 60.0  # seconds; doubled each time
LONGEST = 3600.0
_KEPT = 1000


class Backoff:
    """Counts how often in a row each host was busy without saying for how long.

    ``spread`` draws a number between two, so that those who were turned away together
    do not come back together.
    """

    def __init__(
        self, spread: Callable[[float, float], float] = random.uniform
    ) -> None:
        self._spread = spread
        self._times: OrderedDict[str, int] = OrderedDict()

    def rest_until(
        self, place: str, exchange: Exchange, now: datetime
    ) -> datetime | None:
        """When the host may be asked again; None when it is not busy."""
        if exchange.status not in BUSY:
            self._times.pop(place, None)
            return None
        told = retry_after(exchange.status, exchange.header("retry-after"), now)
        if told is not None:
            return told
        times = self._times.pop(place, 0)
        self._times[place] = times + 1
        while len(self._times) > _KEPT:
            self._times.popitem(last=False)
        seconds = min(FIRST * 2 ** min(times, 20), LONGEST)
        return now + timedelta(seconds=seconds * self._spread(1.0, 1.5))
