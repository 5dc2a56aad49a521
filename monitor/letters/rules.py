"""When a letter may be written at all: says what stands in the way, changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from monitor.models import (
    AuthorAge,
    Case,
    CaseState,
    Decision,
    Identity,
    Letter,
    LetterState,
    UserRole,
)
from monitor.types import Reason

TO_AUTHOR = ("t1", "t2")
ONCE = ("t1", "t2")
ROLES = (UserRole.CENTER_MANAGER, UserRole.CENTRAL)
STANDING = (
    LetterState.APPROVED,
    LetterState.SENDING,
    LetterState.SENT,
    LetterState.UNCERTAIN,
    LetterState.ANSWERED,
)
_NO_CONTACT = (Decision.TOLERATE, Decision.SUPPORT_ONLY)


def roles_for(template_id: str) -> tuple[UserRole, ...]:
    """Who may write and approve it: a notice to a platform also the lawyers."""
    return (UserRole.CENTER_MANAGER,) if template_id in TO_AUTHOR else ROLES


def obstacles(
    case: Case, template_id: str, others: Iterable[Letter]
) -> tuple[Reason, ...]:
    """Everything that forbids this letter in this case; empty when it may be written.

    ``others`` are the case's other letters. No letter without a written assessment
    and a decision to make contact, none to an author who is unknown, under 15 or an
    employee; one letter and one reminder to the author, in that order.
    """
    letters = list(others)
    found = [*_of_case(case)]
    if template_id in TO_AUTHOR:
        found += _of_author(case)
    if template_id in ONCE:
        found += _of_order(template_id, letters)
    return tuple(found)


def _of_case(case: Case) -> Iterator[Reason]:
    if case.state is CaseState.CLOSED:
        yield Reason("letter_case_closed", {"case": case.number})
    if not case.assessments:
        yield Reason("letter_without_assessment", {"case": case.number})
    if case.decision is None:
        yield Reason("letter_not_decided", {"case": case.number})
    elif case.decision in _NO_CONTACT:
        yield Reason("letter_decided_otherwise", {"case": case.number})
    if case.author_is_employee:
        yield Reason("letter_author_is_employee", {"case": case.number})


def _of_author(case: Case) -> Iterator[Reason]:
    if case.identity is Identity.UNKNOWN:
        yield Reason("letter_author_unknown", {"case": case.number})
    if case.author_age is AuthorAge.UNDER_15:
        yield Reason("letter_author_under_15", {"case": case.number})


def _of_order(template_id: str, letters: list[Letter]) -> Iterator[Reason]:
    if any(x.template == template_id and x.state in STANDING for x in letters):
        yield Reason("letter_already_there", {"template": template_id})
    first_sent = (x.template == "t1" and x.state is LetterState.SENT for x in letters)
    if template_id == "t2" and not any(first_sent):
        yield Reason("letter_no_first_letter", {})
