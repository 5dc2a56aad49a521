from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor import enrolment, history
from monitor.errors import Refused
from monitor.models import Event, UserRole
from monitor.models.case import Case, CaseHit
from monitor.models.hit import Hit, HitState, Mute, Origin
from monitor.users import Actor
from watchlist import entries
from watchlist.crypto import keyring_of
from watchlist.models import DataKey
from watchlist.types import KeyProblem, KeyScope, NameForms, NewEntry, OptInRecord

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ADMIN = Actor("wla", frozenset({UserRole.WATCHLIST_ADMIN}))
TECHNICIAN = Actor("tech", frozenset({UserRole.TECHNICAL_ADMIN}))
MANAGER = Actor("boss", frozenset({UserRole.CENTER_MANAGER}), "havnelyst")
YES = OptInRecord(NOW.date(), how="form", text_version="1")
SIGNE = NewEntry("e-1", "havnelyst", NameForms("Signe Abildtorp-Vang"))
HEAD = "employee_id,full_name,aliases,email,linkedin_url,center\n"


def enrol(session: Session, yes: OptInRecord | None = YES) -> int:
    entry = enrolment.add(
        session, ADMIN, SIGNE, yes=yes, centers=["havnelyst"], now=NOW
    )
    return entry.employee_id


def make_hit(session: Session, employee_id: int, number: int) -> Hit:
    key = keyring_of(session).new_key(session, KeyScope.HIT, NOW)
    hit = Hit(
        employee_id=employee_id,
        center="havnelyst",
        origin=Origin.CRAWL,
        post_key=bytes([number]) * 32,
        content_hash=bytes(32),
        found_at=NOW,
        last_seen_at=NOW,
        key=key,
        sealed=keyring_of(session).seal(key, "hit.sealed", "the words"),
    )
    session.add(hit)
    session.flush()
    return hit


def open_case(session: Session, hit: Hit) -> None:
    key = keyring_of(session).new_key(session, KeyScope.CASE, NOW)
    case = Case(
        number="E-2026-0001",
        employee_id=hit.employee_id,
        center=hit.center,
        owner="boss",
        opened_at=NOW,
        opened_by="boss",
        key=key,
    )
    session.add(case)
    session.flush()
    session.add(CaseHit(case_id=case.id, hit_id=hit.id))
    hit.state = HitState.IN_CASE
    session.flush()


def kinds(session: Session) -> list[str]:
    return list(session.scalars(select(Event.kind).order_by(Event.id)))


def test_every_act_leaves_an_event(session: Session) -> None:
    enrol(session, yes=None)
    who: dict[str, Any] = {"now": NOW}
    enrolment.answer(session, ADMIN, "e-1", yes=YES, **who)
    enrolment.answer(session, ADMIN, "e-1", yes=YES, **who)
    enrolment.pause(session, ADMIN, "e-1", **who)
    enrolment.resume(session, ADMIN, "e-1", **who)
    told, steps = enrolment.shown(session, ADMIN, "e-1", **who)
    assert (told.names, len(steps)) == (SIGNE.names, 5)
    assert len(enrolment.listed(session, ADMIN, **who)) == 1
    assert b"Signe" in enrolment.give_out(session, ADMIN, **who)
    enrolment.withdraw(session, ADMIN, "e-1", **who)
    assert kinds(session) == [
        "watch_entry_added",
        "opt_in_granted",
        "opt_in_renewed",
        "opt_in_paused",
        "opt_in_resumed",
        "viewed",
        "viewed",
        "watchlist_exported",
        "opt_in_withdrawn",
    ]
    assert history.verify(session).faults == ()


def test_silence_is_noted_as_the_systems_act(session: Session) -> None:
    enrol(session)
    assert enrolment.expire(session, NOW) == []
    assert enrolment.expire(session, NOW + timedelta(days=367)) == ["e-1"]
    assert kinds(session)[-1] == "opt_in_expired"
    assert entries.active_entries(session) == ()


@pytest.mark.parametrize("who", [MANAGER, TECHNICIAN])
def test_nobody_else_sees_or_changes_the_watchlist(
    session: Session, who: Actor
) -> None:
    enrol(session)
    when: dict[str, Any] = {"now": NOW}
    rules: dict[str, Any] = {"centers": ["havnelyst"], "now": NOW}
    acts = (
        lambda: enrolment.add(session, who, SIGNE, yes=YES, **rules),
        lambda: enrolment.answer(session, who, "e-1", yes=YES, **when),
        lambda: enrolment.pause(session, who, "e-1", **when),
        lambda: enrolment.resume(session, who, "e-1", **when),
        lambda: enrolment.preview(session, who, "e-1"),
        lambda: enrolment.withdraw(session, who, "e-1", **when),
        lambda: enrolment.listed(session, who, **when),
        lambda: enrolment.shown(session, who, "e-1", **when),
        lambda: enrolment.give_out(session, who, **when),
        lambda: enrolment.take_in(session, who, b"", dry_run=True, **rules),
    )
    for act in acts:
        with pytest.raises(Refused):
            act()
    assert len(entries.active_entries(session)) == 1


def test_withdrawal_erases_hits_without_a_case(session: Session) -> None:
    employee_id = enrol(session)
    free, kept = (make_hit(session, employee_id, n) for n in (1, 2))
    key, sealed = free.key, free.sealed
    open_case(session, kept)
    session.add(
        Mute(
            employee_id=employee_id,
            post_key=bytes(32),
            content_hash=bytes(32),
            made_at=NOW,
            made_by="boss",
            expires_at=NOW,
        )
    )
    found = enrolment.preview(session, ADMIN, "e-1")
    assert (found.hits, found.hits_in_cases, found.erasure.names) == (1, 1, 1)
    done = enrolment.withdraw(session, ADMIN, "e-1", now=NOW)
    session.commit()
    assert (done.hits, done.files) == (1, ())
    assert session.scalars(select(Hit)).all() == [kept]
    assert session.scalars(select(Mute)).all() == []
    assert sealed is not None
    with pytest.raises(KeyProblem):
        keyring_of(session).open_bytes(key, "hit.sealed", sealed)
    assert keyring_of(session).open_text(kept.key, "hit.sealed", kept.sealed or b"")


def test_imported_file_is_noted_with_its_counts(session: Session) -> None:
    data = f"{HEAD}e-1,Signe Vang,,,,havnelyst\ne-2,Ruth,,,,havnelyst".encode()
    rules: dict[str, Any] = {"centers": ["havnelyst"], "now": NOW}
    enrolment.take_in(session, ADMIN, data, dry_run=True, **rules)
    assert kinds(session) == []
    enrolment.take_in(session, ADMIN, data, dry_run=False, **rules)
    (event,) = session.scalars(select(Event))
    told = history.unpacked(session, event)
    assert told is not None
    assert (told["pending"], told["refused"]) == (1, 1)


def test_only_a_technician_rotates_keys(session: Session, tmp_path: Any) -> None:
    from watchlist.crypto import Keyring

    session.info["keyring"] = Keyring.create(tmp_path / "keys")
    enrol(session)
    with pytest.raises(Refused):
        enrolment.rotate_keys(session, ADMIN, now=NOW)
    with pytest.raises(Refused):
        enrolment.drop_old_keys(session, ADMIN, now=NOW)
    assert enrolment.rotate_keys(session, TECHNICIAN, now=NOW) == 1
    session.commit()
    assert enrolment.drop_old_keys(session, TECHNICIAN, now=NOW) == 1
    assert entries.active_entries(session)[0].full_name == SIGNE.names.full_name
    assert session.scalars(select(DataKey)).one().wrapped is not None
