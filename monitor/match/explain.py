"""Tell why a text does or does not match a name, and how telling the name is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.match.candidate import Candidate, Way
from monitor.match.find import judgements
from monitor.match.index import Form, Index, Reading, build
from monitor.match.lexicon import Rarity, lexicon
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
    index, page = build((entry,)), Page(text)
    judged = list(judgements(index, page, context, thresholds=thresholds))
    judged += _near_misses(Search(index, page), judged)
    order = sorted(judged, key=lambda j: (j.found.start, j.band is None, -j.score))
    considered = tuple({_telling(one): one for one in reversed(order)}.values())[::-1]
    quotes = tuple(text[one.found.start : one.found.end] for one in considered)
    return Explanation(considered, quotes)


def _telling(one: Judged) -> tuple[object, ...]:
    """What of a judgement a reader would see twice."""
    codes = tuple(reason.code for reason in one.reasons)
    return one.found.start, one.found.end, codes, one.refusal


def _near_misses(search: Search, judged: list[Judged]) -> Iterator[Judged]:
    """Given names whose surname stands near but not beside, or is another word."""
    taken = {n for one in judged for n in (one.found.first, one.found.last)}
    forms = {form for forms in search.index.pairs.values() for form in forms}
    for number in range(len(search.page.tokens)):
        for reading in search.readings(number):
            for form in sorted(forms):
                if number not in taken and reading.part == form.words[0]:
                    yield from _misses(search, form, number, reading=reading)


def _misses(
    search: Search, form: Form, number: int, *, reading: Reading
) -> Iterator[Judged]:
    near = range(max(0, number - _FAR), number + _FAR + 1)
    others = [n for n in near if n != number and n < len(search.page.tokens)]
    for other in sorted(others, key=lambda n: abs(n - number)):
        family = _family(search, form, other)
        if family is not None:
            code = _why(search, number, other, edits=family.edits)
            if code is not None:
                read = (reading, family)
                yield _apart(search.page, form, (number, other), read=read, code=code)
                return


def _family(search: Search, form: Form, number: int) -> Reading | None:
    """How a word may be the last word of a form, typos of real words included."""
    word = search.page.tokens[number].word
    for reading in (*search.readings(number), *search.index.near(word, form.words[0])):
        if reading.part == form.words[-1]:
            return reading
    return None


def _why(search: Search, number: int, other: int, *, edits: int) -> str | None:
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
    read: tuple[Reading, Reading],
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
        given=read[0],
        family=read[1],
    )
    reasons = (part_reason("given", read[0]), part_reason("family", read[1]))
    return Judged(found, 0.0, reasons, refusal=MatchReason(code, 0.0))


@dataclass(frozen=True, slots=True)
class Commonness:
    """How telling a name is in Denmark, and what would match it.

    Numbers are rough bands of bearers; None where no list holds the part.
    ``variants`` match by themselves unless ``rarity`` is very common; those in
    ``weak_variants`` only beside a word about the centre or the work.
    """

    given: str
    family: str
    given_bearers: int | None
    family_bearers: int | None
    bearers: int
    rarity: Rarity
    variants: tuple[str, ...]
    weak_variants: tuple[str, ...]


def commonness(name: str) -> Commonness | None:
    """How common a full name is and what it would match; None without letters."""
    index = build((Entry(0, "", name),))
    form = next(_first_form(index), None)
    if form is None:
        return None
    lex = lexicon()
    given, family = form.words[0], form.words[-1] if form.family else ""
    return Commonness(
        given=given,
        family=family,
        given_bearers=lex.given.get(given),
        family_bearers=lex.family.get(family),
        bearers=lex.bearers(given, family),
        rarity=lex.rarity(given, family),
        variants=_variants(name, form),
        weak_variants=_weak_variants(form),
    )


def _first_form(index: Index) -> Iterator[Form]:
    for forms in (*index.pairs.values(), *index.single.values()):
        yield from forms


def _variants(name: str, form: Form) -> tuple[str, ...]:
    if not form.family:
        return ()
    given, *middle, family = (word.capitalize() for word in form.words)
    return tuple(
        dict.fromkeys(
            (
                name.strip(),
                f"{name.strip()}s",
                f"{given} {family}",
                " ".join((given, *(f"{m[0]}." for m in middle), family)),
                f"{family}, {given}",
                "@" + "".join(form.words),
                f"{form.words[0]}.{form.words[-1]}",
            )
        )
    )


def _weak_variants(form: Form) -> tuple[str, ...]:
    given, family = form.words[0].capitalize(), form.words[-1].capitalize()
    if not form.family:
        return (given,)
    return (f"{given[0]}. {family}", f"{given} {family[0]}.")
