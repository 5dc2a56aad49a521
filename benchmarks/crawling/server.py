"""Serves the made-up sites from a process of its own; answers are made beforehand.

``python -m benchmarks.crawling.server HOSTS THREADS`` prints the ports as JSON and
ends with its standard input. A line ``change N`` on it adds a post to N threads.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
import sys
from functools import partial

from benchmarks.crawling.pages import Host, Thread

ROBOTS = "User-agent: *\nAllow: /\n"


class Site:
    """One host's answers by path."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.place = ""
        self.whole: dict[bytes, bytes] = {}
        self.tags: dict[bytes, bytes] = {}
        self.requests = 0

    def prepare(self) -> None:
        self._put("/robots.txt", ROBOTS, tagged=False, kind="text/plain")
        self._put("/", self.host.start(), tagged=True)
        for thread in self.host.threads:
            self.renew(thread)

    def renew(self, thread: Thread) -> None:
        self._put(thread.path, thread.html(self.place), tagged=thread.validators)

    def _put(
        self, path: str, text: str, *, tagged: bool, kind: str = "text/html"
    ) -> None:
        body = gzip.compress(text.encode(), 6, mtime=0)
        tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"' if tagged else ""
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\n"
        head += f"Content-Encoding: gzip\r\nContent-Length: {len(body)}\r\n"
        if tag:
            head += f"ETag: {tag}\r\n"
            self.tags[path.encode()] = tag.encode()
        self.whole[path.encode()] = f"{head}\r\n".encode() + body

    def answer(self, request: bytes) -> bytes:
        self.requests += 1
        path = request.split(b" ", 2)[1]
        tag = self.tags.get(path)
        if tag and tag in request:
            return b"HTTP/1.1 304 Not Modified\r\nETag: " + tag + b"\r\n\r\n"
        missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        return self.whole.get(path, missing)


class Conversation(asyncio.Protocol):
    """One connection, kept open; requests have no body."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        while b"\r\n\r\n" in self.waiting:
            request, self.waiting = self.waiting.split(b"\r\n\r\n", 1)
            self.transport.write(self.site.answer(request))


async def main(hosts: int, threads: int) -> None:
    loop = asyncio.get_running_loop()
    sites = [Site(Host(n, threads)) for n in range(hosts)]
    for site in sites:
        server = await loop.create_server(
            partial(Conversation, site), "127.0.0.1", 0, backlog=512
        )
        site.place = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        site.prepare()
    print(json.dumps([site.place for site in sites]), flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        every = [(site, thread) for site in sites for thread in site.host.threads]
        wanted = int(line.split()[1])
        for site, thread in every[:: max(1, len(every) // wanted)][:wanted]:
            thread.fresh += 1
            site.renew(thread)
        print(wanted, flush=True)


if __name__ == "__main__":
    asyncio.run(main(*map(int, sys.argv[1:])))
