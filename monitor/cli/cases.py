"""``monitor cases``: list, show and open cases; what is done with one is beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.app import (
    LazyGroup,
    acting,
    details,
    listing,
    now,
    opened,
    show,
    to_json,
)
from monitor.cli.cases_words import (
    age_words,
    care_words,
    closing_words,
    decision_words,
    event_words,
    identity_words,
    state_words,
    values_in_line,
)
from monitor.i18n import N_, _

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from monitor.models import Case
    from monitor.startup import Opened
    from monitor.users import Actor

_HERE, _ACTS = "monitor.cli.cases", "monitor.cli.cases_acts"
COMMANDS = {
    "list": (f"{_HERE}:list_", N_("Your cases, the oldest first.")),
    "show": (f"{_HERE}:show_", N_("One case: where it stands, what was written.")),
    "open": (f"{_HERE}:open_", N_("Open a case from hits.")),
    "add": (f"{_HERE}:add", N_("Add hits about the same incident.")),
    "assess": (f"{_ACTS}:assess", N_("Write what you think, in your own words.")),
    "decide": (f"{_ACTS}:decide", N_("Decide what to do.")),
    "care": (f"{_ACTS}:care", N_("Was the employee told, and offered support?")),
    "identity": (f"{_ACTS}:identity", N_("What is known of the author.")),
    "note": (f"{_ACTS}:note", N_("Add a note.")),
    "contact": (f"{_ACTS}:contact", N_("Note a talk, call or message.")),
    "wait": (f"{_ACTS}:wait", N_("Wait for an answer, or ask the lawyers.")),
    "advise": (f"{_ACTS}:advise", N_("Advise on the police (central lawyers).")),
    "consent": (f"{_ACTS}:consent", N_("The employee's yes or no to the police.")),
    "hold": (f"{_ACTS}:hold", N_("Keep a case from being erased for now.")),
    "close": (f"{_ACTS}:close", N_("Close a case.")),
    "reopen": (f"{_ACTS}:reopen", N_("Take up a closed case again.")),
    "history": (f"{_HERE}:history_", N_("Who did what, when.")),
}


@click.group(cls=LazyGroup, lazy=COMMANDS, help=_("Work on cases."))
def cases() -> None:
    """Hold the commands."""


@contextmanager
def at_case(number: str, login: str) -> Iterator[tuple[Opened, Session, Case, Actor]]:
    """One case in a writing transaction, with whoever acts on it."""
    from monitor import cases as room
    from monitor import users

    with opened() as at_hand, at_hand.database.begin() as session:
        who = users.actor(session, login)
        yield at_hand, session, room.get(session, number, actor=who), who


@click.command(help=_("The cases you may see, the oldest open one first."))
@click.option("--closed", is_flag=True, help=_("Also those that are closed."))
@listing
@acting
def list_(*, closed: bool, as_json: bool, login: str) -> None:
    """Print one row for each case."""
    from monitor import cases as room
    from monitor import users

    with opened() as at_hand, at_hand.database.read() as session:
        who = users.actor(session, login)
        rows = [_row(c) for c in room.listing(session, actor=who, closed=closed)]
    headers = {
        "case": _("Case"),
        "state": _("State"),
        "decision": _("Decision"),
        "employee": _("Employee"),
        "center": _("Centre"),
        "owner": _("Owner"),
        "opened_at": _("Opened"),
    }
    if closed:
        headers["closing_reason"] = _("Closed because")
    show(rows if as_json else [_worded(r) for r in rows], headers, as_json=as_json)


def _row(case: Case) -> dict[str, Any]:
    return {
        "case": case.number,
        "state": case.state.value,
        "decision": case.decision.value if case.decision else None,
        "employee": case.employee.work_id,
        "center": case.center,
        "owner": case.owner,
        "opened_at": case.opened_at,
        "hits": [hit.id for hit in case.hits],
        "identity": case.identity.value,
        "author_age": case.author_age.value,
        "author_is_employee": case.author_is_employee,
        "employee_told": case.employee_told,
        "support_offered": case.support_offered,
        "central_advice": case.central_advice,
        "police_consent": case.police_consent,
        "observe_until": case.observe_until,
        "hold_until": case.hold_until,
        "hold_reason": case.hold_reason,
        "closed_at": case.closed_at,
        "closing_reason": case.closing_reason.value if case.closing_reason else None,
    }


def _worded(row: dict[str, Any]) -> dict[str, Any]:
    """The row with words in place of codes, for people."""
    words = {
        "state": state_words(),
        "decision": decision_words(),
        "identity": identity_words(),
        "author_age": age_words(),
        "employee_told": care_words(),
        "support_offered": care_words(),
        "closing_reason": closing_words(),
    }
    return row | {key: known.get(row[key], row[key]) for key, known in words.items()}


@click.command("show", help=_("Where a case stands; that you looked is noted."))
@click.argument("number", metavar="CASE")
@listing
@acting
def show_(number: str, *, as_json: bool, login: str) -> None:
    """Print one case with its hits and assessments."""
    from monitor import cases as room

    with at_case(number, login) as (_at_hand, session, case, who):
        room.look(session, case, actor=who, now=now())
        row = _row(case)
        written = [
            {
                "made_at": made.made_at,
                "made_by": made.made_by,
                "text": room.reasoning(session, made, actor=who),
            }
            for made in case.assessments
        ]
    if as_json:
        click.echo(to_json(row | {"assessments": written}))
        return
    _print(row, written)


def _print(row: dict[str, Any], written: list[dict[str, Any]]) -> None:
    told = _worded(row)
    open_question = _("not answered yet")
    lines = [
        (_("Case"), told["case"]),
        (_("State"), told["state"]),
        (_("Employee"), told["employee"]),
        (_("Centre"), told["center"]),
        (_("Owner"), told["owner"]),
        (_("Opened"), told["opened_at"]),
        (_("Hits"), ", ".join(str(hit) for hit in told["hits"])),
        (_("Employee told"), told["employee_told"] or open_question),
        (_("Support offered"), told["support_offered"] or open_question),
        (_("Author known by"), told["identity"]),
        (_("Author's age"), told["author_age"]),
        (_("Decision"), told["decision"] or _("none yet")),
        (_("Looked at until"), told["observe_until"]),
        (_("Kept until"), told["hold_until"]),
        (_("Closed"), told["closed_at"]),
        (_("Closed because"), told["closing_reason"]),
    ]
    details((name, value) for name, value in lines if value is not None)
    for made in written:
        click.echo()
        details(
            [
                (_("Assessed"), made["made_at"]),
                (_("By"), made["made_by"]),
                (_("Assessment"), made["text"]),
            ]
        )


@click.command(
    "open",
    help=_(
        "Open a case about one or more hits of the same employee. They leave the "
        "queue, and their evidence is frozen."
    ),
)
@click.argument("hit_ids", metavar="HIT…", nargs=-1, required=True, type=int)
@acting
def open_(hit_ids: tuple[int, ...], login: str) -> None:
    """Open one case and say what to do next."""
    from monitor import cases as room
    from monitor import users
    from monitor.hits import desk

    with opened() as at_hand, at_hand.database.begin() as session:
        who = users.actor(session, login)
        hits = [desk.find(session, number, actor=who) for number in hit_ids]
        folder = at_hand.settings.evidence_dir
        case = room.open_case(session, hits, actor=who, folder=folder, now=now())
        number = case.number
    click.echo(
        _(
            "Case {case} is open; its evidence is frozen. First tell the employee and "
            "offer support (monitor cases care {case}), then write your assessment "
            "(monitor cases assess {case})."
        ).format(case=number)
    )


@click.command(help=_("Add hits about the same incident to an open case."))
@click.argument("number", metavar="CASE")
@click.argument("hit_ids", metavar="HIT…", nargs=-1, required=True, type=int)
@acting
def add(number: str, hit_ids: tuple[int, ...], login: str) -> None:
    """Attach hits to a case."""
    from monitor import cases as room
    from monitor.hits import desk

    with at_case(number, login) as (at_hand, session, case, who):
        hits = [desk.find(session, hit_id, actor=who) for hit_id in hit_ids]
        folder = at_hand.settings.evidence_dir
        room.attach(session, case, hits, actor=who, folder=folder, now=now())
        count = len(case.hits)
    click.echo(_("Case {case} has {count} hits now.").format(case=number, count=count))


@click.command("history", help=_("Who did what with a case, and when."))
@click.argument("number", metavar="CASE")
@listing
@acting
def history_(number: str, *, as_json: bool, login: str) -> None:
    """Print one row for each event; that you looked is noted too."""
    from monitor import cases as room

    with at_case(number, login) as (_at_hand, session, case, who):
        rows: list[dict[str, Any]] = [
            {
                "event": event.id,
                "at": event.at,
                "actor": event.actor,
                "kind": event.kind,
                "values": dict(event.payload or {}),
            }
            for event in room.story(session, case, actor=who)
        ]
        room.look(session, case, actor=who, now=now())
    if not as_json:
        words = event_words()
        for row in rows:
            row["kind"] = words.get(row["kind"], row["kind"])
            row["values"] = values_in_line(row["values"])
    headers = {
        "at": _("When"),
        "actor": _("Who"),
        "kind": _("What"),
        "values": _("Values"),
    }
    show(rows, headers, as_json=as_json)
