"""``monitor doctor``: is everything in order, and what to do if not."""

from __future__ import annotations

import click

from monitor.cli.app import console, listing, now, opened, to_json
from monitor.cli.sources import load_sources
from monitor.i18n import _, say


@click.command(
    help=_(
        "Check configuration, database, keys, disk, clock, sources, backups and "
        "history. Ends with 1 when something is wrong, also for scripts."
    )
)
@listing
def doctor(as_json: bool) -> int:
    """Print one line for each check; 1 when one is bad."""
    from rich.markup import escape

    from monitor.doctor import State, examine

    marks = {State.GOOD: "green]✓", State.WARNING: "yellow]!", State.BAD: "red]✗"}
    with opened() as at_hand:
        sources = load_sources(at_hand.settings)
        checks = list(examine(at_hand, sources, now()))
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
        for check in checks:
            mark = f"[{marks[check.state]}[/]"
            console().print(f"{mark} {escape(say(check.found))}", markup=True)
    return int(any(check.state is State.BAD for check in checks))
