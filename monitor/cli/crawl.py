"""``monitor crawl``: one pass over what is due, or over named sources, then exit."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import click

from monitor.cli.app import now, opened, show, to_json
from monitor.cli.sources import load_sources, picked
from monitor.i18n import _, say
from monitor.pipeline import Report
from monitor.startup import Opened
from monitor.types import RunOutcome, Source

HEADERS = {
    "source": _("Source"),
    "outcome": _("Outcome"),
    "fetches": _("Requests"),
    "posts": _("Posts"),
    "new_posts": _("New posts"),
    "new_hits": _("New hits"),
    "reason": _("Reason"),
}


@click.command(help=_("Read what is due (or the named sources) once, then exit."))
@click.argument("names", metavar="[SOURCE]…", nargs=-1)
@click.option("--all", "everything", is_flag=True, help=_("Read all sources now."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON for machines."))
def crawl(names: tuple[str, ...], everything: bool, as_json: bool) -> int:
    """Run one pass; 1 when a source failed, 0 otherwise."""
    with opened(upgrade=True) as at_hand:
        sources = load_sources(at_hand.settings)
        wanted = picked(sources, names) if names else None
        if everything:
            wanted = list(sources.values())
        reports = asyncio.run(_crawl(at_hand, sources, wanted))
        silent = _silent(at_hand)
    rows = [_row(report) for report in sorted(reports, key=lambda r: r.source_id)]
    if as_json:
        click.echo(to_json({"runs": rows, "silent": silent}))
    else:
        words = outcome_words()
        told = [{**row, "outcome": words[row["outcome"]]} for row in rows]
        if rows:
            show(told, HEADERS, as_json=False)
        else:
            click.echo(_("Nothing was due. “monitor crawl --all” reads everything."))
        for source_id in silent:
            click.echo(
                _(
                    "Warning: {source} has not been truly read for too long. Look at "
                    "“monitor sources list” and mend it."
                ).format(source=source_id),
                err=True,
            )
    return int(any(r.outcome is RunOutcome.FAILED for r in reports))


async def _crawl(
    at_hand: Opened, sources: Mapping[str, Source], wanted: Sequence[Source] | None
) -> list[Report]:
    from monitor.engine.local import crawl_all, crawl_due
    from monitor.schedule import crawling

    async with crawling(at_hand, sources) as crawl:
        if wanted is None:
            return await crawl_due(crawl, sources)
        return await crawl_all(crawl, wanted, now=now())


def _silent(at_hand: Opened) -> list[str]:
    from monitor.pipeline.runs import silent

    with at_hand.database.read() as session:
        told = at_hand.settings.monitor
        since = now() - told.schedule.silent_after
        return silent(session, since, failures=told.alarms.after_failures)


def _row(report: Report) -> dict[str, Any]:
    return {
        "source": report.source_id,
        "outcome": report.outcome.value,
        "reason_code": report.reason.code if report.reason else None,
        "reason": say(report.reason) if report.reason else "",
        "fetches": report.fetches,
        "posts": report.posts,
        "new_posts": report.new_posts,
        "new_hits": report.new_hits,
    }


def outcome_words() -> dict[str, str]:
    """How a run's outcome is called by people."""
    return {
        RunOutcome.READ_WITH_HITS: _("read, with hits"),
        RunOutcome.READ_CLEAN: _("read, no hits"),
        RunOutcome.PARTLY_READ: _("partly read"),
        RunOutcome.BLOCKED: _("blocked"),
        RunOutcome.FAILED: _("failed"),
    }
