from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from watchlist import opt_in
from watchlist.models import Employee
from watchlist.types import OptInKind, OptInRecord, Switches

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = NOW.date()


def make_record(**over: Any) -> OptInRecord:
    values = {"given_on": DAY, "how": "form", "text_version": "1", **over}
    return opt_in.tidy(OptInRecord(**values))


def make_employee(session: Session, work_id: str = "e-1") -> Employee:
    employee = Employee(work_id=work_id, center="havnelyst", created_at=NOW)
    session.add(employee)
    session.flush()
    return employee


def codes(**over: Any) -> list[str]:
    return [fault.code for fault in opt_in.faults(make_record(**over), DAY)]


def add_step(
    session: Session,
    employee: Employee,
    kind: OptInKind,
    *,
    record: OptInRecord | None = None,
    now: datetime = NOW,
) -> None:
    opt_in.add_step(session, employee, kind, record=record, now=now, by="wla")


def test_review_date_is_a_year_later_unless_told() -> None:
    assert make_record().review_on == date(2027, 3, 1)
    assert make_record(review_on=date(2026, 9, 1)).review_on == date(2026, 9, 1)
    assert opt_in.a_year_after(date(2028, 2, 29)) == date(2029, 2, 28)


def test_texts_are_kept_on_one_tidy_line() -> None:
    record = make_record(how="  signed   form ", proof="  ")
    assert (record.how, record.proof) == ("signed form", None)


def test_the_day_is_the_one_in_denmark() -> None:
    late = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
    assert opt_in.today(late) == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"given_on": DAY + timedelta(days=1)}, "opt_in_future"),
        ({"given_on": date(2025, 2, 27)}, "opt_in_overdue"),
        ({"review_on": DAY}, "review_out_of_range"),
        ({"review_on": date(2027, 3, 2)}, "review_out_of_range"),
        ({"switches": Switches(name_search=False)}, "name_search_off"),
        ({"how": ""}, "opt_in_text_bad"),
        ({"how": "x" * 201}, "opt_in_text_bad"),
        ({"how": "two\nlines"}, "opt_in_text_bad"),
        ({"text_version": "=1+1"}, "opt_in_text_bad"),
        ({"proof": "@import"}, "opt_in_text_bad"),
        ({"proof": "of 010203-1234"}, "cpr_found"),
    ],
)
def test_yes_that_cannot_carry_an_entry_is_refused(
    over: dict[str, Any],
    code: str,
) -> None:
    assert codes(**over) == [code]


def test_yes_holds_on_its_last_day() -> None:
    assert codes(given_on=date(2025, 3, 1)) == []


def test_history_keeps_every_step_in_order(session: Session) -> None:
    employee = make_employee(session)
    record = make_record(switches=Switches(see_content=True), proof="ESDH 7")
    add_step(session, employee, OptInKind.PENDING)
    add_step(session, employee, OptInKind.GRANTED, record=record)
    add_step(session, employee, OptInKind.PAUSED)
    steps = opt_in.history(session, employee.id)
    assert [step.kind for step in steps] == ["pending", "granted", "paused"]
    assert steps[0].given_on is None
    assert steps[0].switches["name_search"] is True
    assert steps[2].proof == "ESDH 7"
    assert opt_in.last_step(session, employee.id) is steps[2]


def test_current_yes_is_the_last_one_until_withdrawn(session: Session) -> None:
    employee = make_employee(session)
    assert opt_in.current_yes(session, employee.id) is None
    first = make_record(switches=Switches(tell_safety_rep=True))
    second = make_record(how="by phone")
    add_step(session, employee, OptInKind.GRANTED, record=first)
    add_step(session, employee, OptInKind.PAUSED)
    assert opt_in.current_yes(session, employee.id) == first
    add_step(session, employee, OptInKind.RENEWED, record=second)
    assert opt_in.every_yes(session) == {employee.id: second}
    add_step(session, employee, OptInKind.WITHDRAWN)
    assert opt_in.current_yes(session, employee.id) is None
    assert opt_in.every_yes(session) == {}


def test_only_long_withdrawn_histories_are_forgotten(session: Session) -> None:
    late = NOW + timedelta(days=400)
    granted, withdrawn = OptInKind.GRANTED, OptInKind.WITHDRAWN
    people = {
        name: make_employee(session, name) for name in ("gone", "new", "back", "in")
    }
    for name, steps in {
        "gone": [(granted, NOW), (withdrawn, NOW)],
        "new": [(granted, NOW), (withdrawn, late)],
        "back": [(granted, NOW), (withdrawn, NOW), (granted, NOW)],
        "in": [(granted, NOW)],
    }.items():
        for kind, at in steps:
            record = make_record() if kind is granted else None
            add_step(session, people[name], kind, record=record, now=at)
    assert opt_in.forget_withdrawn(session, late) == 1
    left = {n: len(opt_in.history(session, p.id)) for n, p in people.items()}
    assert left == {"gone": 0, "new": 2, "back": 3, "in": 1}
