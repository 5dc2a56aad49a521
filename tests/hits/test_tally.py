"""Those who keep the rules see which of them mostly make noise."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from monitor.hits import desk, seal
from monitor.hits.tally import tally
from monitor.models import Hit, HitState, UserRole
from monitor.signals import Signal
from monitor.users import Actor
from tests.cases.builders import NOW, make_employee, make_hit, make_words

ACTOR = Actor("bente", frozenset({UserRole.CENTER_MANAGER}), "havnelyst")


def aside(session: Session, hit: Hit, outcome: str) -> None:
    desk.put_aside(
        session, hit.id, outcome, mute_for=timedelta(days=1), actor=ACTOR, now=NOW
    )


def test_hits_put_aside_are_counted_under_each_rule_until_taken_back(
    session: Session,
) -> None:
    employee = make_employee(session)
    threat, photo = Signal("threat", ("smadrer",)), Signal("photo")
    one, other, plain = (make_hit(session, employee=employee) for _ in range(3))
    seal(session, one, make_words(signals=(threat, photo)))
    seal(session, other, make_words(signals=(threat,)))
    aside(session, one, "same_name")
    aside(session, other, "satire")
    aside(session, plain, "satire")
    assert tally(session) == {
        "threat": {HitState.FALSE_ALARM: 1, HitState.NO_ACTION: 1},
        "photo": {HitState.FALSE_ALARM: 1, HitState.NO_ACTION: 0},
    }
    desk.take_back(session, one.id, actor=ACTOR, now=NOW)
    assert tally(session)["threat"][HitState.FALSE_ALARM] == 0
