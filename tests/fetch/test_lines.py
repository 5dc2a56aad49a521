"""Connections that are used again, and those that must not be."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from monitor.db import Database
from monitor.fetch import lines
from monitor.fetch.polite import PoliteWeb
from monitor.types import Fetched, Request
from tests.fetch.conftest import make_rules, now
from tests.fetch.sites import answer, moved, turns

Talk = Callable[[asyncio.StreamWriter, str], Awaitable[None]]
EVIL = answer(b"EVIL")


@dataclass
class Server:
    """Speaks to one client after the other for as long as they like."""

    talk: Talk
    port: int = 0
    connections: list[list[str]] = field(default_factory=list)

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        mine: list[str] = []
        self.connections.append(mine)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                path = head.split(b" ")[1].decode()
                if path.endswith((".txt", ".json")):
                    writer.write(answer(b"", "404 Not Found"))
                else:
                    mine.append(path)
                    await self.talk(writer, path)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


def read(
    database: Database, talk: Talk, *paths: str, pause: float = 0.0
) -> tuple[list[str], Server]:
    """The bodies, or the reasons why there are none, read one after the other."""
    return read_from(database, Server(talk), *paths, pause=pause)


def read_from(
    database: Database, server: Server, *paths: str, pause: float = 0.0
) -> tuple[list[str], Server]:
    async def each() -> list[Fetched]:
        listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
        server.port = listening.sockets[0].getsockname()[1]
        place = f"127.0.0.1:{server.port}"
        fetched = []
        async with PoliteWeb(
            make_rules(allow_private=(place,)), database.begin, now
        ) as web:
            for path in paths:
                fetched.append(await web.fetch(Request(f"http://{place}{path}")))
                await asyncio.sleep(pause)
        listening.close()
        await turns()
        return fetched

    return [
        f.answer.body.decode() if f.answer else f.reason.code if f.reason else ""
        for f in asyncio.run(each())
    ], server


async def plain(writer: asyncio.StreamWriter, path: str) -> None:
    writer.write(answer(path.encode()))


def test_pages_of_one_site_share_a_connection(sqlite: Database) -> None:
    bodies, server = read(sqlite, plain, "/a", "/b", "/c")
    assert bodies == ["/a", "/b", "/c"]
    assert server.connections == [["/a", "/b", "/c"]]


@pytest.mark.parametrize(
    "reply",
    [
        answer(b"/a") + EVIL,
        b"HTTP/1.1 204 No Content\r\n\r\n" + EVIL,
        b"HTTP/1.1 304 Not Modified\r\n\r\n" + EVIL,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + EVIL,
        answer(b"/a") + b"\r\n",
        moved("/c", "302 Found", "X: y") + EVIL,
    ],
)
def test_bytes_after_an_answer_end_the_connection(
    sqlite: Database, reply: bytes
) -> None:
    async def talk(writer: asyncio.StreamWriter, path: str) -> None:
        writer.write(reply if path == "/a" else answer(path.encode()))

    bodies, server = read(sqlite, talk, "/a", "/b")
    assert bodies[1] == "/b"
    assert "/a" in server.connections[0]
    assert "/b" not in server.connections[0]


def test_bytes_that_come_later_end_the_connection(sqlite: Database) -> None:
    async def talk(writer: asyncio.StreamWriter, path: str) -> None:
        writer.write(answer(path.encode()))
        if path == "/a":
            await writer.drain()
            await asyncio.sleep(0.05)
            writer.write(EVIL)

    bodies, server = read(sqlite, talk, "/a", "/b", pause=0.2)
    assert bodies == ["/a", "/b"]
    assert server.connections == [["/a"], ["/b"]]


def test_page_that_breaks_off_ends_the_connection(sqlite: Database) -> None:
    async def talk(writer: asyncio.StreamWriter, path: str) -> None:
        long = b"a" * 20_000_000
        writer.write(answer(long if path == "/a" else path.encode()))

    bodies, server = read(sqlite, talk, "/a", "/b")
    assert bodies == ["too_large", "/b"]
    assert server.connections == [["/a"], ["/b"]]


def test_server_that_hangs_up_unseen_is_asked_again(sqlite: Database) -> None:
    async def talk(writer: asyncio.StreamWriter, path: str) -> None:
        if path == "/b" and len(server.connections) == 1:
            writer.transport.abort()
        else:
            writer.write(answer(path.encode()))

    server = Server(talk)
    bodies, server = read_from(sqlite, server, "/a", "/b")
    assert bodies == ["/a", "/b"]
    assert server.connections == [["/a", "/b"], ["/b"]]


def test_server_that_always_hangs_up_is_asked_twice_at_most(sqlite: Database) -> None:
    async def talk(writer: asyncio.StreamWriter, path: str) -> None:
        if path == "/b":
            writer.transport.abort()
        else:
            writer.write(answer(path.encode()))

    bodies, server = read(sqlite, talk, "/a", "/b")
    assert bodies == ["/a", "protocol_error"]
    assert server.connections == [["/a", "/b"], ["/b"]]


def test_few_connections_are_kept(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "MOST", 0)
    bodies, server = read(sqlite, plain, "/a", "/b")
    assert bodies == ["/a", "/b"]
    assert server.connections == [[], [], ["/a"], ["/b"]]


def test_new_connection_that_breaks_is_not_tried_again(sqlite: Database) -> None:
    async def talk(writer: asyncio.StreamWriter, path: str) -> None:
        if path == "/a":
            writer.write(answer(b"/a"))
            await writer.drain()
        writer.close()

    bodies, server = read(sqlite, talk, "/a", "/b", pause=0.2)
    assert bodies == ["/a", "protocol_error"]
    assert server.connections == [["/a"], ["/b"]]
