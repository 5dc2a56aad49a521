from __future__ import annotations

import pytest

from monitor.match import context as module
from monitor.match.candidate import Candidate, Way
from monitor.match.context import Surroundings
from monitor.match.page import Page
from monitor.types import Context, Entry

WORDS = {
    "havnelyst": ("Jobcenter Havnelyst", "Havnelyst", "Tågeby", "Tågeby Kommune"),
    "engholm": ("Engholm Ydelser", "Gåsetorvet"),
}


def word_near(
    text: str,
    *,
    source: str | None = None,
    role_words: tuple[str, ...] = (),
    way: Way = Way.NATURAL,
) -> str | None:
    page = Page(text)
    place = [token.word for token in page.tokens].index("navn")
    entry = Entry(1, "havnelyst", "Navn", role_words=role_words)
    token = page.tokens[place]
    found = Candidate(0, way, place, place, token.start, token.end)
    return Surroundings(page, Context(source, WORDS)).word_near(found, entry)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Navn på Havnelyst", "Havnelyst"),
        ("Navn på Havnelysts kontor", "Havnelysts"),
        ("sagsbehandlerens Navn", "sagsbehandlerens"),
        ("jobcenterchef Navn", "jobcenterchef"),
        ("kommunen … Navn … Havnelyst", "kommunen"),
        ("NAVN, JOBKONSULENT", "JOBKONSULENT"),
        ("Navn fra Tågeby Kommune", "Tågeby Kommune"),
        ("Navn, Fagchef", "Fagchef"),
        ("Navn " + "ord " * 30 + "jobcenter", "jobcenter"),
        ("jobcenter\n\nNavn", "jobcenter"),
        ("Navn i kommunikation", None),
        ("Navn i Tågeby", None),
        ("Navn i Taageby", None),
        ("Navn i Havnelyst IF", None),
        ("Navn " + "ord " * 60 + "jobcenter", None),
        ("Navn\n\n" + "ord " * 20 + "jobcenter", None),
        ("Navn på Gåsetorvet", None),
        ("Navn", None),
    ],
)
def test_a_word_about_the_work_is_near_or_not(text: str, word: str | None) -> None:
    assert word_near(text) == word


def test_the_sources_centre_lends_its_words() -> None:
    assert word_near("Navn på Gåsetorvet", source="engholm") == "Gåsetorvet"
    assert word_near("Navn på Gaasetorvet", source="engholm") == "Gaasetorvet"
    assert word_near("Navn fra Engholm Ydelser", source="engholm") == "Engholm Ydelser"
    found = word_near("Navn fra Engholm Ydelsers", source="engholm")
    assert found == "Engholm Ydelsers"
    assert word_near("Navn fra Engholm Dyrehave", source="engholm") is None
    assert word_near("Navn fra Engholm", source="engholm") is None


def test_an_employees_own_role_words_count() -> None:
    assert word_near("Navn fra pilotholdet", role_words=("pilothold",)) == "pilotholdet"
    assert word_near("Navn fra pilotholdet") is None
    assert word_near("Navn fra pilotholdet", role_words=("", "-")) is None


def test_what_is_remembered_of_words_is_bounded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_REMEMBERED", 1)
    for _ in range(2):
        assert word_near("Navn på kontoret i Havnelyst") == "Havnelyst"
    hints = module.Hints([str.isupper])
    assert not hints.in_any(["navn", "på", "kontoret"])


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("sagsbehandler Navn", "sagsbehandler"),
        ("Navn fra kommunen", "kommunen"),
        ("kommunen siger at Navn", None),
        ("Navn fra Odense. Kommunen", None),
    ],
)
def test_a_first_name_alone_needs_the_word_beside_it(
    text: str, word: str | None
) -> None:
    assert word_near(text, way=Way.GIVEN) == word
