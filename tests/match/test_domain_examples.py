"""The examples of the domain brief: who is named there, and how sure."""

from __future__ import annotations

import pytest

from monitor.match import build, find
from monitor.types import Band, Context, Entry

SIGNE, MALTHE, RUTH, METTE = range(1, 5)
HIT, WEAK = Band.HIT, Band.WEAK
CENTER_WORDS = ("Jobcenter Havnelyst", "Havnelyst", "Tågeby", "Tågeby Kommune")
CONTEXT = Context("blog", {"havnelyst": CENTER_WORDS})
INDEX = build(
    (
        Entry(
            SIGNE,
            "havnelyst",
            "Signe Abildtorp-Vang",
            aliases=("Signe AV",),
            profile_urls=("https://linkedin.example/in/signe-av",),
        ),
        Entry(MALTHE, "havnelyst", "Malthe Kringelbæk"),
        Entry(RUTH, "havnelyst", "Ruth Ellemose Dahl"),
        Entry(METTE, "havnelyst", "Mette Nielsen"),
    )
)
EXAMPLES: list[tuple[int, str, list[tuple[int, Band]]]] = [
    (
        1,
        (
            "Malthe Kringelbæk på Havnelyst har givet mig afslag for tredje gang. "
            "Afgørelsen er ulovlig, og jeg klager til Ankestyrelsen."
        ),
        [(MALTHE, HIT)],
    ),
    (
        2,
        (
            "Signe Abildtorp-Vang er den koldeste sagsbehandler i Tågeby. Ingen "
            "empati, nul faglighed. Skam jer."
        ),
        [(SIGNE, HIT)],
    ),
    (
        3,
        (
            "Horoskop for jobcentret: Ruth Ellemose Dahl mister i dag din ansøgning – "
            "igen – men finder sin kaffekop."
        ),
        [(RUTH, HIT)],
    ),
    (
        4,
        (
            "Hæng hende ud! Signe Abildtorp-Vang, Jobcenter Havnelyst 👇 her er hendes "
            "LinkedIn linkedin.example/in/signe-av. Del!"
        ),
        [(SIGNE, HIT), (SIGNE, HIT)],
    ),
    (
        5,
        (
            "Hele samtalen med Malthe K. på jobcentret optaget – hør selv hvordan han "
            "lyver"
        ),
        [(MALTHE, WEAK)],
    ),
    (6, "Ruth Ellemose Dahl tager imod bestikkelse, det ved alle.", [(RUTH, HIT)]),
    (
        7,
        (
            "Næste gang jeg ser Malthe Kringelbæk, smadrer jeg ham. Jeg ved hvilken "
            "bus han tager fra Havnelyst."
        ),
        [(MALTHE, HIT)],
    ),
    (
        8,
        "Signe AV bor Fjeldgræsstien 999, 9999 Tågeby, mobil 00 00 00 00. Kig forbi.",
        [(SIGNE, HIT)],
    ),
    (9, "000000-0000\nsagsbehandler Mette Nielsen", [(METTE, HIT)]),
    (10, "Mette Nielsen scorede sejrsmålet for Tågeby Q", []),
    (11, "Fagchef Ruth Ellemose Dahl afviser kritik\n\nfyr hende", [(RUTH, HIT)]),
    (12, "Rigtige Malthe Kringelbæk", [(MALTHE, HIT)]),
]


@pytest.mark.parametrize(("number", "text", "expected"), EXAMPLES)
def test_an_example_is_judged_as_the_brief_says(
    number: int, text: str, expected: list[tuple[int, Band]]
) -> None:
    matches = find(INDEX, text, CONTEXT)
    assert [(m.employee_id, m.band) for m in matches] == expected
    assert not any(m.ambiguous for m in matches)


def test_without_the_words_of_the_centre_a_full_rare_name_is_still_found() -> None:
    found = find(INDEX, EXAMPLES[0][1])
    assert [m.band for m in found] == [HIT]
