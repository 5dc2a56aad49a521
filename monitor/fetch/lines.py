"""Keeps connections open between two requests to one site, if they are beyond doubt.

What is said on them is left to ``client``; where they may lead, to ``guard``.
"""

from __future__ import annotations

import ssl
from collections import OrderedDict
from typing import Any

from monitor.fetch._http import httpcore, httpx
from monitor.fetch.address import Address
from monitor.fetch.guard import Budget, GuardedBackend, Resolve
from monitor.fetch.rules import FetchRules

KEEP = 15.0  # seconds; longer than the usual pause between two requests
MOST = 32  # connections that wait for their next request


class GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx on our own backend, with one connection at a time.

    httpx has no public way to give one; ``_pool`` is held by a contract test.
    """

    def __init__(self, backend: GuardedBackend, tls: ssl.SSLContext) -> None:
        super().__init__(verify=tls, trust_env=False)
        self.backend = backend
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=1,
            max_keepalive_connections=1,
            keepalive_expiry=KEEP,
            network_backend=backend,
        )

    @property
    def is_clean(self) -> bool:
        """Whether nothing is left over that would be read as the next answer.

        What a server sends later, unasked, is seen by httpcore: it does not use a
        waiting connection again on which there is something to read.
        """
        connections = self._pool.connections
        if len(connections) != 1 or not connections[0].is_idle():
            return False
        connection: Any = connections[0]
        try:
            left: tuple[bytes, bool] = connection._connection._h11_state.trailing_data
        except AttributeError:  # another release of httpcore: better safe
            return False
        return left == (b"", False)


class Lines:
    """The open connections by site; whoever asks takes one and gives it back."""

    def __init__(
        self, rules: FetchRules, tls: ssl.SSLContext, resolve: Resolve
    ) -> None:
        self._rules = rules
        self._tls = tls
        self._resolve = resolve
        self._free: OrderedDict[str, GuardedTransport] = OrderedDict()

    def take(self, address: Address, budget: Budget) -> GuardedTransport:
        """The line to a site, for the taker alone; a new one if none is free."""
        line = self._free.pop(address.origin, None) or self.new(budget)
        line.backend.budget = budget
        return line

    def new(self, budget: Budget) -> GuardedTransport:
        """A line on which nobody has spoken yet."""
        backend = GuardedBackend(self._rules, self._resolve)
        backend.budget = budget
        return GuardedTransport(backend, self._tls)

    async def give_back(self, address: Address, line: GuardedTransport) -> None:
        """Keep a line for the next request, unless there is any doubt about it."""
        if not line.is_clean:
            await line.aclose()
            return
        other = self._free.pop(address.origin, None)
        self._free[address.origin] = line
        if other is None and len(self._free) > MOST:
            _, other = self._free.popitem(last=False)
        if other is not None:
            await other.aclose()

    async def aclose(self) -> None:
        """Hang up on all that wait."""
        while self._free:
            await self._free.popitem()[1].aclose()
