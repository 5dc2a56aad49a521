"""Labelled pages are what they say, the same each time, and not those of tuning."""

from __future__ import annotations

import re

import pytest

from benchmarks.matching.pages import REPORTING, TUNING, Draw, labelled
from benchmarks.matching.people import Crowd, watchlist
from benchmarks.matching.sentences import NEUTRAL, lines_of

PEOPLE = watchlist(7, 300, tuning=True)


@pytest.mark.parametrize("sort", ["plain", "fold", "fuzzy", "social", "obfuscated"])
def test_a_planted_name_stands_where_its_label_says(sort: str) -> None:
    for page in labelled(PEOPLE, TUNING, 60, only=sort):
        (truth,) = page.truths
        assert truth.writing.kind.startswith(sort)
        shown = re.sub(r"\s+", " ", page.text[truth.start : truth.end])
        assert shown == re.sub(r"\s+", " ", truth.writing.text)


def test_a_name_in_markup_stands_in_the_text_that_is_read() -> None:
    pages = list(labelled(PEOPLE, TUNING, 48, only="html"))
    assert {truth.start >= 0 for page in pages for truth in page.truths} == {True}


def test_nobody_on_a_clean_page_is_called_like_somebody_on_the_list() -> None:
    crowd = Crowd(PEOPLE)
    for page in labelled(PEOPLE, TUNING, 40, only="clean"):
        assert not page.truths
        for one, other in re.findall(r"(?=\b([A-ZÆØÅ]\w+) ([A-ZÆØÅ]\w+))", page.text):
            assert not crowd.holds(one, other)


def test_the_same_draw_gives_the_same_pages() -> None:
    assert list(labelled(PEOPLE, TUNING, 50)) == list(labelled(PEOPLE, TUNING, 50))


def test_a_page_can_be_asked_for_by_its_kind() -> None:
    kinds = {p.kind for p in labelled(PEOPLE, Draw(3, tuning=True), 5, only="fold.aa")}
    assert kinds == {"fold.aa"}


def test_reporting_has_people_and_sentences_that_tuning_has_not() -> None:
    assert not REPORTING.tuning
    tuned, reported = watchlist(1, 50, tuning=True), watchlist(90_001, 50, tuning=False)
    assert {p.name for p in tuned} != {p.name for p in reported}
    known = lines_of(NEUTRAL, tuning=True)
    assert len(known) < len(lines_of(NEUTRAL, tuning=False))
