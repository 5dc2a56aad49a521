from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from watchlist import entries, moves, opt_in
from watchlist.crypto import keyring_of
from watchlist.models import DataKey, WatchEntry
from watchlist.types import (
    EntryState,
    KeyProblem,
    NameForms,
    NewEntry,
    OptInRecord,
    WatchlistError,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
NEXT_YEAR = NOW + timedelta(days=366)
BY: dict[str, Any] = {"now": NOW, "by": "wla"}
YES = OptInRecord(NOW.date(), how="form", text_version="1")
NEW_YES = OptInRecord(NEXT_YEAR.date(), how="by mail", text_version="2")
RUTH = NameForms(
    "Ruth Ellemose Dahl",
    aliases=("Ruth Dahl", "R. E. Dahl"),
    emails=("red@taageby.example",),
    role_words=("fagchef",),
)


def make_entry(session: Session, state: str, work_id: str = "e-1") -> WatchEntry:
    yes = None if state == "pending" else YES
    new = NewEntry(work_id, "havnelyst", RUTH)
    entry = entries.add(session, new, yes, centers=["havnelyst"], **BY)
    if state == "paused":
        moves.pause(session, work_id, **BY)
    if state == "expired":
        expire(session)
    return entry


def expire(session: Session) -> list[str]:
    today = NEXT_YEAR.date()
    return moves.expire_due(session, today, now=NEXT_YEAR, by="schedule")


def refusal(act: Callable[..., object], *args: Any, **over: Any) -> str:
    with pytest.raises(WatchlistError) as caught:
        act(*args, **BY | over)
    return caught.value.reason.code


def steps(session: Session, entry: WatchEntry) -> list[str]:
    return [step.kind for step in opt_in.history(session, entry.employee_id)]


def test_yes_makes_a_pending_entry_active(session: Session) -> None:
    entry = make_entry(session, "pending")
    moves.grant(session, "e-1", YES, **BY)
    assert entry.state is EntryState.ACTIVE
    assert entry.generation == 1
    assert steps(session, entry) == ["pending", "granted"]


@pytest.mark.parametrize("state", ["active", "paused", "expired"])
def test_yes_is_granted_once(session: Session, state: str) -> None:
    make_entry(session, state)
    assert refusal(moves.grant, session, "e-1", YES) == "already_granted"


@pytest.mark.parametrize("move", [moves.grant, moves.renew])
def test_bad_yes_changes_nothing(session: Session, move: Callable[..., object]) -> None:
    entry = make_entry(session, "pending" if move is moves.grant else "active")
    before = steps(session, entry)
    bad = replace(YES, how="")
    assert refusal(move, session, "e-1", bad) == "opt_in_text_bad"
    assert steps(session, entry) == before


def test_renewal_moves_the_review_date_without_new_matching(session: Session) -> None:
    entry = make_entry(session, "active")
    moves.renew(session, "e-1", NEW_YES, now=NEXT_YEAR, by="wla")
    assert entry.review_on == date(2028, 3, 2)
    assert entry.generation == entries.current_generation(session) == 1
    assert steps(session, entry) == ["granted", "renewed"]


def test_renewal_starts_an_expired_entry_again(session: Session) -> None:
    entry = make_entry(session, "expired")
    moves.renew(session, "e-1", NEW_YES, now=NEXT_YEAR, by="wla")
    assert entry.state is EntryState.ACTIVE
    assert entry.generation == 2


def test_renewal_leaves_a_paused_entry_paused(session: Session) -> None:
    entry = make_entry(session, "paused")
    moves.renew(session, "e-1", NEW_YES, now=NEXT_YEAR, by="wla")
    assert entries.active_entries(session) == ()
    moves.resume(session, "e-1", now=NEXT_YEAR, by="wla")
    assert entry.state is EntryState.ACTIVE


def test_pending_entry_can_be_neither_renewed_nor_paused_nor_resumed(
    session: Session,
) -> None:
    make_entry(session, "pending")
    assert refusal(moves.renew, session, "e-1", YES) == "entry_not_granted"
    assert refusal(moves.resume, session, "e-1") == "entry_not_granted"
    assert refusal(moves.pause, session, "e-1") == "entry_not_active"


def test_paused_entry_is_not_looked_for_until_resumed(session: Session) -> None:
    entry = make_entry(session, "paused")
    assert entries.active_entries(session) == ()
    assert refusal(moves.pause, session, "e-1") == "entry_not_active"
    moves.resume(session, "e-1", **BY)
    assert entry.generation == 2
    assert len(entries.active_entries(session)) == 1
    assert refusal(moves.resume, session, "e-1") == "entry_not_paused"
    assert steps(session, entry) == ["granted", "paused", "resumed"]


@pytest.mark.parametrize("state", ["paused", "expired"])
def test_yes_past_its_review_date_cannot_be_resumed(
    session: Session,
    state: str,
) -> None:
    make_entry(session, state)
    code = refusal(moves.resume, session, "e-1", now=NEXT_YEAR)
    assert code == "renewal_needed"


def test_entry_without_review_date_cannot_be_resumed(session: Session) -> None:
    make_entry(session, "paused").review_on = None
    assert refusal(moves.resume, session, "e-1") == "renewal_needed"


def test_silence_past_the_review_date_pauses(session: Session) -> None:
    entry = make_entry(session, "active")
    make_entry(session, "paused", "e-2")
    make_entry(session, "pending", "e-3")
    assert entry.review_on is not None
    last_day = moves.expire_due(session, entry.review_on, now=NOW, by="schedule")
    assert last_day == []
    assert expire(session) == ["e-1"]
    assert expire(session) == []
    assert entry.state is EntryState.PAUSED
    assert steps(session, entry) == ["granted", "expired"]


def test_withdrawal_is_shown_before_it_is_done(session: Session) -> None:
    make_entry(session, "paused")
    erasure = moves.preview_withdrawal(session, "e-1")
    counts = (erasure.names, erasure.emails, erasure.profile_urls, erasure.role_words)
    assert counts == (3, 1, 0, 1)
    assert erasure.state is EntryState.PAUSED
    assert erasure.steps_kept == 3
    assert entries.find(session, "e-1").state is EntryState.PAUSED


@pytest.mark.parametrize("state", ["pending", "active", "paused", "expired"])
def test_withdrawal_erases_names_and_key_and_keeps_the_steps(
    session: Session,
    state: str,
) -> None:
    entry = make_entry(session, state)
    key, sealed = entry.key, entry.names
    employee = moves.withdraw(session, "e-1", **BY)
    session.commit()
    assert session.scalars(select(WatchEntry)).all() == []
    assert entries.active_entries(session) == ()
    with pytest.raises(KeyProblem):
        keyring_of(session).open_text(key, "watch_entry.names", sealed)
    assert session.scalars(select(DataKey)).one().destroyed_at == NOW
    assert opt_in.history(session, employee.id)[-1].kind == "withdrawn"


@pytest.mark.parametrize(
    "move",
    [moves.pause, moves.resume, moves.withdraw],
)
def test_withdrawn_entry_cannot_be_moved(
    session: Session,
    move: Callable[..., object],
) -> None:
    make_entry(session, "active")
    moves.withdraw(session, "e-1", **BY)
    assert refusal(move, session, "e-1") == "not_on_list"
