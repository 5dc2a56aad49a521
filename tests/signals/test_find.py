"""Each rule fires on what it is meant for, and not on what only looks like it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.signals import Rules, Signal, Urgency, find, urgency
from monitor.types import Band, Image, Link, Media, Post
from tests.signals.conftest import match_of

Fire = Callable[..., dict[str, Signal]]
MALTHE, SIGNE, RUTH = "Malthe Kringelbæk", "Signe Abildtorp-Vang", "Ruth Ellemose Dahl"


class Example(NamedTuple):
    """A text about somebody, a word near the name, what fires, and when to look."""

    who: str
    text: str
    word: str | None
    codes: set[str]
    when: Urgency


# The examples of Tågeby Kommune.
EXAMPLES = [
    Example(
        MALTHE,
        (
            "Malthe Kringelbæk på Havnelyst har givet mig afslag for tredje gang. "
            "Afgørelsen er ulovlig, og jeg klager til Ankestyrelsen."
        ),
        "Havnelyst",
        {"context", "criticism"},
        Urgency.NORMAL,
    ),
    Example(
        SIGNE,
        (
            "Signe Abildtorp-Vang er den koldeste sagsbehandler i Tågeby. Ingen "
            "empati, nul faglighed. Skam jer."
        ),
        "sagsbehandler",
        {"context"},
        Urgency.NORMAL,
    ),
    Example(
        RUTH,
        (
            "Horoskop for jobcentret: Ruth Ellemose Dahl mister i dag din ansøgning – "
            "igen – men finder sin kaffekop."
        ),
        "jobcentret",
        {"context"},
        Urgency.NORMAL,
    ),
    Example(
        SIGNE,
        (
            "Hæng hende ud! Signe Abildtorp-Vang, Jobcenter Havnelyst 👇 her er hendes "
            "LinkedIn linkedin.example/in/signe-av. Del!"
        ),
        "Jobcenter",
        {"context", "profile_link", "contact_call"},
        Urgency.TODAY,
    ),
    Example(
        "Malthe K.",
        (
            "Hele samtalen med Malthe K. på jobcentret optaget – hør selv hvordan han "
            "lyver"
        ),
        "jobcentret",
        {"context", "media"},
        Urgency.TODAY,
    ),
    Example(
        RUTH,
        "Ruth Ellemose Dahl tager imod bestikkelse, det ved alle.",
        None,
        {"accusation"},
        Urgency.NORMAL,
    ),
    Example(
        MALTHE,
        (
            "Næste gang jeg ser Malthe Kringelbæk, smadrer jeg ham. Jeg ved hvilken "
            "bus han tager fra Havnelyst."
        ),
        "Havnelyst",
        {"context", "threat"},
        Urgency.URGENT,
    ),
    Example(
        "Signe AV",
        "Signe AV bor Fjeldgræsstien 999, 9999 Tågeby, mobil 00 00 00 00. Kig forbi.",
        None,
        {"private_address", "private_phone", "contact_call"},
        Urgency.URGENT,
    ),
    Example(
        "Mette Nielsen",
        "Afgørelse om kontanthjælp. CPR 000000-0000. Sagsbehandler Mette Nielsen.",
        "Sagsbehandler",
        {"context", "private_cpr", "criticism"},
        Urgency.URGENT,
    ),
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_fire_what_a_reader_expects(fire: Fire, example: Example) -> None:
    fired = fire(example.text, example.who, word=example.word)
    assert set(fired) == example.codes
    assert urgency(fired.values()) is example.when


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("threat", "Jeg slår Malthe Kringelbæk ihjel."),
        ("threat", "En dag kommer jeg og slaar dig ihjel, Malthe Kringelbæk"),
        ("threat", "Malthe Kringelbæk, jeg ved hvor du bor"),
        ("threat", "I will kill Malthe Kringelbæk"),
        ("threat", "Malthe Kringelbæk fortjener at dø"),
        ("family", "Malthe Kringelbæks datter går i Fjordskolen"),
        ("accusation", "Malthe Kringelbæk er pædofil"),
        ("accusation", "Korrupte Malthe Kringelbæk"),
        ("media", "Malthe Kringelbæk. Lydfilen ligger her"),
        ("contact_call", "Ring til Malthe Kringelbæk"),
        ("criticism", "Malthe Kringelbæk. Sagsbehandlingen var under al kritik"),
        ("private_cpr", "Malthe Kringelbæk 010203-1234"),
        ("private_cpr", "Malthe Kringelbæk cpr nr. 0102031234"),
        ("private_phone", "Malthe Kringelbæk +4512345678"),
        ("private_phone", "Malthe Kringelbæk, tlf. 22334455"),
        ("private_phone", "Malthe Kringelbæk 12 34 56 78"),
        ("private_phone", "Malthe Kringelbæk 1234 5678"),
        ("private_address", "Malthe Kringelbæk bor på Strandvænget 4"),
        ("private_address", "Malthe Kringelbæk, Gammel Kongevej 12B"),
        ("private_address", "Malthe Kringelbæk bor i 9999 Tågeby"),
    ],
)
def test_a_rule_fires_on_what_it_is_meant_for(fire: Fire, code: str, text: str) -> None:
    assert code in fire(text, MALTHE)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("threat", "Malthe Kringelbæk slår bare tiden ihjel"),
        ("threat", "Malthe Kringelbæk brænder for sit arbejde"),
        ("threat", "Malthe Kringelbæk er skudt i skoene at have sagt det"),
        ("threat", "Malthe Kringelbæk hjalp mig." + " Godt." * 20 + " Jeg dræber tid"),
        ("family", "Malthe Kringelbæk sagde nej. Min søn går i skole."),
        ("family", "Min datter blev hjulpet af Malthe Kringelbæk"),
        ("accusation", "Malthe Kringelbæk kaldte mig ikke kriminel"),
        ("contact_call", "Ring til kommunen og klag over Malthe Kringelbæk"),
        ("private_cpr", "Malthe Kringelbæk, ordre 1234567890"),
        ("private_cpr", "Malthe Kringelbæk, 2026-11-22 og 22-11-2026"),
        ("private_phone", "Malthe Kringelbæk, sagsnr. 12345678"),
        ("private_phone", "Malthe Kringelbæk skylder 12.345.678 kr."),
        ("private_phone", "Malthe Kringelbæk, 22 11 2026 kl. 12"),
        ("private_phone", "Malthe Kringelbæk på kontoret: 00 00 00 02"),
        ("private_phone", "Malthe Kringelbæk, CVR nr. 12 34 56 78"),
        ("private_address", "Malthe Kringelbæk sidder på Havnelyst Allé 1"),
        ("private_address", "Malthe Kringelbæk, bus 4 ad vejen kl. 12"),
        ("private_address", "Malthe Kringelbæk blev valgt i 2026 Danmark over"),
    ],
)
def test_a_rule_leaves_alone_what_only_looks_like_it(
    fire: Fire, code: str, text: str
) -> None:
    assert code not in fire(text, MALTHE)


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Jeg kunne aldrig finde på at slå Malthe Kringelbæk ihjel", True),
        ("Jeg vil ikke smadre Malthe Kringelbæk", True),
        ("Jeg vil smadre Malthe Kringelbæk, ikke dig", False),
        ("Aldrig mere. Jeg smadrer Malthe Kringelbæk", False),
    ],
)
def test_a_negated_threat_is_shown_and_marked(
    fire: Fire, text: str, negated: bool
) -> None:
    assert fire(text, MALTHE)["threat"].negated is negated


def test_words_are_shown_as_they_stand_and_a_cpr_number_without_its_end(
    fire: Fire,
) -> None:
    fired = fire("SMADRER Malthe Kringelbæk, 010203-1234", MALTHE)
    assert fired["threat"].words == ("SMADRER",)
    assert fired["private_cpr"].words == ("010203-",)


def find_in(post: Post, rules: Rules, **match: object) -> dict[str, Signal]:
    found = replace(match_of(post.searched_text, MALTHE), **match)  # type: ignore[arg-type]
    return {signal.code: signal for signal in find(post, [found], rules)}


def test_pictures_players_and_links_of_the_post_fire(rules: Rules) -> None:
    post = Post(
        place="p",
        text=MALTHE,
        links=(Link("https://dk.linkedin.com/in/malthe"),),
        images=(Image("https://a.example/p.jpg", "Malthe ved skranken"),),
        media=(Media("https://a.example/v.mp4", "video"),),
    )
    fired = find_in(post, rules)
    assert fired["profile_link"].words == ("https://dk.linkedin.com/in/malthe",)
    assert fired["photo"].words == ("https://a.example/p.jpg",)
    assert fired["media"].words == ("https://a.example/v.mp4",)


def test_avatars_smileys_and_share_buttons_are_furniture(rules: Rules) -> None:
    post = Post(
        place="p",
        text=f"{MALTHE} skrev til support@linkedin.com",
        links=(
            Link("https://www.facebook.com/sharer/sharer.php?u=1"),
            Link("https://linkedin.com/"),
            Link("https://notlinkedin.com/in/a"),
            Link("https://[broken/in/a"),
        ),
        images=(Image("https://a.example/avatars/1.png"), Image("/smilies/lol.gif")),
    )
    assert find_in(post, rules) == {}


def test_a_weak_match_says_so(rules: Rules) -> None:
    post = Post(place="p", text=MALTHE)
    assert set(find_in(post, rules, band=Band.WEAK)) == {"weak_name"}


def test_all_of_a_reported_post_is_about_the_employee(rules: Rules) -> None:
    text = "Hun bor på Strandvænget 4." + " Ja." * 40 + " Jeg smadrer hende."
    post = Post(place="p", text=text)
    assert {s.code for s in find(post, (), rules)} == {"private_address", "threat"}


def test_without_rules_only_what_needs_none_fires() -> None:
    post = Post(place="p", text=f"{MALTHE} smadres, linkedin.com/in/malthe")
    assert find_in(post, Rules()) == {}


def test_urgency_needs_context_below_danger() -> None:
    photo, context = Signal("photo"), Signal("context")
    assert urgency([photo]) is Urgency.NORMAL
    assert urgency([photo, context]) is Urgency.TODAY
    assert urgency([]) is Urgency.NORMAL
    assert urgency([Signal("threat")]) is Urgency.URGENT


@given(before=st.text(max_size=80), after=st.text(max_size=80))
def test_nothing_that_people_write_makes_a_rule_fail(before: str, after: str) -> None:
    text = f"{before} {MALTHE} {after}"
    rules = Rules(negations=("ikke",), profile_hosts=("linkedin.com",))
    post = Post(place="p", text=text)
    for signal in find(post, [match_of(text, MALTHE)], rules):
        assert signal.words or signal.code == "weak_name"


@pytest.mark.parametrize(
    "text",
    [
        "A-" * 300_000,
        "010203-1234 " * 60_000,
        "smadrer slår tiden ihjel " * 30_000,
        f"{MALTHE} smadrer " * 30_000,
    ],
)
def test_a_hostile_text_is_gone_through_once(fire: Fire, text: str) -> None:
    # Were the cost to grow with the square of the length, this would take hours.
    assert "threat" in fire(f"{text} Jeg smadrer {MALTHE}", MALTHE)
