"""``watchlist``: who is looked for under which names, and how that began and ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from monitor.cli.app import (
    LazyGroup,
    acting,
    complain,
    details,
    listing,
    now,
    opened,
    show,
    to_json,
)
from monitor.cli.typed import bytes_of
from monitor.i18n import N_, _, say
from monitor.types import Reason

F = TypeVar("F", bound=Callable[..., Any])
_HERE = "monitor.cli.watchlist"
COMMANDS = {
    "add": (f"{_HERE}:add", N_("Put an employee on the watchlist.")),
    "import": (f"{_HERE}:import_", N_("Take over a CSV file, row by row.")),
    "list": (f"{_HERE}:list_", N_("Everybody on the watchlist.")),
    "show": (f"{_HERE}:show_", N_("One entry and the history of its yes.")),
    "renew": (f"{_HERE}:renew", N_("Record a yes: the first, or a renewed one.")),
    "pause": (f"{_HERE}:pause", N_("Stop looking for somebody for now.")),
    "resume": (f"{_HERE}:resume", N_("Look for somebody again.")),
    "withdraw": (f"{_HERE}_ends:withdraw", N_("End it and erase names and finds.")),
    "export": (f"{_HERE}_ends:export", N_("Write the watchlist to a CSV file.")),
    "try-name": (
        f"{_HERE}_ends:try_name",
        N_("How common a name is."),
    ),
    "rotate-keys": (f"{_HERE}_ends:rotate_keys", N_("Replace the key-encryption key.")),
}
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    help=_(
        "The employees who asked to be watched over: their yes, their names, and how "
        "it ends. Nobody is looked for without a recorded yes."
    ),
)
@click.version_option(package_name="udkig", prog_name="watchlist")
def watchlist() -> None:
    """Hold the commands."""


def yes_options(*, required: bool) -> Callable[[F], F]:
    """Give a command the options that describe a yes."""
    options = (
        click.option(
            "--given-on",
            type=_DAY,
            required=required,
            help=_("Day of the yes (2026-11-22)."),
        ),
        click.option("--how", required=required, help=_("How the yes was given.")),
        click.option(
            "--text-version",
            required=required,
            help=_("Version of the text it was given to."),
        ),
        click.option("--proof", help=_("Where the proof lies.")),
        click.option(
            "--review-on",
            type=_DAY,
            help=_("Last day it holds; at most, and by default, 12 months later."),
        ),
        click.option("--photo-match", is_flag=True, help=_("Covers photos too.")),
        click.option(
            "--tell-safety-rep", is_flag=True, help=_("The safety rep may be told.")
        ),
        click.option(
            "--see-content", is_flag=True, help=_("Wants to see what is found.")
        ),
    )

    def give(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return give


def _yes_of(told: dict[str, Any]) -> Any:
    """The yes that the options describe; None when none of them is given."""
    from watchlist.types import OptInRecord, Switches

    needed = [told[name] for name in ("given_on", "how", "text_version")]
    if not any(needed):
        return None
    if not all(needed):
        raise click.UsageError(
            _("A yes needs --given-on, --how and --text-version together.")
        )
    switches = ("photo_match", "tell_safety_rep", "see_content")
    return OptInRecord(
        given_on=told["given_on"].date(),
        how=told["how"],
        text_version=told["text_version"],
        proof=told["proof"],
        review_on=_day(told["review_on"]),
        switches=Switches(**{name: told[name] for name in switches}),
    )


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


@click.command(help=_("Put an employee on the watchlist; without a yes as pending."))
@click.argument("work_id")
@click.option("--name", required=True, help=_("Full name as spelt in public."))
@click.option("--center", required=True, help=_("Id of the centre (centers.toml)."))
@click.option("--alias", multiple=True, help=_("Another form of the name; repeat."))
@click.option("--email", multiple=True, help=_("E-mail address; repeat."))
@click.option("--profile", multiple=True, help=_("Address of a profile; repeat."))
@click.option("--role-word", multiple=True, help=_("A word for the work; repeat."))
@yes_options(required=False)
@acting
def add(work_id: str, login: str, **told: Any) -> None:
    """Enrol one employee."""
    from monitor import enrolment, users
    from watchlist.types import NameForms, NewEntry

    yes = _yes_of(told)
    lists = (told[name] for name in ("alias", "email", "profile", "role_word"))
    new = NewEntry(work_id, told["center"], NameForms(told["name"], *lists))
    with opened() as at_hand, at_hand.database.begin() as session:
        who = users.actor(session, login)
        centers = _centers(at_hand)
        entry = enrolment.add(session, who, new, yes=yes, centers=centers, now=now())
        review_on = entry.review_on
    _tell_state(work_id, review_on)


def _centers(at_hand: Any) -> list[str]:
    return [center.id for center in at_hand.settings.centers]


def _tell_state(work_id: str, review_on: date | None) -> None:
    if review_on is None:
        text = _("{work_id} is on the list, but not looked for until the yes is there.")
    else:
        text = _("The yes of {work_id} is recorded; it holds until {day}.")
    click.echo(text.format(work_id=work_id, day=review_on))


@click.command("import", help=_("Take over a CSV file; every row is reported."))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help=_("Only report; change nothing."))
@listing
@acting
def import_(*, file: Path, dry_run: bool, as_json: bool, login: str) -> int:
    """Import a file; 1 when a row was refused."""
    from monitor import enrolment, users
    from watchlist.types import RowResult

    data = bytes_of(file)
    with opened() as at_hand, at_hand.database.begin() as session:
        report = enrolment.take_in(
            session,
            users.actor(session, login),
            data,
            centers=_centers(at_hand),
            now=now(),
            dry_run=dry_run,
        )
    for note in report.notes:
        complain(_as_ours(note))
    _show_report(report, as_json=as_json)
    if not as_json and dry_run:
        click.echo(_("This was a trial; nothing was changed."))
    return int(report.count(RowResult.REFUSED) > 0)


def _as_ours(reason: Any) -> Reason:
    return Reason(reason.code, reason.params)


def _show_report(report: Any, *, as_json: bool) -> None:
    words = {
        "added": _("added"),
        "updated": _("updated"),
        "unchanged": _("unchanged"),
        "pending": _("added, waiting for a yes"),
        "refused": _("refused"),
    }
    rows = [
        {
            "line": row.line,
            "employee_id": row.employee_id,
            "result": row.result.value if as_json else words[row.result],
            "codes": [reason.code for reason in row.reasons],
            "reasons": " ".join(say(_as_ours(reason)) for reason in row.reasons),
        }
        for row in report.rows
    ]
    headers = {
        "line": _("Line"),
        "employee_id": _("Work id"),
        "result": _("Result"),
        "reasons": _("Reason"),
    }
    show(rows, headers, as_json=as_json)


@click.command("list", help=_("Everybody on the watchlist; that you looked is noted."))
@listing
@acting
def list_(as_json: bool, login: str) -> None:
    """Print one row for each entry."""
    from monitor import enrolment, users

    with opened() as at_hand, at_hand.database.begin() as session:
        who = users.actor(session, login)
        enrolled = enrolment.listed(session, who, now=now())
    words = state_words()
    rows = [
        {
            "work_id": one.work_id,
            "full_name": one.names.full_name,
            "center": one.center,
            "state": one.state.value if as_json else words[one.state],
            "review_on": one.review_on,
        }
        for one in enrolled
    ]
    headers = {
        "work_id": _("Work id"),
        "full_name": _("Name"),
        "center": _("Centre"),
        "state": _("State"),
        "review_on": _("Holds until"),
    }
    show(rows, headers, as_json=as_json)


def state_words() -> dict[str, str]:
    """How the states of an entry are called by people."""
    return {
        "pending": _("waiting for a yes"),
        "active": _("looked for"),
        "paused": _("paused"),
    }


@click.command("show", help=_("One entry in full; that you looked is noted."))
@click.argument("work_id")
@listing
@acting
def show_(work_id: str, as_json: bool, login: str) -> None:
    """Print an entry and the steps of its yes."""
    from monitor import enrolment, users

    with opened() as at_hand, at_hand.database.begin() as session:
        who = users.actor(session, login)
        one, steps = enrolment.shown(session, who, work_id, now=now())
        history = [
            {
                "at": step.at,
                "kind": step.kind.value if as_json else step_words()[step.kind],
                "given_on": step.given_on,
                "how": step.how,
                "proof": step.proof,
                "recorded_by": step.recorded_by,
            }
            for step in steps
        ]
    if as_json:
        told = {**asdict(one), "history": history}
        click.echo(to_json(told))
        return
    details(
        [
            (_("Name"), one.names.full_name),
            (_("Other forms"), ", ".join(one.names.aliases)),
            (_("E-mail"), ", ".join(one.names.emails)),
            (_("Profiles"), ", ".join(one.names.profile_urls)),
            (_("Words for the work"), ", ".join(one.names.role_words)),
            (_("Centre"), one.center),
            (_("State"), state_words()[one.state]),
            (_("Holds until"), one.review_on),
        ]
    )
    headers = {
        "at": _("Time"),
        "kind": _("Step"),
        "given_on": _("Yes given on"),
        "how": _("How"),
        "proof": _("Proof"),
        "recorded_by": _("Recorded by"),
    }
    show(history, headers, as_json=False)


def step_words() -> dict[str, str]:
    """How the steps of a yes are called by people."""
    return {
        "pending": _("asked"),
        "granted": _("said yes"),
        "renewed": _("renewed"),
        "paused": _("paused"),
        "resumed": _("resumed"),
        "withdrawn": _("withdrawn"),
        "expired": _("expired"),
    }


@click.command(help=_("Record a yes: the first one of a pending entry, or a new one."))
@click.argument("work_id")
@yes_options(required=True)
@acting
def renew(work_id: str, login: str, **told: Any) -> None:
    """Record a yes."""
    from monitor import enrolment, users

    yes = _yes_of(told)
    with opened() as at_hand, at_hand.database.begin() as session:
        who = users.actor(session, login)
        entry = enrolment.answer(session, who, work_id, yes=yes, now=now())
        review_on = entry.review_on
    _tell_state(work_id, review_on)


@click.command(help=_("Stop looking for somebody until resumed; no reason is asked."))
@click.argument("work_id")
@acting
def pause(work_id: str, login: str) -> None:
    """Pause one entry."""
    from monitor import enrolment, users

    with opened() as at_hand, at_hand.database.begin() as session:
        who = users.actor(session, login)
        enrolment.pause(session, who, work_id, now=now())
    click.echo(_("{work_id} is paused.").format(work_id=work_id))


@click.command(help=_("Look for a paused employee again."))
@click.argument("work_id")
@acting
def resume(work_id: str, login: str) -> None:
    """Resume one entry."""
    from monitor import enrolment, users

    with opened() as at_hand, at_hand.database.begin() as session:
        who = users.actor(session, login)
        enrolment.resume(session, who, work_id, now=now())
    click.echo(_("{work_id} is looked for again.").format(work_id=work_id))
