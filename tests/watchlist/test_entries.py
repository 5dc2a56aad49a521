from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from watchlist import entries, moves
from watchlist.models import Employee, WatchEntry
from watchlist.types import (
    EntryState,
    KeyProblem,
    NameForms,
    NewEntry,
    OptInRecord,
    WatchlistError,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CENTERS = ("havnelyst", "bakkeby")
YES = OptInRecord(NOW.date(), how="form", text_version="1", proof="ESDH 1")
SIGNE = NameForms(
    "Signe Abildtorp-Vang",
    aliases=("Signe AV",),
    emails=("signe.av@taageby.example",),
    profile_urls=("https://linkedin.example/in/signe-av",),
    role_words=("sagsbehandler",),
)


def add(
    session: Session,
    work_id: str = "e-1",
    names: NameForms = SIGNE,
    *,
    yes: OptInRecord | None = YES,
    **over: Any,
) -> WatchEntry:
    values: dict[str, Any] = {"centers": CENTERS, "now": NOW, "by": "wla"} | over
    center = values.pop("center", "havnelyst")
    new = NewEntry(work_id, center, names)
    return entries.add(session, new, yes, **values)


def refusal(act: Any, *args: Any, **over: Any) -> str:
    with pytest.raises(WatchlistError) as caught:
        act(*args, **over)
    return caught.value.reason.code


def test_entry_with_a_yes_is_active(session: Session) -> None:
    entry = add(session)
    (found,) = entries.active_entries(session)
    assert entry.review_on == NOW.date().replace(year=2027)
    assert found.employee_id == entry.employee_id
    assert found.center == "havnelyst"
    assert found.full_name == "Signe Abildtorp-Vang"
    assert found.aliases == ("Signe AV",)
    assert found.generation == entries.current_generation(session) == 1


def test_entry_without_a_yes_is_pending_and_not_looked_for(session: Session) -> None:
    assert add(session, yes=None).state is EntryState.PENDING
    assert entries.active_entries(session) == ()
    assert entries.current_generation(session) == 0


def test_no_name_is_stored_in_clear(session: Session) -> None:
    entry = add(session)
    assert b"Signe" not in entry.names
    assert "signe" not in repr(entry.names).lower()


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"work_id": "no id"}, "work_id_bad"),
        ({"center": "nowhere"}, "center_unknown"),
        ({"names": NameForms("Signe")}, "full_name_single"),
        ({"yes": replace(YES, how="")}, "opt_in_text_bad"),
    ],
)
def test_bad_values_are_refused_and_nothing_is_stored(
    session: Session,
    over: dict[str, Any],
    code: str,
) -> None:
    assert refusal(add, session, **over) == code
    assert entries.enrolled(session) == ()


def test_all_faults_are_told_at_once() -> None:
    new = NewEntry("", "nowhere", NameForms("Signe", aliases=("x",)))
    found = entries.faults(new, replace(YES, how=""), centers=CENTERS, now=NOW)
    assert [fault.code for fault in found] == [
        "work_id_bad",
        "center_unknown",
        "full_name_single",
        "aliases_bad",
        "opt_in_text_bad",
    ]


def test_employee_cannot_be_on_the_list_twice(session: Session) -> None:
    add(session)
    assert refusal(add, session) == "already_on_list"


def test_who_withdrew_comes_back_only_with_a_new_yes(session: Session) -> None:
    add(session)
    later = NOW.replace(hour=15)
    moves.withdraw(session, "e-1", now=later, by="wla")
    old = replace(YES, given_on=NOW.date().replace(month=2), how="form 2")
    for yes in (None, YES, old):
        assert refusal(add, session, yes=yes, now=later) == "withdrawn_since"
    entry = add(session, yes=replace(YES, how="asked again"), center="bakkeby")
    assert entry.state is EntryState.ACTIVE
    assert entry.employee.center == "bakkeby"


def test_employee_known_from_a_reported_post_can_be_enrolled(
    session: Session,
) -> None:
    session.add(Employee(work_id="e-1", center="bakkeby", created_at=NOW))
    session.flush()
    assert add(session).employee.center == "havnelyst"


def test_active_entries_take_one_query(session: Session) -> None:
    for number in range(5):
        add(session, f"e-{number}")
    session.flush()
    session.expire_all()
    statements: list[str] = []
    connection = session.connection()
    event.listen(
        connection,
        "before_cursor_execute",
        lambda *a: statements.append(a[2]),
    )
    assert len(entries.active_entries(session)) == 5
    assert len(statements) == 1


def test_swapped_names_are_told_and_not_left_out(session: Session) -> None:
    one, two = add(session, "e-1"), add(session, "e-2", NameForms("Ruth Dahl"))
    one.names, two.names = two.names, one.names
    session.flush()
    with pytest.raises(KeyProblem) as caught:
        entries.active_entries(session)
    assert caught.value.reason.code == "sealed_tampered"


def test_new_form_of_a_name_makes_pages_be_matched_again(session: Session) -> None:
    add(session)
    ruth = add(session, "e-2", NameForms("Ruth Ellemose Dahl"))
    more = replace(SIGNE, aliases=(*SIGNE.aliases, "Signe Vang"))
    entry = entries.change_names(session, "e-1", more, now=NOW)
    assert entry.generation == entries.current_generation(session) == 3
    assert ruth.generation == 2
    assert entries.names_of(session, entry) == more


def test_same_or_fewer_forms_need_no_new_matching(session: Session) -> None:
    entry = add(session)
    before = entry.names
    entries.change_names(session, "e-1", SIGNE, now=NOW)
    assert entry.names == before
    fewer = NameForms(SIGNE.full_name)
    entries.change_names(session, "e-1", fewer, now=NOW)
    assert entries.names_of(session, entry) == fewer
    assert entries.current_generation(session) == 1


def test_names_of_a_pending_entry_change_without_new_matching(
    session: Session,
) -> None:
    entry = add(session, yes=None)
    entries.change_names(session, "e-1", NameForms("Ruth Dahl"), now=NOW)
    assert entries.names_of(session, entry).full_name == "Ruth Dahl"
    assert entries.current_generation(session) == 0


def test_bad_names_leave_the_old_ones(session: Session) -> None:
    add(session)
    bad = NameForms("Signe")
    assert refusal(entries.change_names, session, "e-1", bad, now=NOW)
    assert entries.active_entries(session)[0].full_name == SIGNE.full_name


def test_moved_employee_is_matched_with_the_new_centre(session: Session) -> None:
    add(session)
    move = {"centers": CENTERS, "now": NOW}
    entries.move_center(session, "e-1", "havnelyst", **move)  # type: ignore[arg-type]
    assert entries.current_generation(session) == 1
    entries.move_center(session, "e-1", "bakkeby", **move)  # type: ignore[arg-type]
    (found,) = entries.active_entries(session)
    assert (found.center, found.generation) == ("bakkeby", 2)
    code = refusal(entries.move_center, session, "e-1", "nowhere", **move)
    assert code == "center_unknown"


def test_moving_a_pending_entry_needs_no_new_matching(session: Session) -> None:
    add(session, yes=None)
    entries.move_center(session, "e-1", "bakkeby", centers=CENTERS, now=NOW)
    assert entries.current_generation(session) == 0


def test_unknown_and_withdrawn_are_told_apart(session: Session) -> None:
    add(session)
    moves.withdraw(session, "e-1", now=NOW, by="wla")
    assert refusal(entries.find, session, "e-1") == "not_on_list"
    assert refusal(entries.find, session, "e-2") == "employee_unknown"


def test_enrolled_shows_each_entry_with_its_yes(session: Session) -> None:
    add(session, "e-2", NameForms("Ruth Dahl"), yes=None)
    add(session)
    signe, ruth = entries.enrolled(session)
    assert (signe.work_id, signe.state, signe.names) == ("e-1", "active", SIGNE)
    assert signe.yes == replace(YES, review_on=signe.review_on)
    assert (ruth.work_id, ruth.state, ruth.yes) == ("e-2", "pending", None)


def test_generation_survives_and_only_grows(session: Session) -> None:
    assert [entries.bump_generation(session) for _ in range(3)] == [1, 2, 3]
    session.commit()
    assert entries.bump_generation(session) == 4
    session.rollback()
    assert entries.current_generation(session) == 3
    assert session.scalars(select(WatchEntry)).all() == []
