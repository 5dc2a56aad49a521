"""What is done with one case, as typed: each command calls one function of the room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from monitor.cli.app import acting, now
from monitor.cli.cases import at_case
from monitor.cli.cases_words import (
    age_words,
    closing_words,
    decision_words,
    hold_words,
    identity_words,
    state_words,
)
from monitor.cli.typed import DAY, end_of_day, meanings, text_of, text_options
from monitor.i18n import _

F = TypeVar("F", bound=Callable[..., Any])
DECISIONS = ("tolerate", "talk", "letter", "platform", "police", "support_only")
IDENTITIES = ("self_stated", "known_from_contact", "unknown")
AGES = ("adult", "under_15", "unknown")
REASONS = (
    "same_name",
    "lawful_criticism",
    "satire",
    "press",
    "removed_by_author",
    "removed_by_platform",
    "removed_unknown",
    "not_removed",
    "support_only",
    "employee_wishes_no_more",
    "opt_in_withdrawn",
    "to_police",
    "author_is_employee",
    "duplicate",
    "source_closed",
    "entered_by_mistake",
)
PARTIES = ("author", "platform", "police", "employee", "central", "other")
HOLDS = ("complaint", "access_request", "police", "court", "audit")
WAIT_FOR = ("author", "platform", "central", "police")

_case = click.argument("number", metavar="CASE")


@click.command(
    help=_(
        "Write down what you think of the post, in your own words: what speaks for "
        "tolerating it, what for following up. At least 80 characters. Leave out "
        "health, CPR numbers and crimes."
    )
)
@_case
@text_options
@acting
def assess(
    number: str, *, text: str | None, text_file: Path | None, login: str
) -> None:
    """Store an assessment."""
    from monitor import cases

    written = text_of(text, text_file)
    with at_case(number, login) as (_at_hand, session, case, who):
        cases.assess(session, case, written, actor=who, now=now())
    click.echo(
        _(
            "The assessment of case {case} is stored. Next: monitor cases decide {case}"
        ).format(case=number)
    )


@click.command(
    help=_("Decide what to do; needs a written assessment.")
    + meanings(decision_words())
)
@_case
@click.argument("decision", type=click.Choice(DECISIONS))
@acting
def decide(number: str, decision: str, login: str) -> None:
    """Store a decision."""
    from monitor import cases
    from monitor.models import Decision

    with at_case(number, login) as (_at_hand, session, case, who):
        cases.decide(session, case, Decision(decision), actor=who, now=now())
    click.echo(
        _("Decided in case {case}: {decision}.").format(
            case=number, decision=decision_words()[decision]
        )
    )


@click.command(
    help=_(
        "Answer the two questions of care, with the day (2026-11-22) or with why not: "
        "wished_not, knew_already, on_leave, has_left, other. A case closes only when "
        "both are answered."
    )
)
@_case
@click.option("--told", metavar="DAY|WHY", help=_("Was the employee told?"))
@click.option("--support", metavar="DAY|WHY", help=_("Was support offered?"))
@acting
def care(number: str, *, told: str | None, support: str | None, login: str) -> None:
    """Store the answers given."""
    from monitor import cases

    given = {"employee_told": told, "support_offered": support}
    answers = {key: _answer(value) for key, value in given.items() if value}
    if not answers:
        raise click.UsageError(_("Answer --told, --support or both."))
    with at_case(number, login) as (_at_hand, session, case, who):
        for question, answer in answers.items():
            cases.care(session, case, question, answer=answer, actor=who, now=now())
    click.echo(_("Noted in case {case}.").format(case=number))


def _answer(value: str) -> Any:
    """A day, or the word that was typed."""
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007  a mere day
    except ValueError:
        return value


@click.command(
    help=_(
        "Note on what basis the author is known (never who it is), and what forbids "
        "writing to the author: a child, or an own employee."
    )
    + meanings(identity_words() | age_words())
)
@_case
@click.argument("identity", required=False, type=click.Choice(IDENTITIES))
@click.option("--age", type=click.Choice(AGES), help=_("What is known of the age."))
@click.option(
    "--own-employee/--not-own-employee",
    "own",
    default=None,
    help=_("Does the author work for the municipality?"),
)
@acting
def identity(
    number: str, identity: str | None, *, age: str | None, own: bool | None, login: str
) -> None:
    """Store what is known of the author."""
    from monitor import cases
    from monitor.models import AuthorAge, Identity

    if identity is None and age is None and own is None:
        raise click.UsageError(_("Say what is known of the author."))
    with at_case(number, login) as (_at_hand, session, case, who):
        if identity is not None:
            basis = Identity(identity)
            cases.record_identity(session, case, basis, actor=who, now=now())
        if age is not None or own is not None:
            cases.record_author(
                session,
                case,
                age=AuthorAge(age) if age else case.author_age,
                own_employee=case.author_is_employee if own is None else own,
                actor=who,
                now=now(),
            )
    click.echo(_("Noted in case {case}.").format(case=number))


@click.command(
    help=_(
        "Add a note. It is never changed, and is read by whoever may see the case. "
        "Leave out health, CPR numbers and crimes."
    )
)
@_case
@text_options
@acting
def note(number: str, *, text: str | None, text_file: Path | None, login: str) -> None:
    """Store a note."""
    from monitor import cases

    written = text_of(text, text_file)
    with at_case(number, login) as (_at_hand, session, case, who):
        cases.note(session, case, written, actor=who, now=now())
    click.echo(_("Noted in case {case}.").format(case=number))


@click.command(help=_("Note a talk, call or message, and with whom."))
@_case
@click.argument("party", type=click.Choice(PARTIES))
@click.option("--incoming", is_flag=True, help=_("They turned to us."))
@text_options
@acting
def contact(
    number: str,
    party: str,
    *,
    incoming: bool,
    text: str | None,
    text_file: Path | None,
    login: str,
) -> None:
    """Store a contact."""
    from monitor import cases

    talk = cases.Contact(party, text_of(text, text_file), outgoing=not incoming)
    with at_case(number, login) as (_at_hand, session, case, who):
        cases.contact(session, case, talk, actor=who, now=now())
    click.echo(_("Noted in case {case}.").format(case=number))


@click.command(
    help=_(
        "Note that an answer is waited for. “central” asks the central "
        "administration; “police” says that a report was made."
    )
)
@_case
@click.argument("whom", type=click.Choice(WAIT_FOR))
@click.option("--why", help=_("What was asked."))
@acting
def wait(number: str, whom: str, *, why: str | None, login: str) -> None:
    """Move a case to waiting."""
    from monitor import cases
    from monitor.models import CaseState

    to = CaseState(f"waiting_{whom}")
    with at_case(number, login) as (_at_hand, session, case, who):
        cases.move(session, case, to, actor=who, now=now(), why=why)
    click.echo(
        _("Case {case} is now “{state}”.").format(
            case=number, state=state_words()[to.value]
        )
    )


@click.command(
    help=_("Give the central administration's advice on a report to the police.")
)
@_case
@click.argument("advice", type=click.Choice(("report", "do_not_report")))
@text_options
@acting
def advise(
    number: str,
    advice: str,
    *,
    text: str | None,
    text_file: Path | None,
    login: str,
) -> None:
    """Store the advice."""
    from monitor import cases

    written = text_of(text, text_file)
    with at_case(number, login) as (_at_hand, session, case, who):
        cases.advise(session, case, advice, text=written, actor=who, now=now())
    click.echo(_("Noted in case {case}.").format(case=number))


@click.command(help=_("Note the employee's yes or no to a report to the police."))
@_case
@click.argument("answer", type=click.Choice(("yes", "no")))
@acting
def consent(number: str, answer: str, login: str) -> None:
    """Store the employee's answer."""
    from monitor import cases

    with at_case(number, login) as (_at_hand, session, case, who):
        cases.consent(session, case, given=answer == "yes", actor=who, now=now())
    click.echo(_("Noted in case {case}.").format(case=number))


@click.command(
    help=_("Keep a case from being erased until a day.") + meanings(hold_words())
)
@_case
@click.argument("reason", type=click.Choice(HOLDS))
@click.option(
    "--until", type=DAY, metavar="DAY", required=True, help=_("The last day of it.")
)
@acting
def hold(number: str, reason: str, *, until: datetime, login: str) -> None:
    """Store the hold."""
    from monitor import cases

    with at_case(number, login) as (_at_hand, session, case, who):
        last = end_of_day(until)
        cases.hold(session, case, reason, until=last, actor=who, now=now())
    click.echo(_("Noted in case {case}.").format(case=number))


@click.command(
    help=_("Close a case; both questions of care must be answered.")
    + meanings(closing_words())
)
@_case
@click.argument("reason", metavar="REASON", type=click.Choice(REASONS))
@acting
def close(number: str, reason: str, login: str) -> None:
    """Close one case."""
    from monitor import cases
    from monitor.models import ClosingReason

    with at_case(number, login) as (_at_hand, session, case, who):
        cases.close(session, case, ClosingReason(reason), actor=who, now=now())
    click.echo(
        _(
            "Case {case} is closed. Support of the employee goes on as long as it is "
            "needed; notes and care answers can still be added."
        ).format(case=number)
    )


@click.command(help=_("Take up a closed case again."))
@_case
@click.option("--why", required=True, help=_("What has changed."))
@acting
def reopen(number: str, *, why: str, login: str) -> None:
    """Reopen one case."""
    from monitor import cases

    with at_case(number, login) as (_at_hand, session, case, who):
        cases.reopen(session, case, why, actor=who, now=now())
        state = case.state.value
    click.echo(
        _("Case {case} is now “{state}”.").format(
            case=number, state=state_words()[state]
        )
    )
