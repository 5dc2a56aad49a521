"""``monitor demo``: the whole main job on a fictional internet, up to the letter."""

from __future__ import annotations

import asyncio
import shlex
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monitor import i18n
from monitor.cli.app import to_json
from monitor.i18n import _

if TYPE_CHECKING:
    from monitor.cli.demo_show import Screen
    from monitor.demo.finds import Find
    from monitor.demo.town import Town
    from monitor.pipeline import Crawl, Report

_DAY = timedelta(days=1)
_TAKEN_DOWN = 3  # days after the notice at which the platform removes the post


@dataclass(frozen=True, slots=True)
class Choice:
    """Where the demo may leave something, and whether it ends by itself."""

    folder: Path
    letters: Path
    kept: bool
    once: bool


@click.command(
    help=_(
        "Serve a small fictional internet on this machine and run the true job on it: "
        "crawl, queue, case, letter, rechecks. Nothing touches your own data. Without "
        "--once it keeps running until Ctrl-C."
    )
)
@click.option("--once", is_flag=True, help=_("Exit when the story has been told."))
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help=_("Leave configuration, data and letter in this new folder."),
)
@click.option("--json", "as_json", is_flag=True, help=_("Print a summary as JSON."))
@click.option("--picture", type=click.Path(path_type=Path), hidden=True)
def demo(once: bool, keep: Path | None, *, as_json: bool, picture: Path | None) -> int:
    """Tell the story; 1 when it did not go as it must."""
    from monitor import logs
    from monitor.cli.demo_show import Screen

    if as_json and not once:
        raise click.UsageError(_("--json goes with --once."))
    logs.start("ERROR")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C: clean up
    screen = Screen(silent=as_json, recorded=picture is not None)
    with _places(keep, once=once) as choice:
        told = asyncio.run(_drive(screen, choice))
    if as_json:
        click.echo(to_json(told))
    if picture is not None:
        screen.save(picture)
    return int(not told["as_expected"])


@contextmanager
def _places(keep: Path | None, *, once: bool) -> Iterator[Choice]:
    """A folder that goes when the demo ends, or the one to keep.

    The letter is left behind in any case: it is what one wants to look at.
    """
    if keep is not None:
        keep = keep.absolute()
        yield Choice(keep, keep / "letters", kept=True, once=once)
        return
    letters = Path(tempfile.mkdtemp(prefix="udkig-letter-"))
    try:
        with tempfile.TemporaryDirectory(prefix="udkig-demo-") as folder:
            yield Choice(Path(folder), letters, kept=False, once=once)
    finally:
        with suppress(OSError):  # there is a letter in it: leave it
            letters.rmdir()


async def _drive(screen: Screen, choice: Choice) -> dict[str, Any]:
    from monitor.demo.town import town
    from monitor.schedule import crawling, tick
    from monitor.startup import only_one

    begun = time.monotonic()
    with town(choice.folder, i18n.current()) as place:
        screen.opening(place)
        held = only_one(place.opened.settings, "scheduler")
        with nullcontext() if choice.once else held:
            async with crawling(place.opened, place.sources, clock=place.clock) as at:
                told = await _tell(screen, choice, place, crawl=at)
                told["seconds"] = round(time.monotonic() - begun, 1)
                right, seconds = told["as_expected"], told["seconds"]
                commands = _next(place, told, choice)
                screen.ending(right=right, seconds=seconds, commands=commands)
                if not choice.once:
                    from monitor.duties import duties_of

                    screen.staying(place)
                    await tick(at, place.sources, duties_of(place.sources))
    return told


async def _tell(
    screen: Screen, choice: Choice, place: Town, *, crawl: Crawl
) -> dict[str, Any]:
    """The story: what was read, found and done; gives its summary."""
    from monitor.demo import finds
    from monitor.demo.examples import EXPECTED

    reports = await _read(screen, place, crawl)
    screen.sources(reports)
    found = finds.queue(place)
    screen.queue(place, found)
    judged = finds.verdicts(place, found)
    strays = finds.strays(judged, found)
    right = not strays and all(verdict.as_expected for verdict in judged)
    summary: dict[str, Any] = {
        "as_expected": right,
        "sources": {
            report.source_id: {
                "outcome": report.outcome.value,
                "reason": report.reason.code if report.reason else None,
            }
            for report in reports
        },
        "hits": len(found),
        "examples": {v.expected.example: len(v.finds) for v in judged},
        "wanted": {e.example: e.posts if e.bands else 0 for e in EXPECTED},
        "strays": len(strays),
    }
    if {"2", "8"} <= {v.expected.example for v in judged if v.finds}:
        summary |= await _follow_up(screen, choice, place, found=found, crawl=crawl)
        summary["as_expected"] = right and summary["gone"] and summary["history_whole"]
    screen.verdict(judged, strays)
    return summary


async def _read(screen: Screen, place: Town, crawl: Crawl) -> list[Report]:
    """Crawl every source, with a bar for each."""
    from monitor.engine.local import crawl_all

    with screen.reading(place) as refresh:
        watcher = asyncio.create_task(_refresh(refresh))
        try:
            sources = place.sources.values()
            reports = await crawl_all(crawl, sources, now=place.clock())
        finally:
            watcher.cancel()
    return sorted(
        reports, key=lambda report: list(place.sources).index(report.source_id)
    )


async def _refresh(refresh: Callable[[], None]) -> None:
    while True:
        await asyncio.to_thread(refresh)
        await asyncio.sleep(0.15)


async def _follow_up(
    screen: Screen,
    choice: Choice,
    place: Town,
    *,
    found: tuple[Find, ...],
    crawl: Crawl,
) -> dict[str, Any]:
    """One case, from the find to the closed case, eight days later."""
    from monitor import recheck
    from monitor.demo import finds, follow_up
    from monitor.demo.town import STORY

    opinion, find = (finds.pick(place, number, found) for number in ("2", "8"))
    screen.explained(place, find)
    follow_up.dismiss(place, opinion, "lawful_criticism")
    done = follow_up.to_letter(place, find, choice.letters)
    screen.case(done, aside=opinion)
    follow_up.sent(place, done)
    for day in range(STORY // _DAY + 1):
        if day:
            place.clock.move(_DAY)
        if day == _TAKEN_DOWN:
            place.sites.take_down(finds.page_of(place, "8"))
        await recheck.look_at_due(crawl, place.sources)
    looks = follow_up.looks(place, done.case)
    screen.looks(looks)
    events = follow_up.close(place, done)
    chain = follow_up.chain(place)
    screen.history(events, chain)
    return {
        "case": done.case,
        "letter": {"pdf": done.pdf, "docx": done.docx, "sha256": done.sha256},
        "refused": done.refused.code if done.refused else None,
        "looks": [look.outcome for look in looks],
        "gone": bool(looks) and looks[-1].outcome == "gone",
        "history": [event.kind for event in events],
        "history_whole": not chain.faults,
    }


def _next(place: Town, told: dict[str, Any], choice: Choice) -> list[str]:
    """Three commands to go on with, as they are typed here."""
    if choice.once and not choice.kept:
        return [
            _typed("monitor demo"),
            _typed("monitor demo --once --keep my-demo"),
            _typed("monitor sources check"),
        ]
    settings = place.opened.settings
    env = (
        f"MONITOR_CONFIG={shlex.quote(str(settings.config_dir))} "
        f"MONITOR_DATA={shlex.quote(str(settings.data_dir))} "
    )
    case = told.get("case", "")
    return [
        env + _typed("monitor hits list --as bente"),
        env + _typed(f"monitor cases show {case} --as bente"),
        env + _typed("monitor letters list --as bente"),
    ]


def _typed(words: str) -> str:
    """A command as it is typed here: with ``./run`` where there is one."""
    beside = Path(sys.prefix).parent / "run"
    return f"./run {words}" if beside.is_file() else words
