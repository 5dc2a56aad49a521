"""``monitor sources``: list them, check the file, try one without storing anything."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import asdict
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
from monitor.errors import BadInput
from monitor.i18n import N_, _, say
from monitor.settings import Settings, load
from monitor.types import Reason, Source

if TYPE_CHECKING:
    from monitor.models import Run, SourceState

COMMANDS = {
    "list": ("monitor.cli.sources:list_", N_("All sources and when each was read.")),
    "check": ("monitor.cli.sources:check", N_("Check the configuration files.")),
    "try": (
        "monitor.cli.sources:try_",
        N_("What would be read and found; stores nothing."),
    ),
    "coverage": (
        "monitor.cli.coverage:coverage",
        N_("What was truly read and when, what not and why."),
    ),
    "release": (
        "monitor.cli.coverage:release",
        N_("Have a page that is in quarantine read again."),
    ),
    "pause": ("monitor.cli.sources:pause", N_("Stop reading a source for now.")),
    "resume": ("monitor.cli.sources:resume", N_("Read a paused source again.")),
}


@click.group(cls=LazyGroup, lazy=COMMANDS, help=_("List, check and try sources."))
def sources() -> None:
    """Hold the commands."""


def load_sources(settings: Settings) -> dict[str, Source]:
    """The sources of sources.toml by their id; BadInput when the file is wrong."""
    from monitor.settings import read_text
    from monitor.sources.config import parse_sources

    path = settings.config_dir / "sources.toml"
    centers = {center.id for center in settings.centers}
    found = parse_sources(read_text(path), file=path.name, centers=centers)
    return {source.id: source for source in found}


def picked(known: Mapping[str, Source], names: Iterable[str]) -> list[Source]:
    """The sources with these ids; BadInput for one that is not in the file."""
    from monitor.tomlcheck import closest

    for name in names:
        if name not in known:
            hint = closest(name, list(known))
            code = "source_unknown_like" if hint else "source_unknown"
            raise BadInput(code, source=name, hint=hint)
    return [known[name] for name in dict.fromkeys(names)]


@click.command(
    help=_("All sources, whether they are approved, and when each was read.")
)
@listing
def list_(as_json: bool) -> None:
    """Print one row for each source."""
    from monitor.models import SourceState
    from monitor.pipeline.runs import last_runs

    with opened() as at_hand, at_hand.database.read() as session:
        last = last_runs(session)
        rows = [
            _row(source, session.get(SourceState, source.id), last.get(source.id))
            for source in load_sources(at_hand.settings).values()
        ]
    headers = {
        "source": _("Source"),
        "kind": _("Kind"),
        "center": _("Centre"),
        "last_read_at": _("Last truly read"),
        "next_due_at": _("Next due"),
        "failures": _("Failures"),
        "said": _("Last run"),
    }
    show(rows, headers, as_json=as_json)


def _row(source: Source, state: SourceState | None, run: Run | None) -> dict[str, Any]:
    """One source: what the file says, what the database knows, how it last went."""
    from monitor.cli.crawl import outcome_words
    from monitor.sources import is_approved

    no = is_approved(source, now().date())
    why = no or _reason_of(run)
    outcome = outcome_words()[run.outcome] if run and run.outcome and not no else ""
    said = ": ".join(filter(None, (outcome, say(why) if why else "")))
    return {
        "source": source.id,
        "kind": source.kind,
        "center": source.center,
        "approved_until": source.expires_on,
        "is_approved": no is None,
        "paused": state.paused_at if state else None,
        "last_read_at": state.last_read_at if state else None,
        "next_due_at": state.next_due_at if state else None,
        "failures": state.failures if state else 0,
        "outcome": run.outcome if run else None,
        "reason_code": why.code if why else None,
        "said": _("paused") if state and state.paused_at else said,
        "urls": list(source.urls),
    }


def _reason_of(run: Run | None) -> Reason | None:
    if run is None or run.reason_code is None:
        return None
    return Reason(run.reason_code, run.reason_params)


@click.command(help=_("Check every configuration file; nothing is started."))
def check() -> None:
    """Say that all is well, or every problem with its place."""
    from monitor.hits import rules_of

    settings = load()
    found = load_sources(settings)
    rules_of(settings)
    click.echo(
        _(
            "The configuration in {folder} is in order: {centers} centres, "
            "{sources} sources."
        ).format(
            folder=settings.config_dir,
            centers=len(settings.centers),
            sources=len(found),
        )
    )


@click.command(
    help=_(
        "Read a source now and show its requests, posts and matches. Stores nothing "
        "but the pace kept towards the host."
    )
)
@click.argument("source_id", metavar="SOURCE")
@click.option("--pages", default=3, show_default=True, help=_("Most pages to read."))
@listing
def try_(source_id: str, pages: int, as_json: bool) -> int:
    """Show what one source would bring; 1 when a request failed."""
    from monitor.trial import try_source

    with opened() as at_hand:
        (source,) = picked(load_sources(at_hand.settings), [source_id])
        trial = asyncio.run(try_source(at_hand, source, pages=pages, clock=now))
    if as_json:
        click.echo(to_json(asdict(trial)))
    else:
        _show_trial(trial)
    return int(any(step.state == "failed" for step in trial.requests))


def _show_trial(trial: Any) -> None:
    from monitor.cli.coverage import read_state_words

    words = read_state_words()
    requests = [
        {
            "url": step.url,
            "state": words[step.state],
            "posts": len(step.posts),
            "follow": step.follow,
            "reason": say(step.reason) if step.reason else "",
        }
        for step in trial.requests
    ]
    show(
        requests,
        {
            "url": _("Request"),
            "state": _("Outcome"),
            "posts": _("Posts"),
            "follow": _("Links to follow"),
            "reason": _("Reason"),
        },
        as_json=False,
    )
    for step in trial.requests:
        for post in step.posts:
            details(
                [
                    (_("Author"), post.author),
                    (_("Time"), post.published.at if post.published else None),
                    (_("Link"), post.permalink),
                    (_("Text"), post.text[:200]),
                ]
            )
            click.echo()
    matches = [
        {**asdict(match), "reasons": ", ".join(say(r) for r in match.reasons)}
        for match in trial.matches
    ]
    if matches:
        show(
            matches,
            {
                "quote": _("Words"),
                "band": _("Band"),
                "score": _("Score"),
                "reasons": _("Why"),
            },
            as_json=False,
        )
    click.echo(_("{count} matches. Nothing was stored.").format(count=len(matches)))


@click.command(help=_("Stop reading a source until it is resumed."))
@click.argument("source_id", metavar="SOURCE")
@acting
def pause(source_id: str, login: str) -> None:
    """Pause a source; recorded as an event."""
    _set_pause(source_id, login, paused=True)


@click.command(help=_("Read a paused source again."))
@click.argument("source_id", metavar="SOURCE")
@acting
def resume(source_id: str, login: str) -> None:
    """Resume a source; recorded as an event."""
    _set_pause(source_id, login, paused=False)


def _set_pause(source_id: str, login: str, *, paused: bool) -> None:
    from monitor import history, users
    from monitor.models import UserRole
    from monitor.pipeline.runs import pause as pause_source

    with opened() as at_hand, at_hand.database.begin() as session:
        (source,) = picked(load_sources(at_hand.settings), [source_id])
        who = users.actor(session, login)
        users.require(who, UserRole.CENTER_MANAGER, UserRole.TECHNICAL_ADMIN)
        pause_source(session, source, now(), paused=paused)
        history.record(
            session,
            actor=who.login,
            kind="source_paused" if paused else "source_resumed",
            object_type="source",
            object_id=source.id,
            now=now(),
        )
    click.echo(
        (_("{source} is paused.") if paused else _("{source} is read again.")).format(
            source=source_id
        )
    )
