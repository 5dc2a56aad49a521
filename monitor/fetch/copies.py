"""Keeps copies of the files in which sites state their wishes; asks for those missing.

How each kind of file is to be read stands elsewhere: in ``robots``, say.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, TypeVar
from weakref import WeakValueDictionary

from protego import Protego

from monitor.fetch.address import Address, parse_address
from monitor.fetch.answers import redirect, retry_after
from monitor.fetch.client import Exchange, Visit, request_headers
from monitor.fetch.pacing import Begin, Clock, Pace
from monitor.fetch.rules import FetchRules, Refusal
from watchlist.base import insert_into

_KEPT = 64  # parsed files in memory; the database holds them all
# Seconds; a longer wish holds from the first page on. Otherwise the file itself, asked
# for anew each day, would take the only turn of that day.
_MAX_DELAY = 6 * 3600.0
_NOT_TRIED = frozenset({"host_resting", "port_refused", "refused_address"})


@dataclass(frozen=True)
class Copy:
    """A file as last read, with its rules as lines of a robots.txt.

    ``status`` None: there was no answer.
    """

    status: int | None
    body: str
    fetched_at: datetime
    expires_at: datetime

    @cached_property
    def parsed(self) -> Protego:
        """The rules, ready to be asked."""
        return Protego.parse(self.body)

    def pause(self, rules: FetchRules, delay: float) -> float:
        """Seconds to leave the site alone once it has been read."""
        return max(rules.delay, delay)


C = TypeVar("C", bound=Copy)


@dataclass(frozen=True, slots=True)
class Kind(Generic[C]):
    """A file that sites state their wishes in, and the table that holds its copies.

    ``read`` makes a copy from status and body, ``missing`` from the code of the reason
    why there is none.
    """

    path: str
    accept: str
    max_bytes: int
    record: Any
    copy: type[C]
    read: Callable[..., C]
    missing: Callable[..., C]


@dataclass(frozen=True, slots=True)
class Asking:
    """What it takes to ask a site."""

    rules: FetchRules
    begin: Begin
    clock: Clock
    pace: Pace
    visit: Callable[[], Visit]


class Copies(Generic[C]):
    """One kind of file of every site that is read: asked for by one task at a time."""

    def __init__(self, kind: Kind[C], asking: Asking) -> None:
        self._kind = kind
        self._by = asking
        self._kept: OrderedDict[str, C] = OrderedDict()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def of(self, address: Address, delay: float) -> C:
        """What holds for an address: from memory, the database, or the site itself.

        Raises Refusal when the site may not or should not be asked now.
        """
        origin = address.origin
        async with self._locks.setdefault(origin, asyncio.Lock()):
            copy = self._kept.get(origin)
            if copy is None or copy.expires_at <= self._by.clock():
                copy = await asyncio.to_thread(self._load, origin)
            if copy is None:
                copy = await self._ask(address, delay)
            self._keep(origin, copy)
        return copy

    def _keep(self, origin: str, copy: C) -> None:
        self._kept[origin] = copy
        self._kept.move_to_end(origin)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    async def _ask(self, address: Address, delay: float) -> C:
        """The site's own answer, or what stands in for it.

        Raises Refusal, and keeps nothing, when the site was not even tried.
        """
        try:
            return await self._fetch(self._by.visit(), address, delay)
        except Refusal as no:
            code = no.reason.code
            if no.reason.params.get("host") != address.host:
                code = "robots_unreachable"  # lost on the way, after a redirect
            elif code in _NOT_TRIED:
                raise
        now = self._by.clock()
        copy = self._kind.missing(code, now=now, rules=self._by.rules)
        return await asyncio.to_thread(self._store, address.origin, copy)

    async def _fetch(self, visit: Visit, address: Address, delay: float) -> C:
        """Ask the site; within the turn, so that no other worker asks meanwhile."""
        headers = request_headers(self._by.rules, self._kind.accept)
        target = parse_address(self._kind.path, address)
        for _ in range(self._by.rules.max_redirects + 1):
            async with self._by.pace.turn(target.place, delay) as turn:
                known = await asyncio.to_thread(self._load, address.origin)
                if known is not None:
                    turn.delay = 0.0  # another worker asked; nothing was sent
                    return known
                limit = self._kind.max_bytes
                exchange = await visit.get(target, headers, max_bytes=limit)
                status = exchange.status
                turn.rest_until = retry_after(
                    status, exchange.header("retry-after"), self._by.clock()
                )
                onward = redirect(status, exchange.header("location"), target)
                if onward is None:
                    copy = await self._learn(address.origin, exchange)
                    turn.delay = min(copy.pause(self._by.rules, delay), _MAX_DELAY)
                    return copy
            target = onward
        raise Refusal("too_many_redirects", count=self._by.rules.max_redirects)

    async def _learn(self, origin: str, exchange: Exchange) -> C:
        copy = self._kind.read(
            exchange.status,
            exchange.body,
            now=self._by.clock(),
            rules=self._by.rules,
        )
        return await asyncio.to_thread(self._store, origin, copy)

    def _load(self, origin: str) -> C | None:
        with self._by.begin() as session:
            row = session.get(self._kind.record, origin)
            if row is None or row.expires_at <= self._by.clock():
                return None
            copy = self._kind.copy(row.status, row.body, row.fetched_at, row.expires_at)
        assert copy.parsed is not None  # read here, off the event loop
        return copy

    def _store(self, origin: str, copy: C) -> C:
        assert copy.parsed is not None  # as in _load
        values = asdict(copy)
        with self._by.begin() as session:
            row = insert_into(session, self._kind.record)
            session.execute(
                row.values(origin=origin, **values).on_conflict_do_update(
                    index_elements=["origin"], set_=values
                )
            )
        return copy
