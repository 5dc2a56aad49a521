"""Serves all cases at once on loopback, each on an address of its own, and keeps books.

Places that nobody may reach are listened on too: whoever connects there is noted.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Self

from tests.fetch.sites import NOT_FOUND, Asked, Served
from tests.hostile.case import Case, Reply, answer

NEIGHBOUR = "127.3.0.1"  # a site that anybody may send readers on to
PUBLIC: dict[str, Reply] = {
    "/robots.txt": answer(b"User-agent: *\nAllow: /\n"),
    "/forbids.txt": answer(b"User-agent: *\nDisallow: /\n"),
    "/": answer(b"<p>Velkommen</p>"),
}
INSIDE = "127.66.0.1"  # an address of the inner network, as far as this web goes


Place = tuple[str, int]


def hosts(count: int) -> list[str]:
    """An address for each of so many cases."""
    return [f"127.1.{n // 200}.{n % 200 + 1}" for n in range(count)]


@dataclass(frozen=True)
class Listener:
    """An address with what it answers; ``trap``: nobody may connect."""

    host: str
    port: int
    replies: dict[str, Reply] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    trap: bool = False


@dataclass
class HostileWeb(Served):
    """A running web of cases; ``asked`` by address, ``caught`` on forbidden ground."""

    cases: Sequence[Case]
    certificates: dict[str, ssl.SSLContext]
    traps: Sequence[Place] = ()
    port: int = 0
    asked: dict[str, list[Asked]] = field(default_factory=dict)
    caught: list[str] = field(default_factory=list)

    def host(self, case: Case) -> str:
        """The address of a case's site."""
        return hosts(len(self.cases))[self.cases.index(case)]

    def inside(self) -> list[Place]:
        """Every place that nobody may reach."""
        return [(INSIDE, self.port), ("::1", self.port), *self.traps]

    def asked_of(self, case: Case) -> list[Asked]:
        """Every request that came to a case's site, in order."""
        return self.asked.get(self.host(case), [])

    def site(self, case: Case) -> str:
        """The beginning of its URLs."""
        return f"{'https' if case.tls else 'http'}://{self.host(case)}:{self.port}"

    def neighbour(self, case: Case) -> str:
        """A well-behaved site, for the good page of a case that may have none."""
        return self.host(case).replace("127.1", "127.2", 1)

    def good(self, case: Case) -> str:
        """The address of a case's good page."""
        if case.alone:
            return f"http://{self.neighbour(case)}:{self.port}/good"
        return f"{self.site(case)}/good"

    def fill(self, text: str, case: Case) -> str:
        """A text of the case with the real places in it."""
        for word, value in {
            "{site}": self.site(case),
            "{port}": str(self.port),
            "{neighbour}": f"{NEIGHBOUR}:{self.port}",
        }.items():
            text = text.replace(word, value)
        return text

    def __enter__(self) -> Self:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        return super().__enter__()

    def _listeners(self) -> list[Listener]:
        sites = [
            Listener(
                self.host(case),
                self.port,
                {path: self._filled(r, case) for path, r in case.replies().items()},
                self.certificates.get(case.tls),
            )
            for case in self.cases
        ]
        sites += [
            Listener(self.neighbour(case), self.port, case.behaving())
            for case in self.cases
            if case.alone
        ]
        sites.append(Listener(NEIGHBOUR, self.port, PUBLIC))
        return sites + [Listener(*place, trap=True) for place in self.inside()]

    def _filled(self, reply: Reply, case: Case) -> Reply:
        if not isinstance(reply, bytes):
            return reply
        head, end, body = reply.partition(b"\r\n\r\n")
        text = self.fill(head.decode("latin-1"), case)
        return text.encode("latin-1") + end + body

    async def listen(self) -> list[asyncio.Server]:
        return [await self._listen(listener) for listener in self._listeners()]

    async def _listen(self, at: Listener) -> asyncio.Server:
        async def talk(
            reader: asyncio.StreamReader, writer: asyncio.StreamWriter
        ) -> None:
            await self._talk(at, reader, writer)

        return await asyncio.start_server(
            talk, at.host, at.port, ssl=at.tls, backlog=200
        )

    async def _talk(
        self, at: Listener, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.writers.add(writer)
        try:
            if at.trap:
                self.caught.append(f"{at.host}:{at.port}")
                return
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            asked = Asked(head.split(" ")[1], head, time.monotonic())
            self.asked.setdefault(at.host, []).append(asked)
            reply = at.replies.get(asked.path, NOT_FOUND)
            if isinstance(reply, bytes):
                writer.write(reply)
            else:
                await reply(asked, writer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            with suppress(RuntimeError):
                writer.close()
            self.writers.discard(writer)
