from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from watchlist.base import Base, enum_type, insert_missing
from watchlist.models import DataKey, Employee, WatchlistState

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def make_employee(session: Session, work_id: str, at: datetime) -> Employee:
    employee = Employee(work_id=work_id, center="havnelyst", created_at=at)
    session.add(employee)
    session.flush()
    session.expire(employee)
    return employee


def test_moment_of_another_zone_comes_back_as_the_same_moment_in_utc(
    session: Session,
) -> None:
    there = NOON.astimezone(timezone(timedelta(hours=-5)))
    back = make_employee(session, "e-1", there).created_at
    assert back == NOON
    assert back.tzinfo is UTC or back.utcoffset() == timedelta(0)


def test_moment_without_zone_is_refused(session: Session) -> None:
    with pytest.raises(StatementError, match="without time zone"):
        make_employee(session, "e-1", NOON.replace(tzinfo=None))


def test_moments_sort_and_compare_whatever_their_zone(session: Session) -> None:
    east = timezone(timedelta(hours=9))
    moments = [
        NOON + timedelta(microseconds=1),
        (NOON - timedelta(hours=1)).astimezone(east),
        NOON,
    ]
    for number, moment in enumerate(moments):
        make_employee(session, f"e-{number}", moment)
    in_order = select(Employee.work_id).order_by(Employee.created_at)
    assert list(session.scalars(in_order)) == ["e-1", "e-2", "e-0"]
    later = select(Employee.work_id).where(Employee.created_at > NOON.astimezone(east))
    assert list(session.scalars(later)) == ["e-0"]


def test_missing_moment_stays_missing(session: Session) -> None:
    session.add(DataKey(scope="entry", wrapped=b"x", created_at=NOON))
    session.flush()
    session.expire_all()
    assert session.scalars(select(DataKey)).one().destroyed_at is None


def test_word_outside_a_vocabulary_is_refused(session: Session) -> None:
    with pytest.raises(StatementError):
        session.execute(
            insert(DataKey).values(scope="other", wrapped=b"x", created_at=NOON),
        )


def test_vocabulary_is_named_and_stored_by_value() -> None:
    class TwoWords(StrEnum):
        FIRST_ONE = "first-one"

    kind = enum_type(TwoWords)
    assert kind.name == "two_words"
    assert kind.enums == ["first-one"]
    assert not kind.native_enum


def test_destroyed_key_must_say_when(session: Session) -> None:
    session.add(DataKey(scope="entry", wrapped=None, created_at=NOON))
    with pytest.raises(IntegrityError):
        session.flush()


def test_generation_has_one_row(session: Session) -> None:
    session.add(WatchlistState(id=2, generation=1))
    with pytest.raises(IntegrityError):
        session.flush()


def test_every_constraint_has_a_name() -> None:
    for table in Base.metadata.tables.values():
        assert all(constraint.name for constraint in table.constraints), table.name


def test_a_row_inserted_by_two_at_once_is_there_once(session: Session) -> None:
    for generation in (3, 9):
        insert_missing(session, WatchlistState, id=1, generation=generation)
    assert session.scalars(select(WatchlistState.generation)).all() == [3]
