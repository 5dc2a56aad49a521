"""Texts, files and days that people type, for all commands that ask for them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from monitor.errors import BadInput
from monitor.i18n import _

F = TypeVar("F", bound=Callable[..., Any])
_ZONE = ZoneInfo("Europe/Copenhagen")
DAY = click.DateTime(["%Y-%m-%d"])


def text_options(command: F) -> F:
    """Give a command ``--text`` and ``--text-file``, read by ``text_of``."""
    for option in (
        click.option(
            "--text-file",
            type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
            help=_("A file with the words (UTF-8); “-” reads standard input."),
        ),
        click.option("--text", help=_("The words.")),
    ):
        command = option(command)
    return command


def text_of(text: str | None, file: Path | None, *, needed: bool = True) -> str:
    """The words, from where they were given; wrong use when from both or nowhere."""
    if text is not None and file is not None:
        raise click.UsageError(_("Give --text or --text-file, not both."))
    if text is None and file is None and needed:
        raise click.UsageError(_("Give the words with --text or --text-file."))
    if file is None:
        return text or ""
    raw = sys.stdin.buffer.read() if str(file) == "-" else bytes_of(file)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise click.UsageError(_("The file is not text in UTF-8.")) from None


def bytes_of(file: Path) -> bytes:
    """What stands in a file that was named; BadInput when it cannot be read."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise BadInput("typed_file_missing", file=str(file)) from None
    except OSError:
        raise BadInput("typed_file_unreadable", file=str(file)) from None


def write_new(file: Path, content: bytes) -> None:
    """Write a file that only its owner may read; BadInput when that cannot be done.

    One that is there already is left alone.
    """
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BadInput("typed_file_there", file=str(file)) from None
    except OSError:
        raise BadInput("typed_file_unwritable", file=str(file)) from None
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)


def meanings(words: Mapping[str, str]) -> str:
    """The codes to type, each with its words, to end a help text with."""
    width = max(map(len, words)) + 2
    lines = "\n".join(f"{code:{width}}{word}" for code, word in words.items())
    return f"\n\n\b\n{lines}"


def end_of_day(day: datetime) -> datetime:
    """The last moment of a day in Denmark, in UTC."""
    return datetime.combine(day, time.max, _ZONE).astimezone(UTC)
