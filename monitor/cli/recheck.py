"""``monitor recheck``: look at the posts of cases again, or note what you saw."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.app import LazyGroup, acting, listing, local, now, opened, show
from monitor.cli.sources import load_sources
from monitor.cli.typed import meanings
from monitor.i18n import N_, _, say_kept

if TYPE_CHECKING:
    from monitor.models import Recheck
    from monitor.startup import Opened

_HERE = "monitor.cli.recheck"
COMMANDS = {
    "run": (f"{_HERE}:run_", N_("Take every look that is due.")),
    "plan": (f"{_HERE}:plan", N_("Plan looks at the posts of a case.")),
    "list": (f"{_HERE}:list_", N_("The looks of a case, or those you must take.")),
    "note": (f"{_HERE}:note", N_("Note what you saw yourself.")),
}
OUTCOMES = ("visible", "changed", "gone", "login_required", "cannot_tell")


def outcome_words() -> dict[str, str]:
    """How the outcomes of a look are called by people."""
    return {
        "visible": _("visible"),
        "changed": _("changed"),
        "gone": _("gone"),
        "login_required": _("login required"),
        "cannot_tell": _("cannot tell"),
    }


@click.group(cls=LazyGroup, lazy=COMMANDS, help=_("Look at posts again."))
def recheck() -> None:
    """Hold the commands."""


@click.command(help=_("Take every look that is due now, politely, then exit."))
@listing
def run_(*, as_json: bool) -> None:
    """Look, and print one row for each look taken."""
    from monitor.models import Recheck

    with opened() as at_hand:
        taken = asyncio.run(_run(at_hand))
        with at_hand.database.read() as session:
            rows = [_row(session.get_one(Recheck, number)) for number in taken]
    _show(rows, as_json=as_json)


async def _run(at_hand: Opened) -> list[int]:
    from monitor.recheck import look_at_due
    from monitor.schedule import crawling

    sources = load_sources(at_hand.settings)
    async with crawling(at_hand, sources) as crawl:
        return list(await look_at_due(crawl, sources))


@click.command(
    help=_(
        "Plan looks at every post of a case: at once, daily for two weeks, then "
        "weekly. An older plan gives way. Sending a letter plans them by itself."
    )
)
@click.argument("number", metavar="CASE")
@acting
def plan(number: str, login: str) -> None:
    """Plan looks for one case."""
    from monitor import cases, users
    from monitor.recheck import plan as plan_looks

    with opened() as at_hand, at_hand.database.begin() as session:
        who = users.actor(session, login)
        case = cases.get(session, number, actor=who)
        rules = at_hand.settings.monitor.recheck
        planned = plan_looks(session, case, rules, actor=who, now=now())
        last = max((row.due_at for row in planned), default=now())
    click.echo(
        _("{count} looks are planned, the last on {day}.").format(
            count=len(planned), day=local(last)
        )
    )


@click.command(
    help=_(
        "The looks of a case, taken and planned. Without a case: posts reported by "
        "hand that you should look at now."
    )
)
@click.argument("number", metavar="[CASE]", required=False)
@listing
@acting
def list_(number: str | None, *, as_json: bool, login: str) -> None:
    """Print one row for each look."""
    from monitor import cases, users
    from monitor import recheck as looks

    with opened() as at_hand, at_hand.database.read() as session:
        who = users.actor(session, login)
        if number:
            found = looks.of_case(session, cases.get(session, number, actor=who))
        else:
            users.require(who, *cases.ROLES)
            found = looks.for_people(session, who, now())
        rows = [_row(row) for row in found]
    _show(rows, as_json=as_json)


@click.command(
    help=_(
        "Note what you saw when you looked at a post yourself. Your “gone” counts at "
        "once; for the program it takes two looks."
    )
    + meanings(outcome_words())
)
@click.argument("number", metavar="CASE")
@click.argument("hit_id", metavar="HIT", type=int)
@click.argument("outcome", type=click.Choice(OUTCOMES))
@acting
def note(number: str, hit_id: int, *, outcome: str, login: str) -> None:
    """Store a person's look."""
    from monitor import cases, users
    from monitor.models import RecheckOutcome
    from monitor.recheck import human_look

    with opened() as at_hand, at_hand.database.begin() as session:
        who = users.actor(session, login)
        case = cases.get(session, number, actor=who)
        seen = RecheckOutcome(outcome)
        human_look(session, case, hit_id, outcome=seen, actor=who, now=now())
        state = case.state.value
    from monitor.cli.cases_words import state_words

    click.echo(
        _("Noted: {outcome}. Case {case} is now “{state}”.").format(
            outcome=outcome_words()[outcome], case=number, state=state_words()[state]
        )
    )


def _row(row: Recheck) -> dict[str, Any]:
    return {
        "case": row.case.number,
        "hit": row.hit_id,
        "due_at": row.due_at,
        "done_at": row.done_at,
        "outcome": row.outcome.value if row.outcome else None,
        "absent": row.absent,
        "reason_code": row.reason_code,
        "reason": _why(row),
        "made_by": row.made_by,
    }


def _why(row: Recheck) -> str | None:
    """The reason in words."""
    if row.reason_code is None:
        return None
    return say_kept(row.reason_code, source=row.hit.source_id or "…")


def _show(rows: list[dict[str, Any]], *, as_json: bool) -> None:
    headers = {
        "case": _("Case"),
        "hit": _("Hit"),
        "due_at": _("Due"),
        "done_at": _("Looked"),
        "outcome": _("Outcome"),
        "made_by": _("By"),
        "reason": _("Reason"),
    }
    if not as_json:
        words = outcome_words()
        rows = [{**row, "outcome": words.get(row["outcome"])} for row in rows]
    show(rows, headers, as_json=as_json)
