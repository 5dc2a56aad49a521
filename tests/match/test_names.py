"""Where in a page a name may be: disguised, joined, by a first name alone."""

from __future__ import annotations

import pytest

from monitor.match import build, find
from monitor.types import Band, Context, Entry, Match

CONTEXT = Context(None, {"h": ("Jobcenter Havnelyst", "Havnelyst")})
NAMES = ("Malthe Kringelbæk", "Annette Ravnkjær", "Frigga Dybdal", "Kaj-Åge Vind")
INDEX = build(Entry(number, "h", name) for number, name in enumerate(NAMES))


def found(text: str, context: Context = CONTEXT) -> list[Match]:
    return list(find(INDEX, text, context))


@pytest.mark.parametrize(
    "text",
    [
        "M a l t h e  K r i n g e l b æ k",
        "M a l t h e K r i n g e l b æ k",
        "M_a_l_t_h_e K.r.i.n.g.e.l.b.æ.k",
        "Mal🔥the Kringel🔥bæk",
        "M4lthe Kr1ng3lbæk",
        "M@lthe Kringelb@k",
        "M*lthe Kr*ngelb*k",
        "M****e Kringelbæk",
        "Malthe Kringel***",
        "Maaalthe Kringelbæææk",
        "Malte Kringelbaeck",
        "Malthe Kringel-\nbæk kom",
        "malthe-kringelb%C3%A6k-123",
        "Malthe Kringelb&aelig;k",
        "@m4lthekringelbaek",
        "#FyrMaltheKringelbækNu",
        "@kringelbaek_malthe",
        "MaltheKringelbæk",
        "malthekringelbaek@x.example",
    ],
)
def test_a_name_is_seen_through_its_disguise(text: str) -> None:
    (match,) = found(text)
    assert match.employee_id == 0
    assert match.quote == text[match.start : match.end]


@pytest.mark.parametrize(
    "text",
    [
        "Malthe*, Kringelbæk*",
        "**Malthe** og Kringelbæk",
        "Malthe… Kringelbæk",
        "#fyrmalthekringelbæknu",
        "#Fyr\u200bMaltheKringelbækNu",
        "m*** Kringelbæk, Havnelyst",
        "M. Kringelbeck, Havnelyst",
        "Malle K., Havnelyst",
        "M*l* Vind",
        "Malthe K*",
        "Malthe Omø Kringlebæk",
        "Kaj V. fra Havnelyst",
        "Kringelbæk Malle, Havnelyst",
        "Kringelbæk M. i Havnelyst",
    ],
)
def test_signs_that_hide_nothing_make_no_name(text: str) -> None:
    assert found(text) == []


def test_the_first_letter_of_a_masked_name_is_an_initial() -> None:
    (match,) = found("M***** Kringelbæk fra jobcentret")
    assert match.band is Band.WEAK


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("min sagsbehandler Frigga svarer ikke", "Frigga"),
        ("min sagsbehandler hedder Frigga.", "Frigga"),
        ("Frigga fra jobcentret", "Frigga"),
        ("Frigga, sagsbehandler", "Frigga"),
        ("Frigga, der er teamleder", "Frigga"),
        ("jobkonsulenten Kaj-Åge kom", "Kaj-Åge"),
        ("Malthe fra Havnelyst", "Malthe"),
    ],
)
def test_a_first_name_alone_is_weak_beside_its_work(text: str, quote: str) -> None:
    (match,) = found(text)
    assert (match.quote, match.band) == (quote, Band.WEAK)
    assert match.reasons[0].code == "given_alone"


@pytest.mark.parametrize(
    "text",
    [
        "Frigga fra Odense. Jobcentret lukker",
        "Frigga kom, og kommunen betaler",
        "sagsbehandler Frigga Holm",
        "sagsbehandler Frigga H. Holm",
        "sagsbehandler Karl-Frigga",
        "Ulla Frigga fra jobcentret",
        "sagsbehandler frigga",
        "Sagsbehandler @Frigga.Madsen",
        "Malthe fra jobcentret",
        "jobkonsulenten Kaj kom",
        "Frigga",
        "Friggas fra jobcentret",
    ],
)
def test_a_first_name_alone_is_nobody_elsewhere(text: str) -> None:
    assert found(text) == []


def test_in_a_source_of_the_centre_a_frequent_first_name_counts() -> None:
    (match,) = found("Malthe fra jobcentret", Context("h"))
    assert match.band is Band.WEAK


def test_a_homophone_on_the_list_hides_nobody() -> None:
    both = build((*INDEX.entries, Entry(9, "h", "Anette Ravnkjær")))
    for index in (INDEX, both):
        matches = find(index, "Anette Ravnkjær og Annette Ravnkær", CONTEXT)
        assert [m.employee_id for m in matches].count(1) == 2
    assert {m.employee_id for m in find(both, "Anette Ravnkjær")} == {1, 9}


def test_a_typo_that_is_another_listed_name_hides_nobody() -> None:
    both = build((*INDEX.entries, Entry(9, "h", "Maltje Kringelbæk")))
    for index in (INDEX, both):
        assert 0 in {m.employee_id for m in find(index, "Maltje Kringelbæk")}
