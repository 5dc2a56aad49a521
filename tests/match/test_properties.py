"""What holds for every text and every watchlist, tried on generated ones."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import FrameType

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from benchmarks.matching.adversarial import FAMILIES
from benchmarks.matching.people import watchlist
from monitor.match import Index, build, find
from monitor.types import Band, Context, Entry, Match

CONTEXT = Context(
    "havnelyst", {"havnelyst": ("Jobcenter Havnelyst", "Havnelyst", "Tågeby")}
)
MALTHE, SIGNE, RUTH, METTE, OLE = range(1, 6)
ENTRIES = (
    Entry(MALTHE, "havnelyst", "Malthe Kringelbæk"),
    Entry(SIGNE, "havnelyst", "Signe Abildtorp-Vang", aliases=("Signe AV",)),
    Entry(RUTH, "havnelyst", "Ruth Ellemose Dahl"),
    Entry(METTE, "havnelyst", "Mette Nielsen"),
    Entry(OLE, "havnelyst", "Ole Nygaard Skovagergård"),
)
INDEX = build(ENTRIES)
WRITTEN = (
    ("Malthe Kringelbæk", MALTHE),
    ("malthe kringelbæk", MALTHE),
    ("MALTHE KRINGELBÆK", MALTHE),
    ("Malthe Kringelbæks", MALTHE),
    ("Malthe Kringelbaek", MALTHE),
    ("Malthe Kringelbak", MALTHE),
    ("Malthe Kringelbaæk", MALTHE),
    ("Malthe Kringlebæk", MALTHE),
    ("@malthekringelbaek", MALTHE),
    ("#MaltheKringelbæk", MALTHE),
    ("malthe.kringelbaek@taageby.example", MALTHE),
    ("Malthe Kr*ngelbæk", MALTHE),
    ("M4lthe Kring3lbæk", MALTHE),
    ("Mal\u200bthe Kringel\u00adbæk", MALTHE),
    ("Ｍａｌｔｈｅ Ｋｒｉｎｇｅｌｂæｋ", MALTHE),
    ("Signe Abildtorp-Vang", SIGNE),
    ("Signe Abildtorp Vang", SIGNE),
    ("Signe AV", SIGNE),
    ("Ruth Ellemose Dahl", RUTH),
    ("Ruth E. Dahl", RUTH),
    ("Ruth Dahl", RUTH),
    ("sagsbehandler Mette Nielsen", METTE),
    ("Ole Nygård Skovagergaard", OLE),
    ("Ole Skovagergård", OLE),
)
# Words that are neither names nor parts of one, and what may stand between them.
SPOKEN = (
    "der er ingen som svarer når man spørger om noget og det går ud over de andre her "
    "42 kroner 2026 kl. 14.05 igen: ja! nej? hvorfor … (måske) »citat« 50 % 🔥"
)
words = some.lists(some.sampled_from(SPOKEN.split()), max_size=12).map(" ".join)
joints = some.sampled_from((" ", "\n", "\n\n", "\t", ", ", ". ", ": ", " – "))
parts = some.sampled_from(
    [word for entry in ENTRIES for word in entry.full_name.split()]
    + ["Maltha", "Kringelbak", "Nielsens", "M.", "K.", "Jens", "vej", "ApS", "-", "@"]
    + [",", ".", "\n", "jobcenter", "sagsbehandler", "m*lthe", "M a l t h e", "og"]
)
muddles = some.lists(parts | some.text(max_size=6), max_size=25).map(" ".join)


@given(written=some.sampled_from(WRITTEN), around=some.tuples(words, joints, words))
def test_a_written_name_is_found_whatever_surrounds_it(
    written: tuple[str, int], around: tuple[str, str, str]
) -> None:
    name, employee = written
    before, joint, after = around
    text = f"{before}{joint}{name} {after}" if before else f"{name} {after}"
    found = {match.employee_id for match in find(INDEX, text, CONTEXT)}
    assert employee in found


@given(text=muddles)
def test_a_quote_stands_where_it_says(text: str) -> None:
    for match in find(INDEX, text, CONTEXT):
        assert 0 <= match.start < match.end <= len(text)
        assert match.quote == text[match.start : match.end]
        assert 0 < match.score <= 1
        assert (match.band is Band.HIT) == (match.score >= 0.70)


@given(text=muddles, number=some.integers(1, 300))
def test_one_more_person_never_removes_a_match(text: str, number: int) -> None:
    newcomer = watchlist(number, 1, tuning=True)[0].entry()
    newcomer = Entry(99, newcomer.center, newcomer.full_name, newcomer.aliases)
    crowded = build((*ENTRIES, newcomer, Entry(98, "havnelyst", "Malthe Nielsen")))
    alone = find(INDEX, text, CONTEXT)
    assert _told(alone) <= _told(find(crowded, text, CONTEXT))


@given(text=muddles)
def test_the_same_text_gives_the_same_matches(text: str) -> None:
    first = find(build(ENTRIES), text, CONTEXT)
    assert find(INDEX, text, CONTEXT) == first
    assert find(build(ENTRIES), text, CONTEXT) == first


@given(text=some.text() | muddles)
@example(text="\ud800 Malthe \udfff Kringelbæk")
@example(text="İ" * 20 + " Malthe Kringelbæk")
@example(text="@" * 200 + "*" * 200)
def test_no_text_makes_the_search_raise(text: str) -> None:
    find(INDEX, text, CONTEXT)


@pytest.mark.parametrize("family", FAMILIES)
def test_twice_the_text_is_twice_the_work(family: str) -> None:
    entries = [person.entry() for person in watchlist(5, 200, tuning=True)]
    people = watchlist(5, 200, tuning=True)
    once = FAMILIES[family](people, 15_000)
    twice = FAMILIES[family](people, 30_000)
    assert _calls(build(entries), twice) <= 2.3 * _calls(build(entries), once)


@pytest.mark.soak
@pytest.mark.parametrize("family", FAMILIES)
def test_twice_a_long_text_takes_twice_the_time(family: str) -> None:
    people = watchlist(5, 1_000, tuning=True)
    index = build(person.entry() for person in people)
    length = 5_000_000 if family == "one line" else 1_000_000
    texts = [FAMILIES[family](people, size) for size in (length, 2 * length)]
    least = [float("inf"), float("inf")]
    for _ in range(3):
        for place, text in enumerate(texts):
            begun = time.process_time()
            find(index, text, CONTEXT)
            least[place] = min(least[place], time.process_time() - begun)
    assert least[1] <= 2.3 * least[0]


def _told(matches: tuple[Match, ...]) -> set[tuple[int, int, int, float]]:
    return {(m.employee_id, m.start, m.end, m.score) for m in matches}


def _calls(index: Index, text: str) -> int:
    """Calls of functions, Python's and built in ones: work that no clock measures."""
    count = 0

    def seen(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before: Callable[..., object] | None = sys.getprofile()
    sys.setprofile(seen)
    try:
        find(index, text, CONTEXT)
    finally:
        sys.setprofile(before)
    return count
