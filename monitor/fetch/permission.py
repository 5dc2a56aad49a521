"""Knows what each site's robots.txt allows, and asks the site when nobody has lately.

How such a file is to be read stands in ``robots``.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from weakref import WeakValueDictionary

from monitor.fetch import robots as robots_txt
from monitor.fetch.address import Address, parse_address
from monitor.fetch.answers import redirect, retry_after
from monitor.fetch.client import Exchange, Visit, request_headers
from monitor.fetch.pacing import Begin, Clock, Pace
from monitor.fetch.robots import Robots
from monitor.fetch.rules import FetchRules, Refusal

_KEPT = 64  # parsed files in memory; the database holds them all
# Seconds; a longer wish holds from the first page on. Otherwise the file itself, asked
# for anew each day, would take the only turn of that day.
_MAX_DELAY = 6 * 3600.0
_NOT_TRIED = frozenset({"host_resting", "port_refused", "refused_address"})


class Permission:
    """The robots.txt of every site that is read: asked for once a day, by one task."""

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
        self._begin = begin
        self._clock = clock
        self._pace = pace
        self._visit = visit
        self._kept: OrderedDict[str, Robots] = OrderedDict()
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def robots(self, address: Address) -> Robots:
        """What holds for an address: from memory, the database, or the site itself.

        Raises Refusal when the site may not or should not be asked now.
        """
        origin = address.origin
        async with self._asking.setdefault(origin, asyncio.Lock()):
            robots = self._kept.get(origin)
            if robots is None or robots.expires_at <= self._clock():
                robots = await asyncio.to_thread(self._load, origin)
            if robots is None:
                robots = await self._ask(address)
            self._keep(origin, robots)
        return robots

    def _keep(self, origin: str, robots: Robots) -> None:
        self._kept[origin] = robots
        self._kept.move_to_end(origin)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    async def _ask(self, address: Address) -> Robots:
        """The site's own answer, or what stands in for it.

        Raises Refusal, and keeps nothing, when the site was not even tried.
        """
        try:
            async with self._visit() as visit:
                return await self._read(visit, address)
        except Refusal as no:
            code = no.reason.code
            if no.reason.params.get("host") != address.host:
                code = "robots_unreachable"  # lost on the way, after a redirect
            elif code in _NOT_TRIED:
                raise
        robots = robots_txt.robots_missing(code, now=self._clock(), rules=self._rules)
        return await asyncio.to_thread(self._store, address.origin, robots)

    async def _read(self, visit: Visit, address: Address) -> Robots:
        """Ask the site; within the turn, so that no other worker asks meanwhile."""
        headers = request_headers(self._rules, "text/plain,*/*;q=0.5")
        target = parse_address("/robots.txt", address)
        for _ in range(self._rules.max_redirects + 1):
            async with self._pace.turn(target.place, self._rules.delay) as turn:
                known = await asyncio.to_thread(self._load, address.origin)
                if known is not None:
                    turn.delay = 0.0  # another worker asked; nothing was sent
                    return known
                limit = robots_txt.MAX_BYTES
                exchange = await visit.get(target, headers, max_bytes=limit)
                status = exchange.status
                turn.rest_until = retry_after(
                    status, exchange.header("retry-after"), self._clock()
                )
                onward = redirect(status, exchange.header("location"), target)
                if onward is None:
                    robots = await self._learn(address.origin, exchange)
                    turn.delay = min(robots.delay(self._rules), _MAX_DELAY)
                    return robots
            target = onward
        raise Refusal("too_many_redirects", count=self._rules.max_redirects)

    async def _learn(self, origin: str, exchange: Exchange) -> Robots:
        robots = robots_txt.robots_from(
            exchange.status, exchange.body, now=self._clock(), rules=self._rules
        )
        return await asyncio.to_thread(self._store, origin, robots)

    def _load(self, origin: str) -> Robots | None:
        with self._begin() as session:
            robots = robots_txt.load(session, origin, now=self._clock())
        if robots is not None:
            robots.delay(self._rules)  # long files are parsed here, off the event loop
        return robots

    def _store(self, origin: str, robots: Robots) -> Robots:
        robots.delay(self._rules)  # as in _load
        with self._begin() as session:
            robots_txt.store(session, origin, robots)
        return robots
