"""A small web site on loopback whose pages a test can change while it runs."""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Answered:
    """One page: what is sent for it, and whether it knows validators.

    A page with a ``hold`` is sent once that is set.
    """

    body: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    validators: bool = True
    hold: threading.Event | None = None

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body.encode()).hexdigest()[:16]}"'


@dataclass
class Site:
    """The pages by path, and every request that came."""

    port: int
    pages: dict[str, Answered] = field(default_factory=dict)
    log: list[tuple[str, int]] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def put(self, path: str, body: str, status: int = 200, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Answered(body, status, named)

    def hold(self, path: str) -> threading.Event:
        """Let a page wait until the event is set."""
        held = threading.Event()
        self.pages[path].hold = held
        return held

    def asked(self, path: str) -> list[int]:
        """The statuses that requests for a path were answered with."""
        return [status for seen, status in self.log if seen == path]


@contextmanager
def site() -> Iterator[Site]:
    """A running site; stops at the end."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = running.pages.get(self.path)
            status, body = (page.status, page.body) if page else (404, "Not here")
            known = self.headers.get("If-None-Match")
            if page and page.validators and known == page.etag:
                status, body = 304, ""
            running.log.append((self.path, status))
            if page and page.hold:
                page.hold.wait(60)
            self.send_response(status)
            raw = body.encode()
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(raw)))
            for name, value in (page.headers if page else {}).items():
                self.send_header(name, value)
            if page and page.validators:
                self.send_header("ETag", page.etag)
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            if not isinstance(sys.exception(), ConnectionError):  # a killed client
                super().handle_error(request, client_address)

    server = Server(("127.0.0.1", 0), Handler)
    running = Site(server.server_port)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
