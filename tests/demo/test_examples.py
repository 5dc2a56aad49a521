"""Reading and matching find what the examples say, and nothing besides."""

from __future__ import annotations

import csv
import io
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx
import pytest
from protego import Protego

from monitor.demo.server import target_of
from monitor.demo.sites import EXPECTED, Sites, internet
from monitor.match import Index, build, find
from monitor.sources import KINDS, is_approved
from monitor.sources.config import parse_sources
from monitor.types import Band, Context, Entry, Page, ReadState, Source

NOW = datetime(2026, 11, 22, 13, 35, tzinfo=UTC)
# Where a list repeats the beginning of a post that stands on its own page.
EXCERPTS = {("blog", "/", "TK-1002")}

Find = tuple[str, str, str]  # site, path, work id


class Reader:
    """Reads the demo's sources as the program does, without storing anything."""

    def __init__(self, net: Sites, web: httpx.Client) -> None:
        self.net = net
        self.web = web
        self.blocked: dict[str, str] = {}
        self.found: dict[Find, list[Band]] = defaultdict(list)
        self.posts: Counter[Find] = Counter()

    def read_all(self) -> None:
        index, words = watched(self.net)
        for source in sources(self.net):
            if is_approved(source, NOW.date()) is None:
                context = Context(source.center, words)
                for url, page in self.pages(source):
                    self.match(url, page, index=index, context=context)

    def pages(self, source: Source) -> Iterator[tuple[str, Page]]:
        kind = KINDS[source.kind]
        queue = list(kind.start(source))
        known = {request.url for request in queue}
        for request in queue:
            if not self.may_read(request.url):
                continue
            answer = self.web.get(request.url)
            page = kind.read_answer(
                source,
                request,
                final_url=str(answer.url),
                content_type=answer.headers.get("Content-Type"),
                body=answer.content,
                now=NOW,
            )
            if page.state is not ReadState.READ and page.reason:
                self.blocked[source.id] = page.reason.code
            fresh = [one for one in page.follow if one.url not in known]
            known |= {one.url for one in fresh}
            queue += fresh
            assert len(queue) <= source.page_limit, source.id
            yield request.url, page

    def may_read(self, url: str) -> bool:
        base = "/".join(url.split("/")[:3])
        robots = Protego.parse(self.web.get(base + "/robots.txt").text)
        return bool(robots.can_fetch(url, "Test"))

    def match(self, url: str, page: Page, *, index: Index, context: Context) -> None:
        name = next(n for n, b in self.net.bases.items() if url.startswith(b + "/"))
        for post in page.posts:
            matches = find(index, post.searched_text, context)
            for work_id in {f"TK-{match.employee_id}" for match in matches}:
                self.posts[name, target_of(url), work_id] += 1
            for match in matches:
                key = (name, target_of(url), f"TK-{match.employee_id}")
                self.found[key].append(match.band)


def watched(net: Sites) -> tuple[Index, dict[str, tuple[str, ...]]]:
    entries = [
        Entry(
            int(row["employee_id"].removeprefix("TK-")),
            row["center"],
            row["full_name"],
            tuple(filter(None, row["aliases"].split(";"))),
            (row["email"],),
            tuple(filter(None, [row["linkedin_url"]])),
            (row["role_words"],),
        )
        for row in csv.DictReader(io.StringIO(net.watchlist_csv))
        if row["opt_in_given_on"]
    ]
    centers = tomllib.loads(net.centers_toml())["center"]
    return build(entries), {one["id"]: tuple(one["context_words"]) for one in centers}


def sources(net: Sites) -> tuple[Source, ...]:
    centers = ("havnelyst", "engdraget")
    return parse_sources(net.sources_toml(), file="sources.toml", centers=centers)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with (
        internet(lambda: NOW) as net,
        httpx.Client(follow_redirects=True, trust_env=False) as web,
    ):
        reader = Reader(net, web)
        reader.read_all()
        yield reader


def test_every_example_is_found_in_its_band(reader: Reader) -> None:
    for one in EXPECTED:
        key = (one.site, one.path, one.work_id)
        if one.bands:
            assert reader.posts[key] == one.posts, one.example
            assert set(reader.found[key]) <= set(one.bands), one.example
        else:
            assert reader.posts[key] == 0, one.example


def test_nothing_else_is_found(reader: Reader) -> None:
    wanted = {(one.site, one.path, one.work_id) for one in EXPECTED if one.bands}
    assert {key for key, n in reader.posts.items() if n} - wanted <= EXCERPTS


def test_closed_and_lost_pages_are_not_taken_for_clean(reader: Reader) -> None:
    assert set(reader.blocked) == {"group", "members", "lost-page"}


def test_barred_and_unapproved_pages_are_never_asked_for(reader: Reader) -> None:
    asked = {seen.path for seen in reader.net.log}
    assert asked.isdisjoint({"/kladder/", "/@ukendt.rss", "/gaestebog.html"})
    assert not any("replytocom" in path for path in asked)
