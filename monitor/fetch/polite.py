"""Reads public pages the way a guest should: what robots.txt allows, one at a time.

Puts guard, pace, robots.txt and redirects together; what a page says is left to
``sources`` and ``extract``.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from types import TracebackType
from typing import Self
from weakref import WeakValueDictionary

from monitor.fetch import robots as robots_txt
from monitor.fetch.address import Address, parse_address
from monitor.fetch.answers import REDIRECTS, judge, retry_after
from monitor.fetch.client import Exchange, Visit, tls_context
from monitor.fetch.guard import Resolve, system_resolver
from monitor.fetch.pacing import Begin, Clock, Pace
from monitor.fetch.robots import Robots
from monitor.fetch.rules import FetchRules, Refusal
from monitor.types import Answer, Fetched, Request, Role, Validators

_ACCEPT = {
    Role.PAGE: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
    Role.FEED: (
        "application/atom+xml,application/rss+xml,application/feed+json;q=0.9,"
        "application/xml;q=0.8,*/*;q=0.5"
    ),
    Role.SITEMAP: "application/xml,text/xml;q=0.9,*/*;q=0.5",
}
_NOT_TRIED = frozenset({"host_resting", "port_refused", "refused_address"})
_ROBOTS_KEPT = 256  # parsed files in memory; the database holds them all
_ROBOTS_MAX_DELAY = 60.0


class PoliteWeb:
    """The web as this program sees it; use as ``async with PoliteWeb(...) as web``.

    ``begin`` opens one short transaction, ``clock`` gives the running time in UTC.
    Workers that share the database share the pace and the copies of robots.txt.
    ``resolve`` and ``tls`` replace the system's name service and trusted roots.
    """

    def __init__(
        self,
        rules: FetchRules,
        begin: Begin,
        clock: Clock,
        *,
        resolve: Resolve | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._rules = rules
        self._begin = begin
        self._clock = clock
        self._names = ThreadPoolExecutor(rules.concurrency, "names")
        self._resolve = resolve or system_resolver(self._names)
        self._tls = tls or tls_context()
        self._pace = Pace(rules, begin, clock)
        self._robots: OrderedDict[str, Robots] = OrderedDict()
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._names.shutdown(wait=False, cancel_futures=True)

    async def fetch(
        self, request: Request, validators: Validators | None = None
    ) -> Fetched:
        """Read one address, with its redirects; waits for the host's turn.

        What the outside world does wrong comes back as BLOCKED or FAILED with a
        reason; only faults of our own (the database, say) are raised.
        """
        try:
            return await self._read(request, validators)
        except Refusal as no:
            return Fetched(no.state, reason=no.reason, retry_at=no.retry_at)

    async def _read(self, request: Request, validators: Validators | None) -> Fetched:
        headers = self._headers(request.role, validators)
        address = parse_address(request.url)
        hops: list[str] = []
        async with self._visit() as visit:
            while True:
                robots = await self._robots_of(address)
                robots.check(address, self._rules.product)
                delay = robots.delay(self._rules)
                exchange = await self._turn(visit, address, headers, delay=delay)
                target = redirect(exchange, address)
                if target is None:
                    break
                hops.append(address.url)
                self._check_hops(hops, target, exchange)
                address = target
        if exchange.cut:
            raise Refusal("too_large", limit=self._rules.max_bytes)
        answer = self._answer(exchange, request.url, address.url, hops=tuple(hops))
        return judge(answer, asked_if_changed=_conditional(headers))

    def _visit(self) -> Visit:
        return Visit(self._rules, self._tls, self._resolve)

    async def _turn(
        self, visit: Visit, address: Address, headers: dict[str, str], *, delay: float
    ) -> Exchange:
        async with self._pace.turn(address.place, delay) as turn:
            exchange = await visit.get(address, headers)
            turn.rest_until = self._rest(exchange)
        return exchange

    def _rest(self, exchange: Exchange) -> datetime | None:
        wished = exchange.header("retry-after")
        return retry_after(exchange.status, wished, self._clock())

    def _check_hops(self, hops: list[str], target: Address, last: Exchange) -> None:
        """Stop at the limit, and at a circle that no cookie can open."""
        circle = target.url in hops and last.header("set-cookie") is None
        if circle or len(hops) > self._rules.max_redirects:
            raise Refusal("too_many_redirects", count=len(hops))

    def _headers(self, role: Role, validators: Validators | None) -> dict[str, str]:
        headers = {
            "User-Agent": self._rules.user_agent,
            "Accept": _ACCEPT[role],
            "Accept-Language": "da,en;q=0.5",
            "Accept-Encoding": "gzip, deflate, br, zstd",
            "Connection": "close",
        }
        if validators and validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators and validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
        return headers

    def _answer(
        self, exchange: Exchange, url: str, final_url: str, *, hops: tuple[str, ...]
    ) -> Answer:
        return Answer(
            url=url,
            final_url=final_url,
            status=exchange.status,
            headers=exchange.headers,
            body=exchange.body,
            raw=exchange.raw,
            received_at=self._clock(),
            request_headers=exchange.request_headers,
            http_version=exchange.http_version,
            reason_phrase=exchange.reason_phrase,
            hops=hops,
        )

    async def _robots_of(self, address: Address) -> Robots:
        """The site's robots.txt: from memory, the database, or the site itself."""
        origin = address.origin
        async with self._asking.setdefault(origin, asyncio.Lock()):
            robots = self._robots.get(origin)
            if robots is None or robots.expires_at <= self._clock():
                robots = await self._load_robots(origin)
            if robots is None:
                robots = await self._ask_robots(address)
            self._robots[origin] = robots
            self._robots.move_to_end(origin)
            while len(self._robots) > _ROBOTS_KEPT:
                self._robots.popitem(last=False)
        await asyncio.to_thread(robots.delay, self._rules)  # long files parse slowly
        return robots

    async def _ask_robots(self, address: Address) -> Robots:
        """The site's own answer, or what stands in for it.

        Raises Refusal, and keeps nothing, when the site was not even tried.
        """
        try:
            async with self._visit() as visit:
                return await self._read_robots(visit, address)
        except Refusal as no:
            code = no.reason.code
            if no.reason.params.get("host") != address.host:
                code = "robots_unreachable"  # lost on the way, after a redirect
            elif code in _NOT_TRIED:
                raise
            robots = robots_txt.robots_missing(
                code, now=self._clock(), rules=self._rules
            )
        await asyncio.to_thread(self._store_robots, address.origin, robots)
        return robots

    async def _read_robots(self, visit: Visit, address: Address) -> Robots:
        """Ask the site; within the turn, so that no other worker asks meanwhile."""
        headers = self._headers(Role.PAGE, None) | {"Accept": "text/plain,*/*;q=0.5"}
        target = parse_address("/robots.txt", address)
        for _ in range(self._rules.max_redirects + 1):
            async with self._pace.turn(target.place, self._rules.delay) as turn:
                known = await self._load_robots(address.origin)
                if known is not None:
                    turn.delay = 0.0
                    return known
                exchange = await visit.get(
                    target, headers, max_bytes=robots_txt.MAX_BYTES
                )
                turn.rest_until = self._rest(exchange)
                onward = redirect(exchange, target)
                if onward is None:
                    robots = robots_txt.robots_from(
                        exchange.status,
                        exchange.body,
                        now=self._clock(),
                        rules=self._rules,
                    )
                    await asyncio.to_thread(self._store_robots, address.origin, robots)
                    turn.delay = min(robots.delay(self._rules), _ROBOTS_MAX_DELAY)
                    return robots
            target = onward
        raise Refusal("too_many_redirects", count=self._rules.max_redirects)

    async def _load_robots(self, origin: str) -> Robots | None:
        def load() -> Robots | None:
            with self._begin() as session:
                return robots_txt.load(session, origin, now=self._clock())

        return await asyncio.to_thread(load)

    def _store_robots(self, origin: str, robots: Robots) -> None:
        with self._begin() as session:
            robots_txt.store(session, origin, robots)


def redirect(exchange: Exchange, address: Address) -> Address | None:
    """Where an answer sends us; None when it is no redirect.

    Raises Refusal for a redirect without a place, or from https down to http.
    """
    if exchange.status not in REDIRECTS:
        return None
    location = exchange.header("location")
    if not location:
        raise Refusal("bad_redirect", host=address.host)
    try:
        location = location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        raise Refusal("bad_redirect", host=address.host) from None
    target = parse_address(location, address)
    if address.scheme == "https" and target.scheme == "http":
        raise Refusal("bad_redirect", host=address.host)
    return target


def _conditional(headers: dict[str, str]) -> bool:
    return not headers.keys().isdisjoint({"If-None-Match", "If-Modified-Since"})
