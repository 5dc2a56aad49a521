"""Reads public pages the way a guest should: what the site allows, one at a time.

Puts guard, pace, permission and redirects together; what a page says is left to
``sources`` and ``extract``.
"""

from __future__ import annotations

import ssl
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from types import TracebackType
from typing import Self

from monitor.fetch.address import Address, parse_address
from monitor.fetch.answers import judge, redirect
from monitor.fetch.backoff import Backoff
from monitor.fetch.client import Exchange, Visit, request_headers, tls_context
from monitor.fetch.guard import Resolve, system_resolver
from monitor.fetch.lines import Lines
from monitor.fetch.pacing import Begin, Clock, Pace
from monitor.fetch.permission import Permission
from monitor.fetch.render import Browser
from monitor.fetch.reservation import check_header
from monitor.fetch.rules import FetchRules, Refusal
from monitor.types import Answer, Fetched, ReadState, Request, Role, Validators

_ACCEPT = {
    Role.PAGE: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.5",
    Role.FEED: (
        "application/atom+xml,application/rss+xml,application/feed+json;q=0.9,"
        "application/xml;q=0.8,*/*;q=0.5"
    ),
    Role.SITEMAP: "application/xml,text/xml;q=0.9,*/*;q=0.5",
}


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
        self._clock = clock
        self._names = ThreadPoolExecutor(rules.concurrency, "names")
        resolve = resolve or system_resolver(self._names)
        self._lines = Lines(rules, tls or tls_context(), resolve)
        self._backoff = Backoff()
        self._pace = Pace(rules, begin, clock)
        self._permission = Permission(
            rules, begin, clock, pace=self._pace, visit=self._visit
        )
        self._browser = Browser(self._loaded, max_bytes=rules.max_bytes)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._browser.close()
        await self._pace.close()
        await self._lines.aclose()
        self._names.shutdown(wait=False, cancel_futures=True)

    async def fetch(
        self,
        request: Request,
        validators: Validators | None = None,
        *,
        render: Collection[str] | None = None,
    ) -> Fetched:
        """Read one address, with its redirects; waits for the host's turn.

        With ``render`` a browser fills the page in, with scripts and data from its
        own host and those named; its shell may stay the same while its posts change,
        so it is always asked for in full. What the outside world does wrong comes
        back as BLOCKED or FAILED with a reason; only faults of our own (the database,
        say) are raised.
        """
        fetched = await self._fetched(request, validators if render is None else None)
        if render is None or fetched.answer is None:
            return fetched
        if fetched.state is not ReadState.READ:
            return fetched
        return await self._browser.render(fetched.answer, render)

    async def _loaded(self, request: Request, hosts: Collection[str]) -> Fetched:
        """What a browser's page loads, from these hosts only."""
        return await self._fetched(request, within=hosts)

    async def _fetched(
        self,
        request: Request,
        validators: Validators | None = None,
        within: Collection[str] | None = None,
    ) -> Fetched:
        """As ``fetch``; with ``within`` no redirect leads to another host."""
        try:
            return await self._read(request, validators, within)
        except Refusal as no:
            return Fetched(no.state, reason=no.reason, retry_at=no.retry_at)

    async def _read(
        self,
        request: Request,
        validators: Validators | None,
        within: Collection[str] | None,
    ) -> Fetched:
        headers = self._headers(request.role, validators)
        address = parse_address(request.url)
        hops: list[str] = []
        visit = self._visit()
        while True:
            delay = await self._permission.granted(address)
            exchange, rest = await self._turn(visit, address, headers, delay=delay)
            target = redirect(exchange.status, exchange.header("location"), address)
            if target is None:
                break
            hops.append(address.url)
            self._check_hops(hops, target, exchange)
            if within is not None and target.host not in within:
                raise Refusal("bad_redirect", host=address.host)
            address = target
        if exchange.cut:
            raise Refusal("too_large", limit=self._rules.max_bytes)
        check_header(exchange.header("tdm-reservation"))
        answer = self._answer(exchange, request.url, address.url, hops=tuple(hops))
        return judge(answer, asked_if_changed=_conditional(headers), retry_at=rest)

    def _visit(self) -> Visit:
        return Visit(self._rules, self._lines)

    async def _turn(
        self, visit: Visit, address: Address, headers: dict[str, str], *, delay: float
    ) -> tuple[Exchange, datetime | None]:
        """The answer, and when the host may be asked again if it is busy."""
        place = address.place
        async with self._pace.turn(place, delay) as turn:
            exchange = await visit.get(address, headers)
            rest = self._backoff.rest_until(place, exchange, self._clock())
            turn.rest_until = rest
        return exchange, rest

    def _check_hops(self, hops: list[str], target: Address, last: Exchange) -> None:
        """Stop at the limit, and at a circle that no cookie can open."""
        circle = target.url in hops and last.header("set-cookie") is None
        if circle or len(hops) > self._rules.max_redirects:
            raise Refusal("too_many_redirects", count=len(hops))

    def _headers(self, role: Role, validators: Validators | None) -> dict[str, str]:
        headers = request_headers(self._rules, _ACCEPT[role])
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


def _conditional(headers: dict[str, str]) -> bool:
    return not headers.keys().isdisjoint({"If-None-Match", "If-Modified-Since"})
