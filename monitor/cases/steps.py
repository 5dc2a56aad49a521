"""What people do with a case: each act checked, done, and noted in the history.

Every function locks the case first, so that of two people at once the second sees
what the first did. Nothing here commits; nothing is sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from monitor import history
from monitor.cases.access import ASSESSMENT, lock
from monitor.cases.rules import (
    ADVICE,
    CARE,
    CONTACTS,
    HOLDS,
    MIN_ASSESSMENT,
    WHY_NOT,
    contact_refusals,
    decision_refusals,
    move_refusals,
)
from monitor.errors import BadInput, Refused
from monitor.models.case import (
    Assessment,
    AuthorAge,
    Case,
    CaseState,
    ClosingReason,
    Decision,
    Identity,
)
from monitor.models.user import UserRole
from monitor.types import Reason
from monitor.users import Actor, require
from watchlist.crypto import keyring_of

AID_VERSION = "1"  # of the questions an assessment is guided by
LONGEST = 20_000  # characters of a text that people write


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact with one of ``rules.CONTACTS``; ``outgoing`` when we began it."""

    party: str
    text: str
    outgoing: bool = True


def move(
    session: Session,
    case: Case,
    to: CaseState,
    *,
    actor: Actor,
    now: datetime,
    why: str | None = None,
) -> Case:
    """Bring the case to a state of waiting or observing, or back to assessing.

    Raises Refused with the first of ``rules.move_refusals``. What takes more than a
    new state – deciding, closing, reopening – has a function of its own.
    """
    lock(session, case, actor)
    _expect(case, to)
    if CaseState.CLOSED in (case.state, to) or to is CaseState.DECIDED:
        raise Refused(
            "case_cannot_move", case=case.number, state=case.state.value, to=to.value
        )
    old = case.state
    case.state = to
    told = {"old": old.value, "new": to.value, "why": why}
    note_event(session, case, "case_moved", payload=told, actor=actor, now=now)
    return case


def assess(
    session: Session, case: Case, text: str, *, actor: Actor, now: datetime
) -> Assessment:
    """Keep the manager's own written reasoning, sealed; the case is being assessed.

    Refused below ``MIN_ASSESSMENT`` characters, white space counted once.
    """
    written = _written(text)
    given = len(" ".join(written.split()))
    if given < MIN_ASSESSMENT:
        raise Refused("assessment_too_short", given=given, wanted=MIN_ASSESSMENT)
    lock(session, case, actor)
    if case.state is CaseState.CLOSED:
        raise Refused("case_closed", case=case.number)
    assessment = Assessment(
        made_at=now,
        made_by=actor.login,
        rules_version=AID_VERSION,
        sealed=keyring_of(session).seal(case.key, ASSESSMENT, written),
    )
    case.assessments.append(assessment)
    _expect(case, CaseState.ASSESSING)
    old, case.state = case.state, CaseState.ASSESSING
    session.flush()
    told = {"old": old.value, "new": case.state.value, "assessment": assessment.id}
    note_event(session, case, "case_assessed", payload=told, actor=actor, now=now)
    return assessment


def decide(
    session: Session, case: Case, decision: Decision, *, actor: Actor, now: datetime
) -> Case:
    """Decide what to do; Refused with the first of ``rules.decision_refusals``."""
    lock(session, case, actor)
    _refuse(decision_refusals(case, decision))
    old = case.decision
    case.decision, case.state = decision, CaseState.DECIDED
    told = {"old": old.value if old else None, "new": decision.value}
    note_event(session, case, "case_decided", payload=told, actor=actor, now=now)
    return case


def record_identity(
    session: Session, case: Case, identity: Identity, *, actor: Actor, now: datetime
) -> Case:
    """Note on what basis the author is known; never who it is."""
    lock(session, case, actor)
    told = {"old": case.identity.value, "new": identity.value}
    case.identity = identity
    note_event(session, case, "case_identity", payload=told, actor=actor, now=now)
    return case


def record_author(
    session: Session,
    case: Case,
    *,
    age: AuthorAge,
    own_employee: bool,
    actor: Actor,
    now: datetime,
) -> Case:
    """Note what forbids turning to the author: a child, or an own employee."""
    lock(session, case, actor)
    told: history.Payload = {
        "old": case.author_age.value,
        "new": age.value,
        "old_own_employee": case.author_is_employee,
        "new_own_employee": own_employee,
    }
    case.author_age, case.author_is_employee = age, own_employee
    note_event(session, case, "case_author", payload=told, actor=actor, now=now)
    return case


def care(
    session: Session,
    case: Case,
    question: str,
    *,
    answer: date | str,
    actor: Actor,
    now: datetime,
) -> Case:
    """Answer one of ``CARE``: the day it was done, or one of ``WHY_NOT``.

    More than that belongs into a note, which is sealed. Allowed in every state: the
    care track does not end with the case.
    """
    if question not in CARE:
        raise BadInput("case_care_unknown", question=question, known=_list(CARE))
    if isinstance(answer, str) and answer not in WHY_NOT:
        raise BadInput("case_why_not_unknown", answer=answer, known=_list(WHY_NOT))
    if isinstance(answer, date) and answer > now.date():
        raise BadInput("case_day_in_future", day=answer.isoformat())
    lock(session, case, actor)
    new = answer if isinstance(answer, str) else answer.isoformat()
    told = {"question": question, "old": getattr(case, question), "new": new}
    setattr(case, question, new)
    note_event(session, case, "case_care", payload=told, actor=actor, now=now)
    return case


def advise(
    session: Session,
    case: Case,
    advice: str,
    *,
    text: str,
    actor: Actor,
    now: datetime,
) -> Case:
    """Give the central lawyers' advice on reporting to the police, one of ADVICE."""
    if advice not in ADVICE:
        raise BadInput("case_advice_unknown", advice=advice, known=_list(ADVICE))
    require(actor, UserRole.CENTRAL)
    lock(session, case, actor)
    told = {"old": case.central_advice, "new": advice, "text": _written(text)}
    case.central_advice = advice
    note_event(session, case, "case_advice", payload=told, actor=actor, now=now)
    return case


def consent(
    session: Session, case: Case, *, given: bool, actor: Actor, now: datetime
) -> Case:
    """Note the employee's yes or no to a report to the police."""
    lock(session, case, actor)
    told = {"old": case.police_consent, "new": given}
    case.police_consent = given
    note_event(session, case, "case_consent", payload=told, actor=actor, now=now)
    return case


def note(
    session: Session, case: Case, text: str, *, actor: Actor, now: datetime
) -> None:
    """Add a note, sealed; notes are never changed, and a closed case takes them too."""
    written = _written(text)
    lock(session, case, actor)
    note_event(
        session, case, "case_note", payload={"text": written}, actor=actor, now=now
    )


def contact(
    session: Session, case: Case, talk: Contact, *, actor: Actor, now: datetime
) -> None:
    """Note a contact.

    What somebody told us may always be noted; what we begin must pass
    ``rules.contact_refusals``.
    """
    if talk.party not in CONTACTS:
        raise BadInput("case_party_unknown", party=talk.party, known=_list(CONTACTS))
    told: history.Payload = asdict(talk) | {"text": _written(talk.text)}
    lock(session, case, actor)
    if talk.outgoing:
        _refuse(contact_refusals(case, talk.party))
    note_event(session, case, "case_contact", payload=told, actor=actor, now=now)


def hold(
    session: Session,
    case: Case,
    reason: str,
    *,
    until: datetime,
    actor: Actor,
    now: datetime,
) -> Case:
    """Keep the case from being erased before a day, for one of ``HOLDS``."""
    if reason not in HOLDS:
        raise BadInput("case_hold_unknown", reason=reason, known=_list(HOLDS))
    if until <= now:
        raise BadInput("case_day_in_past", day=until.date().isoformat())
    lock(session, case, actor)
    told = {
        "old": case.hold_until.isoformat() if case.hold_until else None,
        "old_reason": case.hold_reason,
        "new": until.isoformat(),
        "new_reason": reason,
    }
    case.hold_until, case.hold_reason = until, reason
    note_event(session, case, "case_held", payload=told, actor=actor, now=now)
    return case


def close(
    session: Session, case: Case, reason: ClosingReason, *, actor: Actor, now: datetime
) -> Case:
    """Close the case; Refused while one of the ``CARE`` questions is unanswered."""
    lock(session, case, actor)
    _expect(case, CaseState.CLOSED)
    told = {"old": case.state.value, "new": "closed", "reason": reason.value}
    case.state, case.closing_reason = CaseState.CLOSED, reason
    case.closed_at, case.observe_until = now, None
    note_event(session, case, "case_closed", payload=told, actor=actor, now=now)
    return case


def reopen(
    session: Session, case: Case, why: str, *, actor: Actor, now: datetime
) -> Case:
    """Take up a closed case again, where an assessment is due or was made."""
    written = _written(why)
    lock(session, case, actor)
    to = CaseState.ASSESSING if case.assessments else CaseState.OPENED
    if case.state is not CaseState.CLOSED:
        raise Refused("case_not_closed", case=case.number)
    _expect(case, to)
    reason = case.closing_reason
    told = {
        "old": reason.value if reason else None,
        "new": to.value,
        "why": written,
    }
    case.state, case.closed_at, case.closing_reason = to, None, None
    note_event(session, case, "case_reopened", payload=told, actor=actor, now=now)
    return case


def note_event(
    session: Session,
    case: Case,
    kind: str,
    *,
    payload: history.Payload,
    actor: Actor,
    now: datetime,
) -> None:
    """Write one event of a case, its values sealed under the case's key."""
    session.flush()
    history.record(
        session,
        actor=actor.login,
        kind=kind,
        object_type="case",
        object_id=case.id,
        now=now,
        key=case.key,
        payload=payload,
    )


def _expect(case: Case, to: CaseState) -> None:
    _refuse(move_refusals(case, to))


def _refuse(reasons: Iterable[Reason]) -> None:
    for reason in reasons:
        raise Refused(reason.code, **reason.params)


def _written(text: str) -> str:
    written = text.strip()
    if not written:
        raise BadInput("case_text_empty")
    if len(written) > LONGEST:
        raise BadInput("case_text_too_long", given=len(written), limit=LONGEST)
    return written


def _list(words: Iterable[str]) -> str:
    return ", ".join(words)
