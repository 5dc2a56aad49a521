"""``monitor letters``: draft, read, approve, export and mark letters of a case."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monitor import i18n
from monitor.cli.app import (
    LazyGroup,
    acting,
    listing,
    local,
    now,
    opened,
    show,
    to_json,
)
from monitor.cli.inert import inert
from monitor.cli.typed import write_new
from monitor.errors import BadInput
from monitor.i18n import N_, _, say

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from monitor.letters.template import Template
    from monitor.models import Case, Letter
    from monitor.settings import Settings
    from monitor.startup import Opened
    from monitor.users import Actor

_HERE = "monitor.cli.letters"
COMMANDS = {
    "draft": (f"{_HERE}:draft", N_("Write a letter of a case as a draft.")),
    "list": (f"{_HERE}:list_", N_("The letters of one case, or of all of yours.")),
    "show": (f"{_HERE}:show_", N_("Read a letter's words.")),
    "preview": (f"{_HERE}:preview", N_("Write the PDF to look at.")),
    "approve": (f"{_HERE}:approve", N_("Freeze a draft as it is.")),
    "export": (f"{_HERE}:export", N_("Write PDF and Word file of an approved one.")),
    "sent": (f"{_HERE}:sent", N_("Note that you have sent it.")),
    "void": (f"{_HERE}:void", N_("Give up a letter that was not sent.")),
}
# The fields that people fill in most often have options of their own.
SHORT = {
    "to": "recipient_name",
    "platform": "platform",
    "quote": "quote",
    "request": "request",
    "reason": "reason",
}


@click.group(cls=LazyGroup, lazy=COMMANDS, help=_("Draft, approve, export letters."))
def letters() -> None:
    """Hold the commands."""


@click.command(
    help=_(
        "Write a letter as a draft: t1 to the author, t2 the one reminder, t3 a notice "
        "to a platform. What configuration and case know is filled in; when something "
        "is missing, you are told what."
    )
)
@click.argument("number", metavar="CASE")
@click.argument("template_id", metavar="t1|t2|t3")
@click.option(
    "--language",
    type=click.Choice(i18n.LANGUAGES),
    default=i18n.current,
    help=_("Language of the letter."),
)
@click.option("--to", help=_("Name of the recipient."))
@click.option("--platform", help=_("Name of the site or platform."))
@click.option("--quote", help=_("The exact words it is about."))
@click.option("--request", help=_("What you ask for."))
@click.option("--reason", help=_("Why you ask for it."))
@click.option(
    "--field",
    "pairs",
    multiple=True,
    metavar="NAME=VALUE",
    help=_("Any field of the letter; repeat."),
)
@acting
def draft(*, number: str, template_id: str, language: str, **told: Any) -> int:
    """Store a complete letter as a draft; 1 when fields are missing."""
    from monitor import cases, users
    from monitor.letters import steps, template

    given = _given(told)
    with opened() as at_hand, at_hand.database.begin() as session:
        who = users.actor(session, told["login"])
        case = cases.get(session, number, actor=who)
        settings = at_hand.settings
        form = template.load(
            template_id,
            language,
            folder=settings.config_dir / "letters",
            center=case.center,
        )
        steps.allow(session, case, template_id, by=who)  # before asking for words
        fields = _known(session, settings, case, form=form) | given
        if missing := _missing(form, fields):
            _ask_for(missing, case, form, given=given)
            return 1
        letter = steps.draft(session, case, form, fields=fields, now=now(), by=who)
        letter_id = letter.id
    click.echo(
        _(
            "Letter {id} is drafted. Read it with “monitor letters show {id}” or "
            "“monitor letters preview {id} FILE.pdf”, then approve it."
        ).format(id=letter_id)
    )
    return 0


def _given(told: Mapping[str, Any]) -> dict[str, str]:
    """What was typed: the named fields, and above them those of the options."""
    from monitor.letters.fields import FIELDS
    from monitor.tomlcheck import closest

    known = sorted(set().union(*(fields.known for fields in FIELDS.values())))
    given: dict[str, str] = {}
    for pair in told["pairs"]:
        name, equals, value = pair.partition("=")
        if not equals or name not in known:
            raise BadInput(
                "letter_field_not_known",
                given=pair,
                hint=closest(name, known) or ", ".join(known),
            )
        given[name] = value
    return given | {f: told[option] for option, f in SHORT.items() if told[option]}


def _known(
    session: Session, settings: Settings, case: Case, *, form: Template
) -> dict[str, str]:
    """What configuration, case and the case's newest hit say already."""
    from monitor.letters import prefill, steps

    return prefill.prefilled(
        settings,
        case,
        form.template_id,
        language=form.language,
        letters=steps.letters_of(session, case),
        now=now(),
    ) | prefill.of_post(session, case, language=form.language)


def _missing(form: Template, fields: Mapping[str, str]) -> list[str]:
    return sorted(name for name in form.fields if not fields.get(name, "").strip())


def _ask_for(
    missing: list[str], case: Case, form: Template, *, given: Mapping[str, str]
) -> None:
    """Say what is still missing, what it means, and a line to type."""
    from monitor.letters.fields import meaning

    short = {field: f"--{option}" for option, field in SHORT.items()}
    click.echo(_("The letter was not written; it still needs:"), err=True)
    for name in missing:
        option = short.get(name, f"--field {name}=…")
        click.echo(f"  {option}\n      {say(meaning(name))}", err=True)
    words = ["monitor", "letters", "draft", case.number, form.template_id]
    line = [shlex.join([*words, "--language", form.language])]
    for name in [*given, *missing]:
        value = shlex.quote(given.get(name, "…"))
        there = f"{short[name]} {value}" if name in short else None
        line.append(there or f"--field {name}={value}")
    click.echo(_("Type, with your words in place of each …:"), err=True)
    click.echo("  " + " \\\n    ".join(line), err=True)


@click.command(help=_("The letters of one case, or of all cases you may see."))
@click.argument("number", metavar="[CASE]", required=False)
@listing
@acting
def list_(number: str | None, as_json: bool, login: str) -> None:
    """Print one row for each letter."""
    from monitor import cases, users
    from monitor.letters import steps

    with opened() as at_hand, at_hand.database.read() as session:
        who = users.actor(session, login)
        if number:
            found = [cases.get(session, number, actor=who)]
        else:
            found = cases.listing(session, actor=who, closed=True)
        rows = [_row(x) for case in found for x in steps.letters_of(session, case)]
    if not as_json:
        states, channels = state_words(), channel_words()
        for row in rows:
            row["state"] = states[row["state"]]
            row["channel"] = channels.get(row["channel"], "")
    headers = {
        "letter": _("Letter"),
        "case": _("Case"),
        "template": _("Kind"),
        "language": _("Language"),
        "state": _("State"),
        "drafted_at": _("Drafted"),
        "sent_at": _("Sent"),
        "channel": _("Channel"),
        "deadline": _("Answer hoped for by"),
    }
    show(rows, headers, as_json=as_json)


def _row(letter: Letter) -> dict[str, Any]:
    return {
        "letter": letter.id,
        "case": letter.case.number,
        "template": letter.template,
        "template_version": letter.template_version,
        "language": letter.language,
        "state": letter.state.value,
        "drafted_at": letter.drafted_at,
        "drafted_by": letter.drafted_by,
        "approved_at": letter.approved_at,
        "approved_by": letter.approved_by,
        "sent_at": letter.sent_at,
        "sent_by": letter.sent_by,
        "channel": letter.channel,
        "deadline": letter.deadline,
        "sha256": letter.sha256,
    }


def state_words() -> dict[str, str]:
    """How the states of a letter are called by people."""
    from monitor.models import LetterState

    return {one.value: i18n.state(one.value) for one in LetterState}


def channel_words() -> dict[str, str]:
    """How the ways of sending are called by people."""
    return {
        "digital_post": _("Digital Post"),
        "post": _("letter post"),
        "email": _("e-mail"),
        "platform_form": _("the platform's form"),
        "platform_message": _("private message on the platform"),
    }


@click.command("show", help=_("A letter's words; that you looked is noted."))
@click.argument("letter_id", metavar="LETTER", type=int)
@listing
@acting
def show_(letter_id: int, as_json: bool, login: str) -> None:
    """Print the text of one letter."""
    from monitor.letters import steps
    from monitor.letters.document import text_of

    with _at(letter_id, login) as (_at_hand, session, letter, who):
        document = steps.look(session, letter, now=now(), by=who)
        told = {**_row(letter), "document": asdict(document)}
    if as_json:
        click.echo(to_json(told))
        return
    click.echo(inert(text_of(document)), nl=False)


@click.command(help=_("Write the PDF as it is now, to look at before approving."))
@click.argument("letter_id", metavar="LETTER", type=int)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@acting
def preview(letter_id: int, file: Path, login: str) -> None:
    """Write a new file; one that is there already is left alone."""
    from monitor.letters import steps

    with _at(letter_id, login) as (_at_hand, session, letter, who):
        steps.look(session, letter, now=now(), by=who)
        write_new(file, steps.preview(session, letter, by=who))
    click.echo(
        _("Written to {file}. It holds names: delete it after use.").format(file=file)
    )


@click.command(help=_("Freeze a draft: from now on exactly this PDF is the letter."))
@click.argument("letter_id", metavar="LETTER", type=int)
@acting
def approve(letter_id: int, login: str) -> None:
    """Approve one letter."""
    from monitor.letters import steps

    with _at(letter_id, login) as (_at_hand, session, letter, who):
        steps.approve(session, letter, now=now(), by=who)
    click.echo(
        _(
            "Letter {id} is approved. “monitor letters export {id} FOLDER” writes it "
            "out; you send it yourself."
        ).format(id=letter_id)
    )


@click.command(help=_("Write an approved letter into a folder, as PDF and Word file."))
@click.argument("letter_id", metavar="LETTER", type=int)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@acting
def export(letter_id: int, folder: Path, login: str) -> None:
    """Write both files and say where they are."""
    from monitor.letters import steps

    with _at(letter_id, login) as (_at_hand, session, letter, who):
        paths = steps.export(session, letter, folder, now=now(), by=who)
    for path in paths:
        click.echo(path)
    click.echo(
        _(
            "When you have sent it: “monitor letters sent {id} --channel …”. Then "
            "delete the files; the letter is kept in the case."
        ).format(id=letter_id),
        err=True,
    )


@click.command(help=_("Note that you have sent it; the post is then looked at again."))
@click.argument("letter_id", metavar="LETTER", type=int)
@click.option(
    "--channel",
    required=True,
    metavar="digital_post|post|email|platform_form|platform_message",
    help=_("How it was sent."),
)
@acting
def sent(letter_id: int, channel: str, login: str) -> None:
    """Mark a letter as sent, let the case wait, and plan the rechecks."""
    from monitor import recheck
    from monitor.letters import dispatch
    from monitor.models import CaseState

    with _at(letter_id, login) as (at_hand, session, letter, who):
        settings = at_hand.settings
        dispatch.sent(
            session, letter, channel=channel, settings=settings, now=now(), by=who
        )
        if looks := letter.case.state is not CaseState.CLOSED:
            rules = settings.monitor.recheck
            recheck.plan(session, letter.case, rules, actor=who, now=now())
        deadline = letter.deadline
    click.echo(_("Letter {id} is noted as sent.").format(id=letter_id))
    if deadline:
        click.echo(_("An answer is hoped for by {day}.").format(day=local(deadline)))
    if looks:
        click.echo(_("The post is looked at again, daily at first; then see the case."))


@click.command(help=_("Give up a letter that has not been sent; it stays on record."))
@click.argument("letter_id", metavar="LETTER", type=int)
@acting
def void(letter_id: int, login: str) -> None:
    """Give up one letter."""
    from monitor.letters import steps

    with _at(letter_id, login) as (_at_hand, session, letter, who):
        steps.void(session, letter, now=now(), by=who)
    click.echo(_("Letter {id} is given up.").format(id=letter_id))


@contextmanager
def _at(letter_id: int, login: str) -> Iterator[tuple[Opened, Session, Letter, Actor]]:
    """A letter of the own centre, in one writing transaction."""
    from monitor import users
    from monitor.letters import steps

    with opened() as at_hand, at_hand.database.begin() as session:
        who = users.actor(session, login)
        yield at_hand, session, steps.get(session, letter_id, by=who), who
