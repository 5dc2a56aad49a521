"""Notes every destroyed data key outside the database, for a restore to repeat.

A backup made before a withdrawal still holds what was withdrawn. The note holds no
more than the key's number and times; what a restore does with it stands in ``backup``.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event

from monitor.db import Database
from monitor.durable import sync, why
from monitor.errors import Problem
from monitor.models import DataKey

LOG = "withdrawals.log"
_PENDING = "destroyed_keys"
_log = logging.getLogger(__name__)


def watch(database: Database, data: Path, backups: Path) -> None:
    """From now on note keys as their destruction is committed, in both folders.

    Written just before the commit, so that none is ever missed: rather erased twice
    than kept once. The transaction fails when the data folder cannot be written; the
    backup folder may be away, and is caught up by the next backup.
    """

    def note(connection: Connection) -> None:
        lines = connection.info.pop(_PENDING, [])
        if lines:
            _append_or_refuse(data / LOG, lines)
            _append_if_there(backups / LOG, lines)

    def drop(connection: Connection) -> None:
        connection.info.pop(_PENDING, None)

    event.listen(database.engine, "commit", note)
    event.listen(database.engine, "rollback", drop)


def noted(*folders: Path) -> frozenset[tuple[int, str]]:
    """Number and birth (see ``born``) of every key ever noted in these folders."""
    found = set()
    for folder in folders:
        for line in _lines(folder / LOG):
            _, number, birth = line.split()
            found.add((int(number), birth))
    return frozenset(found)


def born(key: DataKey) -> str:
    """When a key was made: after a restore the same number may mean another key."""
    return _stamp(key.created_at)


def merge(*folders: Path) -> None:
    """Give each folder the notes that only another one has. Raises OSError."""
    everything = {line for folder in folders for line in _lines(folder / LOG)}
    for folder in folders:
        missing = everything - set(_lines(folder / LOG))
        if missing:
            _append(folder / LOG, sorted(missing))


def _collect(_mapper: Any, connection: Connection, key: DataKey) -> None:
    if key.wrapped is None and key.destroyed_at is not None:
        line = f"{_stamp(key.destroyed_at)} {key.id} {born(key)}"
        connection.info.setdefault(_PENDING, []).append(line)


event.listen(DataKey, "after_update", _collect)


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _lines(path: Path) -> list[str]:
    """Whole lines only: a torn one belongs to a commit that never came."""
    if not path.exists():
        return []
    found = path.read_text("ascii", "replace").splitlines()
    return [line for line in found if len(line.split()) == 3 and line.endswith("Z")]


def _append(path: Path, lines: Iterable[str]) -> None:
    is_new = not path.exists()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "ab") as file:
        torn = file.tell() > 0 and not path.read_bytes().endswith(b"\n")
        file.write("".join(["\n" * torn, *(f"{line}\n" for line in lines)]).encode())
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        sync(path.parent)


def _append_or_refuse(path: Path, lines: list[str]) -> None:
    try:
        _append(path, lines)
    except OSError as error:
        raise Problem("erasure_not_noted", detail=why(error)) from error


def _append_if_there(path: Path, lines: list[str]) -> None:
    if not path.parent.is_dir():
        return
    try:
        _append(path, lines)
    except OSError:
        _log.warning("erasure_not_copied", extra={"keys": len(lines)})
