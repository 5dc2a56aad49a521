"""The ``watchlist`` commands that end, hand out, try or re-key."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from monitor.cli.app import acting, confirm, details, listing, now, opened, to_json
from monitor.cli.typed import text_of, text_options, write_new
from monitor.i18n import _, current


@click.command(help=_("End it: shows what will be erased, asks, then erases it."))
@click.argument("work_id")
@click.option("--yes", "sure", is_flag=True, help=_("Do not ask."))
@acting
def withdraw(work_id: str, sure: bool, login: str) -> None:
    """Erase one entry."""
    from monitor import enrolment, users
    from monitor.evidence.store import remove_files

    with opened() as at_hand:
        with at_hand.database.read() as session:
            who = users.actor(session, login)
            _show_preview(enrolment.preview(session, who, work_id))
        if not sure:
            confirm(_("Erase this for good?"))
        with at_hand.database.begin() as session:
            done = enrolment.withdraw(session, who, work_id, now=now())
        remove_files(at_hand.settings.evidence_dir, done.files)
        at_hand.database.scrub()
    click.echo(
        _(
            "{work_id} is no longer looked for; names and {hits} hits are erased. "
            "Backups made before hold them until they are deleted."
        ).format(work_id=work_id, hits=done.hits)
    )


def _show_preview(found: Any) -> None:
    erasure = found.erasure
    details(
        [
            (_("Name forms to erase"), erasure.names),
            (_("E-mail addresses to erase"), erasure.emails),
            (_("Profiles to erase"), erasure.profile_urls),
            (_("Words for the work to erase"), erasure.role_words),
            (_("Hits to erase, with their evidence"), found.hits),
            (_("Hits that stay, as part of a case"), found.hits_in_cases),
            (_("Steps of the yes kept as proof"), erasure.steps_kept),
        ]
    )


@click.command(help=_("Write the watchlist to a CSV file that only you can read."))
@click.argument("file", type=click.Path(path_type=Path))
@acting
def export(file: Path, login: str) -> None:
    """Write a new file; one that is there already is left alone."""
    from monitor import enrolment, users

    with opened() as at_hand, at_hand.database.begin() as session:
        who = users.actor(session, login)
        data = enrolment.give_out(session, who, now=now())
        write_new(file, data)
    click.echo(
        _("Written to {file}. It holds names: delete it after use.").format(file=file)
    )


@click.command(
    help=_(
        "How common a name is in Denmark, and what would match it. With --text the "
        "text is tried: what would be found in it, why, and what would not. Stores "
        "nothing."
    )
)
@click.argument("name")
@text_options
@listing
def try_name(
    name: str, *, text: str | None, text_file: Path | None, as_json: bool
) -> None:
    """Judge a name without storing it."""
    from monitor.cli.explain import rows_of, show_working, tried
    from monitor.match import commonness
    from watchlist import names
    from watchlist.entries import refuse_if
    from watchlist.types import NameForms

    given = text is not None or text_file is not None
    words = text_of(text, text_file, needed=False)
    forms = names.tidy(NameForms(name))
    refuse_if(names.faults(forms))
    told = commonness(forms.full_name)
    assert told is not None  # a name without letters was refused
    if as_json:
        more = {"tried": rows_of(tried(forms.full_name, words)[0])} if given else {}
        click.echo(to_json(asdict(told) | more))
        return
    _show_commonness(told)
    if given:
        click.echo()
        show_working(*tried(forms.full_name, words))


def _show_commonness(told: Any) -> None:
    words = {
        "very_common": _("very common: only found beside a word about centre or work"),
        "common": _("common: some finds will be of others"),
        "rare": _("rare: a find is most likely this person"),
    }
    details(
        [
            (_("The name is"), words[told.rarity]),
            (_("With this first name, about"), _people(told.given_bearers)),
            (_("With this surname, about"), _people(told.family_bearers)),
            (
                _("With both, about"),
                _people(told.bearers) if told.bearers else _("nobody"),
            ),
            (_("Would match"), " · ".join(told.variants)),
            (_("Only beside a telling word"), " · ".join(told.weak_variants)),
        ]
    )


def _people(number: int | None) -> str:
    if number is None:
        return _("not in the lists")
    told = f"{number:,}"
    return told.replace(",", ".") if current() == "da" else told


@click.command(help=_("Replace the key-encryption key; stored data stays readable."))
@click.option("--yes", "sure", is_flag=True, help=_("Do not ask."))
@acting
def rotate_keys(sure: bool, login: str) -> None:
    """Wrap every data key with a new key, then drop the old ones."""
    from monitor import enrolment, users

    if not sure:
        confirm(
            _(
                "Backups made before can then only be read with a copy of the old key "
                "file. Go on?"
            )
        )
    with opened() as at_hand:
        with at_hand.database.begin() as session:
            who = users.actor(session, login)
            wrapped = enrolment.rotate_keys(session, who, now=now())
        with at_hand.database.begin() as session:
            enrolment.drop_old_keys(session, who, now=now())
        at_hand.database.scrub()
        path = at_hand.settings.key_file
    click.echo(
        _(
            "{count} keys are wrapped anew. Keep a copy of {path} in a safe place."
        ).format(count=wrapped, path=path)
    )
