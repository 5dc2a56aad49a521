"""``monitor start``: the scheduler, until it is asked to stop."""

from __future__ import annotations

import asyncio

import click

from monitor.cli.app import opened
from monitor.cli.sources import load_sources
from monitor.i18n import _


@click.command(
    help=_(
        "Run the scheduler: reads what is due, looks at posts again, erases what is "
        "old, writes backups. SIGTERM lets the page in hand finish."
    )
)
def start() -> None:
    """Run until SIGTERM or Ctrl-C."""
    from monitor import logs
    from monitor.duties import duties_of
    from monitor.schedule import serve

    logs.start()
    with opened(upgrade=True) as at_hand:
        sources = load_sources(at_hand.settings)
        click.echo(
            _("Udkig is running with {count} sources. Ctrl-C stops it.").format(
                count=len(sources)
            ),
            err=True,
        )
        asyncio.run(serve(at_hand, sources, duties_of(sources)))
