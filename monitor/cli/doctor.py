"""``monitor doctor``: is everything in order, and what to do if not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from monitor.cli.app import (
    as_problem,
    console,
    expected_kinds,
    listing,
    now,
    opened,
    to_json,
)
from monitor.cli.inert import inert
from monitor.cli.sources import load_sources
from monitor.i18n import _, say

if TYPE_CHECKING:
    from monitor.doctor import Check
    from monitor.settings import Settings


@click.command(
    help=_(
        "Check configuration, database, keys, disk, clock, sources, backups and "
        "history. Ends with 1 when something is wrong, with 3 when the database "
        "cannot be opened."
    )
)
@click.option(
    "--health",
    "briefly",
    is_flag=True,
    help=_("Only whether the program can work at all; quick, for containers."),
)
@listing
def doctor(briefly: bool, as_json: bool) -> int:
    """Print one line for each check."""
    from monitor.doctor import State
    from monitor.settings import load

    settings = load()
    checks, code = _examined(settings, briefly=briefly)
    if as_json:
        rows = [
            {
                "check": c.name,
                "state": c.state,
                "code": c.found.code,
                "said": say(c.found),
            }
            for c in checks
        ]
        click.echo(to_json(rows))
    else:
        _show(checks)
    return code or int(any(check.state is State.BAD for check in checks))


def _examined(settings: Settings, *, briefly: bool) -> tuple[list[Check], int]:
    """All checks; when the database cannot be opened, those that need it not."""
    from monitor.doctor import Check, State, around, health, inside
    from monitor.hits import rules_of

    sources = load_sources(settings)
    rules_of(settings)
    try:
        with opened() as at_hand:
            if briefly:
                return list(health(at_hand)), 0
            checks = list(inside(at_hand, sources, now()))
    except expected_kinds() as error:
        problem = as_problem(error)
        checks = [Check("opening", State.BAD, problem.reason)]
        return [*checks, *around(settings, sources, now())], problem.exit_code
    return [*checks, *around(settings, sources, now())], 0


def _show(checks: list[Check]) -> None:
    from rich.markup import escape

    from monitor.doctor import State

    marks = {State.GOOD: "green]✓", State.WARNING: "yellow]!", State.BAD: "red]✗"}
    for check in checks:
        mark = f"[{marks[check.state]}[/]"
        console().print(f"{mark} {escape(inert(say(check.found)))}", markup=True)
