"""``monitor purge|backup|restore|migrate``: keeping the data, and letting go of it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from monitor.cli.app import complain, details, listing, now, opened, to_json
from monitor.i18n import _


@click.command(
    help=_(
        "Erase what has been kept as long as monitor.toml allows; writes a receipt "
        "into the history. The scheduler does it every day."
    )
)
@listing
def purge(as_json: bool) -> None:
    """Erase and print the receipt."""
    from monitor.retention import purge as erase

    with opened() as at_hand:
        receipt = asdict(erase(at_hand.database, at_hand.settings, now()))
    if as_json:
        click.echo(to_json(receipt))
        return
    words = {
        "hits": _("Hits"),
        "cases": _("Cases"),
        "evidence_files": _("Evidence files"),
        "mutes": _("Remembered dismissals"),
        "seen_posts": _("Fingerprints of posts"),
        "pages": _("Remembered pages"),
        "hosts": _("Remembered hosts"),
        "robots": _("Copies of robots.txt"),
        "tdm": _("Copies of tdmrep.json"),
        "runs": _("Runs"),
        "opt_ins": _("Opt-in records"),
        "employees": _("Work ids"),
        "access_events": _("Entries of the access log"),
    }
    click.echo(_("Erased:"))
    details((words[name], count) for name, count in receipt.items())


@click.command(
    help=_(
        "Write a backup of database and evidence and verify it by opening the copy. "
        "The key file is not in it: keep a copy of that elsewhere."
    )
)
@listing
def backup(as_json: bool) -> int:
    """Write a backup; 1 when what was backed up was not whole."""
    from monitor.backup import backup as write

    with opened() as at_hand:
        report = write(at_hand.database, at_hand.settings, now())
    if as_json:
        click.echo(to_json(asdict(report)))
    else:
        click.echo(
            _("Backup {path}: {rows} rows, {evidence} evidence files.").format(
                path=report.path, rows=report.rows, evidence=report.evidence
            )
        )
    for fault in report.faults:
        complain(fault)
    return int(bool(report.faults))


@click.command(
    help=_(
        "Put the backup in FOLDER back. Who has withdrawn since, and what was erased "
        "since, is erased again. Stop the scheduler first."
    )
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help=_("Replace the database that is there."))
@listing
def restore(folder: Path, replace: bool, as_json: bool) -> int:
    """Restore; 1 when evidence files were missing from the backup."""
    from monitor.backup import restore as put_back
    from monitor.settings import load
    from monitor.startup import make_data_folder, only_one
    from watchlist.crypto import Keyring

    settings = load()
    make_data_folder(settings)
    with only_one(settings, "scheduler"):
        report = put_back(
            folder,
            settings,
            Keyring.load(settings.key_file),
            now=now(),
            replace=replace,
        )
    if as_json:
        click.echo(to_json(asdict(report)))
    else:
        click.echo(
            _(
                "Restored {rows} rows and {evidence} evidence files; {erased} keys "
                "were erased again."
            ).format(rows=report.rows, evidence=report.evidence, erased=report.erased)
        )
    return int(bool(report.missing))


@click.command(
    help=_("Bring the database up to date; an older one is backed up first.")
)
def migrate() -> None:
    """Open the database for an upgrade, which does it."""
    from monitor.db import newest_schema

    with opened(upgrade=True):
        click.echo(_("The database is at schema {head}.").format(head=newest_schema()))
