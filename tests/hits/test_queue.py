"""The inbox has one order for each centre, and a hit leaves it only by the rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor import hits
from monitor.errors import Refused
from monitor.hits.queue import OUTCOMES
from monitor.models import Hit, HitState, Mute
from monitor.models.hit import DISMISSED, QUEUED
from monitor.signals import Urgency
from monitor.types import Band, Match, MatchReason
from tests.cases.builders import NOW, make_employee, make_hit

HALF_A_YEAR = timedelta(days=180)


def make_match(*codes: str, band: Band = Band.HIT, score: float = 0.9) -> Match:
    reasons = tuple(MatchReason(code, 0.0) for code in codes)
    return Match(1, score, band, "Ruth Dahl", 0, 9, reasons)


def dismiss(session: Session, hit: Hit, outcome: str = "satire") -> None:
    hits.dismiss(session, hit, outcome, by="bente", now=NOW, mute_for=HALF_A_YEAR)


def mutes(session: Session) -> list[Mute]:
    return list(session.scalars(select(Mute).order_by(Mute.id)))


FIRST_TO_LAST = [
    make_match("exact", "context_word", "rare_name", score=0.7),
    make_match("exact", "context_word", score=0.8),
    make_match("exact", "source_of_center", "common_name", score=0.8),
    make_match("exact", "rare_name", score=0.9),
    make_match("exact", score=0.95),
    make_match("exact", "very_common_name", score=0.99),
    make_match("initial", "context_word", "rare_name", band=Band.WEAK, score=0.69),
    make_match("initial", band=Band.WEAK, score=0.69),
]


def test_band_comes_before_context_before_rarity_and_no_score_counts() -> None:
    ranks = [hits.rank(match, NOW) for match in FIRST_TO_LAST]
    assert ranks == sorted(set(ranks))


def test_among_equals_the_newest_post_comes_first() -> None:
    days = [
        datetime(9999, 12, 31, tzinfo=UTC),
        NOW + timedelta(seconds=1),
        NOW,
        datetime(2001, 9, 9, 1, 46, 39, tzinfo=UTC),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(1901, 2, 3, tzinfo=UTC),
    ]
    ranks = [hits.rank(make_match(), day) for day in days]
    assert ranks == sorted(ranks)
    assert len({len(rank) for rank in ranks}) == 1


def test_newest_weak_post_stands_behind_the_oldest_hit() -> None:
    weak = make_match("context_word", "rare_name", band=Band.WEAK)
    old = NOW - timedelta(days=9000)
    assert hits.rank(make_match("very_common_name"), old) < hits.rank(weak, NOW)


def test_what_is_urgent_comes_before_all_that_is_not() -> None:
    urgent = hits.rank(make_match(band=Band.WEAK), NOW, Urgency.URGENT)
    today = hits.rank(make_match("context_word"), NOW, Urgency.TODAY)
    assert urgent < today < hits.rank(make_match("context_word", "rare_name"), NOW)


def test_each_centre_has_its_queue_in_order_of_rank(session: Session) -> None:
    ours = make_employee(session)
    late = make_hit(session, employee=ours, rank="2")
    soon = make_hit(session, employee=ours, rank="1", state=HitState.IN_REVIEW)
    same = make_hit(session, employee=ours, rank="2")
    theirs = make_hit(session, employee=make_employee(session, "engdraget"), rank="0")
    for state in set(HitState) - set(QUEUED):
        make_hit(session, employee=ours, rank="0", state=state)
    assert session.scalars(hits.queue("havnelyst")).all() == [soon, late, same]
    assert session.scalars(hits.queue("engdraget")).all() == [theirs]
    assert session.scalars(hits.queue("bakkely")).all() == []
    assert session.scalars(hits.queue(limit=2)).all() == [theirs, soon]


def test_review_begins_with_the_first_look_only(session: Session) -> None:
    hit = make_hit(session)
    hits.review(hit)
    assert hit.state is HitState.IN_REVIEW
    hit.state = HitState.IN_CASE
    hits.review(hit)
    assert hit.state is HitState.IN_CASE


def test_every_outcome_ends_a_hit_in_its_state(session: Session) -> None:
    for state, known in OUTCOMES.items():
        for outcome in known:
            hit = make_hit(session)
            dismiss(session, hit, outcome)
            assert (hit.state, hit.outcome) == (state, outcome)
            assert (hit.decided_at, hit.decided_by) == (NOW, "bente")
            mute = mutes(session)[-1]
            assert mute.content_hash == hit.content_hash
            assert (mute.expires_at, mute.revoked_at) == (NOW + HALF_A_YEAR, None)
    assert session.scalars(hits.queue()).all() == []


def test_hit_out_of_the_queue_cannot_be_dismissed(session: Session) -> None:
    for state in set(HitState) - set(QUEUED):
        hit = make_hit(session, state=state)
        with pytest.raises(Refused, match=f"hit_not_open.*state={state.value}"):
            dismiss(session, hit)
        assert (hit.state, mutes(session)) == (state, [])


def test_hit_that_was_not_dismissed_cannot_be_taken_back(session: Session) -> None:
    for state in set(HitState) - set(DISMISSED):
        hit = make_hit(session, state=state)
        with pytest.raises(Refused, match=f"hit_not_dismissed.*state={state.value}"):
            hits.reopen(session, hit, now=NOW)
        assert hit.state is state


def test_unknown_outcome_changes_nothing(session: Session) -> None:
    hit = make_hit(session)
    with pytest.raises(Refused, match="outcome_unknown"):
        dismiss(session, hit, "boring")
    assert (hit.state, hit.outcome, mutes(session)) == (HitState.NEW, None, [])


def test_dismissing_again_makes_the_same_mute_hold_again(session: Session) -> None:
    hit, other = make_hit(session), make_hit(session)
    dismiss(session, hit)
    dismiss(session, other)
    hits.reopen(session, hit, now=NOW)
    assert (hit.state, hit.outcome) == (HitState.IN_REVIEW, None)
    assert (hit.decided_at, hit.decided_by) == (None, None)
    revoked = {mute.content_hash: mute.revoked_at for mute in mutes(session)}
    assert revoked == {hit.content_hash: NOW, other.content_hash: None}
    dismiss(session, hit, "same_name")
    assert [mute.revoked_at for mute in mutes(session)] == [None, None]


def test_hit_is_fetched_by_number_and_locked_as_it_is_now(session: Session) -> None:
    hit = make_hit(session)
    hit.outcome = "satire"
    assert hits.get(session, hit.id, lock=True) is hit
    assert hit.outcome == "satire"
    with pytest.raises(Refused, match="hit_unknown"):
        hits.get(session, hit.id + 4711)
