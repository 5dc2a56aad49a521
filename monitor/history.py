"""Writes down who did what, in one hash chain, and checks that it is whole.

Rooms decide what is an event; ``evidence`` and ``backup`` build on the chain.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.exc import NoResultFound, OperationalError
from sqlalchemy.orm import Session

from monitor.models import Counter, DataKey, Event
from monitor.models.audit import ACCESS_KINDS
from monitor.types import Reason
from watchlist.base import insert_missing
from watchlist.crypto import keyring_of

SYSTEM = "system"
UNREADABLE = (ValueError, LookupError, TypeError, NoResultFound)
"""What reading a row whose bytes were garbled may raise, inside ``legible``."""

Payload = Mapping[str, str | int | float | bool | None]
_PLACE = "event.payload"
_FORGOTTEN = "access_forgotten"
_START = bytes(32)
_BATCH = 1000
_CODE = re.compile(r"[a-z0-9][a-z0-9_.:+/-]{0,63}|[A-Z]-\d{4}-\d{4,8}")


@dataclass(frozen=True, slots=True)
class OpenedEvent:
    """One event as shown to people; without ``payload`` if there is none to see."""

    id: int
    at: datetime
    actor: str
    kind: str
    payload: Payload | None


@dataclass(frozen=True, slots=True)
class Head:
    """The newest event: noted elsewhere, it shows that none was cut off later."""

    id: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a check of the whole chain found; whole when there is no fault.

    Faults: ``event_altered``, ``event_missing``, ``event_unlinked`` (put in or moved)
    and ``event_forgotten_early``, each with the event's id.
    """

    events: int
    head: Head | None
    faults: tuple[Reason, ...]


def record(  # noqa: PLR0913  the fields of an event, all named
    session: Session,
    *,
    actor: str,
    kind: str,
    object_type: str,
    object_id: str | int,
    now: datetime,
    key: DataKey | None = None,
    payload: Payload | None = None,
) -> Event:
    """Add one event to the chain, inside the caller's transaction.

    With a ``key`` (of the hit or case) the payload is sealed and dies with it;
    without, it may hold codes and numbers only (``ValueError``): what stands in the
    open must name nobody. Two writers follow one another: record late in a
    transaction, because the other waits for its end.
    """
    last, number = _next(session)
    event = Event(
        id=number,
        at=now,
        actor=actor,
        kind=kind,
        object_type=object_type,
        object_id=str(object_id),
        key_id=key.id if key else None,
        payload=_packed(session, key, payload),
        salt=os.urandom(16),
        previous=last,
    )
    event.digest = _digest(event)
    event.hash = _hash(event)
    session.add(event)
    session.flush()
    return event


def of(
    session: Session, object_type: str, object_id: str | int, *, opened: bool
) -> list[OpenedEvent]:
    """What was done to one object, oldest first.

    ``opened`` says whether whoever asks may see payloads; those under a destroyed
    key stay closed.
    """
    found = select(Event).where(
        Event.object_type == object_type, Event.object_id == str(object_id)
    )
    return [
        OpenedEvent(
            e.id, e.at, e.actor, e.kind, unpacked(session, e) if opened else None
        )
        for e in session.scalars(found.order_by(Event.id))
    ]


def unpacked(session: Session, event: Event) -> Payload | None:
    """An event's payload; None when there is none or its key was destroyed."""
    if event.payload is None:
        return None
    raw = event.payload
    if event.key_id is not None:
        key = session.get_one(DataKey, event.key_id)
        if key.wrapped is None:
            return None
        raw = keyring_of(session).open_bytes(key, _PLACE, raw)
    values: Payload = json.loads(raw)
    return values


def forget_access(session: Session, before: datetime, *, now: datetime) -> int:
    """Forget who looked at what before a moment; gives how many events that were.

    Time, kind and hashes stay, so that the chain still verifies; that it was done is
    itself an event, without which ``verify`` reports the gap.
    """
    old = (Event.kind.in_(ACCESS_KINDS), Event.at < before, Event.salt.is_not(None))
    number = session.scalar(select(func.count()).where(*old)) or 0
    if number:
        blank = dict.fromkeys(("key_id", "payload", "salt"))
        changed = update(Event).where(*old).values(actor="", object_id="", **blank)
        session.execute(changed)
        record(
            session,
            actor=SYSTEM,
            kind=_FORGOTTEN,
            object_type="event",
            object_id="access",
            now=now,
            payload={"before": before.timestamp(), "events": number},
        )
    return number


def verify(session: Session, known: Head | None = None) -> ChainReport:
    """Walk the whole chain, however long, in little memory.

    Events cut off at the end show in the counter, and against a ``known`` head that
    was noted elsewhere (in a backup, in a time stamp) even when that was mended.
    """
    check = _Check(known)
    counter = session.get(Counter, "event", populate_existing=True)
    counted = counter.value if counter else 0  # before the walk: others go on writing
    for event_id, row in _rows(session):
        check.look(event_id, row)
    check.end(counted)
    last = Head(check.last, check.hash) if check.count else None
    return ChainReport(check.count, last, tuple(check.faults))


@contextmanager
def legible() -> Iterator[None]:
    """Make SQLite's complaint about text that is none a ``ValueError``."""
    try:
        yield
    except OperationalError as error:
        if "decode" not in str(error.orig):
            raise
        raise ValueError("not a text") from error


def head(session: Session) -> Head | None:
    """The newest event; None while there is none."""
    newest = select(Event.id, Event.hash).order_by(Event.id.desc()).limit(1)
    row = session.execute(newest).one_or_none()
    return Head(row.id, row.hash) if row else None


class _Check:
    """What is carried from one event to the next while the chain is walked."""

    def __init__(self, known: Head | None) -> None:
        self.count, self.last, self.hash = 0, 0, _START
        self.faults: list[Reason] = []
        self._known = known
        self._newest_blank: tuple[float, int] = (0.0, 0)
        self._announced = 0.0

    def look(self, event_id: int, row: Row[Any] | None) -> None:
        """Compare one event with itself and with the one before it."""
        if event_id != self.last + 1:
            self._fault("event_missing", self.last + 1)
        elif row and row.previous != self.hash:
            self._fault("event_unlinked", event_id)
        if row is None or not self._is_whole(row):
            self._fault("event_altered", event_id)
        if row:
            self._remember(row)
        self.count, self.last = self.count + 1, event_id
        self.hash = row.hash if row else _START

    def end(self, counted: int) -> None:
        """Look for what is missing at the end, or was forgotten in silence."""
        expected = max(counted, self._known.id if self._known else 0)
        if expected > self.last:
            self._fault("event_missing", self.last + 1)
        blank_at, blank_id = self._newest_blank
        if blank_id and blank_at >= self._announced:
            self._fault("event_forgotten_early", blank_id)

    def _remember(self, row: Row[Any]) -> None:
        if row.salt is None:
            self._newest_blank = max(self._newest_blank, (row.at.timestamp(), row.id))
        elif row.kind == _FORGOTTEN and row.key_id is None:
            self._announced = max(self._announced, _before(row.payload))
        if self._known and row.id == self._known.id and row.hash != self._known.hash:
            self._fault("event_unlinked", row.id)

    def _is_whole(self, row: Row[Any]) -> bool:
        if row.hash != _hash(row):
            return False
        if row.salt is None:
            left = (row.actor, row.object_id, row.key_id, row.payload)
            return row.kind in ACCESS_KINDS and left == ("", "", None, None)
        return bool(row.digest == _digest(row))

    def _fault(self, code: str, event_id: int) -> None:
        self.faults.append(Reason(code, {"event": event_id}))


def _next(session: Session) -> tuple[bytes, int]:
    """The newest hash and the next id; nobody else gets them until the commit.

    The counter's row is the lock. It also remembers events that were cut off, whose
    ids are not given out again.
    """
    insert_missing(session, Counter, name="event", value=0)
    counter = session.get_one(Counter, "event", with_for_update=True)
    last = head(session)
    counter.value = max(counter.value, last.id if last else 0) + 1
    return (last.hash if last else _START), counter.value


def _rows(session: Session) -> Iterator[tuple[int, Row[Any] | None]]:
    """Every event by id, in batches; None for one that is not even readable."""
    columns = select(*Event.__table__.columns).order_by(Event.id)
    last = 0
    while True:
        ids = select(Event.id).where(Event.id > last).order_by(Event.id).limit(_BATCH)
        batch = list(session.scalars(ids))
        if not batch:
            return
        try:
            within = columns.where(Event.id.between(batch[0], batch[-1]))
            with legible():
                rows = {row.id: row for row in session.execute(within)}
        except UNREADABLE:
            rows = dict(_readable(session, batch))
        yield from ((number, rows.get(number)) for number in batch)
        last = batch[-1]


def _readable(session: Session, batch: list[int]) -> Iterator[tuple[int, Row[Any]]]:
    for number in batch:
        with suppress(*UNREADABLE), legible():
            one = select(*Event.__table__.columns).where(Event.id == number)
            yield number, session.execute(one).one()


def _shown(event: Event, payload: Payload | None) -> OpenedEvent:
    return OpenedEvent(event.id, event.at, event.actor, event.kind, payload)


def _packed(
    session: Session, key: DataKey | None, payload: Payload | None
) -> bytes | None:
    if payload is None:
        return None
    plain = json.dumps(payload, sort_keys=True, ensure_ascii=False)
    if key is not None:
        return keyring_of(session).seal(key, _PLACE, plain)
    for word in _words(payload):
        if not _CODE.fullmatch(word):
            raise ValueError("an open payload may hold codes and numbers only")
    return plain.encode()


def _words(payload: Payload) -> Iterator[str]:
    yield from payload
    yield from (value for value in payload.values() if isinstance(value, str))


def _before(payload: bytes | None) -> float:
    try:
        return float(json.loads(payload or b"")["before"])
    except (ValueError, TypeError, KeyError):
        return 0.0


def _digest(event: Event | Row[Any]) -> bytes:
    key = b"" if event.key_id is None else str(event.key_id).encode()
    names = (event.actor.encode(), event.object_id.encode())
    return _over(event.salt or b"", *names, key, event.payload or b"")


def _hash(event: Event | Row[Any]) -> bytes:
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    words = (str(event.id), at, event.kind, event.object_type)
    return _over(*(w.encode() for w in words), event.digest, event.previous)


def _over(*parts: bytes) -> bytes:
    """SHA-256 over parts, each after its length, so that none can shift."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8) + part)
    return digest.digest()
