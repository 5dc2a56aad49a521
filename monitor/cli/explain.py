"""``monitor explain``: why a text does or does not match a name."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Any

import click

from monitor.cli.app import details, listing, to_json
from monitor.cli.inert import inert
from monitor.i18n import _, say
from monitor.match import Explanation, Judged
from monitor.types import Reason


@click.command(
    help=_(
        "Show why a TEXT does or does not match a NAME, with every reason and its "
        "weight. “-” reads the text from standard input. Stores nothing."
    )
)
@click.argument("name")
@click.argument("text")
@click.option("--alias", "aliases", multiple=True, help=_("A further name form."))
@click.option(
    "--context", "words", multiple=True, help=_("A word that counts as context.")
)
@listing
def explain(
    name: str,
    text: str,
    *,
    aliases: tuple[str, ...],
    words: tuple[str, ...],
    as_json: bool,
) -> int:
    """Show the working; 1 when the text does not match."""
    from monitor.match import explain as explained
    from monitor.pipeline.watch import context_of, thresholds
    from monitor.settings import load
    from monitor.types import Context, Entry

    settings = load()
    told = context_of(settings, None)
    context = Context(center_words={**told.center_words, "": tuple(words)})
    found = explained(
        Entry(0, "", name, aliases),
        sys.stdin.read() if text == "-" else text,
        context,
        thresholds=thresholds(settings.matching),
    )
    if as_json:
        rows = [
            _row(*pair) for pair in zip(found.considered, found.quotes, strict=True)
        ]
        click.echo(to_json(rows))
    else:
        _show(found)
    return 0 if found.matches else 1


def _row(judged: Judged, quote: str) -> dict[str, Any]:
    place = judged.found
    return {
        "quote": quote,
        "start": place.start,
        "end": place.end,
        "score": judged.score,
        "band": judged.band,
        "reasons": [asdict(reason) for reason in judged.reasons],
        "refusal": judged.refusal.code if judged.refusal else None,
    }


def _show(found: Explanation) -> None:
    if not found.considered:
        click.echo(say(Reason("nothing_like_it")))
    for judged, quote in zip(found.considered, found.quotes, strict=True):
        verdict = _("no match") if judged.band is None else _("match")
        click.echo(f"»{inert(quote)}« – {verdict}, {judged.score:.2f}")
        lines = [(f"{r.weight:+.2f}", say(r)) for r in judged.reasons]
        if judged.refusal is not None:
            lines.append(("", say(judged.refusal)))
        details(lines)
        click.echo()
