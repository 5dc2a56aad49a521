"""A browser fills in what scripts fill in, and reaches nothing by itself."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import threading
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from monitor.fetch import render
from monitor.fetch.render import Browser
from monitor.types import Answer, Fetched, ReadState, Reason, Request

HOME = "https://forum.example/traad/1"
POSTS = """<div id="app"></div><script>
fetch("/api/posts").then(r => r.json()).then(posts => {
  document.getElementById("app").textContent = posts.join(" – ");
});
</script>"""


def answer(body: str, url: str = HOME, kind: str = "text/html") -> Answer:
    raw = body.encode()
    return Answer(
        url=url,
        final_url=url,
        status=200,
        headers=(("Content-Type", f"{kind}; charset=utf-8"), ("X-Other", "1")),
        body=raw,
        raw=raw,
        received_at=datetime(2026, 11, 22, tzinfo=UTC),
    )


class Web:
    """Answers by address, and what was asked for."""

    def __init__(self, **files: str) -> None:
        self.files = {f"https://{k}": v for k, v in files.items()}
        self.asked: list[str] = []

    async def fetch(self, request: Request, hosts: Collection[str]) -> Fetched:
        assert urlsplit(request.url).hostname in hosts
        self.asked.append(request.url)
        body = self.files.get(request.url)
        if body is None:
            return Fetched(ReadState.BLOCKED, reason=Reason("robots_disallow"))
        kind = "application/json" if "/api/" in request.url else "text/javascript"
        return Fetched(ReadState.READ, answer(body, request.url, kind))


@asynccontextmanager
async def browsing(web: Web, **over: int) -> AsyncIterator[Browser]:
    browser = Browser(web.fetch, **({"max_bytes": 100_000, "seconds": 60} | over))
    try:
        yield browser
    finally:
        await browser.close()


def rendered(body: str, web: Web, *hosts: str, **over: int) -> Fetched:
    async def run() -> Fetched:
        async with browsing(web, **over) as browser:
            return await browser.render(answer(body), hosts)

    return asyncio.run(run())


def text(fetched: Fetched) -> str:
    assert fetched.answer is not None, fetched.reason
    assert fetched.answer.rendered
    return fetched.answer.body.decode("utf-8-sig")


def test_posts_that_a_script_fetches_are_there() -> None:
    web = Web(**{"forum.example/api/posts": '["Første opslag", "Blåbærgrød på Ø"]'})
    fetched = rendered(POSTS, web)
    assert "Første opslag – Blåbærgrød på Ø" in text(fetched)
    assert web.asked == ["https://forum.example/api/posts"]
    assert fetched.answer is not None
    assert fetched.answer.raw == POSTS.encode()


def test_only_hosts_that_are_named_are_asked() -> None:
    page = '<p id="a">tom</p><script src="https://cdn.example/a.js"></script>'
    web = Web(**{"cdn.example/a.js": 'document.getElementById("a").id = "fyldt"'})
    assert 'id="a"' in text(rendered(page, web))
    assert web.asked == []
    assert 'id="fyldt"' in text(rendered(page, web, "cdn.example"))


def test_what_we_may_not_fetch_stays_out_and_the_rest_is_read() -> None:
    web = Web()
    assert 'id="app"' in text(rendered(POSTS + "<p>Resten</p>", web))
    assert web.asked == ["https://forum.example/api/posts"]


@contextmanager
def listening() -> Iterator[tuple[int, list[object]]]:
    """A port on this machine, and who came."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    came.append(server.accept()[1])
                except OSError:
                    return

        waiting = threading.Thread(target=accept, daemon=True)
        waiting.start()
        yield server.getsockname()[1], came
        server.shutdown(socket.SHUT_RDWR)
    waiting.join(5)


WAYS_OUT = """
<link rel="preconnect" href="http://{place}"><link rel="dns-prefetch" href="//{place}">
<link rel="prefetch" href="http://{place}/p"><img src="http://{place}/i.png">
<iframe src="http://{place}/f"></iframe><object data="http://{place}/o"></object>
<video src="http://{place}/v"></video>
<style>body {{ background: url(http://{place}/b) }} p {{ font-family: x }}
@font-face {{ font-family: x; src: url(http://{place}/x) }}</style>
<p>x</p><form id="f" method="post" action="http://{place}/post"></form>
<script>
for (const go of [
  () => fetch("http://{place}/a", {{mode: "no-cors"}}),
  () => fetch("/login", {{method: "POST", body: "x"}}),
  () => navigator.sendBeacon("http://{place}/s", "x"),
  () => new WebSocket("ws://{place}/w"),
  () => new EventSource("http://{place}/e"),
  () => new Worker("http://{place}/w.js"),
  () => navigator.serviceWorker.register("/sw.js"),
  () => window.open("http://{place}/open"),
  () => import("http://{place}/m.js"),
  () => {{
    const peer = new RTCPeerConnection({{iceServers: [{{urls: "stun:{place}"}}]}});
    peer.createDataChannel("x");
    peer.createOffer().then(offer => peer.setLocalDescription(offer));
  }},
  () => addEventListener("load", () => document.getElementById("f").submit()),
]) {{ try {{ go() }} catch (error) {{ }} }}
</script><p id="end">Slut</p>"""


def test_no_page_gets_out_by_itself() -> None:
    with listening() as (port, came):
        page = WAYS_OUT.format(place=f"127.0.0.1:{port}")
        web = Web()
        assert "Slut" in text(rendered(page, web, "127.0.0.1"))
        assert came == []
    wanted = {f"http://127.0.0.1:{port}/{name}" for name in ("a", "e", "m.js", "w.js")}
    assert set(web.asked) <= wanted


@pytest.mark.parametrize(
    "page",
    [
        "<script>for (;;) {}</script>",
        "<script>setInterval(() => fetch('/api/more'), 50)</script>",
    ],
)
def test_a_page_that_never_rests_is_given_up_and_the_next_is_read(page: str) -> None:
    async def run() -> tuple[Fetched, Fetched]:
        web = Web(**{"forum.example/api/more": "[]"})
        async with browsing(web) as browser:
            await browser.render(answer("<p>Først</p>"))  # its start is not counted
            browser._seconds = 4
            lost = await browser.render(answer(page))
            browser._seconds = 60
            return lost, await browser.render(answer("<p>God dag</p>"))

    lost, read = asyncio.run(run())
    assert lost.state is ReadState.FAILED
    assert lost.reason == Reason("render_timeout", {"seconds": 4})
    assert "God dag" in text(read)


def test_a_page_that_swells_is_refused() -> None:
    page = "<script>document.body.append('x'.repeat(200000))</script>"
    fetched = rendered(f"<body>{page}", Web())
    assert fetched.reason == Reason("too_large", {"limit": 100_000})


def test_a_browser_that_dies_is_started_again() -> None:
    async def run() -> Fetched:
        async with browsing(Web()) as browser:
            await browser.render(answer("<p>En</p>"))
            assert browser._chromium is not None
            await browser._chromium.close()
            return await browser.render(answer("<p>To</p>"))

    assert "To" in text(asyncio.run(run()))


def test_without_a_browser_the_reason_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(render, "PROGRAMS", ("no-such-browser",))
    fetched = rendered(POSTS, Web())
    assert fetched.state is ReadState.FAILED
    assert fetched.reason == Reason("render_missing")


def test_a_browser_that_hangs_is_ended_and_the_next_page_gets_another() -> None:
    web = Web(**{"forum.example/api/posts": '["Første opslag"]'})

    async def run() -> tuple[int, Fetched, Fetched]:
        async with browsing(web) as browser:
            await browser.render(answer(POSTS))
            (program,) = children(*children(os.getpid()))
            os.kill(program, signal.SIGSTOP)
            browser._seconds = 2
            hung = await browser.render(answer(POSTS))
            browser._seconds = 60
            return program, hung, await browser.render(answer(POSTS))

    program, hung, after = asyncio.run(run())
    assert not Path(f"/proc/{program}").exists()
    assert hung.reason == Reason("render_timeout", {"seconds": 2})
    assert "Første opslag" in text(after)


def children(*parents: int) -> list[int]:
    """The processes these have started from their first thread."""
    return [
        int(child)
        for parent in parents
        for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    ]


def test_a_browser_is_told_nothing_of_our_surroundings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, told = tmp_path / "browser", tmp_path / "told"
    program.write_text(f"#!/bin/sh\nenv > {told}\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(render, "installed", lambda: str(program))
    monkeypatch.setenv("MONITOR_DATABASE_URL", "postgresql://udkig:hemmeligt@db/udkig")
    assert rendered(POSTS, Web()).reason == Reason("render_failed")
    assert "PATH=" in told.read_text()
    assert "hemmeligt" not in told.read_text()
