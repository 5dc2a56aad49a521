"""Find names in one text, from its words to matches with reasons."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import chain
from operator import attrgetter

from monitor.match.addresses import addresses
from monitor.match.candidate import Candidate
from monitor.match.context import ROLE_HINTS, Hints, Surroundings, hints_of
from monitor.match.fold import fold, tokens
from monitor.match.index import Index
from monitor.match.names import REACH, Search
from monitor.match.narrow import Narrow
from monitor.match.page import Page
from monitor.match.score import Judged, Thresholds, judge
from monitor.match.sieve import Stretch, Whole, stretches
from monitor.types import Context, Entry, Match, MatchReason

_NO_CONTEXT = Context()
_USUAL = Thresholds()
_CONTEXT_RUNS = 60  # runs either side that usually hold the words context is read in
_CONTEXT_WORDS = 50  # see ``context``: 40 words, and the rest of a phrase
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
    if not index.entries:
        return ()
    judged = list(_Reading(index, text, context).judged(thresholds))
    return matches_of(index, text, judged)


def matches_of(index: Index, text: str, judged: list[Judged]) -> tuple[Match, ...]:
    """The best of what is kept, one for each employee and place, by place."""
    matches = [_match(j, text, index) for j in _best(judged, index)]
    return tuple(_mark_ambiguous(matches))


def judgements(
    index: Index, page: Page, context: Context, *, thresholds: Thresholds
) -> Iterator[Judged]:
    """Every candidate of a page that is read in full, judged; refused ones too."""
    around = Surroundings(page, context)
    found_here = Search(index, page, around.centers).candidates()
    for found in chain(found_here, addresses(index, page)):
        entry = index.entries[found.entry]
        yield judge(
            found,
            page,
            context_word=around.word_near(found, entry),
            of_center=context.source_center == entry.center,
            thresholds=thresholds,
        )


class _Reading:
    """One text read only where ``sieve`` sees that a name may be."""

    def __init__(self, index: Index, text: str, context: Context) -> None:
        self._index = index
        self._narrow = Narrow(text)
        self._context = context

    def judged(self, thresholds: Thresholds) -> Iterator[Judged]:
        """The candidates of the text that are kept, judged."""
        whole = Whole(lambda: self._likely_centers, lambda: self._has_context)
        for stretch in stretches(self._index, self._narrow, whole):
            yield from self._within(stretch, thresholds)

    @property
    def _hints(self) -> Hints:
        return hints_of(tuple(self._context.center_words.values()))

    @cached_property
    def _has_context(self) -> bool:
        """Whether any word may be a context word; an entry's own are not looked for."""
        if self._index.own_words:
            return True
        runs = self._narrow.folded.split()
        return self._names_centers or ROLE_HINTS.in_any(runs)

    @cached_property
    def _names_centers(self) -> bool:
        """Whether any words may be of a centre; often they are of something else."""
        return self._hints.in_any(self._narrow.folded.split())

    @property
    def _likely_centers(self) -> frozenset[str]:
        centers = self._context.center_words if self._names_centers else ()
        return frozenset((self._context.source_center or "", *centers))

    @cached_property
    def _centers(self) -> frozenset[str]:
        if not self._names_centers:
            return frozenset((self._context.source_center or "",))
        page = Page(self._narrow.text, self._index.knows)
        return Surroundings(page, self._context).centers()

    def _within(self, stretch: Stretch, thresholds: Thresholds) -> Iterator[Judged]:
        known = self._index.knows if stretch.hidden else None
        page = Page(self._narrow.text[stretch.start : stretch.end], known)
        around: _Around | None = None
        numbers = _words_of(stretch, page)
        search = Search(self._index, page, lambda: self._centers)
        found_here = search.candidates(numbers)
        for found in chain(found_here, addresses(self._index, page)):
            if around is None:
                around = _Around(
                    self._narrow, stretch, page=page, context=self._context
                )
            entry = self._index.entries[found.entry]
            one = judge(
                found,
                page,
                context_word=around.word_near(found, entry),
                of_center=self._context.source_center == entry.center,
                thresholds=thresholds,
            )
            if one.band is not None:
                start, end = found.start + stretch.start, found.end + stretch.start
                yield replace(one, found=replace(found, start=start, end=end))


def _words_of(stretch: Stretch, page: Page) -> list[int]:
    """The numbers of a page's words in the spots of the stretch that it is."""
    starts = [stretch.start + token.start for token in page.tokens]
    numbers: dict[int, None] = {}
    for spot in stretch.spots:
        first = bisect_right(starts, spot.start) - 1
        if spot.alone:  # words before it look for it, not it for them
            first -= REACH
        first = max(0, first)
        numbers.update(dict.fromkeys(range(first, bisect_left(starts, spot.end))))
    return sorted(numbers)


class _Around:
    """What stands around the candidates of one stretch, as far as context reaches."""

    def __init__(
        self, narrow: Narrow, stretch: Stretch, *, page: Page, context: Context
    ) -> None:
        self._narrow = narrow
        self._stretch = stretch
        self._page = page
        self._context = context

    def word_near(self, found: Candidate, entry: Entry) -> str | None:
        """The context word nearest to a candidate, as ``Surroundings`` tells it."""
        if not (self._has_hint or entry.role_words):
            return None
        before, surroundings = self._wide
        first, last = before + found.first, before + found.last
        return surroundings.word_near(replace(found, first=first, last=last), entry)

    @cached_property
    def _has_hint(self) -> bool:
        """Whether any word near enough may be a role, or begin words of a centre."""
        start, end = self._narrow.widened(
            self._stretch.start, self._stretch.end, _CONTEXT_RUNS
        )
        runs = self._narrow.folded[start:end].split()
        hints = hints_of(tuple(self._context.center_words.values()))
        return hints.in_any(runs) or ROLE_HINTS.in_any(runs)

    @cached_property
    def _wide(self) -> tuple[int, Surroundings]:
        """A page with all words that may be context; how many precede the stretch."""
        runs, text = _CONTEXT_RUNS, self._narrow.text
        while True:
            start, end = self._narrow.widened(
                self._stretch.start, self._stretch.end, runs
            )
            page = Page(text[start:end], self._page.known)
            begun = self._stretch.start - start
            before = bisect_left(page.tokens, begun, key=attrgetter("start"))
            after = len(page.tokens) - before - len(self._page.tokens)
            enough = start == 0 or before >= _CONTEXT_WORDS
            if enough and (end == len(text) or after >= _CONTEXT_WORDS):
                return before, Surroundings(page, self._context)
            runs *= 2


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
    entry = index.entries[one.found.entry]
    return Match(
        employee_id=entry.employee_id,
        score=one.score,
        band=one.band,
        quote=text[start:end],
        start=start,
        end=end,
        reasons=tuple(_discreet(reason, index, entry) for reason in one.reasons),
    )


def _discreet(reason: MatchReason, index: Index, entry: Entry) -> MatchReason:
    """A reason without its word where that names another who is watched over."""
    if reason.code != "context_word":
        return reason
    own = _words(" ".join((entry.full_name, *entry.aliases)))
    if index.names_another(_words(str(reason.params["word"])), own):
        return MatchReason("context_unnamed", reason.weight)
    return reason


def _words(text: str) -> list[str]:
    return [token.word for token in tokens(fold(text))]


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
