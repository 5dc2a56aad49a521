"""A fictional municipality on the fictional internet, in a data folder of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from monitor import enrolment, users
from monitor.demo.clock import DemoClock
from monitor.demo.sites import Sites, internet
from monitor.errors import BadInput
from monitor.models import UserRole
from monitor.paths import default_config
from monitor.settings import Settings, load, read_text
from monitor.sources.config import parse_sources
from monitor.startup import Opened, open_all
from monitor.types import Source

STORY = timedelta(days=8)
"""How long the story takes from the first crawl to the closed case."""

MANAGER, OTHER_MANAGER = "bente", "torkild"
PEOPLE = {
    "drift": (UserRole.TECHNICAL_ADMIN, None),
    "personale": (UserRole.WATCHLIST_ADMIN, None),
    MANAGER: (UserRole.CENTER_MANAGER, "havnelyst"),
    OTHER_MANAGER: (UserRole.CENTER_MANAGER, "engdraget"),
}
"""Who may act in the demo: login, role and centre."""


@dataclass(frozen=True, slots=True)
class Town:
    """The running demo: its sites, its database and its clock."""

    sites: Sites
    opened: Opened
    sources: Mapping[str, Source]
    clock: DemoClock


@contextmanager
def town(folder: Path, language: str) -> Iterator[Town]:
    """Serve the sites and set up a municipality in ``folder`` until the block ends.

    ``config`` and ``data`` are made in the folder; nothing else is touched, whatever
    the environment says. BadInput when the folder holds a demo already.
    """
    clock = DemoClock(STORY)
    with internet(clock) as sites:
        settings = _settings(sites, folder, language)
        with open_all(settings, clock()) as opened:
            _enrol(opened, sites, clock)
            yield Town(sites, opened, _sources(sites, settings), clock)


def _settings(sites: Sites, folder: Path, language: str) -> Settings:
    config = folder / "config"
    if config.exists():
        raise BadInput("demo_folder_in_use", folder=str(folder))
    config.mkdir(parents=True)
    for name, text in (
        ("monitor.toml", sites.monitor_toml(language)),
        ("centers.toml", sites.centers_toml()),
        ("sources.toml", sites.sources_toml()),
        ("matching.toml", ""),
        ("signals.toml", read_text(default_config() / "signals.toml")),
    ):
        (config / name).write_text(text, encoding="utf-8")
    data = str(folder / "data")
    return load({"MONITOR_CONFIG": str(config), "MONITOR_DATA": data})


def _sources(sites: Sites, settings: Settings) -> dict[str, Source]:
    centers = [center.id for center in settings.centers]
    text = sites.sources_toml()
    found = parse_sources(text, file="sources.toml", centers=centers)
    return {source.id: source for source in found}


def _enrol(opened: Opened, sites: Sites, clock: DemoClock) -> None:
    """Let people act, and put on the watchlist whoever asked for it."""
    with opened.database.begin() as session:
        now = clock()
        for login, (role, center) in PEOPLE.items():
            users.add_user(session, login, [role], center=center, by="drift", now=now)
        enrolment.take_in(
            session,
            users.actor(session, "personale"),
            sites.watchlist_csv.encode(),
            centers=[center.id for center in opened.settings.centers],
            now=now,
            dry_run=False,
        )
