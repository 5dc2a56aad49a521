"""Right and wrong of ours and of other libraries on the same labelled pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from benchmarks.matching.finders import EXACT, FUZZY, Finder, ours
from benchmarks.matching.pages import Draw, Labelled, Pages, labelled
from benchmarks.matching.people import Person
from benchmarks.matching.score import Scorer, Tally
from monitor.match.lexicon import lexicon

GROUPS = ("plain", "fold", "fuzzy", "social", "obfuscated", "html", "weak")
# Initial and surname, or the other way round; a first name alone proves far less.
WEAK = ("weak.initial_surname", "weak.given_initial")
_SECONDS = 200  # that one library may take


def pages_of(
    people: list[Person], draw: Draw, number: int, *, clean: int = 0
) -> Iterator[Labelled]:
    """Pages in the usual mixture, and so many clean ones more."""
    writer = Pages(people, Draw(draw.seed + 1, draw.tuning))
    more = (writer.page(number + n, "clean") for n in range(clean))
    return chain(labelled(people, draw, number), more)


def measure(finder: Finder, people: list[Person], pages: Iterable[Labelled]) -> Tally:
    """What a finder got right and wrong."""
    scorer = Scorer(people)
    for page in pages:
        scorer.count(page, finder(page))
    return scorer.tally


def figures(tally: Tally) -> dict[str, Any]:
    """The figures of a tally, as the report keeps them."""
    kinds = sorted(tally.planted)
    return {
        "precision": tally.precision,
        "recall": tally.core_recall,
        "f1": tally.f1,
        "groups": {group: tally.recall(group) for group in GROUPS},
        "weak_row": tally.recall(*WEAK),
        "kinds": {
            kind: {
                "planted": tally.planted[kind],
                "recall": tally.recall(kind),
                "hits": tally.hit_share(kind),
            }
            for kind in kinds
        },
        "traps": {
            kind: {"pages": tally.pages[kind], "alerts": tally.alerts(kind)}
            for kind in sorted(tally.pages)
            if kind.startswith(("trap.", "near."))
        },
        "trap_pages": tally.alerts("trap"),
        "near_pages": tally.alerts("near"),
        "clean_alerts": tally.per_thousand_clean,
        "offsets": tally.offsets,
        "quotes": tally.quotes,
        "pages": tally.pages.total(),
        "clean_pages": tally.pages["clean"],
    }


def compared(people: list[Person], pages: list[Labelled]) -> dict[str, Any]:
    """Ours and the other libraries on the same pages, each in its time.

    A library that would take longer gets fewer pages or, for spaczz, fewer people;
    ours is then measured on the same ones.
    """
    makers: dict[str, Callable[[Iterable[Person]], Finder]] = {
        "Udkig": ours, **EXACT, **FUZZY,
    }  # fmt: skip
    return {
        name: _timed(make, people, pages)
        for name, make in makers.items()
        if not name.startswith("spaczz")
    }


def compared_with_spaczz(people: list[Person], pages: list[Labelled]) -> dict[str, Any]:
    """Ours and spaczz on a list and pages that spaczz can manage."""
    theirs = _timed(FUZZY["spaczz FuzzyMatcher"], people, pages)
    same = pages[: theirs["pages"]]
    return {"Udkig": _timed(ours, people, same), "spaczz FuzzyMatcher": theirs}


def _timed(
    make: Callable[[Iterable[Person]], Finder],
    people: list[Person],
    pages: list[Labelled],
) -> dict[str, Any]:
    finder, scorer = make(people), Scorer(people)
    ends = time.monotonic() + _SECONDS
    size = done = 0
    spent = 0.0
    for page in pages:
        begun = time.process_time()
        alerts = finder(page)
        spent += time.process_time() - begun
        scorer.count(page, alerts)
        size += len(page.text.encode())
        done += 1
        if time.monotonic() > ends:
            break
    return {**figures(scorer.tally), "speed": size / 1e6 / spent, "pages": done}


def unknown_share(people: list[Person]) -> float:
    """The share of people with a name part that the matcher's lists do not hold."""
    lists = lexicon().listed
    outside = sum(
        any(part.lower() not in lists for part in (person.given, person.family))
        for person in people
    )
    return outside / len(people)
