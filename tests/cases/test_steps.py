"""What people do with a case is checked, done and noted with its actor."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from monitor import cases, history
from monitor.db import Database
from monitor.errors import BadInput, Problem, Refused
from monitor.models import (
    AuthorAge,
    Case,
    CaseState,
    ClosingReason,
    Decision,
    Identity,
)
from tests.cases.builders import (
    ADMIN,
    LAWYER,
    MANAGER,
    NOW,
    OTHER_MANAGER,
    REASONS,
    make_case,
    make_ready,
)


def by(
    session: Session, step: Callable[..., Any], case: Case, *what: Any, **how: Any
) -> Any:
    return step(session, case, *what, **({"actor": MANAGER, "now": NOW} | how))


def last(session: Session, case: Case) -> history.OpenedEvent:
    return cases.story(session, case, actor=MANAGER)[-1]


def told(session: Session, case: Case) -> dict[str, Any]:
    return dict(last(session, case).payload or {})


def refusal(step: Callable[[], Any]) -> str:
    with pytest.raises(Problem) as refused:
        step()
    return refused.value.reason.code


def test_an_assessment_is_sealed_and_starts_the_assessing(session: Session) -> None:
    case = make_case(session, assessed=False)
    made = by(session, cases.assess, case, REASONS)
    assert case.state is CaseState.ASSESSING
    assert REASONS.encode() not in (made.sealed or b"")
    assert cases.reasoning(session, made, actor=MANAGER) == REASONS
    event = last(session, case)
    assert (event.kind, event.actor) == ("case_assessed", "bente")


def test_a_second_assessment_does_not_erase_the_first(session: Session) -> None:
    case = make_case(session)
    by(session, cases.assess, case, REASONS + " Efter samtalen står det fast.")
    session.expire_all()
    assert len(case.assessments) == 2


@pytest.mark.parametrize("text", ["Tål.", "x" * 79, "kort" + " " * 100 + "kort"])
def test_a_label_is_no_assessment(session: Session, text: str) -> None:
    case = make_case(session, assessed=False)
    code = refusal(lambda: by(session, cases.assess, case, text))
    assert code == "assessment_too_short"
    assert case.state is CaseState.OPENED
    assert case.assessments == []


def test_eighty_characters_are_enough(session: Session) -> None:
    case = make_case(session, assessed=False)
    by(session, cases.assess, case, "x" * 80)


def test_a_new_case_cannot_be_decided(session: Session) -> None:
    case = make_case(session, assessed=False)
    code = refusal(lambda: by(session, cases.decide, case, Decision.TOLERATE))
    assert code == "case_not_assessed"
    assert case.decision is None


def test_a_decision_is_noted_with_the_one_before_it(session: Session) -> None:
    case = make_case(session, state=CaseState.ASSESSING)
    by(session, cases.decide, case, Decision.TALK)
    by(session, cases.decide, case, Decision.LETTER, now=NOW + timedelta(hours=1))
    assert case.state is CaseState.DECIDED
    assert told(session, case) == {"old": "talk", "new": "letter"}


def test_a_report_to_the_police_needs_advice_then_consent(session: Session) -> None:
    case = make_case(session, state=CaseState.ASSESSING)

    def decide() -> Case:
        return cases.decide(session, case, Decision.POLICE, actor=MANAGER, now=NOW)

    assert refusal(decide) == "case_police_without_advice"
    by(session, cases.advise, case, "report", text="Anmeld det.", actor=LAWYER)
    assert refusal(decide) == "case_police_without_consent"
    by(session, cases.consent, case, given=True)
    assert decide().decision is Decision.POLICE
    by(session, cases.move, case, CaseState.WAITING_POLICE)
    assert case.state is CaseState.WAITING_POLICE


def test_only_the_central_lawyers_advise(session: Session) -> None:
    case = make_case(session)
    code = refusal(lambda: by(session, cases.advise, case, "report", text="Ja."))
    assert code == "not_allowed"


def test_advice_is_one_of_two_words(session: Session) -> None:
    case = make_case(session)
    how: dict[str, Any] = {"text": "Måske.", "actor": LAWYER}
    code = refusal(lambda: by(session, cases.advise, case, "perhaps", **how))
    assert code == "case_advice_unknown"


def test_a_letter_waits_for_the_author(session: Session) -> None:
    case = make_ready(session)
    by(session, cases.move, case, CaseState.WAITING_AUTHOR, why="letter 7")
    assert told(session, case) == {
        "old": "decided",
        "new": "waiting_author",
        "why": "letter 7",
    }


@pytest.mark.parametrize("to", [CaseState.CLOSED, CaseState.DECIDED])
def test_closing_and_deciding_take_more_than_a_move(
    session: Session, to: CaseState
) -> None:
    case = make_ready(session)
    code = refusal(lambda: by(session, cases.move, case, to))
    assert code == "case_cannot_move"


def test_a_closed_case_is_not_moved_but_reopened(session: Session) -> None:
    case = make_ready(session)
    by(session, cases.close, case, ClosingReason.SATIRE)
    for step in (
        lambda: by(session, cases.move, case, CaseState.ASSESSING),
        lambda: by(session, cases.assess, case, REASONS),
        lambda: by(session, cases.decide, case, Decision.TALK),
        lambda: by(session, cases.close, case, ClosingReason.PRESS),
    ):
        assert refusal(step) in {"case_cannot_move", "case_closed"}
    by(session, cases.reopen, case, "Opslaget er tilbage.")
    assert (case.state, case.closing_reason) == (CaseState.ASSESSING, None)
    assert told(session, case)["old"] == "satire"
    assert refusal(lambda: by(session, cases.reopen, case, "Igen")) == "case_not_closed"


def test_a_case_closed_before_its_assessment_reopens_as_new(session: Session) -> None:
    answers: dict[str, Any] = {
        "employee_told": "wished_not",
        "support_offered": "wished_not",
    }
    case = make_case(session, assessed=False, **answers)
    by(session, cases.close, case, ClosingReason.DUPLICATE)
    by(session, cases.reopen, case, "Ikke en dublet alligevel.")
    assert case.state is CaseState.OPENED


def test_closing_takes_both_care_answers(session: Session) -> None:
    case = make_case(session)

    def close() -> Case:
        reason = ClosingReason.LAWFUL_CRITICISM
        return cases.close(session, case, reason, actor=MANAGER, now=NOW)

    assert refusal(close) == "case_employee_not_told"
    by(session, cases.care, case, "employee_told", answer=date(2026, 11, 22))
    assert refusal(close) == "case_support_not_offered"
    by(session, cases.care, case, "support_offered", answer="on_leave")
    assert close().closed_at == NOW
    assert told(session, case) == {
        "old": "assessing",
        "new": "closed",
        "reason": "lawful_criticism",
    }


def test_care_goes_on_after_the_case_is_closed(session: Session) -> None:
    case = make_ready(session)
    by(session, cases.close, case, ClosingReason.SUPPORT_ONLY)
    by(session, cases.care, case, "support_offered", answer=date(2026, 11, 20))
    assert case.support_offered == "2026-11-20"
    by(session, cases.note, case, "Opfølgende samtale holdt.")


@pytest.mark.parametrize(
    "wrong",
    [
        ("crisis", "other", "case_care_unknown"),
        ("employee_told", "glemt", "case_why_not_unknown"),
        ("employee_told", date(2026, 11, 23), "case_day_in_future"),
    ],
)
def test_a_care_answer_is_a_day_or_a_known_reason(
    session: Session, wrong: tuple[str, date | str, str]
) -> None:
    case = make_case(session)
    question, answer, code = wrong
    assert (
        refusal(lambda: by(session, cases.care, case, question, answer=answer)) == code
    )


def test_what_is_known_of_the_author_is_noted_with_what_was(session: Session) -> None:
    case = make_case(session)
    by(session, cases.record_identity, case, Identity.KNOWN_FROM_CONTACT)
    assert told(session, case) == {"old": "unknown", "new": "known_from_contact"}
    by(session, cases.record_author, case, age=AuthorAge.UNDER_15, own_employee=True)
    assert case.author_is_employee
    assert told(session, case)["old_own_employee"] is False


def test_notes_are_sealed_and_only_added(session: Session) -> None:
    case = make_case(session)
    by(session, cases.note, case, "  Signe vil tale med sin TR. ")
    assert told(session, case) == {"text": "Signe vil tale med sin TR."}
    with session.no_autoflush:
        stored = session.connection().exec_driver_sql("SELECT payload FROM event").all()
    assert all(b"Signe" not in bytes(row[0] or b"") for row in stored)
    assert refusal(lambda: by(session, cases.note, case, " \n")) == "case_text_empty"
    long = "x" * (cases.LONGEST + 1)
    assert refusal(lambda: by(session, cases.note, case, long)) == "case_text_too_long"


def test_what_others_tell_is_noted_but_turning_to_them_is_checked(
    session: Session,
) -> None:
    case = make_case(session, assessed=False)
    heard = cases.Contact("author", "Han ringede selv.", outgoing=False)
    by(session, cases.contact, case, heard)
    assert told(session, case)["outgoing"] is False
    for party in ("author", "platform", "police"):
        talk = cases.Contact(party, "Vi skrev.")

        def reach_out(talk: cases.Contact = talk) -> None:
            cases.contact(session, case, talk, actor=MANAGER, now=NOW)

        assert refusal(reach_out) == "case_not_assessed"
    by(session, cases.contact, case, cases.Contact("employee", "Vi talte sammen."))
    stranger = cases.Contact("press", "Nej.")
    code = refusal(lambda: by(session, cases.contact, case, stranger))
    assert code == "case_party_unknown"


def test_a_hold_needs_a_reason_and_a_day_to_come(session: Session) -> None:
    case = make_case(session)
    until = NOW + timedelta(days=90)
    by(session, cases.hold, case, "police", until=until)
    assert (case.hold_until, case.hold_reason) == (until, "police")
    for reason, day in (("because", until), ("court", NOW)):
        with pytest.raises(BadInput):
            by(session, cases.hold, case, reason, until=day)


def test_another_centres_case_does_not_exist(session: Session) -> None:
    case = make_ready(session)
    steps: list[Callable[[], Any]] = [
        lambda: cases.get(session, case.number, actor=OTHER_MANAGER),
        lambda: by(session, cases.assess, case, REASONS, actor=OTHER_MANAGER),
        lambda: by(
            session, cases.close, case, ClosingReason.SATIRE, actor=OTHER_MANAGER
        ),
        lambda: by(session, cases.note, case, "Hej.", actor=OTHER_MANAGER),
        lambda: cases.story(session, case, actor=OTHER_MANAGER),
        lambda: cases.look(session, case, actor=OTHER_MANAGER, now=NOW),
        lambda: cases.reasoning(session, case.assessments[0], actor=OTHER_MANAGER),
    ]
    assert {refusal(step) for step in steps} == {"case_unknown"}
    assert refusal(steps[0]) == refusal(
        lambda: cases.get(session, "E-2026-9999", actor=OTHER_MANAGER)
    )
    assert cases.listing(session, actor=OTHER_MANAGER) == []


def test_technical_administrators_see_no_case(session: Session) -> None:
    case = make_ready(session)
    assert refusal(lambda: cases.get(session, case.number, actor=ADMIN)) == (
        "not_allowed"
    )
    assert refusal(lambda: cases.listing(session, actor=ADMIN)) == "not_allowed"
    assert refusal(lambda: by(session, cases.note, case, "x", actor=ADMIN)) == (
        "not_allowed"
    )


def test_the_lists_show_open_cases_first(session: Session) -> None:
    first, second = make_ready(session), make_ready(session)
    by(session, cases.close, first, ClosingReason.SATIRE)
    assert cases.listing(session, actor=LAWYER) == [second]
    assert cases.listing(session, actor=MANAGER, closed=True) == [second, first]


def test_a_look_is_noted(session: Session) -> None:
    case = make_ready(session)
    cases.look(session, case, actor=LAWYER, now=NOW)
    assert (last(session, case).kind, last(session, case).actor) == ("viewed", "jura")


def test_every_event_stands_in_the_chain(session: Session) -> None:
    case = make_ready(session)
    by(session, cases.close, case, ClosingReason.SATIRE)
    assert history.verify(session).faults == ()


def test_an_erased_case_takes_nothing_more(session: Session) -> None:
    case = make_ready(session)
    session.info["keyring"].destroy(case.key, NOW)
    assert refusal(lambda: by(session, cases.note, case, "Hej.")) == "case_erased"
    made = case.assessments[0]
    assert refusal(lambda: cases.reasoning(session, made, actor=MANAGER)) == (
        "case_erased"
    )


def test_of_two_who_close_at_once_the_second_is_refused(database: Database) -> None:
    with database.begin() as session:
        number = make_ready(session).number
    outcomes: list[str] = []
    ready = threading.Barrier(2, timeout=30)

    def close(reason: ClosingReason) -> None:
        ready.wait()
        try:
            with database.begin() as session:
                case = cases.get(session, number, actor=MANAGER)
                cases.close(session, case, reason, actor=MANAGER, now=NOW)
            outcomes.append("closed")
        except Refused as refused:
            outcomes.append(refused.reason.code)

    together(close, ClosingReason.SATIRE, ClosingReason.PRESS)
    assert sorted(outcomes) == ["case_cannot_move", "closed"]
    with database.read() as session:
        case = cases.get(session, number, actor=MANAGER)
        events = [e.kind for e in cases.story(session, case, actor=MANAGER)]
        assert events.count("case_closed") == 1


def together(act: Callable[..., None], *each: Any) -> None:
    threads = [threading.Thread(target=act, args=(one,)) for one in each]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
