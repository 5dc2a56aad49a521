"""Tell why a text does or does not match a name, refused places included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.match.build import build
from monitor.match.candidate import Candidate, Way
from monitor.match.find import judgements
from monitor.match.index import Form, Reading
from monitor.match.lexicon import lexicon
from monitor.match.names import Search
from monitor.match.page import Gap, Page
from monitor.match.score import Judged, Thresholds, part_reason
from monitor.types import Context, Entry, MatchReason

_NO_CONTEXT = Context()
_USUAL = Thresholds()
_FAR = 12  # words apart up to which two parts of a name are worth a remark
_BETWEEN = {
    Gap.SENTENCE_END: "sentence_between",
    Gap.DOT: "sentence_between",
    Gap.BLANK_LINE: "blank_line_between",
    Gap.COMMA: "comma_between",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every place of a text considered for one entry, by place, refused ones too.

    Each of ``considered`` has a ``band`` (it matches) or a ``refusal`` (why not),
    and ``reasons`` with their weights; ``quotes`` are the words in the same order.
    """

    considered: tuple[Judged, ...]
    quotes: tuple[str, ...]

    @property
    def matches(self) -> bool:
        """Whether the text would be kept as a match of the entry."""
        return any(one.band is not None for one in self.considered)


def explain(
    entry: Entry,
    text: str,
    context: Context = _NO_CONTEXT,
    *,
    thresholds: Thresholds = _USUAL,
) -> Explanation:
    """What the matcher makes of a text for one entry."""
    index = build((entry,))
    page = Page(text, index.knows)
    judged = list(judgements(index, page, context, thresholds=thresholds))
    judged += _near_misses(Search(index, page), judged)
    order = sorted(judged, key=lambda j: (j.found.start, j.band is None, -j.score))
    matched = {_place(one) for one in order if one.band is not None}
    told: dict[object, Judged] = {}
    for one in order:
        if one.band is not None or _place(one) not in matched:
            told.setdefault(_telling(one), one)
    considered = tuple(told.values())
    quotes = tuple(text[one.found.start : one.found.end] for one in considered)
    return Explanation(considered, quotes)


def _telling(one: Judged) -> object:
    """What of a judgement a reader would see twice: of matches only the best."""
    if one.band is not None:
        return _place(one)
    codes = tuple(reason.code for reason in one.reasons)
    return _place(one), codes, None if one.refusal is None else one.refusal.code


def _place(one: Judged) -> tuple[int, int]:
    return one.found.start, one.found.end


def _near_misses(search: Search, judged: list[Judged]) -> Iterator[Judged]:
    """Parts of the name that stand near each other, or alone, and do not count."""
    taken = {n for one in judged for n in range(one.found.first, one.found.last + 1)}
    forms = {form for forms in search.index.pairs.values() for form in forms}
    alone: list[Judged] = []
    together = False
    for form in sorted(forms):
        for number in range(len(search.page.tokens)):
            which = _which(search, form, number)
            if which is None or number in taken:
                continue
            missed = _missed(search, form, number, which=which)
            together = together or missed is not None
            alone.append(missed or _alone(search.page, form, number, which=which))
    only = [one for one in alone if one.found.first != one.found.last]
    yield from only if together or judged else alone


def _which(search: Search, form: Form, number: int) -> str | None:
    """Which of the two parts of a form a word is exactly, if any."""
    parts = {reading.part for reading in search.readings(number)}
    if form.words[0] in parts:
        return "given"
    return "family" if form.words[-1] in parts else None


def _missed(search: Search, form: Form, number: int, *, which: str) -> Judged | None:
    """The nearest word that may be the other part, and why both are no name."""
    here, there = form.words[0], form.words[-1]
    if which == "family":
        here, there = there, here
    near = range(max(0, number - _FAR), number + _FAR + 1)
    others = [n for n in near if n != number and n < len(search.page.tokens)]
    for other in sorted(others, key=lambda n: abs(n - number)):
        word = search.page.tokens[other].word
        readings = (*search.readings(other), *search.index.near(word, here))
        for reading in readings:
            if reading.part == there:
                read = {which: Reading(here), _other(which): reading}
                code = _why(search, number, other, edits=reading.edits)
                return _apart(search.page, form, (number, other), read=read, code=code)
    return None


def _other(which: str) -> str:
    return "family" if which == "given" else "given"


def _alone(page: Page, form: Form, number: int, *, which: str) -> Judged:
    part = form.words[0 if which == "given" else -1]
    read = {which: Reading(part)}
    return _apart(page, form, (number, number), read=read, code=f"only_{which}")


def _why(search: Search, number: int, other: int, *, edits: int) -> str:
    left, right = sorted((number, other))
    for place in range(left, right):
        if (code := _BETWEEN.get(search.page.gap(place))) is not None:
            return code
    if right - left > 1:
        return "words_between"
    if not edits:
        return "not_beside"
    word = search.page.tokens[other].word
    lex = lexicon()
    real = lex.is_given(word) or lex.is_family(word)
    return "another_name" if real else "another_word"


def _apart(
    page: Page,
    form: Form,
    places: tuple[int, int],
    *,
    read: dict[str, Reading],
    code: str,
) -> Judged:
    left, right = sorted(places)
    found = Candidate(
        entry=form.entry,
        way=Way.APART,
        first=left,
        last=right,
        start=page.tokens[left].start,
        end=page.tokens[right].end,
        form=form,
        given=read.get("given"),
        family=read.get("family"),
    )
    reasons = tuple(part_reason(w, read[w]) for w in ("given", "family") if w in read)
    return Judged(found, 0.0, reasons, refusal=MatchReason(code, 0.0))
