"""A web site on loopback that answers with the very bytes a test writes down."""

from __future__ import annotations

import asyncio
import ssl
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

Script = Callable[["Asked", asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as the server saw it; ``at`` on the clock that never jumps."""

    path: str
    head: str
    at: float

    def header(self, name: str) -> str | None:
        for line in self.head.split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.lower() == name.lower():
                return value.strip()
        return None


def answer(body: bytes = b"", status: str = "200 OK", *lines: str) -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *lines]
    return ("\r\n".join(head) + "\r\n\r\n").encode("latin-1") + body


def moved(place: str, status: str = "302 Found", *lines: str) -> bytes:
    return answer(b"", status, f"Location: {place}", *lines)


RESERVATION = "/.well-known/tdmrep.json"
NOT_FOUND = answer(b"nothing here", "404 Not Found")


async def turns() -> None:
    """Let everything that is ready in this loop run, and what follows from it."""
    for _ in range(10):
        await asyncio.sleep(0)


class Served(ABC):
    """Servers in a thread of their own, for as long as the context lasts."""

    writers: set[asyncio.StreamWriter]  # of everybody who is being talked to

    @abstractmethod
    async def listen(self) -> list[asyncio.Server]:
        """Open the servers."""

    def __enter__(self) -> Self:
        self.writers = set()
        started = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._serve(started)), daemon=True
        )
        self._thread.start()
        assert started.wait(60)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._thread.is_alive():  # a test may have ended it before
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(60)

    async def _serve(self, started: threading.Event) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._loop.set_exception_handler(lambda *_: None)
        servers = await self.listen()
        started.set()
        await self._stop.wait()
        for server in servers:
            for opened in server.sockets:
                self._loop.remove_reader(opened.fileno())
        await turns()  # whoever was just let in begins to talk
        talks = asyncio.all_tasks() - {asyncio.current_task()}
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)
        for writer in self.writers:
            writer.transport.abort()
        for server in servers:
            server.close()  # not earlier: it trips over whoever is just let in
        await turns()  # the transports close their sockets


@dataclass
class Site(Served):
    """Serves ``pages`` by path; what is missing gets 404, robots.txt too."""

    pages: dict[str, bytes | Script] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    log: list[Asked] = field(default_factory=list)
    port: int = 0

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"{'https' if self.tls else 'http'}://{self.place}{path}"

    def paths(self) -> list[str]:
        """What was asked for; of every site the reservation, which few tests are on."""
        return [asked.path for asked in self.log if asked.path != RESERVATION]

    async def listen(self) -> list[asyncio.Server]:
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=self.tls)
        self.port = server.sockets[0].getsockname()[1]
        return [server]

    async def _talk(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.writers.add(writer)
        try:
            first = await reader.readexactly(1)
            if not first.isalpha():  # TLS spoken to a plain server
                writer.write(answer(b"", "400 Bad Request"))
                return
            head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            asked = Asked(head.split(" ")[1], head, time.monotonic())
            self.log.append(asked)
            page = self.pages.get(asked.path, NOT_FOUND)
            if isinstance(page, bytes):
                writer.write(page)
            else:
                await page(asked, writer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()
