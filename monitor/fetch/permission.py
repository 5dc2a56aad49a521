"""Knows what each site wishes of its readers.

How its robots.txt is to be read stands in ``robots``, its tdmrep.json in
``reservation``; ``copies`` asks for them.
"""

from __future__ import annotations

from collections.abc import Callable

from monitor.fetch import reservation as tdm
from monitor.fetch import robots as robots_txt
from monitor.fetch.address import Address, parse_address
from monitor.fetch.client import Visit
from monitor.fetch.copies import Asking, Copies, Kind
from monitor.fetch.pacing import Begin, Clock, Pace
from monitor.fetch.reservation import Reservation
from monitor.fetch.robots import Robots
from monitor.fetch.rules import FetchRules
from monitor.models.crawl import RobotsRecord, TdmRecord

ROBOTS = Kind(
    path="/robots.txt",
    accept="text/plain,*/*;q=0.5",
    max_bytes=robots_txt.MAX_BYTES,
    record=RobotsRecord,
    copy=Robots,
    read=robots_txt.robots_from,
    missing=robots_txt.robots_missing,
)
RESERVATION = Kind(
    path=tdm.PATH,
    accept="application/json,*/*;q=0.5",
    max_bytes=tdm.MAX_BYTES,
    record=TdmRecord,
    copy=Reservation,
    read=tdm.reservation_from,
    missing=tdm.reservation_missing,
)


class Permission:
    """What may be read where, and how often: each site is asked once a day."""

    def __init__(
        self,
        rules: FetchRules,
        begin: Begin,
        clock: Clock,
        *,
        pace: Pace,
        visit: Callable[[], Visit],
    ) -> None:
        self._rules = rules
        asking = Asking(rules, begin, clock, pace, visit)
        self._robots = Copies(ROBOTS, asking)
        self._reservations = Copies(RESERVATION, asking)

    async def granted(self, address: Address) -> float:
        """The seconds to leave between two requests to the site.

        Raises Refusal when the address may not be read, or the site may not or should
        not be asked now.
        """
        robots = await self._robots.of(address, self._rules.delay)
        robots.check(address, self._rules.product)
        delay = robots.delay(self._rules)
        if robots.allows(parse_address(tdm.PATH, address), self._rules.product):
            (await self._reservations.of(address, delay)).check(address)
        return delay
