"""Looks whether everything is in order, and says what to do when it is not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from monitor import history
from monitor.models.crawl import Run, SourceState
from monitor.models.hit import QUEUED, Hit
from monitor.pipeline.runs import silent
from monitor.settings import Settings
from monitor.sources import is_approved
from monitor.startup import Opened
from monitor.types import Param, Reason, Source
from watchlist.entries import active_entries

_LOW_DISK = 1_000_000_000
_NO_DISK = 100_000_000
_SOON = timedelta(days=30)
_ZONE = ZoneInfo("Europe/Copenhagen")


class State(StrEnum):
    """How a check came out."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    state: State
    found: Reason


def inside(
    opened: Opened, sources: Mapping[str, Source], now: datetime
) -> Iterator[Check]:
    """Check by check: the database and what it holds.

    A damaged database is asked nothing more: its answers would be worth nothing.
    """
    settings = opened.settings
    with opened.database.read() as session:
        database = _database(session)
        yield database
        if database.state is State.GOOD:
            yield _keys(session, settings)
            yield _clock(session, now)
            yield _reading(session, settings, sources, now=now)
            yield _queue(session)
            yield _history(session)


def around(
    settings: Settings, sources: Mapping[str, Source], now: datetime
) -> Iterator[Check]:
    """Check by check: what can be looked at when the database cannot be opened."""
    yield disk(settings.data_dir)
    yield _approvals(sources, now)
    yield _backup(settings, now)
    yield _chromium()


def health(opened: Opened) -> Iterator[Check]:
    """The two checks that say whether this process can work at all; quick."""
    with opened.database.read() as session:
        yield _database(session)
    yield disk(opened.settings.data_dir)


def _good(name: str, code: str, **params: Param) -> Check:
    return Check(name, State.GOOD, Reason(code, params))


def _warning(name: str, code: str, **params: Param) -> Check:
    return Check(name, State.WARNING, Reason(code, params))


def _bad(name: str, code: str, **params: Param) -> Check:
    return Check(name, State.BAD, Reason(code, params))


def _database(session: Session) -> Check:
    engine = session.get_bind().dialect.name
    if engine == "sqlite":
        try:
            told = str(session.scalar(text("PRAGMA quick_check(1)")))
        except DatabaseError as error:  # too damaged even to be looked through
            told = str(error.orig)
        if told != "ok":
            return _bad("database", "database_damaged", detail=told)
    return _good("database", "database_good", engine=engine)


def _keys(session: Session, settings: Settings) -> Check:
    """Opens every active name: a key file of another database would show here."""
    active = len(active_entries(session))
    inside = settings.key_file.is_relative_to(settings.data_dir)
    code = "keys_beside_data" if inside else "keys_good"
    state = State.WARNING if inside else State.GOOD
    return Check("keys", state, Reason(code, {"active": active}))


def disk(folder: Path) -> Check:
    """Whether the data folder can be written, has room, and is closed to others."""
    if not folder.is_dir():
        return _bad("disk", "folder_not_writable", folder=str(folder))
    free = shutil.disk_usage(folder).free
    params: dict[str, Param] = {"free": round(free / 1e9, 1), "folder": str(folder)}
    if not os.access(folder, os.W_OK):
        return _bad("disk", "folder_not_writable", folder=str(folder))
    if free < _NO_DISK:
        return _bad("disk", "disk_full", **params)
    if folder.stat().st_mode & 0o077:
        return _warning("disk", "folder_open", folder=str(folder))
    if free < _LOW_DISK:
        return _warning("disk", "disk_low", **params)
    return _good("disk", "disk_good", **params)


def _clock(session: Session, now: datetime) -> Check:
    """A clock that has been set back shows against what is already stored."""
    newest = session.scalar(select(func.max(Run.started_at)))
    if newest is not None and newest > now + timedelta(minutes=5):
        return _bad("clock", "clock_behind", newest=_told(newest))
    return _good("clock", "clock_good", now=_told(now))


def _told(moment: datetime) -> str:
    return moment.astimezone(_ZONE).strftime("%d-%m-%Y %H.%M")


def _approvals(sources: Mapping[str, Source], now: datetime) -> Check:
    today = now.date()
    barred = [s.id for s in sources.values() if is_approved(s, today) is not None]
    if barred:
        names = ", ".join(barred)
        return _warning("approvals", "approvals_missing", sources=names)
    ending = [
        s.id
        for s in sources.values()
        if s.expires_on is not None and s.expires_on < today + _SOON
    ]
    if ending:
        return _warning("approvals", "approvals_ending", sources=", ".join(ending))
    return _good("approvals", "approvals_good", count=len(sources))


def _reading(
    session: Session,
    settings: Settings,
    sources: Mapping[str, Source],
    *,
    now: datetime,
) -> Check:
    """Whether the approved sources are truly read; the others are told elsewhere."""
    wanted = {s.id for s in sources.values() if is_approved(s, now.date()) is None}
    after = settings.monitor.schedule.silent_after
    quiet = [name for name in silent(session, now - after) if name in wanted]
    if quiet:
        days = round(after / timedelta(days=1), 1)
        return _bad("reading", "sources_silent", sources=", ".join(quiet), days=days)
    states = session.scalars(select(SourceState).where(SourceState.id.in_(wanted)))
    known = list(states)
    most = settings.monitor.alarms.after_failures
    used = (state for state in known if state.paused_at is None)
    worst = sorted(state.id for state in used if state.failures >= most)
    if worst:
        return _bad("reading", "sources_alarm", sources=", ".join(worst), times=most)
    failing = sorted(state.id for state in known if state.failures)
    if failing:
        return _warning("reading", "sources_failing", sources=", ".join(failing))
    read = sum(state.last_read_at is not None for state in known)
    return _good("reading", "sources_read", count=read, all=len(wanted))


def _queue(session: Session) -> Check:
    waiting = session.scalar(select(func.count(Hit.id)).where(Hit.state.in_(QUEUED)))
    return _good("queue", "queue_holds", count=waiting or 0)


def _backup(settings: Settings, now: datetime) -> Check:
    folder = settings.backup_dir
    made = [path.stat().st_mtime for path in folder.glob("udkig-*")]
    if settings.database_url.startswith("postgresql"):
        return _warning("backup", "backup_by_pg_dump")
    if not made:
        return _warning("backup", "backup_missing", folder=str(folder))
    hours = int((now.timestamp() - max(made)) / 3600)
    if timedelta(hours=hours) > 2 * settings.monitor.backup.every:
        return _warning("backup", "backup_old", hours=hours)
    return _good("backup", "backup_good", hours=hours)


def _history(session: Session) -> Check:
    report = history.verify(session)
    if report.faults:
        return _bad("history", "history_broken", faults=len(report.faults))
    return _good("history", "history_whole", events=report.events)


def _chromium() -> Check:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        return _good("chromium", "chromium_absent")
    return _good("chromium", "chromium_there", path=path)
