"""Lets a browser fill in pages that are empty without one.

The browser itself reaches nothing: what its page asks for is fetched by us, with
guard, robots.txt and pace, or refused. Needs the extra ``render`` and Chromium.
"""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from monitor.fetch.rules import Refusal
from monitor.types import Answer, Fetched, ReadState, Request

if TYPE_CHECKING:
    from playwright.async_api import Browser as Chromium
    from playwright.async_api import BrowserContext, Page, Route

Fetch = Callable[[Request, Collection[str]], Awaitable[Fetched]]

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_NOWHERE = "http://127.0.0.1:9"  # a proxy that is not there: the discard port
# Request routing alone lets connections through (preconnect, sockets, workers): the
# dead proxy and the resolver rules stop those, also to this machine.
_ARGUMENTS = (
    f"--proxy-server={_NOWHERE}",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--js-flags=--max-old-space-size=256",
)
# Of our surroundings: no address of a database, no file of keys.
_PASSED_ON_ENV = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "XDG_RUNTIME_DIR")
_WANTED = frozenset({"script", "xhr", "fetch"})
_CLOSING = 3.0  # seconds a browser may take to end when asked the first time
_MOST_REQUESTS = 60  # of one page
_PASSED_ON = frozenset({"content-type", "access-control-allow-origin"})
_BOM = b"\xef\xbb\xbf"  # the browser's text is UTF-8, whatever the server's was


class Browser:
    """One Chromium, started when first needed; ``close`` ends it.

    ``fetch`` is asked for everything a page loads, with the hosts it may come from.
    A page that is not done after ``seconds`` is given up, and the browser with it: it
    may be what hangs.
    """

    def __init__(self, fetch: Fetch, *, max_bytes: int, seconds: float = 180) -> None:
        self._fetch = fetch
        self._max_bytes = max_bytes
        self._seconds = seconds
        self._one_page = asyncio.Lock()
        self._playwright: Any = None
        self._chromium: Chromium | None = None

    async def close(self) -> None:
        """End the browser, if there is one; asked twice, one that hangs is killed."""
        chromium, playwright = self._chromium, self._playwright
        self._chromium = self._playwright = None
        if chromium is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(_CLOSING):
                    await chromium.close()
        if playwright is not None:
            await playwright.stop()

    async def render(self, answer: Answer, hosts: Collection[str] = ()) -> Fetched:
        """The answer with the page as its scripts leave it, as UTF-8.

        Scripts and data come from the page's own host and from ``hosts`` only. What
        goes wrong comes back as FAILED with a reason.
        """
        own = urlsplit(answer.final_url).hostname or ""
        visit = _Visit(answer, self._fetch, frozenset({own, *hosts}))
        try:
            async with self._one_page:
                body = await self._in_time(visit)
        except TimeoutError:
            no = Refusal("render_timeout", seconds=int(self._seconds))
        except Refusal as refused:
            no = refused
        else:
            return Fetched(ReadState.READ, replace(answer, body=body, rendered=True))
        return Fetched(no.state, reason=no.reason)

    async def _in_time(self, visit: _Visit) -> bytes:
        body = None
        try:
            async with asyncio.timeout(self._seconds):
                body = await self._filled_in(visit)
        finally:
            if body is None:
                await self.close()
        return body

    async def _filled_in(self, visit: _Visit) -> bytes:
        from playwright.async_api import Error

        try:
            chromium = await self._running()
            async with _context(chromium) as context:
                page = await context.new_page()
                try:
                    body = _BOM + (await visit.load(context, page)).encode()
                finally:
                    await visit.leave()
        except Error:
            raise Refusal("render_failed") from None
        if len(body) > self._max_bytes:
            raise Refusal("too_large", limit=self._max_bytes)
        return body

    async def _running(self) -> Chromium:
        if self._chromium is not None and self._chromium.is_connected():
            return self._chromium
        program = installed()
        if program is None:
            raise Refusal("render_missing")
        from playwright.async_api import async_playwright

        if self._playwright is None:
            self._playwright = await async_playwright().start()
        # Chromium refuses to build its sandbox for root.
        as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
        chromium: Chromium = await self._playwright.chromium.launch(
            executable_path=program,
            args=[*_ARGUMENTS, *as_root],
            env={k: os.environ[k] for k in _PASSED_ON_ENV if k in os.environ},
        )
        self._chromium = chromium
        return chromium


def installed() -> str | None:
    """The browser's program; None when it or the extra ``render`` is missing."""
    from importlib.util import find_spec

    if find_spec("playwright") is None:
        return None
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


@asynccontextmanager
async def _context(chromium: Chromium) -> AsyncIterator[BrowserContext]:
    """A window of its own that remembers nothing; after a fault the browser ends."""
    context = await chromium.new_context(
        service_workers="block", accept_downloads=False, locale="da-DK"
    )
    yield context
    await context.close()


@dataclass
class _Visit:
    """One page being filled in; without slots, since Playwright marks its methods."""

    answer: Answer
    fetch: Fetch
    hosts: frozenset[str]
    asked: int = 0
    begun: bool = False
    tasks: set[asyncio.Task[Any]] = field(default_factory=set)

    async def load(self, context: BrowserContext, page: Page) -> str:
        """The page's markup once its scripts have come to rest."""
        await context.route("**/*", self._route)
        await context.route_web_socket("**/*", lambda socket: socket.close())
        limit = 0  # ours is around all of it
        await page.goto(self.answer.final_url, wait_until="commit", timeout=limit)
        await page.wait_for_load_state("networkidle", timeout=limit)
        return await page.content()

    async def leave(self) -> None:
        """Drop what is still being asked for."""
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def _route(self, route: Route) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.tasks.add(task)
        with suppress(asyncio.CancelledError):
            await self._serve(route)
        self.tasks.discard(task)

    async def _serve(self, route: Route) -> None:
        """Give the page itself, what it may load, or nothing."""
        if not self.begun:
            self.begun = True
            await _fulfil(route, self.answer)
            return
        if not self._may_load(route):
            await route.abort("aborted")  # a page that wants to leave stays as it is
            return
        self.asked += 1
        fetched = await self.fetch(Request(route.request.url), self.hosts)
        if fetched.state is ReadState.READ and fetched.answer is not None:
            await _fulfil(route, fetched.answer)
        else:
            await route.abort("aborted")

    def _may_load(self, route: Route) -> bool:
        request = route.request
        return (
            request.method == "GET"
            and request.resource_type in _WANTED
            and not request.is_navigation_request()
            and urlsplit(request.url).hostname in self.hosts
            and self.asked < _MOST_REQUESTS
        )


async def _fulfil(route: Route, answer: Answer) -> None:
    kept = {k: v for k, v in answer.headers if k.lower() in _PASSED_ON}
    await route.fulfill(status=answer.status, headers=kept, body=answer.body)
