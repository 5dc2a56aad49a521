"""``monitor explain``: why a text does or does not match a name."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from monitor.cli.app import details, listing, to_json
from monitor.cli.inert import inert
from monitor.i18n import _, current, say
from monitor.match import Explanation, Judged
from monitor.types import Band, MatchReason, Reason

if TYPE_CHECKING:
    from monitor.match import Thresholds


@click.command(
    help=_(
        "Show why a TEXT does or does not match a NAME, with every reason and its "
        "weight, and what was looked at and not counted. “-” reads the text from "
        "standard input. The words of every centre count. Stores nothing."
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
    text = sys.stdin.read() if text == "-" else text
    found, thresholds = tried(name, text, aliases=aliases, words=words)
    if as_json:
        click.echo(to_json(rows_of(found)))
    else:
        show_working(found, thresholds)
    return 0 if found.matches else 1


def tried(
    name: str,
    text: str,
    *,
    aliases: tuple[str, ...] = (),
    words: tuple[str, ...] = (),
) -> tuple[Explanation, Thresholds]:
    """What the matcher makes of a text for a name, at whatever centre."""
    from monitor.match import Thresholds
    from monitor.match import explain as explained
    from monitor.settings import load
    from monitor.types import Context, Entry

    settings = load()
    at_any = tuple(word for c in settings.centers for word in c.words_near_names)
    context = Context(center_words={"": (*at_any, *words)})
    told = settings.matching
    thresholds = Thresholds(told.cutoff, told.threshold, told.weak_cap)
    entry = Entry(0, "", name, aliases)
    return explained(entry, text, context, thresholds=thresholds), thresholds


def rows_of(found: Explanation) -> list[dict[str, Any]]:
    """The working as JSON holds it, one row for each place looked at."""
    return [_row(*pair) for pair in zip(found.considered, found.quotes, strict=True)]


def _row(judged: Judged, quote: str) -> dict[str, Any]:
    place = judged.found
    return {
        "quote": quote,
        "start": place.start,
        "end": place.end,
        "score": judged.score,
        "band": judged.band,
        "reasons": [{**asdict(r), "detail": say(r)} for r in judged.reasons],
        "refusal": judged.refusal.code if judged.refusal else None,
        "refusal_detail": say(judged.refusal) if judged.refusal else None,
    }


def show_working(found: Explanation, thresholds: Thresholds) -> None:
    """Print each place with its reasons, their weights and what follows."""
    if not found.considered:
        click.echo(say(Reason("nothing_like_it")))
    verdicts = {Band.HIT: _("a hit"), Band.WEAK: _("a weak match"), None: _("no match")}
    for judged, quote in zip(found.considered, found.quotes, strict=True):
        click.echo(f"“{inert(quote)}” – {verdicts[judged.band]}")
        lines = list(weighed(judged.reasons))
        if judged.refusal is not None:
            lines.append(("", say(judged.refusal)))
        else:
            lines.append((f"= {_number(judged.score)}", _sum_up(judged, thresholds)))
        details(lines)
        click.echo()


def weighed(reasons: Iterable[MatchReason]) -> Iterator[tuple[str, str]]:
    """Each reason's weight and sentence, as the language writes them."""
    for reason in reasons:
        yield _number(reason.weight, sign="+"), say(reason)


def _number(value: float, sign: str = "") -> str:
    told = f"{value:{sign}.2f}"
    return told.replace(".", ",") if current() == "da" else told


def _sum_up(judged: Judged, thresholds: Thresholds) -> str:
    """What the sum means, and why it may be less than the weights come to."""
    least, hit = _number(thresholds.cutoff), _number(thresholds.threshold)
    if judged.band is Band.HIT:
        return _("Together; a hit from {hit} on.").format(hit=hit)
    if judged.found.says_little and judged.score == thresholds.weak_cap:
        return _("At most, for an initial or a single name: never more than weak.")
    return _("Together; weak from {least} to {hit}: looked at last.").format(
        least=least, hit=hit
    )
