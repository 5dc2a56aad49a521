"""A place in a page that may name somebody: the value that is found, then judged."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from monitor.match.index import PARTICLES, Form, How, Reading
from monitor.match.page import Gap


class Way(StrEnum):
    """How a name is written."""

    NATURAL = "natural"
    SURNAME_FIRST = "surname_first"
    SWAPPED = "swapped"
    SINGLE = "single"
    GIVEN = "given"
    JOINED = "joined"
    INSIDE = "inside"
    EMAIL = "email"
    PROFILE_URL = "profile_url"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may name an entry, before it is judged.

    ``entry`` numbers the entry in the index; ``first`` and ``last`` the words of the
    page that the place covers, ``start`` and ``end`` its code points. ``form`` is
    None for addresses, ``given`` and ``family`` are how those words were read.
    ``used`` are the words of the form that were found, ``added`` counts names and
    ``added_initials`` initials between that are not of it.
    """

    entry: int
    way: Way
    first: int
    last: int
    start: int
    end: int
    form: Form | None = None
    given: Reading | None = None
    family: Reading | None = None
    used: frozenset[int] = frozenset()
    middle_initials: int = 0
    added: int = 0
    added_initials: int = 0
    gaps: frozenset[Gap] = frozenset()

    @property
    def says_little(self) -> bool:
        """A single name, an initial or a short form for one of the two names."""
        return self.way in (Way.SINGLE, Way.GIVEN) or any(
            r is not None and r.how in (How.INITIAL, How.NICKNAME)
            for r in (self.given, self.family)
        )

    def middle_used(self) -> frozenset[int]:
        """The middle names found between, as numbers of the form's words."""
        if self.form is None or self.family is None:
            return frozenset()
        middle = range(self.form.given, len(self.form.words) - self.form.family)
        return frozenset(
            n
            for n in middle
            if n in self.used and self.form.words[n] != self.family.part
        )

    def missing(self) -> frozenset[int]:
        """The words of the form that were not found; small words do not count."""
        words = () if self.form is None else self.form.words
        return frozenset(
            n for n, w in enumerate(words) if n not in self.used and w not in PARTICLES
        )
