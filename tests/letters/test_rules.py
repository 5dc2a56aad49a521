"""A letter is only possible where the rules of case work allow contact."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.i18n import say
from monitor.letters.rules import obstacles, roles_for
from monitor.models import (
    Assessment,
    AuthorAge,
    Case,
    CaseState,
    Decision,
    Identity,
    Letter,
    LetterState,
    UserRole,
)


def a_case(**over: Any) -> Case:
    values: dict[str, Any] = {
        "number": "E-2026-0142",
        "state": CaseState.DECIDED,
        "decision": Decision.LETTER,
        "identity": Identity.SELF_STATED,
        "author_age": AuthorAge.ADULT,
        "author_is_employee": False,
        "assessments": [Assessment()],
    }
    return Case(**(values | over))


def a_letter(template: str, state: LetterState) -> Letter:
    return Letter(template=template, state=state)


def codes(case: Case, template_id: str, *letters: Letter) -> list[str]:
    found = obstacles(case, template_id, letters)
    assert all(say(reason, "en") != reason.code for reason in found)
    return [reason.code for reason in found]


@pytest.mark.parametrize("template_id", ["t1", "t3"])
def test_an_assessed_and_decided_case_may_have_letters(template_id: str) -> None:
    assert codes(a_case(), template_id) == []


@pytest.mark.parametrize("template_id", ["t1", "t2", "t3"])
@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"assessments": []}, "letter_without_assessment"),
        ({"decision": None}, "letter_not_decided"),
        ({"decision": Decision.TOLERATE}, "letter_decided_otherwise"),
        ({"decision": Decision.SUPPORT_ONLY}, "letter_decided_otherwise"),
        ({"author_is_employee": True}, "letter_author_is_employee"),
        ({"state": CaseState.CLOSED}, "letter_case_closed"),
    ],
)
def test_no_letter_at_all(template_id: str, over: dict[str, Any], code: str) -> None:
    sent = a_letter("t1", LetterState.SENT)
    letters = [sent] if template_id == "t2" else []
    assert codes(a_case(**over), template_id, *letters) == [code]


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"identity": Identity.UNKNOWN}, "letter_author_unknown"),
        ({"author_age": AuthorAge.UNDER_15}, "letter_author_under_15"),
    ],
)
def test_no_letter_to_the_author_but_a_notice(over: dict[str, Any], code: str) -> None:
    assert codes(a_case(**over), "t1") == [code]
    assert codes(a_case(**over), "t3") == []


def test_everything_in_the_way_is_told_at_once() -> None:
    case = a_case(assessments=[], decision=None, identity=Identity.UNKNOWN)
    assert codes(case, "t1") == [
        "letter_without_assessment",
        "letter_not_decided",
        "letter_author_unknown",
    ]


@pytest.mark.parametrize("state", LetterState)
def test_a_reminder_follows_a_sent_letter_only(state: LetterState) -> None:
    found = codes(a_case(), "t2", a_letter("t1", state))
    expected = [] if state is LetterState.SENT else ["letter_no_first_letter"]
    assert found == expected


def test_there_is_one_reminder() -> None:
    letters = [a_letter("t1", LetterState.SENT), a_letter("t2", LetterState.SENT)]
    assert codes(a_case(), "t2", *letters) == ["letter_already_there"]


def test_a_voided_or_drafted_letter_does_not_stand_in_the_way() -> None:
    letters = [a_letter("t1", LetterState.REFUSED), a_letter("t1", LetterState.DRAFT)]
    assert codes(a_case(), "t1", *letters) == []


def test_several_platforms_may_be_told() -> None:
    assert codes(a_case(), "t3", a_letter("t3", LetterState.SENT)) == []


def test_the_lawyers_may_write_to_platforms_only() -> None:
    assert UserRole.CENTRAL in roles_for("t3")
    assert UserRole.CENTRAL not in roles_for("t1")
