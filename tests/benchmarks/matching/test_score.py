"""What counts as found, as wrong and as neither, when a matcher is measured."""

from __future__ import annotations

from typing import Any

from benchmarks.matching.pages import Labelled, Truth
from benchmarks.matching.people import Person
from benchmarks.matching.score import Alert, Scorer, Tally
from benchmarks.matching.writings import Written
from monitor.types import Band, Context


def make_person(number: int, given: str, family: str, **over: Any) -> Person:
    values: dict[str, Any] = {
        "middle": (),
        "aliases": (),
        "email": f"{number}@taageby.example",
        "profile": f"https://www.linkedin.example/in/{number}/",
        "center": "havnelyst",
        "bearers": 1,
    }
    return Person(number, given=given, family=family, **values | over)


MALTHE = make_person(1, "Malthe", "Kringelbæk")
NAMESAKE = make_person(2, "Malthe", "Kringelbæk", middle=("Holm",))
RUTH = make_person(3, "Ruth", "Dahl")
PEOPLE = (MALTHE, NAMESAKE, RUTH)


def make_page(kind: str, text: str, written: str | None = None) -> Labelled:
    truths: tuple[Truth, ...] = ()
    if written is not None:
        start = text.index(written)
        writing = Written(kind, written, "Malthe", "Kringelbæk")
        truths = (Truth(MALTHE.id, writing, start, start + len(written)),)
    return Labelled(0, kind.partition(".")[0], kind, text, Context(), truths)


def counted(page: Labelled, *alerts: Alert) -> Tally:
    scorer = Scorer(PEOPLE)
    scorer.count(page, alerts)
    return scorer.tally


NAMED = make_page("plain.exact", "Spørg Malthe Kringelbæk om det", "Malthe Kringelbæk")
CLEAN = make_page("clean", "Det regner i dag")
WEAK = make_page("weak.initial_surname", "M. Kringelbæk", "M. Kringelbæk")


def test_a_planted_person_who_is_told_is_found() -> None:
    tally = counted(NAMED, Alert(MALTHE.id, 6, 23))
    assert (tally.precision, tally.core_recall, tally.f1) == (1, 1, 1)
    assert tally.offsets == 1


def test_a_planted_person_who_is_not_told_is_missed() -> None:
    tally = counted(NAMED)
    assert tally.core_recall == 0
    assert [truth.person for _, truth in tally.misses] == [MALTHE.id]


def test_a_place_apart_from_the_words_is_a_wrong_offset() -> None:
    assert counted(NAMED, Alert(MALTHE.id, 0, 5)).offsets == 0


def test_a_namesake_counts_neither_for_nor_against() -> None:
    tally = counted(NAMED, Alert(MALTHE.id, 6, 23), Alert(NAMESAKE.id, 6, 23))
    assert (tally.precision, tally.core_recall) == (1, 1)


def test_somebody_else_on_the_page_of_a_planted_person_is_wrong() -> None:
    tally = counted(NAMED, Alert(MALTHE.id, 6, 23), Alert(RUTH.id, 6, 23))
    assert tally.precision == 0.5


def test_alerts_on_a_clean_page_are_counted_by_person() -> None:
    tally = counted(CLEAN, Alert(RUTH.id, 0, 3), Alert(RUTH.id, 4, 9))
    assert tally.per_thousand_clean == 1000


def test_a_weak_writing_counts_only_when_marked_weak() -> None:
    assert counted(WEAK, Alert(1, 0, 13, 0.6, Band.WEAK)).recall("weak") == 1
    assert counted(WEAK, Alert(1, 0, 13, 0.9, Band.HIT)).recall("weak") == 0


def test_weak_writings_are_no_part_of_the_core() -> None:
    assert counted(WEAK).core_planted == 0


def test_a_quote_that_is_not_the_text_at_its_place_is_noticed() -> None:
    told = Alert(MALTHE.id, 6, 23, quote="Malthe Kringelbæk")
    assert counted(NAMED, told).quotes == 1
    assert counted(NAMED, told._replace(quote="malthe kringelbæk")).quotes == 0
