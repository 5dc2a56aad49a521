"""What a page costs, as ratios: read for the first time, unchanged, partly new.

All figures come from one run over sites this machine serves itself; the names, the
pages and the rivals stand in ``crawling``. ``PAGES`` and ``ROUNDS`` make it longer.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import IO

from benchmarks.crawling.clock import clock
from benchmarks.crawling.home import configure, enrol, env
from benchmarks.crawling.rivals import WATCHED
from benchmarks.goal import Row
from monitor.settings import load
from monitor.startup import open_all

HOSTS = 8
PAGES = int(os.environ.get("PAGES", "400"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
Told = dict[str, float]


def figures() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, _sites() as sites:
        home = Path(folder)
        configure(home, sites.places)
        enrol(home)
        rounds = [_round(home, sites, number) for number in range(ROUNDS)]
        yield from _table(rounds)
        yield from _clock(home)


@dataclass
class Sites:
    """The running sites and the pipe by which they are changed."""

    places: list[str]
    server: subprocess.Popen[str]

    def change(self, count: int) -> None:
        _say(self.server, f"change {count}")
        _line(self.server.stdout)


@contextmanager
def _sites() -> Iterator[Sites]:
    server = _program("server", str(HOSTS), str(PAGES // HOSTS))
    try:
        yield Sites(json.loads(_line(server.stdout)), server)
    finally:
        server.communicate()


def _program(name: str, *words: str, **env: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", f"benchmarks.crawling.{name}", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **env},
    )


def _line(stream: IO[str] | None) -> str:
    assert stream is not None
    return stream.readline()


def _say(program: subprocess.Popen[str], words: str) -> None:
    assert program.stdin is not None
    program.stdin.write(words + "\n")
    program.stdin.flush()


def _round(home: Path, sites: Sites, number: int) -> dict[str, Told]:
    """Everything once, side by side in time; ours on a fresh database."""
    told: dict[str, Told] = {}
    given = json.dumps(sites.places)
    for rival in ("naive", "spider", "plain"):
        said, _ = _program("rivals", rival, given).communicate()
        told[rival] = json.loads(said)
    data = home / f"data-{number}"
    shutil.copytree(home / "data", data)
    ours = _program("ours", "4", **env(home, data))
    for step in ("cold", "second", "unchanged", "changed"):
        if step == "changed":
            sites.change(PAGES // 20)
        if step != "cold":
            _say(ours, "go on")
        told[step] = json.loads(_line(ours.stdout))
    ours.communicate()
    return told


def _table(rounds: list[dict[str, Told]]) -> Iterator[str]:
    def ratio(one: str, other: str, what: str) -> float:
        return median(_per(r[one], what) / _per(r[other], what) for r in rounds)

    def per_page(which: str, what: str = "cpu") -> float:
        return median(_per(told[which], what) for told in rounds) * 1000

    new = PAGES // 20
    exact = all(told["changed"]["searched"] == new for told in rounds)
    stall = max(told[s]["stall"] for told in rounds for s in ("cold", "changed"))
    yield f"{PAGES} pages on {HOSTS} hosts, {ROUNDS} rounds, {WATCHED} names"
    for which in ("naive", "spider", "plain", "cold", "unchanged", "changed"):
        wall = per_page(which, "seconds")
        yield f"  {which}: {per_page(which):.2f} ms CPU a page, {wall:.2f} ms"
    own = per_page("cold", "own_cpu")
    yield f"  cold: {own:.2f} ms of these in the main process"
    first = ratio("naive", "cold", "seconds")
    yield Row("cold pages/s ÷ Scrapy, naive matching", 5, 10, first).line()
    first = ratio("spider", "cold", "seconds")
    yield Row("cold pages/s ÷ Scrapy, no matching", 0.5, 1, first).line()
    again = ratio("unchanged", "plain", "cpu")
    yield Row("unchanged, CPU a page ÷ httpx alone", 2, 1.4, again, True).line()
    some = ratio("changed", "unchanged", "cpu")
    yield Row("5 % changed ÷ unchanged, CPU a page", 1.6, 1.2, some, True).line()
    yield f"posts searched = new posts exactly: {'yes' if exact else 'NO'}"
    yield Row("event loop stall", 250, 100, stall * 1000, True, " ms").line()


def _clock(home: Path) -> Iterator[str]:
    settings = load({**os.environ, **env(home, home / "data")})
    with open_all(settings, datetime.now(UTC)) as opened:
        told = clock(opened)
    each = "10,000 sources, CPU for each due"
    yield Row(each, 0.5, 0.5, told.each, True, " ms").line()
    yield f"  a look when nothing is due: {told.idle:.1f} ms"
    yield Row("sources missed after the pause", 0, 0, told.missed, True).line()


def _per(told: Told, what: str) -> float:
    return told[what] / told["pages"]
