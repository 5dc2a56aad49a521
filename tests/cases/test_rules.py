"""Every move that is forbidden, and what each of the allowed ones takes."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from monitor.cases import (
    CARE,
    CONTACTS,
    DECISIONS,
    MOVES,
    contact_refusals,
    decision_refusals,
    move_refusals,
)
from monitor.models import (
    Assessment,
    AuthorAge,
    Case,
    CaseState,
    Decision,
    Identity,
)
from monitor.types import Reason

S = CaseState
UNMADE = sorted(set(product(CaseState, CaseState)) - set(MOVES))
POLICE: dict[str, Any] = {
    "decision": Decision.POLICE,
    "central_advice": "report",
    "police_consent": True,
}


def make(*, assessed: bool = True, **over: Any) -> Case:
    """A case in which nothing stands in the way of anything but the police."""
    values: dict[str, Any] = {
        "number": "E-2026-0142",
        "state": S.DECIDED,
        "decision": Decision.LETTER,
        "identity": Identity.SELF_STATED,
        "author_age": AuthorAge.UNKNOWN,
        "author_is_employee": False,
        "employee_told": "2026-11-22",
        "support_offered": "on_leave",
    }
    case = Case(**(values | over))
    if assessed:
        case.assessments.append(Assessment())
    return case


def codes(reasons: tuple[Reason, ...]) -> list[str]:
    return [reason.code for reason in reasons]


@pytest.mark.parametrize(("state", "to"), UNMADE, ids=lambda s: s.value)
def test_a_move_that_is_not_in_the_table_is_refused(
    state: CaseState, to: CaseState
) -> None:
    refused = move_refusals(make(state=state), to)
    assert codes(refused) == ["case_cannot_move"]
    assert refused[0].params["to"] == to.value


@pytest.mark.parametrize(("state", "to"), sorted(MOVES), ids=lambda s: s.value)
def test_every_move_of_the_table_can_be_made(state: CaseState, to: CaseState) -> None:
    over = POLICE if to is S.WAITING_POLICE else {}
    assert move_refusals(make(state=state, **over), to) == ()


def test_a_case_leaves_every_state() -> None:
    assert {state for state, _to in MOVES} == set(CaseState)
    assert {to for _state, to in MOVES} == set(CaseState)


@pytest.mark.parametrize("state", [s for s in S if (s, S.DECIDED) in MOVES])
def test_nothing_is_decided_without_an_assessment(state: CaseState) -> None:
    unassessed = make(state=state, assessed=False)
    assert codes(move_refusals(unassessed, S.DECIDED)) == ["case_not_assessed"]


def test_a_new_case_is_told_to_be_assessed_before_it_is_decided() -> None:
    new = make(state=S.OPENED, assessed=False)
    assert codes(decision_refusals(new, Decision.TOLERATE)) == ["case_not_assessed"]


@pytest.mark.parametrize("to", [S.WAITING_AUTHOR, S.WAITING_PLATFORM, S.WAITING_POLICE])
def test_nobody_is_approached_without_an_assessment(to: CaseState) -> None:
    refused = codes(move_refusals(make(assessed=False, **POLICE), to))
    assert refused == ["case_not_assessed"]


@pytest.mark.parametrize("decision", [None, Decision.TOLERATE, Decision.SUPPORT_ONLY])
def test_nobody_is_approached_when_that_was_not_decided(
    decision: Decision | None,
) -> None:
    case = make(decision=decision)
    for to in (S.WAITING_AUTHOR, S.WAITING_PLATFORM):
        assert codes(move_refusals(case, to)) == ["case_decided_otherwise"]


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"identity": Identity.UNKNOWN}, "case_author_unknown"),
        ({"author_age": AuthorAge.UNDER_15}, "case_author_under_15"),
        ({"author_is_employee": True}, "case_author_is_employee"),
    ],
)
def test_some_authors_are_not_written_to(over: dict[str, Any], code: str) -> None:
    case = make(**over)
    assert codes(move_refusals(case, S.WAITING_AUTHOR)) == [code]
    assert codes(contact_refusals(case, "author")) == [code]


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"central_advice": None}, "case_police_without_advice"),
        ({"central_advice": "do_not_report"}, "case_police_advised_against"),
        ({"police_consent": None}, "case_police_without_consent"),
        ({"police_consent": False}, "case_police_without_consent"),
        ({"author_age": AuthorAge.UNDER_15}, "case_author_under_15"),
        ({"author_is_employee": True}, "case_author_is_employee"),
    ],
)
def test_the_police_takes_advice_and_the_employees_yes(
    over: dict[str, Any], code: str
) -> None:
    case = make(**(POLICE | over))
    assert codes(decision_refusals(case, Decision.POLICE)) == [code]
    assert codes(move_refusals(case, S.WAITING_POLICE)) == [code]
    assert codes(contact_refusals(case, "police")) == [code]


def test_a_report_to_the_police_must_have_been_decided() -> None:
    case = make(**(POLICE | {"decision": Decision.LETTER}))
    refused = codes(move_refusals(case, S.WAITING_POLICE))
    assert refused == ["case_police_not_decided"]


@pytest.mark.parametrize("question", CARE)
@pytest.mark.parametrize("state", [s for s in S if (s, S.CLOSED) in MOVES])
def test_no_case_closes_while_a_care_question_is_open(
    state: CaseState, question: str
) -> None:
    over: dict[str, Any] = {question: None}
    case = make(state=state, **over)
    assert len(move_refusals(case, S.CLOSED)) == 1


@pytest.mark.parametrize("decision", [Decision.TOLERATE, Decision.SUPPORT_ONLY])
def test_tolerating_and_supporting_are_always_open(decision: Decision) -> None:
    case = make(author_is_employee=True, author_age=AuthorAge.UNDER_15)
    assert decision_refusals(case, decision) == ()


def test_a_letter_to_a_child_or_an_own_employee_is_not_even_decided() -> None:
    for over, code in (
        ({"author_age": AuthorAge.UNDER_15}, "case_author_under_15"),
        ({"author_is_employee": True}, "case_author_is_employee"),
    ):
        assert codes(decision_refusals(make(**over), Decision.LETTER)) == [code]


def test_each_decision_and_each_party_has_its_rule() -> None:
    assert set(DECISIONS) == set(Decision)
    assert contact_refusals(make(assessed=False), "employee") == ()
    assert {"author", "employee"} < set(CONTACTS)
