"""Which moves a case may make, and what stands in their way; changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from monitor.models.case import AuthorAge, Case, CaseState, Decision, Identity
from monitor.types import Reason

MIN_ASSESSMENT = 80  # characters; less is a label, not a reasoning
ADVICE = ("report", "do_not_report")
CARE = ("employee_told", "support_offered")
WHY_NOT = ("wished_not", "knew_already", "on_leave", "has_left", "other")
HOLDS = ("complaint", "access_request", "police", "court", "audit")
CONTACT = (Decision.TALK, Decision.LETTER, Decision.PLATFORM, Decision.POLICE)
WAITING = (
    CaseState.WAITING_AUTHOR,
    CaseState.WAITING_PLATFORM,
    CaseState.WAITING_CENTRAL,
    CaseState.WAITING_POLICE,
)

Check = Callable[[Case], Reason | None]


def _assessed(case: Case) -> Reason | None:
    if not case.assessments:
        return Reason("case_not_assessed", {"case": case.number})
    return None


def _decided_contact(case: Case) -> Reason | None:
    if case.decision not in CONTACT:
        return Reason("case_decided_otherwise", {"case": case.number})
    return None


def _decided_police(case: Case) -> Reason | None:
    if case.decision is not Decision.POLICE:
        return Reason("case_police_not_decided", {"case": case.number})
    return None


def _not_own_employee(case: Case) -> Reason | None:
    if case.author_is_employee:
        return Reason("case_author_is_employee", {"case": case.number})
    return None


def _not_a_child(case: Case) -> Reason | None:
    if case.author_age is AuthorAge.UNDER_15:
        return Reason("case_author_under_15", {"case": case.number})
    return None


def _author_known(case: Case) -> Reason | None:
    if case.identity is Identity.UNKNOWN:
        return Reason("case_author_unknown", {"case": case.number})
    return None


def _advised(case: Case) -> Reason | None:
    if case.central_advice is None:
        return Reason("case_police_without_advice", {"case": case.number})
    if case.central_advice != "report":
        return Reason("case_police_advised_against", {"case": case.number})
    return None


def _consented(case: Case) -> Reason | None:
    if not case.police_consent:
        return Reason("case_police_without_consent", {"case": case.number})
    return None


def _told(case: Case) -> Reason | None:
    if case.employee_told is None:
        return Reason("case_employee_not_told", {"case": case.number})
    return None


def _offered(case: Case) -> Reason | None:
    if case.support_offered is None:
        return Reason("case_support_not_offered", {"case": case.number})
    return None


_CONTACT = (_assessed, _decided_contact, _not_own_employee)
_AUTHOR = (*_CONTACT, _author_known, _not_a_child)
_POLICE = (
    *(_assessed, _decided_police, _not_own_employee),
    *(_not_a_child, _advised, _consented),
)
_CLOSE = (_told, _offered)
_S = CaseState

MOVES: Mapping[tuple[CaseState, CaseState], tuple[Check, ...]] = {
    (_S.OPENED, _S.ASSESSING): (_assessed,),
    (_S.OPENED, _S.WAITING_CENTRAL): (),
    (_S.OPENED, _S.CLOSED): _CLOSE,
    (_S.ASSESSING, _S.ASSESSING): (_assessed,),
    (_S.ASSESSING, _S.DECIDED): (_assessed,),
    (_S.ASSESSING, _S.WAITING_CENTRAL): (),
    (_S.ASSESSING, _S.CLOSED): _CLOSE,
    (_S.DECIDED, _S.ASSESSING): (_assessed,),
    (_S.DECIDED, _S.DECIDED): (_assessed,),
    (_S.DECIDED, _S.WAITING_AUTHOR): _AUTHOR,
    (_S.DECIDED, _S.WAITING_PLATFORM): _CONTACT,
    (_S.DECIDED, _S.WAITING_CENTRAL): (),
    (_S.DECIDED, _S.WAITING_POLICE): _POLICE,
    (_S.DECIDED, _S.OBSERVING): (_assessed,),
    (_S.DECIDED, _S.CLOSED): _CLOSE,
    (_S.WAITING_AUTHOR, _S.ASSESSING): (_assessed,),
    (_S.WAITING_AUTHOR, _S.DECIDED): (_assessed,),
    (_S.WAITING_AUTHOR, _S.WAITING_AUTHOR): _AUTHOR,
    (_S.WAITING_AUTHOR, _S.WAITING_PLATFORM): _CONTACT,
    (_S.WAITING_AUTHOR, _S.WAITING_CENTRAL): (),
    (_S.WAITING_AUTHOR, _S.WAITING_POLICE): _POLICE,
    (_S.WAITING_AUTHOR, _S.OBSERVING): (_assessed,),
    (_S.WAITING_AUTHOR, _S.CLOSED): _CLOSE,
    (_S.WAITING_PLATFORM, _S.ASSESSING): (_assessed,),
    (_S.WAITING_PLATFORM, _S.DECIDED): (_assessed,),
    (_S.WAITING_PLATFORM, _S.WAITING_AUTHOR): _AUTHOR,
    (_S.WAITING_PLATFORM, _S.WAITING_PLATFORM): _CONTACT,
    (_S.WAITING_PLATFORM, _S.WAITING_CENTRAL): (),
    (_S.WAITING_PLATFORM, _S.WAITING_POLICE): _POLICE,
    (_S.WAITING_PLATFORM, _S.OBSERVING): (_assessed,),
    (_S.WAITING_PLATFORM, _S.CLOSED): _CLOSE,
    (_S.WAITING_CENTRAL, _S.ASSESSING): (_assessed,),
    (_S.WAITING_CENTRAL, _S.DECIDED): (_assessed,),
    (_S.WAITING_CENTRAL, _S.OBSERVING): (_assessed,),
    (_S.WAITING_CENTRAL, _S.CLOSED): _CLOSE,
    (_S.WAITING_POLICE, _S.ASSESSING): (_assessed,),
    (_S.WAITING_POLICE, _S.DECIDED): (_assessed,),
    (_S.WAITING_POLICE, _S.WAITING_CENTRAL): (),
    (_S.WAITING_POLICE, _S.OBSERVING): (_assessed,),
    (_S.WAITING_POLICE, _S.CLOSED): _CLOSE,
    (_S.OBSERVING, _S.ASSESSING): (_assessed,),
    (_S.OBSERVING, _S.OBSERVING): (_assessed,),
    (_S.OBSERVING, _S.CLOSED): _CLOSE,
    (_S.CLOSED, _S.OPENED): (),
    (_S.CLOSED, _S.ASSESSING): (_assessed,),
}
"""Every move there is, with what must hold for it; any other is refused."""

DECISIONS: Mapping[Decision, tuple[Check, ...]] = {
    Decision.TOLERATE: (),
    Decision.SUPPORT_ONLY: (),
    Decision.TALK: (_not_own_employee,),
    Decision.LETTER: (_not_own_employee, _not_a_child),
    Decision.PLATFORM: (_not_own_employee,),
    Decision.POLICE: (_not_own_employee, _not_a_child, _advised, _consented),
}
"""What must hold before a decision may be taken, beside the assessment."""


CONTACTS: Mapping[str, tuple[Check, ...]] = {
    "author": _AUTHOR,
    "platform": (_assessed, _not_own_employee),
    "police": (_assessed, _not_own_employee, _not_a_child, _advised, _consented),
    "employee": (),
    "central": (),
    "other": (),
}
"""Whom one may turn to, and what must hold first."""


def move_refusals(case: Case, to: CaseState) -> tuple[Reason, ...]:
    """Everything in the way of a move; empty when it may be made."""
    checks = MOVES.get((case.state, to))
    if checks is None:
        told = {"case": case.number, "state": case.state.value, "to": to.value}
        unassessed = to is CaseState.DECIDED and _assessed(case)
        return (unassessed or Reason("case_cannot_move", told),)
    return _failing(case, checks)


def decision_refusals(case: Case, decision: Decision) -> tuple[Reason, ...]:
    """Everything in the way of a decision; empty when it may be taken."""
    return (
        *move_refusals(case, CaseState.DECIDED),
        *_failing(case, DECISIONS[decision]),
    )


def contact_refusals(case: Case, party: str) -> tuple[Reason, ...]:
    """Everything in the way of turning to one of ``CONTACTS``."""
    return _failing(case, CONTACTS[party])


def _failing(case: Case, checks: tuple[Check, ...]) -> tuple[Reason, ...]:
    found = (check(case) for check in checks)
    return tuple(reason for reason in found if reason is not None)
