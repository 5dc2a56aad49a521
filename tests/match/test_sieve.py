"""What is read only where a name may stand is what reading the whole text finds."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from monitor.match import build, find, sieve
from monitor.match.find import judgements, matches_of
from monitor.match.narrow import Narrow
from monitor.match.page import Page
from monitor.match.score import Thresholds
from monitor.types import Context, Entry, Match

ENTRIES = (
    Entry(
        1,
        "havnelyst",
        "Malthe Kringelbæk",
        emails=("mk@tågeby.example", "malthe@havnelyst.example"),
        profile_urls=("https://linkedin.example/in/malthe-k",),
    ),
    Entry(2, "havnelyst", "Anne-Marie Abildtorp Vang", aliases=("Rikke Sommerlund",)),
    Entry(3, "engholm", "Mette Nielsen", role_words=("tolk",)),
    Entry(4, "engholm", "Jens Peter Hansen", aliases=("Basse",)),
    Entry(5, "havnelyst", "Ole Nygård"),
    Entry(6, "engholm", "Bo Lê"),
)
INDEX = build(ENTRIES)
CONTEXT = Context("havnelyst", {"havnelyst": ("Jobcenter Havnelyst", "Tågeby")})

WRITING = (
    "Malthe Kringelbæk|malthe kringelbaek|Kringelbæk, Malthe|M. Kringelbæk|Malthe K."
    "|Malthe Kringlebæk|Malte Kringelbæk|m4lthe kr1ngelbæk|M a l t h e Kringelbæk"
    "|m.a.l.t.h.e kringelbæk|Malthe Kringel-\nbæk|m*lthe kringelb*k|@MaltheKringelbæk"
    "|#StopMaltheKringelbæk|malthekringelbæk|mk@tågeby.example|Mal\u00adthe Kringelbæk"
    "|mk snabel-a tågeby punktum example|mk at tågeby.example"
    "|linkedin.example/in/malthe-k"
    "|borger/sagsbehandler Malthe|it-sagsbehandler Malthe|M-Kringelbæk"
    "|Malthe I Kringelbæk|Malthe fra Jobcenter Havnelyst|sagsbehandler Malthe"
    "|Basse|Rikke Sommerlund"
    "|Anne-Marie Vang|Annemarie Abildtorp-Vang|Anne Marie Abildtorp Vang's"
    "|Mette Nielsen"
    "|Mette Holm Nielsen|Mette Nielsensvej 4|Jens P. Hansen|J.P. Hansen|Jens\nHansen"
    "|Hansen Jens|Ole Nygaard|OLE NYGÅRD|Ole Nyga\u030ard|Bo Lê|Мette Nielsen"
    "|Ｍalthe Ｋringelbæk|“Malthe” Kringelbæk|Malthe🔥Kringelbæk|Malthe … Kringelbæk"
)
WRITTEN = WRITING.split("|")
NOISE = (
    "og i det er på til der fra hos som havde sagsbehandleren jobcenteret tolk tolken "
    "kommune Tågeby Havnelyst borgere kroner 2026 kl. 14.05 13. (måske) »citat« … – - "
    "it-afdeling www.kommune.example a/s Ulla-Britt Pedersen Kringelby Jensen, Lis 🔥 "
    "I. J. å x von der der. Basse Malthe Hansen Mette Anne Nielsen, Vang Kringelbæk. "
    "中文"
)
WORDS = NOISE.split()
joints = some.sampled_from(
    (" ", " ", " ", " ", "\n", "\n\n", "\t", ", ", ". ", "  ", "\u200b ")
)
pieces = some.one_of(
    some.sampled_from(WORDS),
    some.sampled_from(WORDS),
    some.sampled_from(WRITTEN),
    some.text(max_size=6),
)
texts = some.lists(some.tuples(pieces, joints), max_size=60).map(
    lambda parts: "".join(piece + joint for piece, joint in parts)
)


def of_whole(text: str, context: Context) -> tuple[Match, ...]:
    """What reading every word of a text finds."""
    page = Page(text, INDEX.knows)
    judged = judgements(INDEX, page, context, thresholds=Thresholds())
    return matches_of(INDEX, text, [j for j in judged if j.band is not None])


@settings(deadline=None)
@given(text=texts, of_center=some.booleans())
@example(
    text="Anne-Marie Vang og " + "ord " * 300 + "Malthe Kringelbæk", of_center=True
)
@example(text="Mette Nielsen " + "– " * 200 + "sagsbehandler", of_center=False)
@example(text="Malthe" + " " * 900 + "Kringelbæk", of_center=False)
@example(text="x" * 3000 + " Malthe Kringelbæk " + "y" * 3000, of_center=False)
def test_it_finds_what_reading_the_whole_finds(text: str, of_center: bool) -> None:
    context = CONTEXT if of_center else Context(None, CONTEXT.center_words)
    assert find(INDEX, text, context) == of_whole(text, context)


@pytest.mark.parametrize("name", WRITTEN)
def test_every_way_to_write_a_name_is_found_as_in_the_whole(name: str) -> None:
    for text in (name, f"Det er {name} der", f"jobcenter\n\n{name}, {name}."):
        assert find(INDEX, text, CONTEXT) == of_whole(text, CONTEXT)


def whole_of(*, has_context: bool = False) -> sieve.Whole:
    return sieve.Whole(frozenset, lambda: has_context)


def stretches_of(text: str, *, has_context: bool = False) -> list[str]:
    narrow = Narrow(text)
    found = sieve.stretches(INDEX, narrow, whole_of(has_context=has_context))
    return [text[one.start : one.end] for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "Der er ingen navne her, kun almindelige ord.",
        "Malthe havde ferie.",
        "Det siger Hansen.",
        "Mette mødte Hansen",
        "Kringelbæk. Malthe",
        "en it-afdeling med 13. og 14.05",
        "Ulla-Britt Pedersen",
        "skole-\nbog og bold",
        "MALTHE – og KRINGELBÆK",
    ],
)
def test_nothing_is_read_closely_where_no_name_can_be(text: str) -> None:
    assert stretches_of(text) == []


def test_very_common_names_are_read_only_where_context_may_be() -> None:
    assert stretches_of("Det siger Mette Nielsen her") == []
    assert stretches_of("Det siger Mette Nielsen her", has_context=True) != []
    assert stretches_of("Det siger Mette Holm Nielsen her") != []


def test_only_what_is_near_a_name_is_read() -> None:
    text = "ord " * 400 + "Malthe Kringelbæk" + " ord" * 400
    (stretch,) = stretches_of(text)
    assert "Malthe Kringelbæk" in stretch
    assert len(stretch) < 200


def test_names_near_each_other_are_read_together() -> None:
    text = "Malthe Kringelbæk " + "ord " * 12 + "Malthe Kringelbæk " + "ord " * 400
    assert len(stretches_of(text + "Malthe Kringelbæk")) == 2
