"""Looks are planned daily, then weekly; a new plan takes the place of the old."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from monitor import recheck
from monitor.errors import Refused
from monitor.models import Case, CaseState, Origin, Recheck, SourceState
from monitor.recheck.planning import moments
from monitor.settings import RecheckTable
from tests.cases.builders import (
    LAWYER,
    MANAGER,
    NOW,
    OTHER_MANAGER,
    make_hit,
    make_ready,
)

RULES = RecheckTable()


def make(session: Session, *, crawled: bool = True) -> Case:
    source = SourceState(id="blog", center="havnelyst", first_seen_at=NOW)
    session.merge(source)
    hit = make_hit(session, source_id="blog" if crawled else None)
    return make_ready(session, hit=hit)


def plan(session: Session, case: Case, days: float = 0) -> list[Recheck]:
    at = NOW + timedelta(days=days)
    planned = recheck.plan(session, case, RULES, actor=MANAGER, now=at)
    session.flush()
    return planned


def test_looks_are_daily_for_two_weeks_then_weekly_to_the_end() -> None:
    days = [(at - NOW).days for at in moments(RULES, NOW)]
    assert days == [*range(15), *range(21, 91, 7)]


def test_what_is_due_now_is_due_once_and_nothing_of_tomorrow(session: Session) -> None:
    planned = plan(session, make(session))
    assert recheck.due(session, NOW) == [planned[0].id]
    tomorrow = NOW + timedelta(days=1)
    assert recheck.due(session, tomorrow) == [row.id for row in planned[:2]]


def test_a_new_plan_takes_the_place_of_the_old(session: Session) -> None:
    case = make(session)
    plan(session, case)
    plan(session, case, days=3)
    rows = recheck.of_case(session, case)
    assert len(rows) == len(list(moments(RULES, NOW)))
    assert rows[0].due_at == NOW + timedelta(days=3)
    assert case.observe_until == NOW + timedelta(days=93)


def test_a_plan_keeps_the_looks_already_taken(session: Session) -> None:
    case = make(session)
    first = plan(session, case)[0]
    first.done_at = NOW
    session.flush()
    plan(session, case)
    assert first in recheck.of_case(session, case)
    assert recheck.due(session, NOW) == []


def test_what_was_reported_by_hand_is_for_people(session: Session) -> None:
    case = make(session, crawled=False)
    assert case.hits[0].origin is Origin.CRAWL
    (first, *_) = plan(session, case)
    assert recheck.due(session, NOW) == []
    assert recheck.for_people(session, MANAGER, NOW) == [first]
    assert recheck.for_people(session, LAWYER, NOW) == [first]
    assert recheck.for_people(session, OTHER_MANAGER, NOW) == []


def test_a_closed_or_foreign_case_is_not_planned(session: Session) -> None:
    case = make(session)
    with pytest.raises(Refused, match="case_unknown"):
        recheck.plan(session, case, RULES, actor=OTHER_MANAGER, now=NOW)
    case.state = CaseState.CLOSED
    with pytest.raises(Refused, match="case_closed"):
        plan(session, case)
