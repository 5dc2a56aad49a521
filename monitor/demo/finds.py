"""What the crawl found, in the order of the queue, and whether that is all of it."""

from __future__ import annotations

from dataclasses import dataclass

from monitor import hits
from monitor.demo.examples import EXPECTED, Expected
from monitor.demo.town import Town
from monitor.types import Band

_BEGINNING = 40  # characters that a list of articles repeats at least


@dataclass(frozen=True, slots=True)
class Find:
    """A hit with its words, as its centre's manager reads it.

    ``band`` is None for a post that was reported by hand.
    """

    hit_id: int
    work_id: str
    center: str
    source_id: str
    band: Band | None
    words: hits.Words


@dataclass(frozen=True, slots=True)
class Verdict:
    """An example beside the posts that were found of it."""

    expected: Expected
    finds: tuple[Find, ...]

    @property
    def as_expected(self) -> bool:
        """Found as often as it should be and in the right band, or not at all."""
        wanted = self.expected
        if not wanted.bands:
            return not self.finds
        right = all(find.band in wanted.bands for find in self.finds)
        return len(self.finds) == wanted.posts and right


def queue(town: Town, center: str | None = None) -> tuple[Find, ...]:
    """The queue of one centre or of all, the first to look at first."""
    with town.opened.database.read() as session:
        return tuple(
            Find(
                hit.id,
                hit.employee.work_id,
                hit.center,
                hit.source_id or "",
                hit.band,
                hits.words_of(session, hit),
            )
            for hit in session.scalars(hits.queue(center))
        )


def names(town: Town) -> dict[str, str]:
    """The names of the fictional employees by work id."""
    from watchlist.entries import enrolled

    with town.opened.database.read() as session:
        return {one.work_id: one.names.full_name for one in enrolled(session)}


def verdicts(town: Town, found: tuple[Find, ...]) -> tuple[Verdict, ...]:
    """Every example of the set beside what was found of it."""
    return tuple(Verdict(one, _of(town, one, found)) for one in EXPECTED)


def strays(judged: tuple[Verdict, ...], found: tuple[Find, ...]) -> tuple[Find, ...]:
    """Finds that belong to no example; a crawl of the demo has none.

    A list of articles that repeats how an example begins is not a stray.
    """
    known = {find.hit_id for verdict in judged for find in verdict.finds}
    begins = [verdict.expected.words[:_BEGINNING] for verdict in judged]
    return tuple(
        find
        for find in found
        if find.hit_id not in known
        and not any(words in find.words.text for words in begins)
    )


def pick(town: Town, example: str, found: tuple[Find, ...]) -> Find:
    """The first find of an example; LookupError when it was not found."""
    for one in EXPECTED:
        if one.example == example and (finds := _of(town, one, found)):
            return finds[0]
    raise LookupError(example)


def page_of(town: Town, example: str) -> str:
    """The address of the page an example stands on; KeyError for an unknown one."""
    one = {expected.example: expected for expected in EXPECTED}[example]
    return town.sites.url(one.site, one.path)


def _of(town: Town, one: Expected, found: tuple[Find, ...]) -> tuple[Find, ...]:
    """The finds of an example: by employee and page, or by the page's own words."""
    page = town.sites.url(one.site, one.path)
    return tuple(
        find
        for find in found
        if find.work_id == one.work_id
        and (find.words.url == page or one.words in find.words.text)
    )
