"""Whoever acts on a hit must be allowed to, and is named in the history."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from monitor import history, hits
from monitor.errors import Refused
from monitor.hits import desk
from monitor.models import HitState
from tests.cases.builders import (
    ADMIN,
    LAWYER,
    MANAGER,
    NOW,
    OTHER_MANAGER,
    make_employee,
    make_hit,
)

HALF_A_YEAR = timedelta(days=180)


def kinds(session: Session, hit_id: int) -> list[tuple[str, str]]:
    events = history.of(session, "hit", hit_id, opened=True)
    return [(event.kind, event.actor) for event in events]


def test_a_look_puts_a_new_hit_in_review_once(session: Session) -> None:
    hit = make_hit(session)
    desk.look(session, hit.id, actor=MANAGER, now=NOW)
    desk.look(session, hit.id, actor=LAWYER, now=NOW)
    assert hit.state is HitState.IN_REVIEW
    assert kinds(session, hit.id) == [
        ("hit_reviewed", "bente"),
        ("viewed", "bente"),
        ("viewed", "jura"),
    ]


def test_a_dismissal_is_noted_and_can_be_taken_back(session: Session) -> None:
    hit = make_hit(session)
    desk.put_aside(
        session, hit.id, "satire", mute_for=HALF_A_YEAR, actor=MANAGER, now=NOW
    )
    assert hit.state is HitState.NO_ACTION
    (event,) = history.of(session, "hit", hit.id, opened=True)
    assert event.payload == {"old": "new", "new": "no_action", "outcome": "satire"}
    desk.take_back(session, hit.id, actor=MANAGER, now=NOW)
    assert session.scalars(hits.queue()).all() == [hit]
    assert history.verify(session).faults == ()


def test_another_centres_hit_does_not_exist(session: Session) -> None:
    hit = make_hit(session)
    for hit_id in (hit.id, 4711):
        with pytest.raises(Refused, match="hit_unknown"):
            desk.look(session, hit_id, actor=OTHER_MANAGER, now=NOW)
    with pytest.raises(Refused, match="not_allowed"):
        desk.find(session, hit.id, actor=ADMIN)


def test_listing_shows_the_own_centre_and_the_central_team_all(
    session: Session,
) -> None:
    mine = make_hit(session)
    theirs = make_hit(session, employee=make_employee(session, "engdraget"))
    assert desk.listing(session, actor=MANAGER) == [mine]
    assert desk.listing(session, actor=OTHER_MANAGER) == [theirs]
    assert desk.listing(session, actor=LAWYER) == [mine, theirs]
    assert desk.listing(session, actor=LAWYER, limit=1) == [mine]
    with pytest.raises(Refused, match="not_allowed"):
        desk.listing(session, actor=ADMIN)


def test_listing_of_dismissed_hits_begins_with_the_newest(session: Session) -> None:
    days = [NOW - timedelta(days=day) for day in (2, 1, 3)]
    made = [
        make_hit(session, state=HitState.FALSE_ALARM, decided_at=day) for day in days
    ]
    make_hit(session)
    wanted = [made[1], made[0], made[2]]
    assert desk.listing(session, actor=MANAGER, dismissed=True) == wanted
    assert desk.listing(session, actor=OTHER_MANAGER, dismissed=True) == []
    assert desk.listing(session, actor=LAWYER, dismissed=True) == wanted
