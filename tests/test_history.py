"""The history keeps every event, in one chain that shows what was done to it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from monitor import history
from monitor.db import Database
from monitor.models import Counter, Event
from watchlist.crypto import keyring_of
from watchlist.types import KeyScope

NOW = datetime(2026, 11, 22, 10, 0, 0, 123456, tzinfo=UTC)


def note(session: Session, number: int = 1, **over: object) -> Event:
    values: dict[str, object] = {
        "actor": "ankj",
        "kind": "case_opened",
        "object_type": "case",
        "object_id": number,
        "now": NOW + timedelta(seconds=number),
        "payload": {"hit": number},
    }
    return history.record(session, **(values | over))  # type: ignore[arg-type]


def faults(session: Session, **known: history.Head) -> list[tuple[str, object]]:
    session.expire_all()
    found = history.verify(session, **known).faults
    return [(fault.code, fault.params["event"]) for fault in found]


def tamper(session: Session, statement: str, **values: object) -> None:
    """Change rows as somebody would who owns the database."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("DROP TRIGGER IF EXISTS event_no_update"))
        session.execute(text("DROP TRIGGER IF EXISTS event_no_delete"))
    else:
        session.execute(text("ALTER TABLE event DISABLE TRIGGER ALL"))
    session.execute(text(statement), values)


def test_an_untouched_chain_is_whole(session: Session) -> None:
    events = [note(session, number) for number in range(1, 6)]
    session.expire_all()
    report = history.verify(session)
    assert report.faults == ()
    assert report.events == 5
    assert report.head == history.Head(5, events[-1].hash)


def test_an_empty_history_is_whole(session: Session) -> None:
    assert history.verify(session) == history.ChainReport(0, None, ())


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'other'",
        "kind = 'case_closed'",
        "object_type = 'hit'",
        "object_id = '9'",
        "payload = NULL",
        "salt = NULL",
        "digest = previous",
        "hash = previous",
    ],
)
def test_an_altered_event_is_found(session: Session, change: str) -> None:
    for number in range(1, 5):
        note(session, number)
    tamper(session, f"UPDATE event SET {change} WHERE id = 3")
    assert ("event_altered", 3) in faults(session)


def test_an_altered_time_is_found(session: Session) -> None:
    note(session)
    tamper(session, "UPDATE event SET at = '2026-11-22 10:00:00.5+00:00'")
    assert ("event_altered", 1) in faults(session)


def test_a_removed_event_is_found(session: Session) -> None:
    for number in range(1, 5):
        note(session, number)
    tamper(session, "DELETE FROM event WHERE id = 2")
    assert faults(session) == [("event_missing", 2)]


def test_events_cut_off_at_the_end_are_found_even_after_more(session: Session) -> None:
    for number in range(1, 5):
        note(session, number)
    tamper(session, "DELETE FROM event WHERE id > 2")
    assert faults(session) == [("event_missing", 3)]
    note(session, 5)
    assert faults(session) == [("event_missing", 3)]


def test_a_known_head_shows_a_cut_that_the_counter_hides(session: Session) -> None:
    for number in range(1, 5):
        note(session, number)
    known = history.verify(session).head
    assert known is not None
    tamper(session, "DELETE FROM event WHERE id = 4")
    tamper(session, "UPDATE counter SET value = 3")
    assert faults(session) == []
    assert faults(session, known=known) == [("event_missing", 4)]
    note(session, 4, actor="other")
    assert faults(session, known=known) == [("event_unlinked", 4)]


def test_swapped_events_are_found(session: Session) -> None:
    for number in range(1, 5):
        note(session, number)
    for old, new in ((2, 99), (3, 2), (99, 3)):
        tamper(session, f"UPDATE event SET id = {new} WHERE id = {old}")
    codes = {code for code, _ in faults(session)}
    assert codes == {"event_altered", "event_unlinked"}


def test_an_inserted_event_is_found(session: Session) -> None:
    for number in range(1, 4):
        note(session, number)
    tamper(session, "UPDATE event SET id = 4 WHERE id = 3")
    counter = session.get_one(Counter, "event", populate_existing=True)
    counter.value = 2
    session.flush()
    tamper(session, "DELETE FROM event WHERE id = 4")
    note(session, 3)
    tamper(session, "UPDATE event SET previous = digest WHERE id = 3")
    assert ("event_unlinked", 3) in faults(session)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET actor = 'other'",
        "UPDATE event SET payload = NULL, salt = NULL, actor = '', object_id = ''",
        "DELETE FROM event",
    ],
)
def test_the_database_refuses_to_change_events(
    database: Database, statement: str
) -> None:
    with database.begin() as session:
        note(session)
    with pytest.raises(DBAPIError, match="append-only"), database.begin() as session:
        session.execute(text(statement))
    with database.read() as session:
        assert history.verify(session).events == 1


def test_sqlite_refuses_to_replace_an_event(sqlite: Database) -> None:
    with sqlite.begin() as session:
        note(session)
    replace = "INSERT OR REPLACE INTO event SELECT * FROM event"
    with pytest.raises(DBAPIError, match="append-only"), sqlite.begin() as session:
        session.execute(text(replace))


def test_the_chain_holds_when_a_payload_key_is_destroyed(session: Session) -> None:
    keys = keyring_of(session)
    key = keys.new_key(session, KeyScope.CASE, NOW)
    event = note(session, key=key, payload={"note": "Mette Skovgård ringede"})
    assert b"Mette" not in (event.payload or b"")
    [before] = history.of(session, "case", 1, opened=True)
    assert before.payload == {"note": "Mette Skovgård ringede"}
    keys.destroy(key, NOW)
    session.flush()
    [after] = history.of(session, "case", 1, opened=True)
    assert after.payload is None
    assert faults(session) == []


def test_payloads_stay_closed_for_those_who_may_not_see_them(session: Session) -> None:
    note(session)
    note(session, 2)
    assert [e.payload for e in history.of(session, "case", 1, opened=False)] == [None]
    assert [e.payload for e in history.of(session, "case", 1, opened=True)] == [
        {"hit": 1}
    ]


@pytest.mark.parametrize(
    "payload", [{"note": "Mette Skovgård"}, {"Mette Skovgård": 1}, {"url": "http://ø"}]
)
def test_an_open_payload_takes_codes_only(
    session: Session, payload: dict[str, str]
) -> None:
    with pytest.raises(ValueError, match="codes and numbers"):
        note(session, payload=payload)
    note(session, payload={"number": "E-2026-0142", "on": "2026-11-22", "ok": True})


def test_who_looked_is_forgotten_and_the_chain_still_holds(session: Session) -> None:
    note(session, 1, kind="viewed")
    note(session, 2)
    note(session, 3, kind="searched", now=NOW + timedelta(days=2))
    assert history.forget_access(session, NOW + timedelta(days=1), now=NOW) == 1
    assert history.forget_access(session, NOW + timedelta(days=1), now=NOW) == 0
    session.expire_all()
    kept = [session.get_one(Event, number).actor for number in (1, 2, 3)]
    assert kept == ["", "ankj", "ankj"]
    assert faults(session) == []


def test_forgetting_in_silence_is_found(session: Session) -> None:
    note(session, 1, kind="viewed")
    session.execute(
        text(
            "UPDATE event SET actor = '', object_id = '', key_id = NULL, "
            "payload = NULL, salt = NULL"
        )
    )
    assert faults(session) == [("event_forgotten_early", 1)]


def test_writers_at_the_same_time_make_one_chain(database: Database) -> None:
    def write(name: str) -> None:
        for number in range(15):
            with database.begin() as session:
                note(session, number, actor=name)

    writers = [threading.Thread(target=write, args=(name,)) for name in ("a", "b", "c")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with database.read() as session:
        report = history.verify(session)
    assert (report.events, report.faults) == (45, ())
