"""What is compared: our matcher, and what others would use in its place.

Each takes the people once and then tells whom it sees in a page. The libraries run
with the thresholds their users would choose; all get the same text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

import ahocorasick_rs
import spacy
from flashtext import KeywordProcessor
from rapidfuzz import fuzz, process
from spaczz.matcher import FuzzyMatcher

from benchmarks.matching.pages import Labelled
from benchmarks.matching.people import Person
from benchmarks.matching.score import Alert
from benchmarks.matching.writings import short
from monitor.match import Index, build, find

Finder = Callable[[Labelled], list[Alert]]
_PARTIAL = 90
_SIMILAR = 88  # per cent, of windows and of spaczz
_WINDOWS = (2, 3)


def compiled(people: Iterable[Person]) -> Index:
    """The product's index of a watchlist."""
    return build(person.entry() for person in people)


def ours(people: Iterable[Person]) -> Finder:
    """The product's matcher, with its usual thresholds."""
    index = compiled(people)

    def tell(page: Labelled) -> list[Alert]:
        found = find(index, page.text, page.context)
        return [
            Alert(m.employee_id, m.start, m.end, m.score, m.band, m.quote)
            for m in found
        ]

    return tell


def names_of(people: Iterable[Person]) -> dict[str, list[int]]:
    """Every name the others are given, in small letters, and whose it is."""
    found: dict[str, list[int]] = defaultdict(list)
    for person in people:
        profile = person.profile.removeprefix("https://").rstrip("/")
        names = (person.name, short(person), *person.aliases, person.email, profile)
        for name in dict.fromkeys(name.lower() for name in names):
            found[name].append(person.id)
    return found


def partial_ratio(people: Iterable[Person]) -> Finder:
    """rapidfuzz: the best alignment of each name within the page."""
    names = names_of(people)
    choices = list(names)

    def tell(page: Labelled) -> list[Alert]:
        found = process.extract(
            page.text.lower(),
            choices,
            scorer=fuzz.partial_ratio,
            score_cutoff=_PARTIAL,
            limit=None,
        )
        return [Alert(one, -1, -1) for name, _, _ in found for one in names[name]]

    return tell


def windows(people: Iterable[Person]) -> Finder:
    """rapidfuzz: each name against every two and three words in a row."""
    names = names_of(people)
    choices = list(names)

    def tell(page: Labelled) -> list[Alert]:
        shown = list(_windows(page.text.lower()))
        queries = [text for text, _, _ in shown]
        if not queries:
            return []
        scores = process.cdist(
            queries, choices, scorer=fuzz.ratio, score_cutoff=_SIMILAR
        )
        return [
            Alert(one, *shown[row][1:])
            for row, column in zip(*scores.nonzero(), strict=True)
            for one in names[choices[column]]
        ]

    return tell


def _windows(text: str) -> Iterator[tuple[str, int, int]]:
    words = list(re.finditer(r"\w+", text))
    for size in _WINDOWS:
        for place in range(len(words) - size + 1):
            taken = words[place : place + size]
            shown = " ".join(word[0] for word in taken)
            yield shown, taken[0].start(), taken[-1].end()


def keywords(people: Iterable[Person]) -> KeywordProcessor:
    """All names in flashtext; each found name is told as its owners."""
    processor = KeywordProcessor()
    for name, owners in names_of(people).items():
        processor.add_keyword(name, tuple(owners))
    return processor


def flashtext(people: Iterable[Person]) -> Finder:
    """Exact names in any case, at borders of words, by flashtext."""
    processor = keywords(people)

    def tell(page: Labelled) -> list[Alert]:
        found = processor.extract_keywords(page.text, span_info=True)
        return [
            Alert(one, start, end) for owners, start, end in found for one in owners
        ]

    return tell


def aho_corasick(people: Iterable[Person]) -> Finder:
    """ahocorasick_rs: exact names in small letters, at borders of words."""
    names = names_of(people)
    choices = list(names)
    automaton = ahocorasick_rs.AhoCorasick(choices)

    def tell(page: Labelled) -> list[Alert]:
        text = page.text.lower()
        return [
            Alert(one, start, end)
            for number, start, end in automaton.find_matches_as_indexes(
                text, overlapping=True
            )
            if not text[start - 1 : start].isalnum()
            and not text[end : end + 1].isalnum()
            for one in names[choices[number]]
        ]

    return tell


def spaczz(people: Iterable[Person]) -> Finder:
    """spaczz: its fuzzy matcher over spaCy's words."""
    names = names_of(people)
    danish = spacy.blank("da")
    matcher = FuzzyMatcher(danish.vocab, min_r=_SIMILAR)
    for name in names:
        matcher.add(name, [danish(name)])

    def tell(page: Labelled) -> list[Alert]:
        document = danish(page.text)
        return [
            Alert(one, -1, -1) for found in matcher(document) for one in names[found[0]]
        ]

    return tell


FUZZY: dict[str, Callable[[Iterable[Person]], Finder]] = {
    "rapidfuzz partial_ratio": partial_ratio,
    "rapidfuzz windows": windows,
    "spaczz FuzzyMatcher": spaczz,
}
EXACT: dict[str, Callable[[Iterable[Person]], Finder]] = {
    "flashtext": flashtext,
    "ahocorasick_rs": aho_corasick,
}
