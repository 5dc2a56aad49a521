"""The ``monitor`` command's list of commands; each is imported when called."""

from __future__ import annotations

import click

from monitor.cli.app import LazyGroup
from monitor.i18n import N_, _

COMMANDS = {
    "crawl": ("monitor.cli.crawl:crawl", N_("Read what is due once, then exit.")),
    "start": ("monitor.cli.start:start", N_("Run the scheduler.")),
    "up": ("monitor.cli.start:start", N_("Run everything in one process.")),
    "sources": ("monitor.cli.sources:sources", N_("List, check and try sources.")),
    "hits": ("monitor.cli.hits:hits", N_("See the queue and decide on hits.")),
    "cases": ("monitor.cli.cases:cases", N_("Work on cases.")),
    "signals": ("monitor.cli.signals:signals", N_("Rules that say what comes first.")),
    "letters": ("monitor.cli.letters:letters", N_("Draft, approve, export letters.")),
    "evidence": ("monitor.cli.evidence:evidence", N_("Export and verify evidence.")),
    "recheck": ("monitor.cli.recheck:recheck", N_("Look at posts again.")),
    "users": ("monitor.cli.users:users", N_("Who may act, and as what.")),
    "explain": ("monitor.cli.explain:explain", N_("Why a text matches a name.")),
    "scan": ("monitor.cli.scan:scan", N_("Search files for names, offline.")),
    "purge": ("monitor.cli.keep:purge", N_("Erase what has been kept long enough.")),
    "backup": ("monitor.cli.keep:backup", N_("Write a verified backup.")),
    "restore": ("monitor.cli.keep:restore", N_("Put a backup back.")),
    "migrate": ("monitor.cli.keep:migrate", N_("Bring the database up to date.")),
    "doctor": ("monitor.cli.doctor:doctor", N_("Check that everything is in order.")),
    "demo": ("monitor.cli.demo:demo", N_("See it all work on a fictional internet.")),
}


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    help=_(
        "Udkig watches public pages for the names of employees who asked for it. "
        "Most of what it finds is lawful; people decide."
    ),
)
@click.version_option(package_name="udkig", prog_name="monitor")
def monitor() -> None:
    """Hold the commands."""
