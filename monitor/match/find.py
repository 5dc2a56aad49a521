"""Find names in one text, from its words to matches with reasons."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from monitor.match.addresses import addresses
from monitor.match.context import Surroundings
from monitor.match.index import Index
from monitor.match.names import Search
from monitor.match.page import Page
from monitor.match.score import Judged, Thresholds, judge
from monitor.types import Context, Match

_NO_CONTEXT = Context()
_USUAL = Thresholds()
_CLEARLY_BETTER = 0.10  # by which a score leaves another person's out of question


def find(
    index: Index,
    text: str,
    context: Context = _NO_CONTEXT,
    *,
    thresholds: Thresholds = _USUAL,
) -> tuple[Match, ...]:
    """All matches of a text, by their place; one for each employee and place.

    Offsets are code points of ``text``. Never raises on any text; the cost grows
    with the text and hardly with the index.
    """
    judged = judgements(index, Page(text, index.knows), context, thresholds=thresholds)
    best = _best([j for j in judged if j.band is not None], index)
    matches = [_match(j, text, index) for j in best]
    return tuple(_mark_ambiguous(matches))


def judgements(
    index: Index, page: Page, context: Context, *, thresholds: Thresholds
) -> Iterator[Judged]:
    """Every candidate of a page, judged; refused ones too."""
    around = Surroundings(page, context)
    found_here = chain(
        Search(index, page, around.centers).candidates(), addresses(index, page)
    )
    for found in found_here:
        entry = index.entries[found.entry]
        yield judge(
            found,
            page,
            context_word=around.word_near(found, entry),
            of_center=context.source_center == entry.center,
            thresholds=thresholds,
        )


def _best(judged: list[Judged], index: Index) -> list[Judged]:
    """Of the matches of one employee that overlap, the best; the longer if equal."""
    by_employee: dict[int, list[Judged]] = defaultdict(list)
    for one in judged:
        by_employee[index.entries[one.found.entry].employee_id].append(one)
    return [one for group in by_employee.values() for one in _apart(group)]


def _apart(group: list[Judged]) -> Iterator[Judged]:
    """The best first, then those that overlap none taken before."""
    starts: list[int] = []
    ends: list[int] = []
    for one in sorted(group, key=_rank):
        place = bisect_left(starts, one.found.end)
        if place == 0 or ends[place - 1] <= one.found.start:
            starts.insert(place, one.found.start)
            ends.insert(place, one.found.end)
            yield one


def _rank(one: Judged) -> tuple[float, int, int]:
    return -one.score, one.found.start - one.found.end, one.found.start


def _match(one: Judged, text: str, index: Index) -> Match:
    assert one.band is not None
    start, end = one.found.start, one.found.end
    return Match(
        employee_id=index.entries[one.found.entry].employee_id,
        score=one.score,
        band=one.band,
        quote=text[start:end],
        start=start,
        end=end,
        reasons=one.reasons,
    )


def _mark_ambiguous(matches: list[Match]) -> Iterator[Match]:
    """Sorted by place; ambiguous where another employee fits about as well."""
    ordered = sorted(matches, key=lambda m: (m.start, -m.score, m.end, m.employee_id))
    rivalled: set[int] = set()
    still_open: list[int] = []
    for number, match in enumerate(ordered):
        still_open = [n for n in still_open if ordered[n].end > match.start]
        for other in still_open:
            difference = match.score - ordered[other].score
            if difference < _CLEARLY_BETTER:
                rivalled.add(number)
            if -difference < _CLEARLY_BETTER:
                rivalled.add(other)
        still_open.append(number)
    for number, match in enumerate(ordered):
        yield replace(match, ambiguous=True) if number in rivalled else match
