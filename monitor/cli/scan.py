"""``monitor scan``: search files for names, offline; matches as JSON lines."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from monitor.cli.app import complain, opened
from monitor.cli.inert import inert
from monitor.errors import BadInput
from monitor.i18n import _, current, say
from monitor.scan.inputs import files_of, shown
from monitor.types import Reason

if TYPE_CHECKING:
    from monitor.scan import People, Progress, Totals
    from monitor.scan.work import Search
    from monitor.settings import Settings

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    help=_(
        "Search files for names, offline, and write one line of JSON for each match. "
        "INPUT is a .jsonl file (a document a line: doc_id, url, and text or html), "
        "an .html, .txt, .warc or .warc.gz file, or a folder of such files. "
        "Stores nothing."
    )
)
@click.argument(
    "inputs",
    metavar="INPUT…",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, path_type=Path),
)
@click.option(
    "--watchlist",
    "names",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("A watchlist file to evaluate with, instead of the active entries."),
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=lambda: len(os.sched_getaffinity(0)),
    show_default=_("one for each processor"),
    help=_("How many processes search."),
)
@click.option("--output", type=FILE, help=_("Where matches go; else to the screen."))
@click.option(
    "--output-text",
    type=FILE,
    help=_("Where the searched text of every document goes, as JSON lines."),
)
def scan(
    inputs: tuple[Path, ...],
    *,
    names: Path | None,
    jobs: int,
    output: Path | None,
    output_text: Path | None,
) -> int:
    """Search everything; 1 when some of it was refused."""
    from monitor.scan import Job
    from monitor.scan import scan as search_all

    written = [path for path in (output, output_text) if path is not None]
    _refuse_overwriting(inputs, written)
    people, search = _whom(names, texts=output_text is not None)
    with contextlib.ExitStack() as open_files:
        out = open_files.enter_context(output.open("wb") if output else _stdout())
        texts = output_text.open("wb") if output_text else None
        if texts is not None:
            open_files.enter_context(texts)
        job = Job(inputs, jobs, out, texts, written)
        progress = open_files.enter_context(_progress(inputs))
        totals = search_all(job, search, tell=_tell, progress=progress)
    click.echo(_told(totals), err=True)
    return int(bool(totals.refused or people.refused))


def _refuse_overwriting(inputs: Sequence[Path], written: Sequence[Path]) -> None:
    for path in written:
        if path.exists() and any(
            given.is_file() and given.samefile(path) for given in inputs
        ):
            raise BadInput("scan_over_input", file=shown(path))


def _whom(file: Path | None, *, texts: bool) -> tuple[People, Callable[[], Search]]:
    """Whom to look for, and how to compile the names while processes start."""
    from monitor.scan.people import of_database, of_file
    from monitor.settings import load

    if file is None:
        with opened() as at_hand, at_hand.database.read() as session:
            people = of_database(session)
            settings = at_hand.settings
        if not people.entries:
            complain(Reason("scan_nobody"))
    else:
        complain(Reason("scan_evaluation", {"file": shown(file)}))
        settings = load()
        people = of_file(file.read_bytes())
        for line, why in people.refused:
            row = {"file": shown(file), "line": str(line), "why": say(why)}
            complain(Reason("scan_row_refused", row))
    return people, lambda: _compiled(people, settings, texts=texts)


def _compiled(people: People, settings: Settings, *, texts: bool) -> Search:
    from monitor.match import Thresholds, build
    from monitor.scan.work import Search
    from monitor.types import Context

    words = {c.id: c.words_near_names for c in settings.centers}
    for entry in people.entries:  # a file may name centres that are not configured
        words.setdefault(entry.center, (entry.center,))
    matching = settings.matching
    return Search(
        build(people.entries),
        people.names,
        Context(center_words=words),
        Thresholds(matching.cutoff, matching.threshold, matching.weak_cap),
        language=current(),
        texts=texts,
    )


@contextlib.contextmanager
def _stdout() -> Iterator[BinaryIO]:
    """Standard output; quiet when whoever reads it has seen enough."""
    try:
        yield sys.stdout.buffer
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())  # for what is still to be flushed
        raise click.exceptions.Exit(0) from None


def _tell(place: str, reason: Reason) -> None:
    click.echo(inert(f"{place}: {say(reason)}"), err=True)


def _told(totals: Totals) -> str:
    return _(
        "Documents read: {documents}. Matches: {found}. Left out: {refused}."
    ).format(documents=totals.documents, found=totals.found, refused=totals.refused)


@contextlib.contextmanager
def _progress(inputs: Sequence[Path]) -> Iterator[Progress]:
    """A bar on the screen, if stderr is one."""
    if not sys.stderr.isatty():
        yield lambda _totals: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TransferSpeedColumn

    columns: list[Any] = [*Bar.get_default_columns(), TransferSpeedColumn()]
    size = sum(path.stat().st_size for path in files_of(inputs) if path.exists())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(_("Searching"), total=size)
        yield lambda totals: bar.update(task, completed=totals.size)
