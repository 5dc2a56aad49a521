"""Serves the demo's sites on loopback, one port each, and notes every request."""

from __future__ import annotations

import gzip
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from monitor.demo.resource import Resource, fill

Clock = Callable[[], datetime]
LOOPBACK = "127.0.0.1"


class Seen(NamedTuple):
    """One request as the server saw it."""

    at: datetime
    host: str
    method: str
    path: str
    status: int
    user_agent: str


def _message(status: HTTPStatus, words: str) -> Resource:
    return Resource(fill("message.html", title=words).encode(), status=status)


@dataclass
class Site:
    """The addresses of one site and what has been taken down since."""

    name: str
    clock: Clock
    log: list[Seen]
    compresses: bool = False
    resources: Mapping[str, Resource] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    def answer(self, target: str) -> Resource:
        """The resource at a path with its query; 404 and 410 are resources too."""
        found = self.resources.get(target)
        if found is None:
            return _message(HTTPStatus.NOT_FOUND, "Siden findes ikke")
        if target in self.gone or (found.group and found.group in self.gone):
            return _message(HTTPStatus.GONE, "Indholdet er fjernet")
        return found

    def take_down(self, target: str) -> None:
        """Remove an address and all that was published together with it."""
        self.gone.add(self.resources[target].group or target)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Demo"
    sys_version = ""
    timeout = 1  # a client that connects and says nothing must not hold the stop

    @property
    def site(self) -> Site:
        assert isinstance(self.server, _Server)
        return self.server.site

    def do_GET(self) -> None:
        """Answer with the resource, or 304 when the client has it already."""
        resource = self.site.answer(self.path)
        fresh = resource.status == HTTPStatus.OK and self._has(resource)
        status = HTTPStatus.NOT_MODIFIED if fresh else HTTPStatus(resource.status)
        self._note(status)
        self.send_response(status)
        body = b"" if fresh else self._content(resource)
        for key, value in self._validators(resource):
            self.send_header(key, value)
        if not fresh:
            self.send_header("Content-Type", resource.content_type)
            self.send_header("Content-Length", str(len(body)))
        # One request a connection: nothing is left open when the demo ends.
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815  the name http.server looks for

    def _has(self, resource: Resource) -> bool:
        known = self.headers.get("If-None-Match")
        if known is not None:
            tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
            return resource.etag in tags
        since = self.headers.get("If-Modified-Since")
        if since is None or resource.modified is None:
            return False
        try:
            return resource.modified.replace(microsecond=0) <= parsedate_to_datetime(
                since
            )
        except (TypeError, ValueError):
            return False

    def _validators(self, resource: Resource) -> Iterator[tuple[str, str]]:
        yield from resource.headers
        if resource.status != HTTPStatus.OK:
            return
        # The compressed answer is another representation: its tag is a weak one.
        yield "ETag", ("W/" if self.site.compresses else "") + resource.etag
        if resource.modified:
            moment = resource.modified.astimezone(UTC)
            yield "Last-Modified", format_datetime(moment, usegmt=True)

    def _content(self, resource: Resource) -> bytes:
        accepted = self.headers.get("Accept-Encoding", "")
        if not self.site.compresses or "gzip" not in accepted:
            return resource.body
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Vary", "Accept-Encoding")
        return gzip.compress(resource.body, mtime=0)

    def _note(self, status: HTTPStatus) -> None:
        assert isinstance(self.server, _Server)
        seen = Seen(
            self.site.clock(),
            self.server.host,
            self.command,
            self.path,
            status.value,
            self.headers.get("User-Agent", ""),
        )
        self.site.log.append(seen)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The demo's own time: its clock runs ahead of the machine's."""
        if timestamp is not None:
            return super().date_time_string(int(timestamp))
        return super().date_time_string(int(self.site.clock().timestamp()))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Nothing on stderr; requests are kept in the site's log."""


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # closing waits for answers under way

    def __init__(self, site: Site, port: int) -> None:
        super().__init__((LOOPBACK, port), _Handler)
        self.site = site
        self.host = f"{LOOPBACK}:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news; anything else is a fault of ours."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


@contextmanager
def serving(
    site: Site, build: Callable[[str, datetime], Mapping[str, Resource]], port: int = 0
) -> Iterator[str]:
    """Serve a site until the block ends; gives its base address.

    ``build`` gets the base address and the time at which the site is made.
    ``port`` 0 picks a free one; a taken port raises ``OSError``.
    """
    with _Server(site, port) as server:
        base = f"http://{server.host}"
        site.resources = build(base, site.clock())
        thread = threading.Thread(
            target=server.serve_forever, args=(0.02,), name=f"demo-{site.name}"
        )
        thread.start()
        try:
            yield base
        finally:
            server.shutdown()
            thread.join()


def target_of(url: str) -> str:
    """Path and query of an address, as a browser sends them."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
