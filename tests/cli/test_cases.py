"""A case as typed, from the hit to its end; what is forbidden is said in words."""

from __future__ import annotations

from typing import Any

import pytest

from monitor import cases
from monitor.cli import cases_acts, cases_words, recheck
from monitor.hits import words_of
from monitor.models import (
    AuthorAge,
    CaseState,
    ClosingReason,
    Decision,
    Hit,
    HitState,
    Identity,
    RecheckOutcome,
)
from monitor.startup import Opened
from tests.cases.builders import REASONS, make_hit
from tests.cli.keyboard import Type


@pytest.fixture
def hit(opened: Opened) -> int:
    with opened.database.begin() as session:
        return make_hit(session, opened.settings.evidence_dir).id


@pytest.fixture
def number(typed: Type, hit: int) -> str:
    assert typed("cases", "open", hit).code == 0
    return str(typed("cases", "list", "--json").json[0]["case"])


def row(typed: Type, number: str) -> dict[str, Any]:
    told: dict[str, Any] = typed("cases", "show", number, "--json").json
    return told


def test_the_whole_way_from_a_hit_to_a_closed_case(
    typed: Type, number: str, hit: int
) -> None:
    steps: list[tuple[object, ...]] = [
        ("cases", "care", number, "--told", "2026-01-02"),
        ("cases", "assess", number, "--text", REASONS),
        ("cases", "identity", number, "self_stated", "--age", "adult"),
        ("cases", "decide", number, "letter"),
        ("cases", "wait", number, "author", "--why", "brev sendt"),
        ("recheck", "plan", number),
        ("recheck", "note", number, hit, "gone"),
        ("cases", "note", number, "--text", "Opslaget er væk."),
        ("cases", "care", number, "--support", "wished_not"),
        ("cases", "close", number, "removed_by_author"),
    ]
    for step in steps:
        said = typed(*step)
        assert said.code == 0, said.err
    told = row(typed, number)
    assert told["state"] == "closed"
    assert told["closing_reason"] == "removed_by_author"
    assert told["assessments"][0]["text"] == REASONS
    assert typed("cases", "list", "--json").json == []
    assert number in typed("cases", "list", "--closed").out
    events = typed("cases", "history", number, "--json").json
    kinds = [event["kind"] for event in events if event["kind"] != "viewed"]
    assert kinds == [
        "case_opened",
        "evidence_captured",
        "case_care",
        "case_assessed",
        "case_identity",
        "case_author",
        "case_decided",
        "case_moved",
        "recheck_planned",
        "recheck_done",
        "case_moved",
        "case_note",
        "case_care",
        "case_closed",
    ]
    assert {event["actor"] for event in events} == {"bente"}
    history = typed("cases", "history", number).out
    assert "Opslaget er væk." in history
    assert "waiting for the author" in " ".join(history.split())
    assert "waiting_author" not in history
    assert "question: Support offered" in " ".join(history.split())
    assert "copy_of" not in history
    assert "support_offered" not in history
    assert typed("cases", "reopen", number, "--why", "Det er tilbage.").code == 0
    assert row(typed, number)["state"] == "assessing"
    assert typed("evidence", "verify").code == 0


def test_a_case_is_shown_in_words(typed: Type, number: str) -> None:
    typed("cases", "assess", number, "--text", REASONS)
    out = typed("cases", "show", number).out
    assert "being assessed" in out
    assert "not answered yet" in out
    assert "ikke en trussel" in out


@pytest.mark.parametrize(
    "refused",
    [
        (("decide", "tolerate"), "no written assessment"),
        (("decide", "police"), "no written assessment"),
        (("wait", "author"), "cannot go from there"),
        (("wait", "police"), "cannot go from there"),
        (("close", "satire"), "whether the employee has been told"),
        (("reopen", "--why", "x"), "is not closed"),
        (("contact", "author", "--text", "x"), "no written assessment"),
        (("assess", "--text", "Tål."), "needs at least 80"),
        (("advise", "report", "--text", "x"), "may not do this"),
    ],
)
def test_what_is_forbidden_is_refused_in_words(
    typed: Type, number: str, refused: tuple[tuple[str, ...], str]
) -> None:
    (act, *rest), said = refused
    told = typed("cases", act, number, *rest)
    assert told.code == 1
    assert said in told.err
    assert row(typed, number)["state"] == "opened"


def test_the_police_takes_advice_and_consent(typed: Type, number: str) -> None:
    typed("cases", "assess", number, "--text", REASONS)
    typed("cases", "wait", number, "central")
    assert "112" in typed("cases", "decide", number, "police").err
    how = ("report", "--text", "Anmeld det.")
    assert typed("cases", "advise", number, *how, login="jura").code == 0
    assert "has not said yes" in typed("cases", "decide", number, "police").err
    assert typed("cases", "consent", number, "yes").code == 0
    assert typed("cases", "decide", number, "police").code == 0
    assert typed("cases", "wait", number, "police").code == 0


def test_another_centre_sees_no_case(typed: Type, number: str) -> None:
    for act in ("show", "history"):
        told = typed("cases", act, number, login="torkild")
        assert (told.code, "There is no case" in told.err) == (1, True)
    assert typed("cases", "list", "--json", login="torkild").json == []
    assert typed("cases", "list", login="drift").code == 1


def test_a_hold_and_further_hits(typed: Type, number: str, opened: Opened) -> None:
    assert typed("cases", "hold", number, "court", "--until", "2099-12-31").code == 0
    assert row(typed, number)["hold_until"] == "2099-12-31T22:59:59.999999+00:00"
    with opened.database.begin() as session:
        first = session.get_one(Hit, row(typed, number)["hits"][0])
        assert words_of(session, first).text
        assert first.state is HitState.IN_CASE
        more = make_hit(session, employee=first.employee).id
    assert typed("cases", "add", number, more).code == 0
    assert len(row(typed, number)["hits"]) == 2


@pytest.mark.parametrize(
    "step", [("care",), ("identity",), ("note",), ("assess",), ("decide", "shout")]
)
def test_wrong_use_is_told_apart(
    typed: Type, number: str, step: tuple[str, ...]
) -> None:
    act, *rest = step
    assert typed("cases", act, number, *rest).code == 2
    assert typed("cases", "care", number, "--told", "i går").code == 2


def values(words: Any) -> set[str]:
    return {word.value for word in words}


def test_every_word_the_room_knows_can_be_typed_and_read() -> None:
    assert values(Decision) == set(cases_acts.DECISIONS)
    assert values(Identity) == set(cases_acts.IDENTITIES)
    assert values(AuthorAge) == set(cases_acts.AGES)
    assert values(ClosingReason) == set(cases_acts.REASONS)
    assert values(RecheckOutcome) == set(recheck.OUTCOMES)
    assert set(cases.CONTACTS) == set(cases_acts.PARTIES)
    assert set(cases.HOLDS) == set(cases_acts.HOLDS)
    assert values(CaseState) == set(cases_words.state_words())
    assert values(Decision) == set(cases_words.decision_words())
    assert values(ClosingReason) == set(cases_words.closing_words())
    assert set(cases.WHY_NOT) == set(cases_words.care_words())
    assert values(RecheckOutcome) == set(recheck.outcome_words())
