"""``monitor signals``: the plain rules, how they fare, and what a text would fire."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from monitor.cli.app import LazyGroup, details, listing, opened, show, to_json
from monitor.cli.hits import fired_on, signal_word, urgency_word
from monitor.i18n import N_, _

if TYPE_CHECKING:
    from monitor.signals import Rules

_HERE = "monitor.cli.signals"
COMMANDS = {
    "list": (f"{_HERE}:list_", N_("Every rule, and how its hits ended.")),
    "try": (f"{_HERE}:try_", N_("What a text about somebody would fire.")),
}


@click.group(
    cls=LazyGroup, lazy=COMMANDS, help=_("The rules that say what to look at first.")
)
def signals() -> None:
    """Hold the commands."""


@click.command(
    help=_(
        "Every rule with its number of phrases, and how many of its hits people put "
        "aside as false alarms or as needing no action."
    )
)
@listing
def list_(*, as_json: bool) -> None:
    """Print one row for each rule."""
    from monitor.hits import rules_of
    from monitor.hits.tally import tally
    from monitor.models import HitState
    from monitor.signals import Signal, urgency
    from monitor.wording.signals import SIGNALS

    with opened() as at_hand, at_hand.database.read() as session:
        rules, counts = rules_of(at_hand.settings), tally(session)
    phrases = _phrases(rules)
    rows = [
        {
            "signal": code,
            "urgency": urgency([Signal(code), Signal("context")]).value,
            "phrases": phrases.get(code, 0),
            "false_alarm": counts.get(code, {}).get(HitState.FALSE_ALARM, 0),
            "no_action": counts.get(code, {}).get(HitState.NO_ACTION, 0),
        }
        for code in SIGNALS
    ]
    if not as_json:
        for row in rows:
            row["phrases"] = row["phrases"] or ""  # a rule without words has none
            row["signal"] = signal_word(str(row["signal"]))
            row["urgency"] = urgency_word(str(row["urgency"])) or ""
    headers = {
        "signal": _("Signal"),
        "urgency": _("Look"),
        "phrases": _("Phrases"),
        "false_alarm": _("False alarms"),
        "no_action": _("No action"),
    }
    show(rows, headers, as_json=as_json)


def _phrases(rules: Rules) -> dict[str, int]:
    counts: dict[str, int] = {}
    for rule in rules.words:
        counts[rule.code] = counts.get(rule.code, 0) + len(rule.phrases)
    return counts


@click.command(
    "try",
    help=_(
        "Show what a TEXT would fire if all of it were about one employee. “-” reads "
        "the text from standard input. Stores nothing."
    ),
)
@click.argument("text")
@listing
def try_(text: str, *, as_json: bool) -> None:
    """Print each signal with the words it fires on."""
    from monitor.hits import rules_of
    from monitor.settings import load
    from monitor.signals import find
    from monitor.types import Post

    told = sys.stdin.read() if text == "-" else text
    fired = find(Post(place="", text=told), (), rules_of(load()))
    if as_json:
        click.echo(to_json([asdict(signal) for signal in fired]))
    elif fired:
        details((signal_word(s.code), fired_on(s)) for s in fired)
    else:
        click.echo(_("Nothing fires."))
