"""``monitor sources coverage``: what was truly read, and when; what not, and why."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.app import acting, listing, now, opened, show, to_json
from monitor.cli.sources import load_sources, picked
from monitor.errors import BadInput
from monitor.i18n import _, plural, say
from monitor.types import ReadState, Reason

if TYPE_CHECKING:
    from monitor.pipeline.coverage import Coverage, PageCoverage


@click.command(
    help=_(
        "What was truly read of each source and when, what not and why, the last new "
        "post, and how long a source has been silent. With names: every page of theirs."
    )
)
@click.argument("names", metavar="[SOURCE]…", nargs=-1)
@listing
def coverage(names: tuple[str, ...], as_json: bool) -> None:
    """Print a row for each source, and for named sources one for each page."""
    from monitor.pipeline.coverage import of_pages, of_source
    from monitor.pipeline.runs import last_runs

    with opened() as at_hand, at_hand.database.read() as session:
        known = load_sources(at_hand.settings)
        wanted = picked(known, names) if names else list(known.values())
        runs = last_runs(session)
        told = [
            (
                of_source(session, source, runs.get(source.id), now=now()),
                of_pages(session, source) if names or as_json else [],
            )
            for source in wanted
        ]
    if as_json:
        click.echo(to_json([_json(source, pages) for source, pages in told]))
        return
    show([_row(source) for source, _pages in told], _headers(), as_json=False)
    for source, pages in told:
        if pages:
            click.echo()
            click.echo(_("Pages of {source}:").format(source=source.source_id))
            show([_page_row(p) for p in pages], _page_headers(), as_json=False)


@click.command(help=_("Have a page that is in quarantine read again."))
@click.argument("source_id", metavar="SOURCE")
@click.argument("url", metavar="ADDRESS")
@acting
def release(source_id: str, url: str, login: str) -> None:
    """Release a page by hand; recorded as an event, without its address."""
    from monitor import history, users
    from monitor.models import UserRole
    from monitor.pipeline import quarantine

    with opened() as at_hand, at_hand.database.begin() as session:
        (source,) = picked(load_sources(at_hand.settings), [source_id])
        who = users.actor(session, login)
        users.require(who, UserRole.CENTER_MANAGER, UserRole.TECHNICAL_ADMIN)
        if not quarantine.release(session, source.id, url):
            raise BadInput("page_not_quarantined", source=source.id)
        history.record(
            session,
            actor=who.login,
            kind="page_released",
            object_type="source",
            object_id=source.id,
            now=now(),
        )
    click.echo(_("The page is read again at the next run."))


def _json(source: Coverage, pages: list[PageCoverage]) -> dict[str, Any]:
    told = asdict(source) | _reason(source.reason)
    silent = told.pop("silent")
    told["source"] = told.pop("source_id")
    told["silent_hours"] = _hours(silent)
    told["pages_known"] = told.pop("pages")
    told["pages"] = [asdict(page) | _reason(page.reason) for page in pages]
    return told


def _reason(reason: Reason | None) -> dict[str, Any]:
    return {
        "reason": say(reason) if reason else "",
        "reason_code": reason.code if reason else None,
    }


def _hours(silent: timedelta | None) -> int | None:
    return None if silent is None else int(silent / timedelta(hours=1))


def _row(source: Coverage) -> dict[str, Any]:
    from monitor.cli.crawl import outcome_words

    outcome = outcome_words()[source.outcome] if source.outcome else _("not run yet")
    why = say(source.reason) if source.reason else ""
    return {
        "source": source.source_id,
        "last_read_at": source.last_read_at,
        "silent": _silence(source.silent),
        "pages": f"{source.pages_read}/{source.pages}",
        "left": source.left,
        "new_post_at": source.new_post_at,
        "usual": round(source.usual_posts) if source.usual_posts is not None else "",
        "failures": source.failures,
        "said": ": ".join(filter(None, (outcome, why))),
    }


def _silence(silent: timedelta | None) -> str:
    hours = _hours(silent)
    if hours is None:
        return ""
    if hours < 48:
        return plural("{hours} hour", "{hours} hours", hours).format(hours=hours)
    return _("{days} days").format(days=hours // 24)


def _headers() -> dict[str, str]:
    return {
        "source": _("Source"),
        "last_read_at": _("Last truly read"),
        "silent": _("Silent for"),
        "pages": _("Pages read"),
        "left": _("Left"),
        "new_post_at": _("Last new post"),
        "usual": _("Usual posts"),
        "failures": _("Failures"),
        "said": _("Last run"),
    }


def _page_row(page: PageCoverage) -> dict[str, Any]:
    why = say(page.reason) if page.reason else ""
    state = read_state_words()[page.state] if page.state else ""
    return {
        "url": page.url,
        "state": _("in quarantine") if page.quarantined_at else state,
        "read_at": page.read_at,
        "new_post_at": page.new_post_at,
        "posts": page.posts,
        "said": why,
    }


def _page_headers() -> dict[str, str]:
    return {
        "url": _("Page"),
        "state": _("Outcome"),
        "read_at": _("Last read"),
        "new_post_at": _("Last new post"),
        "posts": _("Posts"),
        "said": _("Reason"),
    }


def read_state_words() -> dict[str, str]:
    """How the outcome of reading one page is called by people."""
    return {
        ReadState.READ: _("read"),
        ReadState.NOT_MODIFIED: _("unchanged"),
        ReadState.PARTLY_READ: _("partly read"),
        ReadState.BLOCKED: _("blocked"),
        ReadState.FAILED: _("failed"),
    }
