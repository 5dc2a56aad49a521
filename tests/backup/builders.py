"""Builders of a filled database with its folders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from monitor import erasures
from monitor.backup import BackupReport, backup
from monitor.db import Database, migrate, open_database, parse_url
from monitor.models import WatchEntry
from monitor.settings import BackupTable, MatchingToml, MonitorToml, Settings
from watchlist import entries
from watchlist.crypto import Keyring
from watchlist.types import NameForms, NewEntry, OptInRecord

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def make_settings(folder: Path, keyring: Keyring) -> Settings:
    return Settings(
        config_dir=folder,
        data_dir=folder / "data",
        monitor=MonitorToml.model_construct(backup=BackupTable()),
        centers=(),
        matching=MatchingToml(),
        database_url=f"sqlite:///{folder / 'data' / 'udkig.db'}",
        key_file=keyring.path,
    )


@dataclass
class House:
    """An installation: its settings and its open database."""

    settings: Settings
    database: Database

    def backup(self, now: datetime = NOW) -> BackupReport:
        return backup(self.database, self.settings, now)


def make_house(folder: Path, keyring: Keyring) -> House:
    settings = make_settings(folder, keyring)
    settings.data_dir.mkdir(parents=True)
    migrate(parse_url(settings.database_url))
    database = open_database(settings.database_url, keyring)
    erasures.watch(database, settings.data_dir, settings.backup_dir)
    with database.begin() as session:
        keyring.fingerprint(session, "start")
    return House(settings, database)


def enrol(session: Session, work_id: str, name: str) -> WatchEntry:
    new = NewEntry(work_id, "soenderby", NameForms(name))
    yes = OptInRecord(date(2026, 11, 1), "samtale", "2026-1")
    return entries.add(session, new, yes, centers=["soenderby"], now=NOW, by="ankj")
