"""What is approved is what was seen, and what is exported is what was approved."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from sqlalchemy.orm import Session

from monitor import history
from monitor.errors import BadInput, Problem, Refused
from monitor.letters import steps
from monitor.letters.document import text_of
from monitor.letters.prefill import deadline, prefilled
from monitor.letters.template import load
from monitor.models import (
    Assessment,
    Case,
    CaseState,
    Decision,
    Employee,
    Identity,
    Letter,
    LetterState,
    UserRole,
)
from monitor.settings import load as load_settings
from monitor.users import Actor
from tests.letters.builders import NOW, make_fields
from watchlist.crypto import keyring_of
from watchlist.types import KeyScope

MANAGER = Actor("bente", frozenset({UserRole.CENTER_MANAGER}), "havnelyst")
OTHER_MANAGER = Actor("torkild", frozenset({UserRole.CENTER_MANAGER}), "engdraget")
LAWYER = Actor("jura", frozenset({UserRole.CENTRAL}))
ADMIN = Actor("root", frozenset({UserRole.TECHNICAL_ADMIN}))


def make_case(session: Session, **over: Any) -> Case:
    values: dict[str, Any] = {
        "number": "E-2026-0142",
        "employee": Employee(work_id="4711", center="havnelyst", created_at=NOW),
        "center": "havnelyst",
        "state": CaseState.DECIDED,
        "owner": "bente",
        "opened_at": NOW,
        "opened_by": "bente",
        "decision": Decision.LETTER,
        "identity": Identity.SELF_STATED,
        "key": keyring_of(session).new_key(session, KeyScope.CASE, NOW),
    }
    case = Case(**(values | over))
    case.assessments.append(Assessment(made_at=NOW, made_by="bente", rules_version="1"))
    session.add(case)
    session.flush()
    return case


def make_draft(
    session: Session,
    case: Case,
    template_id: str = "t1",
    *,
    fields: dict[str, str] | None = None,
    by: Actor = MANAGER,
) -> Letter:
    template = load(template_id, "da")
    filled = make_fields(**(fields or {}))
    return steps.draft(session, case, template, fields=filled, now=NOW, by=by)


def make_sent(session: Session, case: Case, template_id: str = "t1") -> Letter:
    letter = make_draft(session, case, template_id)
    steps.approve(session, letter, now=NOW, by=MANAGER)
    return steps.mark_sent(session, letter, channel="post", now=NOW, by=MANAGER)


def test_a_letter_goes_from_draft_to_sent(session: Session, tmp_path: Path) -> None:
    letter = make_draft(session, make_case(session))
    assert letter.state is LetterState.DRAFT
    seen = steps.preview(session, letter, by=MANAGER)
    later = NOW + timedelta(days=1)
    steps.approve(session, letter, now=later, by=MANAGER)
    assert letter.sha256 == hashlib.sha256(seen).hexdigest()
    pdf, word = steps.export(session, letter, tmp_path / "out", now=later, by=MANAGER)
    assert pdf.read_bytes() == seen
    assert pdf.stat().st_mode & 0o077 == 0
    assert docx.Document(BytesIO(word.read_bytes())).core_properties.title
    steps.mark_sent(session, letter, channel="digital_post", now=later, by=MANAGER)
    assert (letter.state, letter.sent_by) == (LetterState.SENT, "bente")


def test_every_step_is_an_event_with_its_actor(
    session: Session, tmp_path: Path
) -> None:
    letter = make_sent(session, make_case(session))
    steps.export(session, letter, tmp_path, now=NOW, by=MANAGER)
    events = history.of(session, "letter", letter.id, opened=True)
    kinds = ["letter_drafted", "letter_approved", "letter_sent", "letter_exported"]
    assert [event.kind for event in events] == kinds
    assert {event.actor for event in events} == {"bente"}
    assert events[1].payload is not None
    assert events[1].payload["sha256"] == letter.sha256
    assert not history.verify(session).faults


def test_words_lie_sealed_and_open_again(session: Session) -> None:
    letter = make_draft(session, make_case(session))
    assert letter.sealed is not None
    assert b"Havnelyst" not in letter.sealed
    assert "Åge Æbeltoft" in text_of(steps.read(session, letter, by=MANAGER))


def test_a_case_that_may_have_no_letter_gets_none(session: Session) -> None:
    case = make_case(session, decision=Decision.TOLERATE)
    with pytest.raises(Refused, match="letter_decided_otherwise"):
        make_draft(session, case)
    assert steps.letters_of(session, case) == []


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"request": " "}, "letter_fields_missing"),
        ({"quote": "漢字"}, "letter_signs_not_shown"),
    ],
)
def test_a_letter_that_cannot_be_made_is_not_stored(
    session: Session, over: dict[str, str], code: str
) -> None:
    case = make_case(session)
    with pytest.raises(Refused, match=code):
        make_draft(session, case, fields=over)
    assert steps.letters_of(session, case) == []


def test_what_changed_since_the_draft_stops_the_approval(session: Session) -> None:
    case = make_case(session)
    letter = make_draft(session, case)
    case.identity = Identity.UNKNOWN
    with pytest.raises(Refused, match="letter_author_unknown"):
        steps.approve(session, letter, now=NOW, by=MANAGER)


def test_what_was_just_changed_counts_and_stays(session: Session) -> None:
    case = make_case(session)
    case.identity = Identity.UNKNOWN
    with pytest.raises(Refused, match="letter_author_unknown"):
        make_draft(session, case)
    assert case.identity is Identity.UNKNOWN


def test_only_one_of_two_drafts_is_approved(session: Session) -> None:
    case = make_case(session)
    first, second = make_draft(session, case), make_draft(session, case)
    steps.approve(session, first, now=NOW, by=MANAGER)
    with pytest.raises(Refused, match="letter_already_there"):
        steps.approve(session, second, now=NOW, by=MANAGER)


def test_a_reminder_comes_once_and_after_the_letter(session: Session) -> None:
    case = make_case(session)
    with pytest.raises(Refused, match="letter_no_first_letter"):
        make_draft(session, case, "t2")
    make_sent(session, case)
    make_sent(session, case, "t2")
    with pytest.raises(Refused, match="letter_already_there"):
        make_draft(session, case, "t2")


def test_steps_out_of_turn_are_refused(session: Session, tmp_path: Path) -> None:
    letter = make_draft(session, make_case(session))
    with pytest.raises(Refused, match="letter_wrong_state"):
        steps.export(session, letter, tmp_path, now=NOW, by=MANAGER)
    with pytest.raises(Refused, match="letter_wrong_state"):
        steps.mark_sent(session, letter, channel="post", now=NOW, by=MANAGER)
    steps.void(session, letter, now=NOW, by=MANAGER)
    with pytest.raises(Refused, match="letter_wrong_state"):
        steps.approve(session, letter, now=NOW, by=MANAGER)


def test_a_sent_letter_cannot_be_voided(session: Session) -> None:
    letter = make_sent(session, make_case(session))
    with pytest.raises(Refused, match="letter_wrong_state"):
        steps.void(session, letter, now=NOW, by=MANAGER)


def test_an_unknown_channel_is_refused(session: Session) -> None:
    letter = make_draft(session, make_case(session))
    with pytest.raises(BadInput, match="letter_channel_unknown"):
        steps.mark_sent(session, letter, channel="pigeon", now=NOW, by=MANAGER)


@pytest.mark.parametrize("by", [OTHER_MANAGER, LAWYER, ADMIN])
def test_others_neither_write_nor_read(session: Session, by: Actor) -> None:
    case = make_case(session)
    with pytest.raises(Refused, match="not_allowed"):
        make_draft(session, case, by=by)
    letter = make_draft(session, case)
    with pytest.raises(Refused, match="not_allowed"):
        steps.read(session, letter, by=by)
    with pytest.raises(Refused, match="not_allowed"):
        steps.void(session, letter, now=NOW, by=by)


def test_the_lawyers_write_to_a_platform(session: Session) -> None:
    case = make_case(session, decision=Decision.PLATFORM, identity=Identity.UNKNOWN)
    assert make_draft(session, case, "t3", by=LAWYER).drafted_by == "jura"


def test_a_document_that_is_not_the_approved_one_stays_here(
    session: Session, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    letter = make_sent(session, make_case(session))
    letter.sha256 = "0" * 64
    with pytest.raises(Problem, match="letter_altered"):
        steps.export(session, letter, out, now=NOW, by=MANAGER)
    assert not out.exists()
    letter.sealed = None
    with pytest.raises(Problem, match="letter_altered"):
        steps.export(session, letter, out, now=NOW, by=MANAGER)


def test_a_folder_that_cannot_be_written_says_so(
    session: Session, tmp_path: Path
) -> None:
    letter = make_sent(session, make_case(session))
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem, match="letter_folder_unwritable"):
        steps.export(session, letter, tmp_path / "file", now=NOW, by=MANAGER)


def test_configuration_and_case_fill_what_they_know(
    session: Session, tmp_path: Path
) -> None:
    settings = load_settings({"MONITOR_DATA": str(tmp_path)})
    case = make_case(session, identity=Identity.KNOWN_FROM_CONTACT)
    make_sent(session, case)
    sent = steps.letters_of(session, case)
    fields = prefilled(settings, case, "t2", language="da", letters=sent, now=NOW)
    assert fields["first_letter_date"] == "22. november 2026"
    assert fields["deadline"] == "29. november 2026"
    assert deadline(settings, "t2", NOW) == NOW + timedelta(days=7)
    assert "tidligere kontakt" in fields["data_source"]
    by_hand = {"recipient_name", "platform", "url", "seen_at", "request"}
    assert load("t2", "da").fields - fields.keys() == by_hand


def test_english_letters_name_the_legal_basis_in_english_where_it_is_told(
    session: Session, tmp_path: Path
) -> None:
    settings, case = load_settings({"MONITOR_DATA": str(tmp_path)}), make_case(session)
    town = settings.monitor.municipality

    def basis(english: str, language: str) -> str:
        told = town.model_copy(update={"legal_basis_en": english})
        monitor = settings.monitor.model_copy(update={"municipality": told})
        used = replace(settings, monitor=monitor)
        return prefilled(used, case, "t1", language=language, letters=(), now=NOW)[
            "legal_basis"
        ]

    assert basis("", "en") == town.legal_basis
    assert basis("Article 6", "en") == "Article 6"
    assert basis("Article 6", "da") == town.legal_basis
