"""``monitor evidence``: what was captured, handed out as plain files, and checked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from monitor.cli.app import (
    LazyGroup,
    acting,
    complain,
    listing,
    now,
    opened,
    show,
    to_json,
)
from monitor.i18n import N_, _, plural, say

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from monitor.models import EvidenceItem
    from monitor.users import Actor

F = TypeVar("F", bound=Callable[..., Any])
_HERE = "monitor.cli.evidence"
COMMANDS = {
    "list": (f"{_HERE}:list_", N_("What was captured for a case or a hit.")),
    "export": (f"{_HERE}:export", N_("Write it out as plain WARC files.")),
    "verify": (f"{_HERE}:verify", N_("Check every item and the whole history.")),
}


@click.group(cls=LazyGroup, lazy=COMMANDS, help=_("Export and verify evidence."))
def evidence() -> None:
    """Hold the commands."""


def _about(command: F) -> F:
    for option in (
        click.option("--hit", "hit_id", type=int, help=_("The hit it is about.")),
        click.option("--case", "number", help=_("The case it is about.")),
    ):
        command = option(command)
    return command


def _items(
    session: Session, who: Actor, *, number: str | None, hit_id: int | None
) -> list[EvidenceItem]:
    """The items of the named case or hit, if the actor may see it."""
    from monitor import cases
    from monitor.evidence.store import of_case, of_hits
    from monitor.hits import desk

    if number is not None and hit_id is None:
        return of_case(session, cases.get(session, number, actor=who))
    if hit_id is not None and number is None:
        return of_hits(session, [desk.find(session, hit_id, actor=who)])
    raise click.UsageError(_("Name one case (--case) or one hit (--hit)."))


@click.command(help=_("The captured items of a case or a hit, oldest first."))
@_about
@listing
@acting
def list_(*, number: str | None, hit_id: int | None, as_json: bool, login: str) -> None:
    """Print one row for each item."""
    from monitor import users

    with opened() as at_hand, at_hand.database.read() as session:
        who = users.actor(session, login)
        rows = [
            {
                "item": item.id,
                "kind": item.kind.value,
                "hit": item.hit_id,
                "captured_at": item.captured_at,
                "captured_by": item.captured_by,
                "size": item.size,
                "sha256": item.sha256,
            }
            for item in _items(session, who, number=number, hit_id=hit_id)
        ]
    headers = {
        "item": _("Item"),
        "kind": _("Kind"),
        "hit": _("Hit"),
        "captured_at": _("Captured"),
        "captured_by": _("By"),
        "size": _("Bytes"),
        "sha256": "SHA-256",
    }
    if not as_json:
        words = kind_words()
        rows = [{**row, "kind": words[str(row["kind"])]} for row in rows]
    show(rows, headers, as_json=as_json)


def kind_words() -> dict[str, str]:
    """How the kinds of evidence are called by people."""
    return {
        "capture": _("page as read"),
        "intake": _("reported by hand"),
        "recheck": _("later look"),
    }


@click.command(
    help=_(
        "Write the evidence of a case or a hit into a new folder or .zip file, with "
        "checksums that public tools verify. It then lies there unencrypted."
    )
)
@click.argument("target", type=click.Path(path_type=Path))
@_about
@acting
def export(target: Path, *, number: str | None, hit_id: int | None, login: str) -> None:
    """Export the items and say where they are."""
    from monitor import users
    from monitor.evidence.export import export as write

    with opened() as at_hand, at_hand.database.begin() as session:
        who = users.actor(session, login)
        items = _items(session, who, number=number, hit_id=hit_id)
        folder = at_hand.settings.evidence_dir
        write(session, items, target, folder=folder, now=now(), by=who.login)
    click.echo(
        plural(
            "{count} item is in {target}, unencrypted. “sha256sum -c SHA256SUMS” "
            "checks it. Delete it after use.",
            "{count} items are in {target}, unencrypted. “sha256sum -c SHA256SUMS” "
            "checks them. Delete them after use.",
            len(items),
        ).format(count=len(items), target=target)
    )


@click.command(
    help=_(
        "Open every item, compare it with its checksums and with the history, and look "
        "for files and entries that are missing. Shows no content."
    )
)
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON for machines."))
@acting
def verify(*, as_json: bool, login: str) -> int:
    """Check everything; 1 when something is wrong."""
    from monitor import users
    from monitor.evidence.verify import verify_all
    from monitor.models import UserRole

    with opened() as at_hand, at_hand.database.read() as session:
        who = users.actor(session, login)
        users.require(who, *(set(UserRole) - {UserRole.WATCHLIST_ADMIN}))
        report = verify_all(session, at_hand.settings.evidence_dir, now())
    if as_json:
        faults = [{"code": f.code, **f.params, "text": say(f)} for f in report.faults]
        told = {"items": report.items, "bytes": report.bytes, "faults": faults}
        click.echo(to_json(told))
        return int(bool(report.faults))
    for fault in report.faults:
        complain(fault)
    click.echo(_verdict(report.items, report.bytes, faults=len(report.faults)))
    return int(bool(report.faults))


def _verdict(items: int, size: int, *, faults: int) -> str:
    if not faults:
        return plural(
            "{items} item ({bytes} bytes) and the whole history are in order.",
            "{items} items ({bytes} bytes) and the whole history are in order.",
            items,
        ).format(items=items, bytes=size)
    checked = plural(
        "{items} item ({bytes} bytes) checked;",
        "{items} items ({bytes} bytes) checked;",
        items,
    ).format(items=items, bytes=size)
    found = plural("{faults} fault.", "{faults} faults.", faults)
    return f"{checked} {found.format(faults=faults)}"
