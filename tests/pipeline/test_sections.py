"""Sections of sites as they are built: everything in them is read, and once."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from monitor.types import RunOutcome, Source
from tests.world import World, page, post

pytestmark = pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)

# What is asked for before any page.
OWN = ("/robots.txt", "/.well-known/tdmrep.json")


def asked(world: World) -> list[str]:
    """The pages asked for since the last time this was called."""
    seen = [path for path, _ in world.site.log if path not in OWN]
    world.site.log.clear()
    return seen


def everything(world: World, path: str = "/traad/", **changes: object) -> Source:
    return world.over(path, allow=(world.site.url("/*"),), **changes)


def numbered(world: World, pages: int) -> None:
    """A thread over several pages, with all page numbers on each of them."""
    numbers = " ".join(
        f'<a href="/traad/?side={n}">{n}</a>' for n in range(1, pages + 1)
    )
    links = f'<div class="pagination">{numbers}</div>'
    for number in range(1, pages + 1):
        body = page(post(number, f"Svar på side {chr(64 + number)}."), links=links)
        world.site.put(f"/traad/?side={number}", body)
        if number == 1:
            world.site.put("/traad/", body)


def test_numbered_pages_are_read_each_once(world: World) -> None:
    numbered(world, 5)
    (report,) = world.crawl(everything(world))
    assert report.outcome is RunOutcome.READ_CLEAN
    read = asked(world)
    assert len(read) == len(set(read)) == 6
    (report,) = world.crawl(everything(world))
    assert report.new_posts == 0
    assert set(asked(world)) == set(read)


def test_the_pages_of_a_list_and_of_its_threads_are_read(world: World) -> None:
    for side in (1, 2):
        threads = "".join(f'<a href="/emne/{side}{n}">Emne</a> ' for n in range(3))
        further = '<a rel="next" href="/liste/2">Næste</a>' if side == 1 else ""
        body = page(post(side, f"Liste {'AB'[side - 1]}."), links=threads + further)
        world.site.put(f"/liste/{side}", body)
        for n in range(3):
            last = '<link rel="next" href="?side=2">'
            words = f"Emne {'AB'[side - 1]}{'xyz'[n]}"
            first = page(post(n, f"{words} begynder."), links=last)
            world.site.put(f"/emne/{side}{n}", first)
            world.site.put(
                f"/emne/{side}{n}?side=2", page(post(n, f"{words} slutter."))
            )
    (report,) = world.crawl(everything(world, "/liste/1", depth=1))
    assert report.outcome is RunOutcome.READ_CLEAN
    lists = {f"/liste/{side}" for side in (1, 2)}
    emner = {f"/emne/{side}{n}" for side in (1, 2) for n in range(3)}
    ends = {f"{path}?side=2" for path in emner}
    assert set(asked(world)) - {"/traad/"} == lists | emner | ends


def test_session_ids_and_tracking_make_no_new_pages(world: World) -> None:
    session = "0123456789abcdef0123456789abcdef"
    links = " ".join(
        f'<a href="{href}">Emne</a>'
        for href in (
            f"/emne?t=5&sid={session}",
            f"/emne?sid={session[::-1]}&t=5",
            "/emne?t=5&utm_source=post",
            "/emne?t=5&fbclid=abc#p7",
            "/emne?t=5&replytocom=7",
        )
    )
    world.site.put("/traad/", page(post(1, "Velkommen."), links=links))
    world.site.put("/emne?t=5", page(post(2, "Emnet.")))
    world.crawl(everything(world, depth=1))
    assert asked(world) == ["/traad/", "/emne?t=5"]


def test_links_that_grow_by_themselves_come_to_an_end(world: World) -> None:
    path = "/traad/"
    for number in range(40):
        growing = f'<a href="mere/">Mere</a> <a href="?x={number}&x=1">Igen</a>'
        world.site.put(
            path, page(post(number, f"Dybde {'i' * number}."), links=growing)
        )
        path += "mere/"
    (report,) = world.crawl(everything(world, depth=10))
    assert report.fetches < 20


def test_a_start_page_that_only_sends_on_leads_to_the_forum(world: World) -> None:
    sends = '<meta http-equiv="refresh" content="0;url=/forum/"><title>Vent</title>'
    world.site.put("/traad/", sends)
    world.site.put("/forum/", page(post(1, "Her er forummet.")))
    (report,) = world.crawl(world.over("/traad/"))
    assert (report.outcome, report.new_posts) == (RunOutcome.READ_CLEAN, 1)


@contextmanager
def sitemaps(world: World) -> Iterator[str]:
    """A site with an index of a plain and a packed sitemap; gives its address."""
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

    def answer(path: str, base: str) -> bytes:
        if path == "/index.xml":
            parts = "".join(
                f"<sitemap><loc>{base}/{name}</loc></sitemap>"
                for name in ("a.xml", "b.xml.gz", "index.xml")
            )
            return f"<sitemapindex {space}>{parts}</sitemapindex>".encode()
        if path in ("/a.xml", "/b.xml.gz"):
            name = path[1]
            urls = "".join(
                f"<url><loc>{base}/nyt/{name}{n}</loc></url>" for n in range(3)
            )
            body = f"<urlset {space}>{urls}</urlset>".encode()
            return gzip.compress(body) if path.endswith(".gz") else body
        return page(post(1, f"Nyt om {path[-2]} og intet andet.")).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = answer(self.path, f"http://{self.headers['Host']}")
            if self.path == "/robots.txt":
                body = b""
            self.send_response(200)
            kind = {"xml": "application/xml", ".gz": "application/gzip"}
            told = kind.get(self.path[-3:], "text/html; charset=utf-8")
            self.send_header("Content-Type", told)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_an_index_of_sitemaps_plain_and_packed_is_worked_through(world: World) -> None:
    with sitemaps(world) as place:
        fetch = world.settings.monitor.fetch
        both = (*fetch.allow_private, place)
        changed = fetch.model_copy(update={"allow_private": both})
        told = world.settings.monitor.model_copy(update={"fetch": changed})
        world.settings = replace(world.settings, monitor=told)
        start = f"http://{place}/index.xml"
        (report,) = world.crawl(replace(world.source, kind="sitemap", urls=(start,)))
    assert report.outcome is RunOutcome.READ_CLEAN
    assert report.fetches == 9
