"""A stored letter's way: drafted, approved, exported, sent by a person, or voided.

The program sends nothing. Moving the case along and planning rechecks are left to
``cases`` and the callers; nothing here commits.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor import cases, history
from monitor.errors import BadInput, Problem, Refused
from monitor.letters.document import Document, compose
from monitor.letters.pdf import to_pdf
from monitor.letters.rules import ROLES, STANDING, obstacles, roles_for
from monitor.letters.template import Block, BlockKind, Template
from monitor.letters.word import to_docx
from monitor.models import Case, Letter, LetterState
from monitor.users import Actor, require
from watchlist.crypto import keyring_of

CHANNELS = ("digital_post", "post", "email", "platform_form", "platform_message")
_PLACE = "letter.sealed"


def allow(
    session: Session,
    case: Case,
    template_id: str,
    *,
    by: Actor,
    letter: Letter | None = None,
) -> None:
    """Refuse unless this person may write this letter in this case, as it is now.

    The case is locked: of two people at once, the second sees the first's letter.
    """
    require(by, *roles_for(template_id), center=case.center)
    _lock(session, case)
    others = (other for other in letters_of(session, case) if other is not letter)
    for reason in obstacles(case, template_id, others):
        raise Refused(reason.code, **reason.params)


def draft(
    session: Session,
    case: Case,
    template: Template,
    *,
    fields: Mapping[str, str],
    now: datetime,
    by: Actor,
) -> Letter:
    """Store a letter as a draft, already complete.

    Raises ``Refused`` with the first of ``rules.obstacles``, for missing fields, a
    long quote or signs the fonts lack.
    """
    allow(session, case, template.template_id, by=by)
    document = compose(template, fields)
    to_pdf(document, now=now)  # what cannot be set is refused here, not at approval
    letter = Letter(
        case=case,
        template=template.template_id,
        template_version=template.version,
        language=template.language,
        state=LetterState.DRAFT,
        drafted_at=now,
        drafted_by=by.login,
        sealed=_sealed(session, case, document, pdf=None),
    )
    session.add(letter)
    session.flush()
    _note(session, letter, "letter_drafted", now=now, by=by)
    return letter


def get(session: Session, letter_id: int, *, by: Actor) -> Letter:
    """The letter with this number; Refused when there is none for this person.

    Whether it is not there or another centre's is not told.
    """
    require(by, *ROLES)
    letter = session.get(Letter, letter_id)
    if letter is None or by.center not in {None, letter.case.center}:
        raise Refused("letter_unknown", letter=letter_id)
    return letter


def letters_of(session: Session, case: Case) -> list[Letter]:
    """The letters of a case, oldest first."""
    found = select(Letter).where(Letter.case_id == case.id).order_by(Letter.id)
    return list(session.scalars(found))


def read(session: Session, letter: Letter, *, by: Actor) -> Document:
    """The letter's words, as drafted."""
    require(by, *roles_for(letter.template), center=letter.case.center)
    return _document(_opened(session, letter))


def look(session: Session, letter: Letter, *, now: datetime, by: Actor) -> Document:
    """The letter's words, for a person to read; that they looked is noted."""
    document = read(session, letter, by=by)
    cases.look(session, letter.case, actor=by, now=now)
    return document


def preview(session: Session, letter: Letter, *, by: Actor) -> bytes:
    """The PDF to look at; approval freezes exactly these bytes."""
    document = read(session, letter, by=by)
    return _frozen(session, letter) or to_pdf(document, now=letter.drafted_at)


def approve(session: Session, letter: Letter, *, now: datetime, by: Actor) -> Letter:
    """Freeze the letter: its PDF is stored and its SHA-256 noted.

    Raises ``Refused`` unless it is a draft and nothing has come in its way since.
    """
    _expect(session, letter, LetterState.DRAFT)
    allow(session, letter.case, letter.template, by=by, letter=letter)
    document = _document(_opened(session, letter))
    pdf = to_pdf(document, now=letter.drafted_at)
    letter.sealed = _sealed(session, letter.case, document, pdf=pdf)
    letter.sha256 = hashlib.sha256(pdf).hexdigest()
    letter.state = LetterState.APPROVED
    letter.approved_at, letter.approved_by = now, by.login
    _note(session, letter, "letter_approved", now=now, by=by)
    return letter


def export(
    session: Session, letter: Letter, folder: Path, *, now: datetime, by: Actor
) -> tuple[Path, Path]:
    """Write the approved PDF and its Word twin into a folder; gives both paths.

    Only the owner of the process may read the files. Raises ``Refused`` before
    approval and ``Problem`` when the stored PDF is not the approved one or the
    folder cannot be written.
    """
    require(by, *roles_for(letter.template), center=letter.case.center)
    _expect(session, letter, *STANDING)
    pdf = _frozen(session, letter)
    if pdf is None or hashlib.sha256(pdf).hexdigest() != letter.sha256:
        raise Problem("letter_altered", letter=letter.id)
    document = _document(_opened(session, letter))
    name = f"{letter.case.number}-{letter.template}-{letter.language}-{letter.id}"
    paths = (folder / f"{name}.pdf", folder / f"{name}.docx")
    _write(paths[0], pdf)
    _write(paths[1], to_docx(document, now=letter.drafted_at))
    _note(session, letter, "letter_exported", now=now, by=by)
    return paths


def mark_sent(
    session: Session,
    letter: Letter,
    *,
    channel: str,
    deadline: datetime | None = None,
    now: datetime,
    by: Actor,
) -> Letter:
    """Note that a person has sent it; ``deadline`` is when an answer is hoped for."""
    if channel not in CHANNELS:
        known = ", ".join(CHANNELS)
        raise BadInput("letter_channel_unknown", channel=channel, known=known)
    require(by, *roles_for(letter.template), center=letter.case.center)
    _expect(session, letter, LetterState.APPROVED)
    letter.state, letter.channel = LetterState.SENT, channel
    letter.sent_at, letter.sent_by, letter.deadline = now, by.login, deadline
    _note(session, letter, "letter_sent", now=now, by=by)
    return letter


def void(session: Session, letter: Letter, *, now: datetime, by: Actor) -> Letter:
    """Give up a letter that has not been sent; it stays on record as refused."""
    require(by, *roles_for(letter.template), center=letter.case.center)
    _expect(session, letter, LetterState.DRAFT, LetterState.APPROVED)
    letter.state = LetterState.REFUSED
    _note(session, letter, "letter_voided", now=now, by=by)
    return letter


def _lock(session: Session, row: Case | Letter) -> None:
    """Read the row again and keep others off it until the transaction ends."""
    session.flush()  # a refresh would throw away what was changed and not yet written
    session.refresh(row, with_for_update=True)


def _expect(session: Session, letter: Letter, *states: LetterState) -> None:
    _lock(session, letter)
    if letter.state not in states:
        raise Refused(
            "letter_wrong_state",
            letter=letter.id,
            state=letter.state,
            needed=", ".join(states),
        )


def _note(
    session: Session, letter: Letter, kind: str, *, now: datetime, by: Actor
) -> None:
    session.flush()
    payload = {
        "case": letter.case.number,
        "template": letter.template,
        "template_version": letter.template_version,
        "language": letter.language,
        "channel": letter.channel,
        "sha256": letter.sha256,
    }
    history.record(
        session,
        actor=by.login,
        kind=kind,
        object_type="letter",
        object_id=letter.id,
        now=now,
        key=letter.case.key,
        payload=payload,
    )


def _sealed(
    session: Session, case: Case, document: Document, *, pdf: bytes | None
) -> bytes:
    told = {
        "document": asdict(document),
        "pdf": b64encode(pdf).decode() if pdf else None,
    }
    return keyring_of(session).seal(case.key, _PLACE, json.dumps(told))


def _opened(session: Session, letter: Letter) -> dict[str, object]:
    if letter.sealed is None:
        raise Problem("letter_altered", letter=letter.id)
    key = letter.case.key
    told: dict[str, object] = json.loads(
        keyring_of(session).open_text(key, _PLACE, letter.sealed)
    )
    return told


def _document(told: Mapping[str, object]) -> Document:
    values = told["document"]
    assert isinstance(values, dict)
    lines = {name: tuple(values[name]) for name in ("sender", "recipient", "details")}
    blocks = tuple(
        Block(BlockKind(b["kind"]), tuple(b["texts"])) for b in values["blocks"]
    )
    return Document(**(values | lines | {"blocks": blocks}))


def _frozen(session: Session, letter: Letter) -> bytes | None:
    pdf = _opened(session, letter)["pdf"]
    return b64decode(pdf) if isinstance(pdf, str) else None


def _write(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.touch(mode=0o600)
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        raise Problem(
            "letter_folder_unwritable", folder=str(path.parent), why=str(error.strerror)
        ) from error
