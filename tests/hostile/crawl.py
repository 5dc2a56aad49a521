"""One real crawl over a hostile web: the command, its database, and who watches it."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import select

from monitor.models import Hit
from monitor.models.crawl import Fetch, Run
from monitor.types import Band
from tests.hostile.case import TRAP, Case, name_of
from tests.hostile.web import NEIGHBOUR, HostileWeb
from tests.house.tree import ROOT
from tests.installation import Installation, utc_now
from watchlist.models import Employee

FETCH = """delay = "0s"
concurrency = 32
connect_timeout = "2s"
deadline = "3s"
max_bytes = 1000000
"""
# Seconds after which a crawl is taken to hang: twice what all cases may take on a
# machine with nothing else to do.
HANG = 240


# State and reason of a page, by source and address.
Recorded = dict[tuple[str, str], tuple[str, str | None]]


@dataclass
class Passed:
    """What one pass of the crawler did."""

    runs: list[dict[str, Any]]
    stderr: str
    seconds: float
    cpu: float
    megabytes: float

    def __str__(self) -> str:
        return f"{self.seconds:.0f} s, {self.cpu:.0f} s CPU, {self.megabytes:.0f} MB"


@dataclass
class Crawler:
    """An installation that watches this web's employees and reads its sites."""

    folder: Path
    web: HostileWeb
    trusted: bytes
    client: str
    installation: Installation = field(init=False)

    def __post_init__(self) -> None:
        self.installation = Installation(
            self.folder / "home", [], fetch=FETCH, schedule="parse_seconds = 2"
        )
        config = self.folder / "home" / "config"
        monitor = (config / "monitor.toml").read_text("utf-8")
        places = json.dumps(sorted(self._allowed()))
        monitor = monitor.replace("allow_private = []", f"allow_private = {places}")
        (config / "monitor.toml").write_text(monitor, "utf-8")
        sources = [self._source(case) for case in self.web.cases]
        (config / "sources.toml").write_text("".join(sources), "utf-8")
        names: dict[str, list[list[str]]] = {}
        for case in self.web.cases:
            names |= case.names
        (self.folder / "names.json").write_text(json.dumps(names), "utf-8")
        (self.folder / "trusted.pem").write_bytes(self.trusted)
        self.installation.enrol(*self.employees())

    def employees(self) -> list[str]:
        """Everybody on the watchlist; the trap is the first."""
        return [TRAP, *(name for case in self.web.cases for name in planted(case))]

    def _allowed(self) -> set[str]:
        port = self.web.port
        named = {
            f"{name}:{port}"
            for case in self.web.cases
            for name in case.names
            if name.startswith("own")
        }
        sites = {f"{self.web.host(case)}:{port}" for case in self.web.cases}
        aside = {f"{self.web.neighbour(c)}:{port}" for c in self.web.cases if c.alone}
        return named | sites | aside | {f"{NEIGHBOUR}:{port}"}

    def _source(self, case: Case) -> str:
        today = utc_now().date()
        bad, good = self.web.fill(case.url, case), self.web.good(case)
        own = f'id = "{case.id}"\nkind = "{case.kind}"\n{case.source}\n'
        head = f"""center = "havnelyst"
every = "6h"
approved_by = "Bente Holst"
approved_on = {today}
expires_on = {date.fromordinal(today.toordinal() + 200)}
"""
        if case.kind == "web":
            return f"[[source]]\n{own}urls = {json.dumps([bad, good])}\n{head}"
        next_to_it = f'id = "{case.id}-good"\nkind = "web"\nurl = "{good}"\n'
        return f'[[source]]\n{own}url = "{bad}"\n{head}[[source]]\n{next_to_it}{head}'

    def crawl(self) -> Passed:
        """Read everything once; raises TimeoutExpired when it does not come back."""
        command = [sys.executable, "-m", "tests.hostile.crawler", str(self.folder)]
        began, burnt = time.monotonic(), burnt_by_children()
        with subprocess.Popen(
            [*command, "crawl", "--all", "--json"],
            cwd=ROOT,
            env=self.installation.env | {"UDKIG_TEST_CLIENT": self.client},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            watched = Memory(process.pid)
            try:
                out, err = process.communicate(timeout=HANG)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
            peak = watched.stop()
        assert process.returncode in (0, 1), err
        runs = json.loads(out)["runs"]
        spent = time.monotonic() - began
        return Passed(runs, err, spent, burnt_by_children() - burnt, peak)

    def recorded(self) -> Recorded:
        """State and reason of every page of the last run, by source and address."""
        with self.installation.opened() as at_hand, at_hand.database.read() as session:
            wanted = select(Run.source_id, Fetch).join(Fetch).order_by(Fetch.id)
            return {
                (source, fetch.url): (fetch.state.value, fetch.reason_code)
                for source, fetch in session.execute(wanted)
            }

    def found(self) -> list[str]:
        """The names that were surely found, each as often as it is stored."""
        everybody = self.employees()
        with self.installation.opened() as at_hand, at_hand.database.read() as session:
            sure = select(Employee.work_id).join(Hit).where(Hit.band == Band.HIT)
            ids = session.scalars(sure)
            return [everybody[int(work_id.removeprefix("TK-"))] for work_id in ids]


def burnt_by_children() -> float:
    """Seconds of processor time used by all processes that have ended here."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def planted(case: Case) -> list[str]:
    """Whom a case names on pages that must be read."""
    pages = ["good", "bad"] if case.reading is not None else ["good"]
    return [name_of(f"{case.id}/{page}") for page in pages]


def expected(cases: Sequence[Case]) -> list[str]:
    """Everybody who must be found, in order."""
    return sorted(name for case in cases for name in planted(case))


class Memory:
    """Looks again and again how much a process and its children hold."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._peak = 0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """The most that all of them held together, in MB."""
        self._end.set()
        self._thread.join(5)
        return self._peak / 1e6

    def _watch(self) -> None:
        while not self._end.wait(0.1):
            with suppress(psutil.Error):
                family = [self._process, *self._process.children(recursive=True)]
                held = sum(_resident(process) for process in family)
                self._peak = max(self._peak, held)


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0
