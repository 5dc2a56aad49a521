"""A watchlist, a site and a crawl over it, on both databases."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from monitor import hits
from monitor.db import Database
from monitor.engine.local import crawl_all
from monitor.models import Hit
from monitor.pipeline import Report
from monitor.schedule import crawling
from monitor.settings import Settings, load
from monitor.startup import Opened
from monitor.types import Source
from tests.site import Site, site
from tests.town import MONITOR_TOML, center_toml
from watchlist import entries
from watchlist.types import NameForms, NewEntry, OptInRecord

START = datetime(2026, 11, 22, 12, tzinfo=UTC)
CENTERS = ("havnelyst", "bakkely")


def post(number: int, text: str, *, author: str = "Anonym") -> str:
    """A comment as WordPress prints it."""
    return f"""<li id="comment-{number}" class="comment">
      <article class="comment-body"><footer class="comment-meta">
      <b class="fn">{author}</b>
      <a href="/traad/#comment-{number}"><time datetime="2026-11-20T10:00:00+01:00">
      20. november 2026</time></a></footer>
      <div class="comment-content"><p>{text}</p></div></article></li>"""


def page(*posts: str, links: str = "") -> str:
    """A page with comments among words that say nothing."""
    return f"""<!doctype html><html lang="da"><head><title>Tråden</title></head>
      <body><main>{links}<ol class="comment-list">{"".join(posts)}</ol></main>
      </body></html>"""


@dataclass
class World:
    """Everything a crawl test needs, with a clock it moves by hand."""

    settings: Settings
    database: Database
    site: Site
    source: Source
    now: datetime = START
    sources: list[Source] = field(default_factory=list)

    def enrol(self, work_id: str, name: str, center: str = "havnelyst") -> None:
        with self.database.begin() as session:
            entries.add(
                session,
                NewEntry(work_id, center, NameForms(name)),
                OptInRecord(date(2026, 11, 1), "signed", "1", "drawer 1"),
                centers=CENTERS,
                now=self.now,
                by="admin",
            )

    def crawl(self, *sources: Source) -> list[Report]:
        """One pass over the sources, a minute later than the last."""
        self.now += timedelta(minutes=1)
        wanted = sources or (self.source,)

        async def run() -> list[Report]:
            opened = Opened(self.settings, self.database)
            known = {source.id: source for source in wanted}
            async with crawling(opened, known, clock=lambda: self.now) as crawl:
                return await crawl_all(crawl, wanted, now=self.now)

        return sorted(asyncio.run(run()), key=lambda report: report.source_id)

    def hits(self) -> list[tuple[int, str, str]]:
        """Employee, state and quote of every hit, in order of storing."""
        with self.database.read() as session:
            return [
                (h.employee_id, h.state.value, hits.words_of(session, h).found[0].quote)
                for h in session.scalars(select(Hit).order_by(Hit.id))
            ]

    def over(self, path: str, **changes: object) -> Source:
        """The source with another start address and whatever else is given."""
        return replace(self.source, urls=(self.site.url(path),), **changes)  # type: ignore[arg-type]


def _settings(folder: Path, place: str) -> Settings:
    config = folder / "config"
    config.mkdir()
    (config / "monitor.toml").write_text(
        f"""{MONITOR_TOML}delay = "0s"
allow_private = ["{place}"]
[schedule]
workers = 0
""",
        encoding="utf-8",
    )
    centers = "".join(
        f"""{center_toml(name)}context_words = ["jobcenter"]
own_sites = ["own-{name}.example"]
own_accounts = ["@{name}"]
"""
        for name in CENTERS
    )
    (config / "centers.toml").write_text(centers, encoding="utf-8")
    (config / "matching.toml").write_text("", encoding="utf-8")
    (config / "signals.toml").write_text("", encoding="utf-8")
    env = {"MONITOR_CONFIG": str(config), "MONITOR_DATA": str(folder / "data")}
    (folder / "data").mkdir(mode=0o700)
    return load(env)


@pytest.fixture
def world(database: Database, tmp_path: Path) -> Iterator[World]:
    with database.begin() as session:
        database.keyring.fingerprint(session, "start")
    with site() as running:
        source = Source(
            id="forum",
            kind="web",
            urls=(running.url("/traad/"),),
            center="havnelyst",
            every=timedelta(hours=6),
            approved_by="Bente Holst",
            approved_on=date(2026, 11, 1),
            expires_on=date(2027, 10, 1),
        )
        running.put("/robots.txt", "User-agent: *\nAllow: /\n")
        yield World(_settings(tmp_path, running.place), database, running, source)
