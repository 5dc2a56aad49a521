"""What a person saw counts at once; the case follows when all its posts have gone."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from monitor import cases, recheck
from monitor.errors import Refused
from monitor.models import Case, CaseState, Recheck, RecheckOutcome
from monitor.settings import RecheckTable
from tests.cases.builders import (
    MANAGER,
    NOW,
    OTHER_MANAGER,
    make_hit,
    make_ready,
)

GONE = RecheckOutcome.GONE


def saw(
    session: Session, case: Case, outcome: RecheckOutcome, *, hit_id: int | None = None
) -> Recheck:
    seen = hit_id or case.hits[0].id
    return recheck.human_look(
        session, case, seen, outcome=outcome, actor=MANAGER, now=NOW
    )


def state(case: Case) -> str:
    return case.state.value


def test_one_persons_gone_is_enough(session: Session) -> None:
    case = make_ready(session)
    assert saw(session, case, GONE).made_by == "bente"
    assert case.state is CaseState.OBSERVING
    (event,) = [
        e for e in cases.story(session, case, actor=MANAGER) if e.kind == "recheck_done"
    ]
    assert event.payload == {
        "hit": case.hits[0].id,
        "old": None,
        "new": "gone",
        "reason": None,
    }


def test_a_person_may_note_twice_at_the_same_moment(session: Session) -> None:
    case = make_ready(session)
    saw(session, case, RecheckOutcome.VISIBLE)
    saw(session, case, GONE)
    assert recheck.last_seen(session, case.hits[0].id) is GONE


def test_a_persons_look_takes_the_place_of_those_due(session: Session) -> None:
    case = make_ready(session)
    recheck.plan(session, case, RecheckTable(), actor=MANAGER, now=NOW)
    session.flush()
    saw(session, case, RecheckOutcome.VISIBLE)
    assert recheck.for_people(session, MANAGER, NOW) == []


def test_a_case_is_observed_when_all_its_posts_have_gone(session: Session) -> None:
    case = make_ready(session)
    more = make_hit(session, employee=case.employee)
    case.hits.append(more)
    saw(session, case, GONE)
    assert state(case) == "decided"
    saw(session, case, RecheckOutcome.CHANGED, hit_id=more.id)
    assert case.state is CaseState.OBSERVING


def test_a_post_that_is_back_is_assessed_again(session: Session) -> None:
    case = make_ready(session)
    saw(session, case, GONE)
    saw(session, case, RecheckOutcome.CANNOT_TELL)
    assert state(case) == "observing"
    saw(session, case, RecheckOutcome.VISIBLE)
    assert case.state is CaseState.ASSESSING


def test_a_case_that_nobody_has_assessed_stays_where_it_is(session: Session) -> None:
    case = make_ready(session, assessed=False, state=CaseState.OPENED, decision=None)
    saw(session, case, GONE)
    assert case.state is CaseState.OPENED


def test_a_look_belongs_to_a_post_of_an_open_own_case(session: Session) -> None:
    case = make_ready(session)
    with pytest.raises(Refused, match="recheck_hit_not_in_case"):
        saw(session, case, GONE, hit_id=4711)
    with pytest.raises(Refused, match="case_unknown"):
        recheck.human_look(
            session,
            case,
            case.hits[0].id,
            outcome=GONE,
            actor=OTHER_MANAGER,
            now=NOW,
        )
    case.state = CaseState.CLOSED
    with pytest.raises(Refused, match="case_closed"):
        saw(session, case, GONE)
