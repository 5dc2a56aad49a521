"""Find the places in a page that may name somebody, by their words and order.

How much a place proves is left to ``score``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain, product

from monitor.match.candidate import Candidate, Way
from monitor.match.index import Form, How, Index, Reading
from monitor.match.lexicon import lexicon
from monitor.match.page import Gap, Page
from monitor.match.words import (
    WITHIN,
    Words,
    may_be_middle,
    place_of,
)

REACH = 5  # words between which a name's first and last word may stand
_TYPO_REACH = 2  # words between parts of which one is misspelt
_STEPS = frozenset((Gap.SPACE, Gap.LINE, Gap.HYPHEN, Gap.TIGHT, Gap.COMMA))
_REVERSED_GAPS = frozenset((Gap.COMMA, Gap.SPACE, Gap.HYPHEN, Gap.TIGHT))
_SLUG_GAPS = frozenset((Gap.HYPHEN, Gap.TIGHT))  # where an -s is no genitive
# Small words between a role and a first name, and after one before a place of work.
BEING = frozenset(("end", "er", "hedder", "hed", "var", "hos", "til"))
AT_WORK = frozenset(("fra", "på", "i", "ved", "hos", "som", "nede", "ovre", "inde"))
_TAGS = ("@", "#")
_TOO_LITTLE = (
    {How.INITIAL, How.SOUNDS},
    {How.NICKNAME, How.SOUNDS},
    {How.NICKNAME, How.INITIAL},
)
_LITTLE = (How.INITIAL, How.NICKNAME)
_DOUBTFUL = (*_LITTLE, How.TYPO)  # which no name of somebody else may part
# Readings beside which another word may be misspelt.
_SURE = (How.EXACT, How.FOLDED, How.DISGUISED, How.SOUNDS)
_SHORTEST_UNTAGGED = 11  # letters of joined names without @ or #; Stenholm is a place

Read = tuple[Reading, Reading]


class Search:
    """One index looked for in one page."""

    def __init__(
        self,
        index: Index,
        page: Page,
        centers: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        self.index = index
        self.page = page
        self._centers = centers

    def candidates(self, numbers: Iterable[int] | None = None) -> Iterator[Candidate]:
        """Every place that may name an entry; one place may come more than once.

        Only those with any of the words of these ``numbers``, if there are.
        """
        for number in range(len(self.page.tokens)) if numbers is None else numbers:
            word = self.page.tokens[number].word
            if self.index.readings(word):
                yield from self._around(number)
                yield from self._singles(number)
                yield from self._givens(number)
            if self.index.whole(word):
                yield from self._wholes(number)
            elif self.page.before(number) in _TAGS:
                yield from self._inside(number)

    def _around(self, number: int) -> Iterator[Candidate]:
        """Pairs of a word that is a name part with words near it."""
        for other in self.reach(number, 1):
            yield from self._pairs(number, other)
        for other in self.reach(number, -1):
            if not self.readings(other):
                yield from self._pairs(other, number)

    def readings(self, number: int) -> tuple[Reading, ...]:
        """What a word of the page may be, without any typo."""
        read = self.index.readings(self.page.tokens[number].word)
        if read and read[0].how is How.INITIAL and not self.page.capital(number):
            return read[1:]
        return read

    def reach(self, number: int, step: int) -> Iterator[int]:
        """The words near one, as far as only parts of a name stand between."""
        words = self.page.tokens
        for other in range(number + step, number + step * (REACH + 1), step):
            if not 0 <= other < len(words):
                return
            left = min(other, other - step)
            gap = self.page.gap(left)
            dotted = gap is Gap.DOT and len(words[left].word) == 1
            if not (gap in _STEPS or dotted):
                return
            yield other
            if not (self.readings(other) or may_be_middle(self.page, other)):
                return

    def _pairs(self, left: int, right: int) -> Iterator[Candidate]:
        for one, other in self._read(left, right):
            if {one.how, other.how} in _TOO_LITTLE:
                continue
            if other.how is not How.NICKNAME:
                for form in self.index.pairs.get((one.part, other.part), ()):
                    yield from self._natural(form, (left, right), (one, other))
            if one.how is not How.NICKNAME:
                for form in self.index.pairs.get((other.part, one.part), ()):
                    yield from self._reversed(form, (left, right), (other, one))

    def _read(self, left: int, right: int) -> Iterator[Read]:
        """What two words may be together; at least one of them exactly."""
        ones, others = self.readings(left), self.readings(right)
        exact = product(ones or self._initial(left), others or self._initial(right))
        if right - left > _TYPO_REACH:
            return exact
        return chain(
            exact,
            self._misspelt(right, ones),
            ((one, other) for other, one in self._misspelt(left, others)),
        )

    def _initial(self, number: int) -> tuple[Reading, ...]:
        """A capital letter as somebody's initial; "I" only with a full stop."""
        word = self.page.tokens[number].word
        if len(word) != 1 or not self.page.capital(number):
            return ()
        if word == "i" and self.page.after(number) != ".":
            return ()
        return (Reading(f"{word}.", How.INITIAL),)

    def _misspelt(self, number: int, exact: tuple[Reading, ...]) -> Iterator[Read]:
        """Exact readings with what a word may be a misspelt partner of."""
        word = self.page.tokens[number].word
        for reading in exact:
            if reading.how not in _SURE:
                continue
            for typo in self.index.typos(word, reading.part):
                yield reading, typo

    def _natural(
        self, form: Form, places: tuple[int, int], read: Read
    ) -> Iterator[Candidate]:
        left, right = places
        given, family = read
        gaps = {self.page.gap(n) for n in range(left, right)}
        if given.genitive or Gap.COMMA in gaps:
            return
        if family.genitive and gaps <= _SLUG_GAPS:
            return
        words = Words(self.page, self.readings, form, place=place_of(form, family))
        if not all(words.take(n) for n in range(left + 1, right)):
            return
        if words.added and not {given.how, family.how}.isdisjoint(_DOUBTFUL):
            return
        if family.how is How.INITIAL and not words.has_given():
            return
        if not (family.genitive or family.how is How.INITIAL):
            right = words.extend(right)
        yield words.candidate(Way.NATURAL, (left, right), read, gaps=gaps)

    def _reversed(
        self, form: Form, places: tuple[int, int], read: Read
    ) -> Iterator[Candidate]:
        """The surname first, then a comma or not, then the first and middle names."""
        left, right = places
        given, family = read
        gaps = [self.page.gap(n) for n in range(left, right)]
        commas = gaps.count(Gap.COMMA)
        if family.genitive or family.how in _LITTLE or given.how is How.NICKNAME:
            return
        if given.how is How.INITIAL and commas != 1:
            return
        if commas > 1 or not _REVERSED_GAPS.issuperset(gaps):
            return
        words = Words(self.page, self.readings, form, place=place_of(form, family))
        if not all(words.own(n) for n in range(left + 1, right)):
            return
        left, right = words.extend_left(left), words.extend(right)
        way = Way.SURNAME_FIRST if commas else Way.SWAPPED
        yield words.candidate(way, (left, right), read, gaps=set(gaps))

    def _singles(self, number: int) -> Iterator[Candidate]:
        for reading in self.readings(number):
            for form in self.index.single.get(reading.part, ()):
                yield self._whole(form, number, Way.SINGLE, reading=reading)

    def _givens(self, number: int) -> Iterator[Candidate]:
        """First names alone beside a role word, or followed by where they work.

        Those that many bear only in a page of the centre or about it.
        """
        if not (self.page.capital(number) and self._is_placed(number)):
            return
        for reading in self.readings(number):
            if reading.how not in (How.EXACT, How.FOLDED) or reading.genitive:
                continue
            for center in sorted({"", *self._centers()}):
                for form in self.index.givens.get((reading.part, center), ()):
                    yield from self._given(form, number, reading)

    def _given(self, form: Form, number: int, reading: Reading) -> Iterator[Candidate]:
        words = Words(self.page, self.readings, form, place=0)
        last = number
        while last + 1 < len(self.page.tokens) and self.page.gap(last) in WITHIN:
            if not words.own(last + 1):
                break
            last += 1
        whole = words.has_given()
        if not whole or self._goes_on(last) or len(words.used) == len(form.words):
            return
        gap = {Gap.SPACE}
        yield words.candidate(Way.GIVEN, (number, last), (reading, None), gaps=gap)

    def _is_placed(self, number: int) -> bool:
        """Whether a role word stands before a first name, or a place of work after."""
        page, words = self.page, self.page.tokens
        if number > 0 and page.gap(number - 1) in _SLUG_GAPS:
            return False
        before = number - 1
        if before > 0 and words[before].word in BEING:
            before -= 1
        if before >= 0 and page.gap(before) in (Gap.SPACE, Gap.COMMA):
            if lexicon().is_role(words[before].word):
                return True
            if page.capital(before) and may_be_middle(page, before):
                return False
        return self._works_somewhere(number)

    def _works_somewhere(self, number: int) -> bool:
        page, after = self.page, number + 1
        while after < len(page.tokens) and page.capital(after):
            after += 1
        if after >= len(page.tokens):
            return False
        word, gap = page.tokens[after].word, page.gap(after - 1)
        if gap is Gap.COMMA:
            return word == "der" or lexicon().is_role(word)
        return gap is Gap.SPACE and word in AT_WORK

    def _goes_on(self, last: int) -> bool:
        """Whether a surname or an initial follows a first name."""
        page, after = self.page, last + 1
        if after >= len(page.tokens) or page.gap(last) not in _STEPS - {Gap.COMMA}:
            return False
        word = page.tokens[after].word
        return page.capital(after) or page.gap(last) is Gap.TIGHT or not word.isalpha()

    def _wholes(self, number: int) -> Iterator[Candidate]:
        """Names written as one word, as in handles and hashtags."""
        if not self._is_meant(number):
            return
        word = self.page.tokens[number].word
        for form, reading in self.index.whole(word):
            yield self._whole(form, number, Way.JOINED, reading=reading)

    def _inside(self, number: int) -> Iterator[Candidate]:
        """Names within a hashtag: "#StopMaltheKringelbæk"."""
        token = self.page.tokens[number]
        if len(token.word) < token.end - token.start:
            return
        written = self.page.text[token.start : token.end]
        for form, start, end in self.index.inside(token.word):
            if not written[start].isupper() or written[end : end + 1].islower():
                continue
            reading = Reading(token.word[start:end])
            found = self._whole(form, number, Way.INSIDE, reading=reading)
            place = (token.start + start, token.start + end)
            yield replace(found, start=place[0], end=place[1])

    def _is_meant(self, number: int) -> bool:
        """Whether a word that names are joined to is no place or surname itself.

        Tags, a capital inside and letters written apart tell that it is none.
        """
        page, token = self.page, self.page.tokens[number]
        if token.word in lexicon().everyday:
            return False
        if page.before(number) in _TAGS or page.after(number) == "@":
            return True
        written = page.text[token.start + 1 : token.end]
        apart = len(token.word) < token.end - token.start
        if apart or not (written.islower() or written.isupper()):
            return True
        long = len(token.word) >= _SHORTEST_UNTAGGED
        return long and token.word not in lexicon().family

    def _whole(
        self, form: Form, number: int, way: Way, *, reading: Reading
    ) -> Candidate:
        token = self.page.tokens[number]
        return Candidate(
            entry=form.entry,
            way=way,
            first=number,
            last=number,
            start=token.start,
            end=token.end,
            form=form,
            given=reading,
            used=frozenset(range(len(form.words))),
        )
