"""The commands as typed in a terminal: own folders, a real process, a small town."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from monitor import users
from monitor.models import UserRole
from monitor.paths import default_config
from monitor.settings import load
from monitor.startup import open_all
from tests import town
from watchlist import entries
from watchlist.types import NameForms, NewEntry, OptInRecord

NAME = "Signe Abildtorp-Vang"
QUOTE = f"{NAME} er den koldeste sagsbehandler i Tågeby."
MONITOR_TOML = f'language = "da"\n{town.MONITOR_TOML}delay = "0s"\n'
CENTERS_TOML = town.center_toml()
_SOURCE = """[[source]]
id = "{id}"
kind = "{kind}"
url = "{url}"
center = "havnelyst"
every = "1h"
approved_by = "Bente Holst"
approved_on = {on}
expires_on = {until}
"""
_NOT_ABOVE_RULES = (
    "setpriv",
    "--bounding-set=-dac_override,-dac_read_search,-fowner",
)


class Said(NamedTuple):
    """What a command ended with and printed."""

    code: int
    out: str
    err: str


@dataclass
class Desk:
    """One user's folders, and the commands typed there."""

    config: Path
    data: Path
    env: dict[str, str] = field(default_factory=dict)

    def write(self, file: str, text: str) -> None:
        (self.config / file).write_text(text, encoding="utf-8")

    def sources(self, **urls: str) -> None:
        """Sources by id; ``feed_x`` is a feed, anything else a page."""
        self.write("sources.toml", "\n".join(table(k, v) for k, v in urls.items()))

    def allow(self, *places: str, more: str = "") -> None:
        fetch = f"allow_private = {json.dumps(places)}\n{more}"
        self.write("monitor.toml", f"{MONITOR_TOML}{fetch}\n")

    def type(self, *words: str, language: str = "en", as_root: bool = True) -> Said:
        """Type a command; with ``as_root`` off, file modes bind even root."""
        module, *rest = words
        main = "main" if module == "monitor" else "watchlist_main"
        code = f"from monitor.cli import {main}; {main}()"
        bound = _NOT_ABOVE_RULES if not as_root and os.geteuid() == 0 else ()
        done = subprocess.run(
            [*bound, sys.executable, "-c", code, *rest],
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(Path(__file__).parents[2]),
                "MONITOR_CONFIG": str(self.config),
                "MONITOR_DATA": str(self.data),
                "MONITOR_LANGUAGE": language,
                "COLUMNS": "200",
                **self.env,
            },
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        said = Said(done.returncode, done.stdout, done.stderr)
        assert "Traceback" not in said.err, said.err
        assert "parameters" not in said.err, said.err
        return said

    def crawl(self) -> dict[str, dict[str, Any]]:
        """Read everything now; gives each source's report, with the exit code."""
        said = self.type("monitor", "crawl", "--all", "--json")
        assert said.code in {0, 1}, said
        runs = json.loads(said.out)["runs"]
        return {run["source"]: run | {"code": said.code} for run in runs}


def table(name: str, url: str) -> str:
    today = datetime.now(UTC).date()
    kind = "feed" if name.startswith("feed") else "web"
    on, until = today - timedelta(days=9), today + timedelta(days=300)
    name = name.replace("_", "-")
    return _SOURCE.format(id=name, kind=kind, url=url, on=on, until=until)


def make_desk(folder: Path) -> Desk:
    """A desk with one employee on the watchlist the users ``root`` and ``bente``."""
    desk = Desk(folder / "config", folder / "data")
    desk.config.mkdir(parents=True)
    desk.allow()
    desk.write("centers.toml", CENTERS_TOML)
    desk.write("matching.toml", "")
    desk.write("signals.toml", (default_config() / "signals.toml").read_text("utf-8"))
    desk.sources()
    now = datetime.now(UTC)
    env = {"MONITOR_CONFIG": str(desk.config), "MONITOR_DATA": str(desk.data)}
    roles = [UserRole.WATCHLIST_ADMIN, UserRole.TECHNICAL_ADMIN]
    with open_all(load(env), now) as opened, opened.database.begin() as session:
        users.add_user(session, "root", roles, by="root", now=now)
        manager = [UserRole.CENTER_MANAGER]
        users.add_user(
            session, "bente", manager, center="havnelyst", by="root", now=now
        )
        entries.add(
            session,
            NewEntry("TK-1", "havnelyst", NameForms(NAME)),
            OptInRecord(date(2026, 11, 1), "signed", "1", "drawer 1"),
            centers=("havnelyst",),
            now=now,
            by="root",
        )
    return desk


@contextmanager
def copied(desk: Desk, folder: Path) -> Iterator[Desk]:
    """The same desk in folders of its own."""
    shutil.copytree(desk.config, folder / "config")
    shutil.copytree(desk.data, folder / "data")
    folder.joinpath("data").chmod(0o700)
    yield Desk(folder / "config", folder / "data")
