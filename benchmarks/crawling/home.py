"""An installation that reads the made-up sites and looks for a thousand people."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.crawling.pages import names
from benchmarks.crawling.rivals import WATCHED
from monitor.paths import default_config
from monitor.settings import load
from monitor.startup import open_all
from tests.town import MONITOR_TOML, center_toml
from watchlist import entries
from watchlist.types import NameForms, NewEntry, OptInRecord

SOURCE = """[[source]]
id = "site-{n}"
kind = "web"
url = "{place}/"
center = "havnelyst"
every = "6h"
depth = 1
page_limit = 5000
allow = ["{place}/t*"]
deny = ["*replytocom*"]
approved_by = "Bente Holst"
approved_on = {today}
expires_on = {later}
"""


def env(home: Path, data: Path) -> dict[str, str]:
    return {"MONITOR_CONFIG": str(home / "config"), "MONITOR_DATA": str(data)}


def _days() -> dict[str, date]:
    today = datetime.now(UTC).date()
    return {"today": today, "later": today + timedelta(days=200)}


def configure(folder: Path, places: list[str]) -> None:
    """Write a configuration that reads every thread of the sites, without a pause."""
    config = folder / "config"
    config.mkdir()
    bare = json.dumps([place.removeprefix("http://") for place in places])
    monitor = f'{MONITOR_TOML}delay = "0s"\nallow_private = {bare}\n'
    center = center_toml() + 'context_words = ["jobcentret"]\n'
    (config / "monitor.toml").write_text(monitor, "utf-8")
    (config / "centers.toml").write_text(center, "utf-8")
    sources = "".join(
        SOURCE.format(n=n, place=p, **_days()) for n, p in enumerate(places)
    )
    (config / "sources.toml").write_text(sources, "utf-8")
    (config / "matching.toml").write_text("", "utf-8")
    shutil.copy(default_config() / "signals.toml", config)


def enrol(folder: Path) -> None:
    """Make the data folder with everybody on the watchlist."""
    now = datetime.now(UTC)
    settings = load({**os.environ, **env(folder, folder / "data")})
    with (
        open_all(settings, now, upgrade=True) as opened,
        opened.database.begin() as session,
    ):
        for number, name in enumerate(names(WATCHED)):
            entries.add(
                session,
                NewEntry(f"TK-{number}", "havnelyst", NameForms(name)),
                OptInRecord(now.date(), "signed", "1", "drawer 1"),
                centers=("havnelyst",),
                now=now,
                by="admin",
            )
