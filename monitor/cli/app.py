"""What all commands share: lazy groups, the open database, actors, output, errors."""

from __future__ import annotations

import contextlib
import getpass
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any, TypeVar

import click

from monitor.cli.inert import inert, inert_json
from monitor.errors import CannotStart, Problem, Refused
from monitor.i18n import _, say
from monitor.types import Reason

F = TypeVar("F", bound=Callable[..., Any])
_YES = {"y", "yes", "j", "ja"}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called.

    ``lazy`` maps a command's name to ``module:attribute`` and its one-line help, so
    that ``--help`` imports none of them.
    """

    def __init__(self, *args: Any, lazy: dict[str, tuple[str, str]], **more: Any):
        super().__init__(*args, **more)
        self.lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names, in the order they were given."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in self.lazy:
            return None
        module, _sep, attribute = self.lazy[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the commands that an unknown word may have meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            name = error.command_name
            raise click.NoSuchCommand(name, possibilities=self.lazy, ctx=ctx) from None

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002
        formatter: click.HelpFormatter,
    ) -> None:
        """List the commands with the help given here."""
        rows = [(name, _(text)) for name, (_path, text) in self.lazy.items()]
        with formatter.section(_("Commands")):
            formatter.write_dl(rows)


def run(command: click.Command) -> int:
    """Run a command; every expected error becomes words on stderr and a code."""
    try:
        code = command.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo(_("Stopped."), err=True)
        return 130
    except BrokenPipeError:
        return 0
    except expected_kinds() as error:
        return _tell(error)
    except ExceptionGroup as several:  # of work done side by side
        known, own_faults = several.split(expected_kinds())
        if known is None or own_faults is not None:
            raise
        return _tell(_first(known))
    return code if isinstance(code, int) else 0


def _first(errors: ExceptionGroup[Exception]) -> Exception:
    error: Exception = errors
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error


def _tell(error: Exception) -> int:
    problem = as_problem(error)
    for reason in getattr(problem, "problems", (problem.reason,)):
        complain(reason)
    return problem.exit_code


def expected_kinds() -> tuple[type[Exception], ...]:
    """What may go wrong without being a fault of ours; asked for when it does."""
    from sqlalchemy.exc import DBAPIError

    from watchlist.types import WatchlistError

    return Problem, WatchlistError, DBAPIError, OSError


def as_problem(error: Exception) -> Problem:
    """An expected error as one that people are shown."""
    from watchlist.types import WatchlistError

    if isinstance(error, Problem):
        return error
    if isinstance(error, WatchlistError):
        shown = Problem(error.reason.code, **error.reason.params)
        shown.exit_code = error.exit_code
        return shown
    if isinstance(error, OSError):
        detail = error.strerror or type(error).__name__
        return CannotStart("file_failed", path=str(error.filename), detail=detail)
    lines = str(getattr(error, "orig", error)).splitlines()
    return CannotStart("database_failed", detail=lines[0] if lines else "?")


def complain(reason: Reason) -> None:
    """Put a reason into words on stderr."""
    click.echo(inert(say(reason)), err=True)


def confirm(question: str) -> None:
    """Ask before what cannot be undone; Refused unless the answer is a yes."""
    choice = _("[y/N]")
    try:
        answer = input(f"{question} {choice} ")
    except EOFError:
        click.echo()  # the question's line is still open
        answer = ""
    if answer.strip().casefold() not in _YES:
        raise Refused("not_confirmed")


def now() -> datetime:
    """Return this moment in UTC; the one place where commands look at the clock."""
    return datetime.now(UTC)


def acting(command: F) -> F:
    """Give a command ``--as LOGIN``; the default is the login of the system."""
    return click.option(
        "--as",
        "login",
        metavar="LOGIN",
        default=_os_login,
        help=_("Who acts; the default is your login on this machine."),
    )(command)


def listing(command: F) -> F:
    """Give a command ``--json`` for machines."""
    return click.option(
        "--json", "as_json", is_flag=True, help=_("Print JSON for machines.")
    )(command)


def _os_login() -> str:
    try:
        return getpass.getuser()
    except OSError:
        return "unknown"


@contextlib.contextmanager
def opened(*, upgrade: bool = False) -> Iterator[Any]:
    """Settings and database of this command, as ``startup.Opened``."""
    from monitor.settings import load
    from monitor.startup import open_all

    with open_all(load(), now(), upgrade=upgrade) as everything:
        yield everything


def plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return str(value)


def to_json(value: Any) -> str:
    """A value as JSON for machines, which people may look at too."""
    told = json.dumps(value, ensure_ascii=False, indent=2, default=plain)
    return inert_json(told)


def show(
    rows: Sequence[dict[str, Any]], headers: dict[str, str], *, as_json: bool
) -> None:
    """Print rows as a table for people, or as a JSON array for machines.

    ``headers`` maps the keys that people see to their words; JSON holds all keys.
    """
    if as_json:
        click.echo(to_json(rows))
        return
    if not rows:
        click.echo(_("Nothing here."))
        return
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in headers.values():
        table.add_column(title, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(row.get(key)) for key in headers))
    console().print(table)


def details(pairs: Iterable[tuple[str, Any]]) -> None:
    """Print one thing as lines of a name and a value."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in pairs:
        grid.add_row(name, _cell(value))
    console().print(grid)


def _cell(value: Any) -> Any:
    from rich.text import Text

    if value is None:
        return ""
    if isinstance(value, datetime):
        return local(value)
    return Text(inert(str(value)))


def local(moment: datetime) -> str:
    """A moment as people in Denmark read it."""
    from zoneinfo import ZoneInfo

    return moment.astimezone(ZoneInfo("Europe/Copenhagen")).strftime("%d-%m-%Y %H.%M")


def console() -> Any:
    """Where tables are printed; wide when not a terminal, so that nothing is cut."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else 160
    return Console(width=width, highlight=False, emoji=False, markup=False)
