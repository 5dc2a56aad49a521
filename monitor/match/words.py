"""Match the words of a page with those of a name, and note what else stands between.

Which places are worth it is left to ``names``.
"""

from __future__ import annotations

from collections.abc import Callable

from monitor.match.candidate import Candidate, Way
from monitor.match.index import PARTICLES, Form, How, Reading
from monitor.match.lexicon import lexicon
from monitor.match.page import Gap, Page

WITHIN = (Gap.SPACE, Gap.HYPHEN)  # between the words of a double name

Reader = Callable[[int], tuple[Reading, ...]]
Parts = tuple[Reading, Reading | None]


def may_stand_between(word: str) -> bool:
    """Whether a word is a name, an initial or a small word of names."""
    lex = lexicon()
    short = len(word) == 1 or word in PARTICLES
    return short or lex.is_given(word) or lex.is_family(word)


def may_be_middle(page: Page, number: int) -> bool:
    """Whether a word may be a middle name: a name, or unknown with a capital."""
    word = page.tokens[number].word
    if may_stand_between(word):
        return True
    known = lexicon().means_something(word)
    return page.capital(number) and word.isalpha() and not known


def place_of(form: Form, family: Reading) -> int:
    """Which word of a form a reading stands for; the last, if it is several."""
    words = form.words
    return max(
        n
        for n in range(1, len(words))
        if words[n] == family.part
        or (family.how is How.INITIAL and words[n][0] == family.part[0])
    )


class Words:
    """The words of a form that were found, and what else stood between."""

    def __init__(self, page: Page, read: Reader, form: Form, *, place: int) -> None:
        self.page = page
        self.read = read
        self.form = form
        self.place = place
        self.used = {0, place}
        self.initials = self.added = self.added_initials = 0

    def own(self, number: int) -> bool:
        """Take a word of the page as a word of the name not found before."""
        parts = {r.part for r in self.read(number) if not r.genitive}
        for place, word in enumerate(self.form.words):
            if place not in self.used and word in parts:
                self.used.add(place)
                return True
        return False

    def has_given(self) -> bool:
        """Whether the whole of a double given name was found."""
        return self.used.issuperset(range(self.form.given))

    def take(self, number: int) -> bool:
        """Take a word between given and family name, if it may stand there."""
        if self.own(number):
            return True
        page = self.page
        word = page.tokens[number].word
        if not page.capital(number):
            return word in PARTICLES
        if word == "i" and page.after(number) != ".":
            return False
        if len(word) == 1:
            self._take_initial(word, range(self.place))
            return True
        self.added += 1
        return self.added == 1 and may_be_middle(page, number)

    def _take_initial(self, letter: str, places: range) -> None:
        for place in places:
            if place not in self.used and self.form.words[place][0] == letter:
                self.used.add(place)
                self.initials += 1
                return
        self.added_initials += 1

    def extend(self, right: int) -> int:
        """Take own words that follow, as in a double surname or after a comma."""
        page = self.page
        while right + 1 < len(page.tokens) and len(self.used) < len(self.form.words):
            if page.gap(right) not in WITHIN or not self._own_or_initial(right + 1):
                break
            right += 1
        return right

    def _own_or_initial(self, number: int) -> bool:
        word = self.page.tokens[number].word
        if len(word) == 1 and self.page.capital(number):
            before = self.initials
            self._take_initial(word, range(len(self.form.words)))
            return self.initials > before
        return self.own(number)

    def extend_left(self, left: int) -> int:
        """Take own words that stand before a surname written first."""
        page = self.page
        while left > 0 and page.gap(left - 1) in WITHIN and self.own(left - 1):
            left -= 1
        return left

    def candidate(
        self, way: Way, places: tuple[int, int], read: Parts, *, gaps: set[Gap]
    ) -> Candidate:
        """What was found, as a value."""
        tokens = self.page.tokens
        return Candidate(
            entry=self.form.entry,
            way=way,
            first=places[0],
            last=places[1],
            start=tokens[places[0]].start,
            end=tokens[places[1]].end,
            form=self.form,
            given=read[0],
            family=read[1],
            used=frozenset(self.used),
            middle_initials=self.initials,
            added=self.added,
            added_initials=self.added_initials,
            gaps=frozenset(gaps),
        )
