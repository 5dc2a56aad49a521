"""A hit's words are sealed under its own key, die with it, and name nobody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import text
from sqlalchemy.orm import Session

from monitor import hits
from monitor.errors import Refused
from monitor.types import Band, Match, MatchReason
from tests.cases.builders import NOW, make_hit, make_words
from watchlist.crypto import keyring_of
from watchlist.types import KeyProblem

WORDS = hits.Words(
    url="https://blog.example/42?a=1",
    text="Overskrift\n\nÅse Brønd står i skranken 🚲 hver dag.",
    title="Overskrift",
    author="Bitter Borger",
    permalink="https://blog.example/42#c1",
    published="22. nov. 2026",
    edited="i går",
    links=("https://blog.example/a", "https://blog.example/b"),
    images=("https://blog.example/a.jpg",),
    media=("https://blog.example/a.mp3",),
    found=(
        Match(
            7,
            0.9,
            Band.WEAK,
            "Åse Brønd",
            12,
            21,
            (MatchReason("initial", -0.2, {"form": "Å. Brønd", "place": 3}),),
            ambiguous=True,
        ),
    ),
    note="Ringet ind af en kollega",
)


def cover(text: str, *places: tuple[int, int]) -> list[Match]:
    return [Match(1, 0.9, Band.HIT, text[a:b], a, b, ()) for a, b in places]


def test_words_come_back_as_they_were_sealed(session: Session) -> None:
    hit = make_hit(session, words=WORDS)
    session.expire_all()
    assert hits.words_of(session, hit) == WORDS
    bare = make_hit(session, words=hits.Words("https://blog.example/", "Tekst"))
    assert hits.words_of(session, bare).found == ()


def test_database_holds_no_word_in_the_clear(session: Session) -> None:
    hit = make_hit(session, words=WORDS)
    told = text("SELECT sealed FROM hit WHERE id = :id")
    stored = bytes(session.scalar(told, {"id": hit.id}) or b"")
    for word in ("Åse", "Borger", "blog.example", "skranken", "initial"):
        assert word.encode() not in stored


def test_words_of_one_hit_cannot_be_put_into_another(session: Session) -> None:
    mine, other = make_hit(session, words=WORDS), make_hit(session)
    other.sealed = mine.sealed
    with pytest.raises(KeyProblem):
        hits.words_of(session, other)


def test_destroyed_key_or_erased_words_leave_nothing_to_read(session: Session) -> None:
    shredded, emptied = make_hit(session), make_hit(session)
    keyring_of(session).destroy(shredded.key, NOW)
    emptied.sealed = None
    for hit in (shredded, emptied):
        with pytest.raises(Refused, match="hit_erased"):
            hits.words_of(session, hit)


def test_covered_name_keeps_its_length_and_its_spaces() -> None:
    told = "Hils Ruth  Dahl\tog Åse Brønd."
    hidden = hits.masked(told, cover(told, (5, 15)))
    assert hidden == "Hils ▮▮▮▮  ▮▮▮▮\tog Åse Brønd."


def test_own_name_stays_readable_where_two_names_share_a_word() -> None:
    told = "Ruth og Åse Dahl"
    hide, keep = cover(told, (0, 4), (12, 16)), cover(told, (8, 16))
    assert hits.masked(told, hide, keep) == "▮▮▮▮ og Åse Dahl"
    assert hits.masked(told, []) == told


@given(
    some.text(alphabet="aå 🚲\ń", min_size=1, max_size=40),
    some.lists(some.tuples(some.integers(0, 40), some.integers(0, 40)), max_size=4),
    some.lists(some.tuples(some.integers(0, 40), some.integers(0, 40)), max_size=2),
)
def test_covering_moves_no_offset_and_touches_nothing_else(
    told: str, hide: list[tuple[int, int]], keep: list[tuple[int, int]]
) -> None:
    within = [(min(a, len(told)), min(b, len(told))) for a, b in hide]
    kept = [(min(a, len(told)), min(b, len(told))) for a, b in keep]
    hidden = hits.masked(told, cover(told, *within), cover(told, *kept))
    assert len(hidden) == len(told)
    for place, (old, new) in enumerate(zip(told, hidden, strict=True)):
        covered = any(a <= place < b for a, b in within)
        spared = any(a <= place < b for a, b in kept) or old.isspace()
        assert new == (hits.MASK if covered and not spared else old)


def test_builder_of_words_is_read_like_any_other(session: Session) -> None:
    assert hits.words_of(session, make_hit(session)) == make_words()
