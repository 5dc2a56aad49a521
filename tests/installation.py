"""A whole installation in a folder, run as real processes, on a few small sites."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from monitor.settings import load
from monitor.startup import Opened, open_all
from tests.site import Site, site
from tests.town import MONITOR_TOML, center_toml
from tests.world import page, post
from watchlist import entries
from watchlist.types import NameForms, NewEntry, OptInRecord

NAMES = (
    "Malthe Kringelbæk",
    "Signe Abildtorp",
    "Oline Vestermarksen",
    "Torkil Hjermindgaard",
    "Asbjørn Lundetoft",
    "Vilhelmine Skovridder",
)
MONITOR = Path(sys.executable).with_name("monitor")


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Installation:
    """A configuration, a data folder and the sites it reads.

    What is written under ``schedule`` and ``fetch`` comes into those tables.
    """

    folder: Path
    sites: list[Site]
    url: str = ""
    every: str = "6h"
    schedule: str = ""
    fetch: str = 'delay = "0s"\n'
    depth: int = 1
    extra: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        (self.folder / "config").mkdir(parents=True)
        self.configure()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def env(self) -> dict[str, str]:
        own = {
            "MONITOR_CONFIG": str(self.folder / "config"),
            "MONITOR_DATA": str(self.data),
            "MONITOR_LANGUAGE": "en",
            **({"MONITOR_DATABASE_URL": self.url} if self.url else {}),
        }
        return {**os.environ, **own, **self.extra}

    def configure(self) -> None:
        """Write the configuration as it is set now."""
        places = json.dumps([running.place for running in self.sites])
        monitor = f"""{MONITOR_TOML}allow_private = {places}
{self.fetch}
[schedule]
{self.schedule}
"""
        today = utc_now().date()
        sources = "".join(
            f"""[[source]]
id = "site-{number}"
kind = "web"
url = "{running.url("/traad/")}"
center = "havnelyst"
every = "{self.every}"
depth = {self.depth}
page_limit = 5000
allow = ["{running.url("/*")}"]
approved_by = "Bente Holst"
approved_on = {today}
expires_on = {date.fromordinal(today.toordinal() + 200)}
"""
            for number, running in enumerate(self.sites)
        )
        folder = self.folder / "config"
        (folder / "monitor.toml").write_text(monitor, "utf-8")
        (folder / "centers.toml").write_text(center_toml(), "utf-8")
        (folder / "sources.toml").write_text(sources, "utf-8")
        (folder / "matching.toml").write_text("", "utf-8")
        (folder / "signals.toml").write_text("", "utf-8")

    @contextmanager
    def opened(self) -> Iterator[Opened]:
        with open_all(load(self.env), utc_now(), upgrade=True) as at_hand:
            yield at_hand

    def enrol(self, *names: str) -> None:
        with self.opened() as at_hand, at_hand.database.begin() as session:
            for number, name in enumerate(names):
                entries.add(
                    session,
                    NewEntry(f"TK-{number}", "havnelyst", NameForms(name)),
                    OptInRecord(utc_now().date(), "signed", "1", "drawer 1"),
                    centers=("havnelyst",),
                    now=utc_now(),
                    by="admin",
                )

    def start(self, *words: str, **more: Any) -> subprocess.Popen[str]:
        """The ``monitor`` command, running."""
        return subprocess.Popen(
            [MONITOR, *words],
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **more,
        )

    def run(self, *words: str, **more: Any) -> subprocess.CompletedProcess[str]:
        """The ``monitor`` command, done."""
        return subprocess.run(
            [MONITOR, *words],
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            **more,
        )

    def crawl(self) -> list[dict[str, Any]]:
        """One pass over all sources; what is told of each run."""
        done = self.run("crawl", "--all", "--json")
        assert done.returncode in (0, 1), done.stderr
        runs: list[dict[str, Any]] = json.loads(done.stdout)["runs"]
        return runs


@contextmanager
def sites(count: int) -> Iterator[list[Site]]:
    """Some empty sites that let themselves be read."""
    with ExitStack() as stack:
        running = [stack.enter_context(site()) for _ in range(count)]
        for one in running:
            one.put("/robots.txt", "User-agent: *\nAllow: /\n")
        yield running


def fill(running: Site, pages: int, *, posts: int, words: str = "") -> None:
    """Put a start page with links to pages of harmless posts on a site."""
    links = " ".join(f'<a href="/p{n}/">Side {n}</a>' for n in range(1, pages))
    for number in range(pages):
        running.put(
            f"/p{number}/" if number else "/traad/",
            page(
                *(
                    post(
                        number * 1000 + n,
                        f"Bus {number * 1000 + n} fra havnen kom for sent. {words}",
                    )
                    for n in range(posts)
                ),
                links="" if number else links,
            ),
        )
