"""``monitor hits``: the queue, one hit with its words in their place, its end."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monitor import i18n
from monitor.cli.app import (
    LazyGroup,
    acting,
    console,
    details,
    listing,
    now,
    opened,
    show,
    to_json,
)
from monitor.cli.cases_words import closing_words
from monitor.cli.explain import weighed
from monitor.cli.inert import inert
from monitor.cli.typed import meanings, text_of, text_options
from monitor.errors import Refused
from monitor.i18n import N_, _, plural

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from monitor.hits import Words
    from monitor.models import Hit
    from monitor.signals import Signal

_HERE = "monitor.cli.hits"
COMMANDS = {
    "list": (f"{_HERE}:list_", N_("The queue, the first to look at first.")),
    "show": (f"{_HERE}:show_", N_("One hit: its words, and why it was found.")),
    "dismiss": (f"{_HERE}:dismiss", N_("End a hit without a case.")),
    "reopen": (f"{_HERE}:reopen", N_("Take a dismissal back.")),
    "add": (f"{_HERE}:add", N_("Report a post by hand.")),
}
OUTCOMES = (
    "same_name",
    "lawful_criticism",
    "satire",
    "press",
    "support_only",
    "employee_wishes_no_more",
    "author_is_employee",
    "duplicate",
    "entered_by_mistake",
)


@click.group(cls=LazyGroup, lazy=COMMANDS, help=_("See the queue and decide on hits."))
def hits() -> None:
    """Hold the commands."""


@click.command(help=_("The hits that wait for a person, or with an option the others."))
@click.option("--dismissed", is_flag=True, help=_("What was dismissed instead."))
@click.option("--limit", default=100, show_default=True, help=_("Most rows to show."))
@listing
@acting
def list_(*, dismissed: bool, limit: int, as_json: bool, login: str) -> None:
    """Print one row for each hit."""
    from monitor import users
    from monitor.hits import desk

    with opened() as at_hand, at_hand.database.read() as session:
        who = users.actor(session, login)
        found = desk.listing(session, actor=who, dismissed=dismissed, limit=limit)
        rows = [_row(session, hit) for hit in found]
    if not as_json:
        states, bands = state_words(), band_words()
        for row in rows:
            row["state"] = states[row["state"]]
            row["urgency"] = urgency_word(row["urgency"])
            row["band"] = bands[row["band"] or row["origin"]]
    headers = {
        "hit": _("Hit"),
        "state": _("State"),
        "urgency": _("Look"),
        "band": _("How sure"),
        "employee": _("Employee"),
        "quote": _("Words"),
        "url": _("Where"),
        "found_at": _("Found"),
    }
    if dismissed:
        headers["outcome"] = _("Why")
    show(rows, headers, as_json=as_json)


def _row(session: Session, hit: Hit) -> dict[str, Any]:
    from monitor.signals import urgency

    words = _words(session, hit)
    best = words.found[0] if words and words.found else None
    return {
        "hit": hit.id,
        "state": hit.state.value,
        "urgency": urgency(words.signals).value if words else None,
        "band": hit.band.value if hit.band else None,
        "score": hit.score,
        "origin": hit.origin.value,
        "employee": hit.employee.work_id,
        "center": hit.center,
        "source": hit.source_id,
        "url": (words.permalink or words.url) if words else None,
        "quote": best.quote if best else None,
        "found_at": hit.found_at,
        "last_seen_at": hit.last_seen_at,
        "published_at": hit.published_at,
        "previous_hit": hit.previous_hit_id,
        "outcome": hit.outcome,
    }


def _words(session: Session, hit: Hit) -> Words | None:
    """The hit's words; None when they have been erased."""
    from monitor.hits import words_of

    try:
        return words_of(session, hit)
    except Refused:
        return None


@click.command(
    "show",
    help=_(
        "One hit with the name marked in the words around it, and every reason. The "
        "author stays hidden unless you ask. That you looked is noted."
    ),
)
@click.argument("hit_id", metavar="HIT", type=int)
@click.option("--author", is_flag=True, help=_("Show the author's name as well."))
@listing
@acting
def show_(hit_id: int, *, author: bool, as_json: bool, login: str) -> None:
    """Print everything known of one hit."""
    from monitor import users
    from monitor.hits import desk, words_of

    with opened() as at_hand, at_hand.database.begin() as session:
        who = users.actor(session, login)
        hit = desk.look(session, hit_id, actor=who, now=now())
        words, row = words_of(session, hit), _row(session, hit)
    if as_json:
        told = asdict(words)
        if not author:
            del told["author"]
        click.echo(to_json(row | {"words": told}))
        return
    _print_facts(row, words, author=author)
    _print_words(words)


def _print_facts(row: dict[str, Any], words: Words, *, author: bool) -> None:
    hidden = _("hidden; --author shows it") if words.author else None
    found_by = band_words()[row["band"] or row["origin"]]
    lines = [
        (_("Hit"), row["hit"]),
        (_("State"), state_words()[row["state"]]),
        (_("How sure"), found_by),
        (_("Employee"), row["employee"]),
        (_("Where"), row["url"]),
        (_("Seen on"), words.url if words.url != row["url"] else None),
        (_("Found"), row["found_at"]),
        (_("Published"), row["published_at"] or words.published),
        (_("Author"), words.author if author else hidden),
        (_("Note"), words.note),
        (_("Earlier version"), row["previous_hit"]),
    ]
    details((name, value) for name, value in lines if value is not None)
    for match in words.found[:1]:
        click.echo("\n" + _("Why it was found:"))
        details(weighed(match.reasons))
        if match.ambiguous:
            click.echo(_("The words fit somebody else on the list about as well."))
    if words.signals:
        click.echo("\n" + _("Signals, by plain rules; you decide what they mean:"))
        details((signal_word(s.code), fired_on(s)) for s in words.signals)


def fired_on(signal: Signal) -> str:
    """The words that a rule fired on, as they stand in the post."""
    from monitor.signals.private import MASK

    covered = MASK * 4 if signal.code == "private_cpr" else ""
    words = ", ".join(inert(word) + covered for word in signal.words)
    return _("{words} (negated)").format(words=words) if signal.negated else words


def _print_words(words: Words) -> None:
    """The whole text with every found place marked, harmless on any terminal."""
    from rich.text import Text

    out = console()
    left, right = ("", "") if out.is_terminal else ("⟦", "⟧")
    shown, at = Text(), 0
    for match in sorted(words.found, key=lambda match: match.start):
        if match.start < at:
            continue
        shown.append(inert(words.text[at : match.start]))
        quote = inert(words.text[match.start : match.end])
        shown.append(f"{left}{quote}{right}", style="bold reverse")
        at = match.end
    shown.append(inert(words.text[at:]))
    out.print()
    out.print(shown)


@click.command(
    help=_(
        "End a hit: another person of that name, or nothing to do about it. The post "
        "stays dismissed until its content changes."
    )
    + meanings({code: closing_words()[code] for code in OUTCOMES})
)
@click.argument("hit_id", metavar="HIT", type=int)
@click.argument("outcome", metavar="OUTCOME", type=click.Choice(OUTCOMES))
@acting
def dismiss(hit_id: int, outcome: str, login: str) -> None:
    """Dismiss one hit."""
    from monitor import users
    from monitor.hits import desk

    with opened() as at_hand, at_hand.database.begin() as session:
        who = users.actor(session, login)
        mute = at_hand.settings.monitor.retention.mute
        desk.put_aside(session, hit_id, outcome, mute_for=mute, actor=who, now=now())
    click.echo(
        _(
            "Hit {hit} is dismissed. Should the employee know of it? Support can be "
            "offered without a case. “monitor hits reopen {hit}” takes this back."
        ).format(hit=hit_id)
    )


@click.command(help=_("Take a dismissal back: the hit is in the queue again."))
@click.argument("hit_id", metavar="HIT", type=int)
@acting
def reopen(hit_id: int, login: str) -> None:
    """Reopen one hit."""
    from monitor import users
    from monitor.hits import desk

    with opened() as at_hand, at_hand.database.begin() as session:
        who = users.actor(session, login)
        desk.take_back(session, hit_id, actor=who, now=now())
    click.echo(_("Hit {hit} is in the queue again.").format(hit=hit_id))


@click.command(
    help=_(
        "Report a post by hand, from where no crawler may read. The employee need not "
        "be on the watchlist, and is not put on it."
    )
)
@click.option("--employee", "work_id", required=True, help=_("The employee's work id."))
@click.option("--center", required=True, help=_("The employee's centre."))
@click.option("--url", required=True, help=_("The post's address."))
@text_options
@click.option(
    "--file",
    "files",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help=_("A picture, PDF or text file that shows the post; repeat."),
)
@click.option("--author", help=_("The author's name as shown at the post."))
@click.option("--published", help=_("When it was published, as shown at the post."))
@click.option("--note", help=_("How you came to know of it."))
@acting
def add(*, login: str, **told: Any) -> None:
    """Store one report as a hit."""
    from monitor import intake, users
    from monitor.hits import rules_of

    text = text_of(told["text"], told["text_file"], needed=not told["files"])
    with opened() as at_hand:
        settings = at_hand.settings
        report = intake.Report(
            work_id=told["work_id"],
            center=settings.center(told["center"]).id,
            url=told["url"],
            text=text,
            files=[_attachment(path) for path in told["files"]],
            author=told["author"],
            published=told["published"],
            note=told["note"],
        )
        with at_hand.database.begin() as session:
            who = users.actor(session, login)
            stored = intake.add_report(
                session,
                report,
                actor=who,
                folder=settings.evidence_dir,
                now=now(),
                rules=rules_of(settings),
            )
            hit, state = stored.hit.id, stored.hit.state.value
    if stored.new:
        said = _("Hit {hit} is in the queue, with its evidence.")
    else:
        known = _("This was reported or found before: it is hit {hit} ({state}).")
        more = _added(stored.files) if stored.kept else _("It tells nothing new.")
        said = f"{known} {more}"
    files = stored.files
    click.echo(said.format(hit=hit, state=state_words()[state], files=files))


def _added(files: int) -> str:
    if not files:
        return _("What is new in your report was added to its evidence.")
    return plural(
        "{files} new file was added to its evidence.",
        "{files} new files were added to its evidence.",
        files,
    )


def _attachment(path: Path) -> Any:
    """A file to go with a report; what is too large is not read to its end."""
    from monitor.intake import MAX_FILE, attachment

    with path.open("rb") as file:
        return attachment(path.name, file.read(MAX_FILE + 1))


def state_words() -> dict[str, str]:
    """How the states of a hit are called by people."""
    from monitor.models import HitState

    return {one.value: i18n.state(one.value) for one in HitState}


def signal_word(code: str) -> str:
    """How a signal is called by people."""
    from monitor.wording.signals import SIGNALS

    return _(SIGNALS[code])


def urgency_word(code: str | None) -> str | None:
    """How soon a person should look, in words."""
    from monitor.wording.signals import URGENCIES

    return _(URGENCIES[code]) if code else None


def band_words() -> dict[str, str]:
    """How sure a find is, in words; a reported one is not rated."""
    return {
        "hit": _("found"),
        "weak": _("weak"),
        "intake": _("reported"),
        "crawl": _("found"),
    }
