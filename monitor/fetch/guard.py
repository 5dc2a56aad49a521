"""Keeps the crawler out of the inner network and inside its time and size limits.

Looks a name up once, refuses it if any of its addresses is not public, connects to
the very address it checked, and counts seconds and bytes of the whole answer. Says
nothing about URLs (see ``address``) and speaks no HTTP (see ``client``).
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import Any

from typing_extensions import override

from monitor.fetch._http import httpcore
from monitor.fetch.address import parse_host
from monitor.fetch.rules import FetchRules, Refusal

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

_READ = 16_384  # a piece of one-byte chunks must not hold up the event loop
_PUBLIC_PORTS = (80, 443)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")

# IANA special-purpose registries. Written out because ``is_global`` of the standard
# library differs between Python releases and lets multicast and relays through.
_SPECIAL_V4 = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
        ),
    )
)
_SPECIAL_V6 = tuple(
    map(
        ipaddress.IPv6Network,
        ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"),
    )
)


def is_public(address: str) -> bool:
    """Whether a numeric address lies on the public internet.

    IPv4 inside IPv6 (mapped, NAT64) is judged as the IPv4 it stands for; tunnels
    that hide one (6to4, Teredo) are never public.
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is None:
            return (
                not ip.scope_id
                and ip in _GLOBAL_V6
                and not any(ip in network for network in _SPECIAL_V6)
            )
        ip = inner
    return not any(ip in network for network in _SPECIAL_V4)


def system_resolver(threads: Executor) -> Resolve:
    """Asks the operating system; a name service that hangs holds these threads only."""

    async def resolve(host: str, port: int) -> Sequence[str]:
        ask = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        found = await asyncio.get_running_loop().run_in_executor(threads, ask)
        return list(dict.fromkeys(str(entry[4][0]) for entry in found))

    return resolve


class Budget:
    """What one answer may cost, from the look-up of the name to its last byte."""

    def __init__(self, seconds: float, size: int) -> None:
        self._granted = seconds
        self._ends = time.monotonic() + seconds
        self._limit = self._left = size

    def seconds(self, at_most: float | None = None) -> float:
        """The seconds left; raises Refusal when there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise self.overdue()
        return left if at_most is None else min(left, at_most)

    def spend(self, size: int) -> None:
        """Count received bytes; raises Refusal when they are too many."""
        self._left -= size
        if self._left < 0:
            raise Refusal("too_large", limit=self._limit)

    @property
    def untouched(self) -> bool:
        """Whether not a byte has come yet."""
        return self._left == self._limit

    def overdue(self) -> Refusal:
        """The refusal to raise when the time is up."""
        return Refusal("deadline", seconds=self._granted)


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections for httpcore, to checked addresses only.

    ``budget`` must be set anew before each request; ``opened`` counts connections.
    """

    def __init__(self, rules: FetchRules, resolve: Resolve) -> None:
        self._rules = rules
        self._allowed = {place.lower() for place in rules.allow_private}
        self._resolve = resolve
        self._plain = httpcore.AnyIOBackend()
        self.budget = Budget(rules.deadline, rules.max_bytes)
        self.opened = 0

    @override
    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Look up, check, connect; the first address that answers is taken."""
        fault = Refusal("connect_failed", host=host)
        for address in await self._checked(host, port):
            seconds = self.budget.seconds(self._rules.connect_timeout)
            try:
                stream = await self._plain.connect_tcp(address, port, seconds)
            except httpcore.ConnectTimeout:
                fault = Refusal("timeout", host=host)
            except httpcore.ConnectError:
                fault = Refusal("connect_failed", host=host)
            else:
                self.opened += 1
                return GuardedStream(stream, self)
        raise fault

    @override
    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Never."""
        raise Refusal("refused_address", host="unix")

    @override
    async def sleep(self, seconds: float) -> None:
        """As httpcore asks between its own retries, of which we allow none."""
        await self._plain.sleep(seconds)

    async def _checked(self, host: str, port: int) -> Sequence[str]:
        host = parse_host(host)
        shown = f"[{host}]" if ":" in host else host
        allowed = f"{shown}:{port}" in self._allowed
        if port not in _PUBLIC_PORTS and not allowed:
            raise Refusal("port_refused", host=host, port=port)
        addresses = await self._addresses(host, port)
        if not allowed and not all(map(is_public, addresses)):
            raise Refusal("refused_address", host=host)
        return addresses

    async def _addresses(self, host: str, port: int) -> Sequence[str]:
        try:
            return [str(ipaddress.ip_address(host))]
        except ValueError:
            pass
        try:
            seconds = self.budget.seconds(self._rules.connect_timeout)
            async with asyncio.timeout(seconds):
                addresses = await self._resolve(host, port)
        except (OSError, UnicodeError):  # a TimeoutError is an OSError
            raise Refusal("dns_failed", host=host) from None
        if not addresses:
            raise Refusal("dns_failed", host=host)
        return addresses


class GuardedStream(httpcore.AsyncNetworkStream):
    """A connection that stops when the budget of the request at hand is used up.

    Counting inside the stream, instead of cancelling the request from outside,
    lets httpcore close the connection in its own order.
    """

    def __init__(
        self, stream: httpcore.AsyncNetworkStream, backend: GuardedBackend
    ) -> None:
        self._stream = stream
        self._backend = backend

    @property
    def _budget(self) -> Budget:
        return self._backend.budget

    @override
    async def read(
        self,
        max_bytes: int,
        timeout: float | None = None,
    ) -> bytes:
        """Read what is there, within the budget."""
        size = min(max_bytes, _READ)
        try:
            data = await self._stream.read(size, self._budget.seconds())
        except httpcore.ReadTimeout:
            raise self._budget.overdue() from None
        self._budget.spend(len(data))
        return data

    @override
    async def write(
        self,
        buffer: bytes,
        timeout: float | None = None,
    ) -> None:
        """Send, within the budget."""
        try:
            await self._stream.write(buffer, self._budget.seconds())
        except httpcore.WriteTimeout:
            raise self._budget.overdue() from None

    @override
    async def aclose(self) -> None:
        """Hang up."""
        await self._stream.aclose()

    @override
    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Encrypt; a certificate that does not hold ends the fetch."""
        seconds = self._budget.seconds()
        host = server_hostname or ""
        try:
            stream = await self._stream.start_tls(ssl_context, server_hostname, seconds)
        except httpcore.ConnectTimeout:
            raise self._budget.overdue() from None
        except httpcore.ConnectError:
            raise Refusal("tls_failed", host=host) from None
        return GuardedStream(stream, self._backend)

    @override
    def get_extra_info(self, info: str) -> Any:
        """What the plain connection knows of itself."""
        return self._stream.get_extra_info(info)
