"""What the centre manager does with one find, from opening a case to closing it.

Every act is the one of real use, with its checks and its event; only the words that
a person would write are given here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from monitor import cases, history, hits, i18n, recheck, users
from monitor.cases.access import get as case_of
from monitor.demo.examples import ADDRESS
from monitor.demo.finds import Find
from monitor.demo.town import MANAGER, Town
from monitor.errors import Refused
from monitor.history import OpenedEvent
from monitor.hits.desk import put_aside
from monitor.i18n import _
from monitor.letters import dispatch, prefill, steps, template
from monitor.models import Case, ClosingReason, Decision, Letter
from monitor.types import Reason
from monitor.users import Actor


@dataclass(frozen=True, slots=True)
class Done:
    """A case with its notice to the platform, ready to be sent by a person."""

    case: str
    letter_id: int
    pdf: Path
    docx: Path
    sha256: str
    refused: Reason | None


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the post: when, what it found (a code), and why."""

    at: datetime
    outcome: str
    reason: Reason | None


def dismiss(town: Town, find: Find, outcome: str) -> None:
    """Put a find aside, such as lawful criticism; it does not come back unchanged."""
    with _acting(town) as (session, who):
        put_aside(
            session,
            find.hit_id,
            outcome,
            mute_for=town.opened.settings.monitor.retention.mute,
            actor=who,
            now=town.clock(),
        )


def to_letter(town: Town, find: Find, folder: Path) -> Done:
    """Open a case, assess, care, decide, write and export a notice to the platform."""
    with _acting(town) as (session, who):
        settings, now = town.opened.settings, town.clock()
        hit = hits.get(session, find.hit_id)
        case = cases.open_case(
            session, [hit], actor=who, folder=settings.evidence_dir, now=now
        )
        _assess(session, case, who, now=now)
        refused = _to_author(session, town, case, who=who)
        letter = _draft(session, town, case, who=who)
        steps.approve(session, letter, now=now, by=who)
        pdf, docx = steps.export(session, letter, folder, now=now, by=who)
        return Done(case.number, letter.id, pdf, docx, letter.sha256 or "", refused)


def sent(town: Town, done: Done) -> None:
    """Note that a person has sent it, and plan the looks at the post."""
    with _acting(town) as (session, who):
        settings, now = town.opened.settings, town.clock()
        letter = steps.get(session, done.letter_id, by=who)
        dispatch.sent(
            session,
            letter,
            channel="platform_form",
            settings=settings,
            now=now,
            by=who,
        )
        rules = settings.monitor.recheck
        recheck.plan(session, letter.case, rules, actor=who, now=now)


def looks(town: Town, number: str) -> list[Look]:
    """The looks taken at the case's post so far, oldest first."""
    with _acting(town) as (session, who):
        case = case_of(session, number, actor=who)
        return [
            Look(
                row.done_at,
                row.outcome.value,
                Reason(row.reason_code) if row.reason_code else None,
            )
            for row in recheck.of_case(session, case)
            if row.done_at is not None and row.outcome is not None
        ]


def close(town: Town, done: Done) -> list[OpenedEvent]:
    """Close the case as removed by the platform; gives its and its letter's events."""
    with _acting(town) as (session, who):
        case = case_of(session, done.case, actor=who)
        reason = ClosingReason.REMOVED_BY_PLATFORM
        cases.close(session, case, reason, actor=who, now=town.clock())
        letter = history.of(session, "letter", done.letter_id, opened=True)
        story = [*cases.story(session, case, actor=who), *letter]
        return sorted(story, key=lambda event: event.id)


def chain(town: Town) -> history.ChainReport:
    """Whether the history of everything that was done is whole."""
    with town.opened.database.read() as session:
        return history.verify(session)


@contextmanager
def _acting(town: Town) -> Iterator[tuple[Session, Actor]]:
    with town.opened.database.begin() as session:
        yield session, users.actor(session, MANAGER)


def _assess(session: Session, case: Case, who: Actor, *, now: datetime) -> None:
    """Her own reasoning, the two questions of care, then the decision."""
    why = _(
        "The post gives a colleague's home address and mobile number and invites "
        "people to call on her. That is no opinion about our work: it makes her "
        "unsafe at home, and the address is nobody's business."
    )
    cases.assess(session, case, why, actor=who, now=now)
    for question in cases.CARE:
        answer: date = now.date()
        cases.care(session, case, question, answer=answer, actor=who, now=now)
    cases.decide(session, case, Decision.PLATFORM, actor=who, now=now)


def _to_author(
    session: Session, town: Town, case: Case, *, who: Actor
) -> Reason | None:
    """Why no letter may go to this author: nobody knows who that is."""
    form = template.load("t1", i18n.current())
    try:
        steps.draft(session, case, form, fields={}, now=town.clock(), by=who)
    except Refused as refused:
        return refused.reason
    return None


def _draft(session: Session, town: Town, case: Case, *, who: Actor) -> Letter:
    language = i18n.current()
    known = prefill.prefilled(
        town.opened.settings,
        case,
        "t3",
        language=language,
        letters=(),
        now=town.clock(),
    ) | prefill.of_post(session, case, language=language)
    told = {
        "platform": "Tågebysnak",
        "quote": ADDRESS,
        "content": _("a post with an employee's home address and mobile number"),
        "request": _("remove the post"),
        "reason": _(
            "The post spreads where an employee lives and how to reach her at home, "
            "and invites strangers to turn up. Criticism of her work needs neither."
        ),
        "rule": _("section 264 d of the Danish Criminal Code"),
        "exhibits": _("Copy of the page as it was read, with its SHA-256 digest"),
    }
    form = template.load("t3", language)
    fields = known | told
    return steps.draft(session, case, form, fields=fields, now=town.clock(), by=who)
