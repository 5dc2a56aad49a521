"""Properties that hold for any text and any list, and the order of matches."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.match import Thresholds, build, find, only_since
from monitor.match.score import WEIGHTS
from monitor.types import Band, Context, Entry, MatchReason

NAMES = ("Malthe Kringelbæk", "Signe Abildtorp-Vang", "Ruth Ellemose Dahl")
CONTEXT = Context("h", {"h": ("Jobcenter Havnelyst", "Havnelyst")})
# What a text that names somebody is made of, and what lies around it.
PIECES = (
    *(word for name in NAMES for word in (*name.split(), name)),
    *(
        "Mette Nielsen",
        "Anette",
        "K.",
        "M.",
        ",",
        ".",
        "\n",
        "\n\n",
        "-",
        "@",
        "#",
        "_",
    ),
    *("jobcentret", "vej", "Holm", "og", "/in/signe-av", "mn@x.example", "\u00ad", "İ"),
)
pieces = st.lists(st.sampled_from(PIECES), max_size=12)
texts = st.one_of(st.text(max_size=80), pieces.map(" ".join), pieces.map("".join))


def make_entry(number: int, name: str, **over: Any) -> Entry:
    return Entry(number, "h", name, **over)


LISTED = (
    *(make_entry(number, name) for number, name in enumerate(NAMES, 1)),
    make_entry(4, "Mette Nielsen", emails=("mn@x.example",)),
    make_entry(5, "Signe Vang", profile_urls=("https://x.example/in/signe-av",)),
    make_entry(6, "Anette Kringelbak", aliases=("Nette",)),
)
INDEX = build(LISTED)
names = st.one_of(
    st.text(max_size=20), st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join)
)


@given(texts)
def test_every_quote_is_what_stands_at_its_place(text: str) -> None:
    matches = find(INDEX, text, CONTEXT)
    assert [m.start for m in matches] == sorted(m.start for m in matches)
    for match in matches:
        assert match.quote == text[match.start : match.end] != ""
        assert 0.5 <= match.score <= 1
        assert (match.band is Band.HIT) == (match.score >= 0.7)


@given(texts)
def test_the_same_text_gives_the_same_matches(text: str) -> None:
    assert find(INDEX, text, CONTEXT) == find(build(LISTED), text, CONTEXT)


@given(texts, st.integers(0, len(LISTED) - 1))
def test_one_employee_matches_the_same_alone_as_among_others(
    text: str, number: int
) -> None:
    entry = LISTED[number]
    alone = find(build((entry,)), text, CONTEXT)
    among = [m for m in find(INDEX, text, CONTEXT) if m.employee_id == number + 1]
    assert [(m.start, m.end, m.score) for m in alone] == [
        (m.start, m.end, m.score) for m in among
    ]


@given(names, st.lists(names, max_size=2), texts)
def test_no_name_and_no_text_makes_it_fail(
    name: str, aliases: list[str], text: str
) -> None:
    entry = make_entry(1, name, aliases=tuple(aliases), emails=(name,))
    find(build((entry,)), text + name, CONTEXT)


BEFORE = st.sampled_from(["", "Tak til ", "Hun sagde: ", "»", "\n\n", "… ", "🙂 "])
AFTER = st.sampled_from(["", " gav afslag.", ".", "! Og nu?", "«", ", igen", "🙂"])


@given(st.sampled_from(NAMES), st.tuples(BEFORE, AFTER), st.text(max_size=60))
def test_a_planted_name_is_found_whatever_surrounds_it(
    name: str, beside: tuple[str, str], noise: str
) -> None:
    text = f"{noise}\n\n{beside[0]}{name}{beside[1]}\n\n{noise}"
    start = len(noise) + 2 + len(beside[0])
    place = (start, start + len(name))
    assert place in {(m.start, m.end) for m in find(INDEX, text)}


def test_an_index_travels_without_what_it_remembers() -> None:
    find(INDEX, "Malthe Kringelbæk og Malthe Kringlebæk")
    copy = pickle.loads(pickle.dumps(INDEX))
    assert copy == INDEX
    text = "Malthe Kringlebæk"
    assert find(copy, text) == find(INDEX, text) != ()


def test_only_entries_changed_since_are_looked_for() -> None:
    old = make_entry(1, NAMES[0], generation=3)
    new = make_entry(2, NAMES[2], generation=4)
    index = build((old, new))
    text = f"{NAMES[0]} og {NAMES[2]}"
    assert [m.employee_id for m in find(only_since(index, 3), text)] == [2]
    assert find(only_since(index, 4), text) == ()
    assert len(find(only_since(index, 0), text)) == 2


def test_namesakes_are_all_returned_and_marked() -> None:
    index = build((make_entry(1, NAMES[0]), make_entry(2, NAMES[0])))
    matches = find(index, NAMES[0])
    assert [(m.employee_id, m.ambiguous) for m in matches] == [(1, True), (2, True)]


def test_a_clearly_worse_fit_leaves_the_better_one_unambiguous() -> None:
    index = build((make_entry(1, "Ruth Dahl"), make_entry(2, NAMES[2])))
    matches = find(index, NAMES[2])
    assert {m.employee_id: m.ambiguous for m in matches} == {1: True, 2: False}


def test_a_worse_fit_that_begins_earlier_is_the_ambiguous_one() -> None:
    index = build((make_entry(1, "Zorro Kringelbæk"), make_entry(2, NAMES[0])))
    matches = find(index, "Zorro B. Malthe Kringelbæk")
    assert {m.employee_id: m.ambiguous for m in matches} == {1: True, 2: False}


def test_a_name_mentioned_twice_matches_twice() -> None:
    matches = find(INDEX, "Malthe Kringelbæk Malthe Kringelbæk Malthe Kringelbæk")
    assert [m.start for m in matches] == [0, 18, 36]


def test_no_reason_names_another_employee() -> None:
    text = "jobcentret: Malthe Kringelbæk, Signe Vang, Ruth Dahl, Mette Nielsen"
    params = [
        str(value)
        for match in find(INDEX, text, CONTEXT)
        for reason in match.reasons
        for value in reason.params.values()
    ]
    assert set(params) == {"jobcentret"}


def test_thresholds_decide_what_is_kept_and_what_is_a_hit() -> None:
    text = "Malthe Kringlebæk"
    strict = Thresholds(cutoff=0.80, threshold=0.95, weak_cap=0.90)
    assert find(INDEX, text, thresholds=strict) == ()
    exact = find(INDEX, "Malthe Kringelbæk", thresholds=strict)
    assert [m.band for m in exact] == [Band.WEAK]
    capped = Thresholds(weak_cap=0.55)
    initial = find(INDEX, "Malthe K. på jobcentret", thresholds=capped)
    assert [m.score for m in initial] == [0.55]


def test_the_best_of_several_readings_is_kept_once() -> None:
    entry = make_entry(1, "Ruth Dahl", aliases=("Ruth Ellemose Dahl", "RED"))
    matches = find(build((entry,)), "Ruth Ellemose Dahl")
    assert [m.quote for m in matches] == ["Ruth Ellemose Dahl"]


@pytest.mark.parametrize("generation", [0, 3])
def test_a_reason_never_names_another_who_is_watched_over(generation: int) -> None:
    words = ("Fatima El-Sayeds team", "Malthes team", "Jobcenter")
    context = Context("h", {"h": words})
    other = make_entry(1, "Fatima El-Sayed", generation=3)
    own = make_entry(2, "Malthe Kringelbæk", generation=4)
    index = only_since(build((other, own)), generation)

    def reason(text: str) -> MatchReason:
        match = next(m for m in find(index, text, context) if m.employee_id == 2)
        return next(r for r in match.reasons if r.code.startswith("context"))

    named = reason("Malthe Kringelbæk i Fatima El-Sayeds team")
    assert named == MatchReason("context_unnamed", WEIGHTS["context_word"])
    assert reason("Malthe Kringelbæk, Malthes team").params["word"] == "Malthes team"
    assert reason("Malthe Kringelbæk på Jobcenter").params["word"] == "Jobcenter"
