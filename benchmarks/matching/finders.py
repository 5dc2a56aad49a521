"""What is compared: our matcher, and what others would use in its place.

Each takes the people once and then tells whom it sees in a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from benchmarks.matching.pages import Labelled
from benchmarks.matching.people import Person
from benchmarks.matching.score import Alert
from monitor.match import build, find

Finder = Callable[[Labelled], list[Alert]]


def ours(people: Iterable[Person]) -> Finder:
    """The product's matcher, with its usual thresholds."""
    index = build(person.entry() for person in people)

    def tell(page: Labelled) -> list[Alert]:
        found = find(index, page.text, page.context)
        assert all(m.quote == page.text[m.start : m.end] for m in found)
        return [Alert(m.employee_id, m.start, m.end, m.score, m.band) for m in found]

    return tell
