"""What the demo prints: calm tables and a few sentences, 80 to 112 columns wide."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from rich.terminal_theme import MONOKAI
from rich.text import Text

from monitor.cli.app import local
from monitor.cli.crawl import outcome_words
from monitor.cli.demo_words import (
    event_words,
    look_words,
    not_found_words,
    state_words,
)
from monitor.demo import finds
from monitor.demo.finds import Find, Verdict
from monitor.demo.follow_up import Done, Look
from monitor.demo.progress import progress
from monitor.demo.town import MANAGER, Town
from monitor.history import ChainReport, OpenedEvent
from monitor.i18n import _, say
from monitor.pipeline import Report
from monitor.types import Band

_WIDE, _USUAL, _PICTURE = 112, 100, 104
_BEFORE = 28  # letters at most before a name in the queue
_QUIET = {"recheck_done", "evidence_captured", "viewed", "case_viewed"}
_FONTS = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


class Screen:
    """Where the demo prints; ``silent`` prints nothing, ``recorded`` can be saved."""

    def __init__(self, *, silent: bool, recorded: bool) -> None:
        hidden = silent or recorded
        self._console = Console(
            file=io.StringIO() if hidden else None,
            record=recorded,
            force_terminal=recorded or None,
            color_system="truecolor" if recorded else "auto",
            highlight=False,
            emoji=False,
            markup=False,
            width=_PICTURE if recorded else None,
        )
        self._live = self._console.is_terminal and not hidden
        if not recorded:
            told = self._console.width if self._console.is_terminal else _USUAL
            self._console.width = min(told, _WIDE)
        self._step = 0

    def save(self, path: Path) -> None:
        """Write the recorded output as a picture that fetches nothing."""
        svg = self._console.export_svg(title="./run demo --once", theme=MONOKAI)
        path.write_text(_FONTS.sub("", svg), encoding="utf-8")

    def opening(self, place: Town) -> None:
        """Say what is running, and what the demo does differently."""
        self._print(Text("Udkig", style="bold"))
        self._say(
            _(
                "{sites} fictional sites now run on this machine, and {sources} "
                "sources on them are configured. Everybody in them is invented."
            ).format(sites=len(place.sites.bases), sources=len(place.sources))
        )
        self._say(
            _(
                "Two things differ from real use: the clock of the demo starts on "
                "{day} and is moved ahead, and no pause is kept between two pages of "
                "a host, as the sites are its own (the default is 10 seconds)."
            ).format(day=local(place.clock()))
        )

    @contextmanager
    def reading(self, place: Town) -> Iterator[Callable[[], None]]:
        """Show a bar for each source; what is given refreshes them."""
        self._title(_("Read the sources"))
        columns = (
            TextColumn("  {task.description}", style="bold"),
            BarColumn(30, complete_style="cyan", finished_style="green"),
            TextColumn("{task.fields[pages]}", style="dim"),
        )
        with Progress(
            *columns, console=self._console, transient=True, disable=not self._live
        ) as bars:
            tasks = {
                name: bars.add_task(name, total=None, pages="")
                for name in place.sources
            }

            def refresh() -> None:
                for name, at in progress(place).items():
                    pages = _("{done} of {known} pages").format(**at._asdict())
                    task = tasks[name]
                    bars.update(task, completed=at.done, total=at.known, pages=pages)

            yield refresh

    def sources(self, reports: Sequence[Report]) -> None:
        """Every source with its outcome; why, where it was not read in full."""
        words = outcome_words()
        table = _table(
            _("Source"), _("Outcome"), _("Pages"), _("Posts"), _("Hits"), right=3
        )
        for one in (report for report in reports if report.posts):
            counts = (one.fetches, one.posts, one.new_hits or "–")
            table.add_row(one.source_id, words[one.outcome], *map(str, counts))
        self._print(table)
        for (outcome, why), names in _unread(reports).items():
            self._print(
                Text.assemble(
                    (", ".join(names), "bold"), " – ", (words[outcome], "yellow")
                )
            )
            self._say(why, style="dim", indent=4)

    def queue(self, place: Town, found: Sequence[Find]) -> None:
        """The queue of one manager: the employee's name in its words."""
        manager = place.opened.settings.center("havnelyst")
        mine = [find for find in found if find.center == manager.id]
        self._title(_("The queue"))
        self._say(
            _(
                "What {manager}, {center}, opens in the morning: {mine} hits, and "
                "most of them will be lawful. She decides; the program judges none. "
                "{others} more wait for the manager of the other centre, unseen by "
                "her. Several from one place share a row here."
            ).format(
                manager=manager.manager,
                center=manager.name,
                mine=len(mine),
                others=len(found) - len(mine),
            )
        )
        table = _table(_("Hit"), _("Employee"), _("Source"), _("Words"))
        table.expand, words = True, table.columns[3]
        words.no_wrap, words.overflow, words.ratio = True, "ellipsis", 1
        names = finds.names(place)
        for first, more in _by_place(mine):
            style = "" if first.band is Band.HIT else "dim"
            source = first.source_id + (f" (+{more})" if more else "")
            if first.band is Band.WEAK:
                source += " " + _("(weak)")
            told = _in_place(
                first, before=_BEFORE if self._console.width >= _USUAL else 0
            )
            row = (str(first.hit_id), names[first.work_id], source, told)
            table.add_row(*row, style=style)
        self._print(table)

    def explained(self, place: Town, find: Find) -> None:
        """One hit: its words in their place, and why they matched."""
        self._title(_("One hit, explained"))
        best = find.words.found[0]
        reasons = Table.grid(padding=(0, 2))
        for reason in best.reasons:
            weight = f"{reason.weight:+.2f}" if reason.weight else ""
            reasons.add_row(Text(weight, style="dim"), say(reason))
        total = _("together; from {threshold} on it is a hit, below that a weak one")
        threshold = f"{place.opened.settings.matching.threshold:.2f}"
        reasons.add_row(
            Text(f"{best.score:.2f}", style="bold"), total.format(threshold=threshold)
        )
        words = find.words
        about = " · ".join(filter(None, (words.author, words.published)))
        name = finds.names(place)[find.work_id]
        body = Group(
            _in_place(find),
            Text(about, style="dim"),
            Text(words.permalink or words.url, style="dim", overflow="fold"),
            "",
            reasons,
        )
        title = f" {_('Hit')} {find.hit_id} · {name} "
        panel = Panel(
            body,
            title=Text(title, style="bold"),
            title_align="left",
            border_style="dim",
            padding=(1, 2),
        )
        self._print(panel)

    def case(self, done: Done, *, aside: Find) -> None:
        """What the manager did, and what the rules did not let her do."""
        self._title(_("From the hit to a letter"))
        self._done(
            _("Hit {hit}, a sharp opinion, is put aside: lawful criticism.").format(
                hit=aside.hit_id
            )
        )
        self._done(
            _("Case {case} is opened, its evidence frozen.").format(case=done.case)
        )
        self._done(_("The employee is told first, and support is offered."))
        self._done(_("The assessment is written; the decision: a platform notice."))
        if done.refused is not None:
            self._mark("✗", "yellow", _("A letter to the author is refused:"))
            self._say(say(done.refused), style="dim", indent=4)
        self._done(_("The notice is approved. A person sends it, never the program."))
        for path in (done.pdf, done.docx):
            self._print(Text(str(path), style="cyan", overflow="fold"), indent=4)

    def looks(self, looks: Sequence[Look]) -> None:
        """The later looks at the post; looks alike stand in one row."""
        self._title(_("Eight days pass"))
        self._say(
            _(
                "The clock is moved a day at a time; on the third day the platform "
                "removes the post. “Gone” is only said after two looks that did not "
                "find it, at least twelve hours apart."
            )
        )
        words = look_words()
        table = _table(_("Looks"), _("The post is"), _("Why"))
        for outcome, alike in groupby(looks, key=lambda look: look.outcome):
            group = list(alike)
            first, last = local(group[0].at)[:5], local(group[-1].at)[:5]
            when = first if len(group) == 1 else f"{first} – {last}"
            reason = group[0].reason
            style = "green" if outcome == "gone" else ""
            told = Text(words[outcome], style=style)
            table.add_row(when, told, say(reason) if reason else "")
        self._print(table)

    def history(self, events: Sequence[OpenedEvent], chain: ChainReport) -> None:
        """What stands in the case for good."""
        self._title(_("The case's history"))
        words, states = event_words(), state_words()
        table = _table(_("Time"), _("Who"), _("What"))
        shown = [event for event in events if event.kind not in _QUIET]
        for kind, alike in groupby(shown, key=lambda event: event.kind):
            event = list(alike)[-1]
            to = states.get(str((event.payload or {}).get("new")))
            what = words.get(kind, kind) + (f": {to}" if to else "")
            table.add_row(local(event.at), event.actor, what)
        self._print(table)
        copies = sum(event.kind == "evidence_captured" for event in events)
        if chain.faults:
            self._mark("✗", "red", say(chain.faults[0]))
            return
        self._done(
            _(
                "{copies} copies are kept as evidence; the chain of all {events} "
                "events is whole."
            ).format(copies=copies, events=chain.events)
        )

    def verdict(self, judged: Sequence[Verdict], strays: Sequence[Find]) -> None:
        """Whether what had to be found was found, and nothing else."""
        self._title(_("What was to be found, and what was not"))
        good = [v.expected for v in judged if v.as_expected]
        there = ", ".join(one.example for one in good if one.bands)
        self._done(_("Found, as they must be: examples {list}.").format(list=there))
        words = not_found_words()
        barred = "; ".join(words[one.example] for one in good if not one.bands)
        self._done(_("Not found, as they must not be: {list}.").format(list=barred))
        for one in (v for v in judged if not v.as_expected):
            wanted = one.expected.posts if one.expected.bands else 0
            fault = _("Example {example} was found {found} times, not {wanted}.")
            self._mark(
                "✗",
                "red",
                fault.format(
                    example=one.expected.example, found=len(one.finds), wanted=wanted
                ),
            )
        for find in strays:
            fault = _("Hit {hit} belongs to no example: {url}")
            self._mark("✗", "red", fault.format(hit=find.hit_id, url=find.words.url))

    def ending(self, *, right: bool, seconds: float, commands: Sequence[str]) -> None:
        """How it went, and what to do next."""
        if right:
            told = _("All went as it must, in {seconds} seconds.")
        else:
            told = _(
                "It did not go as it must (see ✗ above; {seconds} seconds). Please "
                "report this with the text above."
            )
        style = "bold green" if right else "red"
        self._console.print()
        self._say(told.format(seconds=seconds), style=style)
        self._title(_("What to do next"))
        for line in commands:
            # A line break of ours would break the command when it is pasted.
            self._console.print(Text("  " + line, style="cyan"), soft_wrap=True)

    def staying(self, place: Town) -> None:
        """Where the sites are, and how to stop."""
        self._title(_("Still running"))
        table = _table(_("Site"), _("Address"))
        for name, base in place.sites.bases.items():
            table.add_row(name, Text(base + "/", style="cyan"))
        self._print(table)
        self._say(
            _(
                "The clock is back in the present, and the scheduler reads what is "
                "due. Log in as “{login}” (--as {login}). Ctrl-C stops everything."
            ).format(login=MANAGER)
        )

    def _title(self, words: str) -> None:
        self._step += 1
        self._console.print()
        title = Text.assemble((f"{self._step}  ", "dim"), (words, "bold"))
        self._console.rule(title, align="left", style="dim")

    def _say(self, words: str, *, style: str = "", indent: int = 2) -> None:
        self._print(Text(words, style=style), indent=indent)

    def _done(self, words: str) -> None:
        self._mark("✓", "green", words)

    def _mark(self, sign: str, colour: str, words: str) -> None:
        line = Table.grid(padding=(0, 1))
        line.add_row(Text(sign, style=colour), words)
        self._print(line)

    def _print(self, what: RenderableType, indent: int = 2) -> None:
        self._console.print(Padding(what, (0, 1, 0, indent)))


def _table(*titles: str, right: int = 0) -> Table:
    """A table of titles; the last ``right`` ones hold numbers."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="dim")
    for number, title in enumerate(titles):
        numeric = number >= len(titles) - right
        last = number == len(titles) - 1
        table.add_column(
            title, justify="right" if numeric else "left", no_wrap=not last
        )
    return table


def _unread(reports: Sequence[Report]) -> dict[tuple[str, str], list[str]]:
    """The sources that were not read in full, by outcome and reason."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in reports:
        if one.reason is not None:
            why = (one.outcome.value, say(one.reason))
            found.setdefault(why, []).append(one.source_id)
    return found


def _by_place(found: Sequence[Find]) -> Iterator[tuple[Find, int]]:
    """The first find of each employee and source, and how many more there are."""
    groups: dict[tuple[str, str], list[Find]] = {}
    for find in found:
        groups.setdefault((find.work_id, find.source_id), []).append(find)
    for group in groups.values():
        yield group[0], len(group) - 1


def _in_place(find: Find, *, before: int | None = None) -> Text:
    """The paragraph of the best match, the name in it marked.

    ``before`` limits how many letters stand in front of the name.
    """
    text, best = find.words.text, find.words.found[0]
    start = text.rfind("\n\n", 0, best.start)
    start = 0 if start < 0 else start + 2
    end = text.find("\n\n", best.end)
    end = len(text) if end < 0 else end
    cut = before is not None and best.start - start > before
    if before is not None and cut:
        start = best.start - before
    return Text.assemble(
        "…" if cut else "",
        text[start : best.start].replace("\n", " "),
        (best.quote, "bold yellow"),
        text[best.end : end].replace("\n", " "),
    )
