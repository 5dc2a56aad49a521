"""A case takes its hits out of the queue, freezes evidence and has its own number."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor import cases, history, hits
from monitor.db import Database
from monitor.errors import BadInput, Refused
from monitor.evidence.store import of_case, open_item
from monitor.models import Case, CaseState, ClosingReason, Hit, HitState
from monitor.users import Actor
from tests.cases.builders import (
    ADMIN,
    LAWYER,
    MANAGER,
    NOW,
    OTHER_MANAGER,
    make_case,
    make_employee,
    make_hit,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "evidence"


def open_one(
    session: Session, *found: Hit, folder: Path, actor: Actor = MANAGER
) -> Case:
    return cases.open_case(session, found, actor=actor, folder=folder, now=NOW)


def refusal(session: Session, *found: Hit, folder: Path, actor: Actor = MANAGER) -> str:
    with pytest.raises((Refused, BadInput)) as refused:
        open_one(session, *found, folder=folder, actor=actor)
    return refused.value.reason.code


def test_a_case_takes_its_hits_out_of_the_queue(session: Session, folder: Path) -> None:
    signe = make_employee(session)
    found = [make_hit(session, folder, employee=signe) for _ in range(2)]
    hits.review(found[1])
    case = open_one(session, *found, folder=folder)
    assert (case.state, case.owner, case.center) == (
        CaseState.OPENED,
        "bente",
        "havnelyst",
    )
    assert {hit.state for hit in found} == {HitState.IN_CASE}
    assert session.scalars(hits.queue()).all() == []
    session.expire_all()
    assert case.hits == found
    event = cases.story(session, case, actor=MANAGER)[0]
    assert (event.kind, event.actor) == ("case_opened", "bente")
    assert event.payload == {
        "old": None,
        "new": "opened",
        "hits": f"{found[0].id} {found[1].id}",
    }


def test_the_evidence_outlives_the_key_of_the_hit(
    session: Session, folder: Path
) -> None:
    hit = make_hit(session, folder)
    case = open_one(session, hit, folder=folder)
    session.info["keyring"].destroy(hit.key, NOW)
    (item,) = of_case(session, case)
    assert b"Signe Abildtorp-Vang" in warc_text(open_item(session, item, folder))
    assert history.verify(session).faults == ()


def warc_text(raw: bytes) -> bytes:
    import zlib

    text = b""
    while raw:
        member = zlib.decompressobj(wbits=31)
        text += member.decompress(raw)
        raw = member.unused_data
    return text


def test_the_number_names_the_danish_year(session: Session, folder: Path) -> None:
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    numbers = [
        cases.open_case(
            session, [make_hit(session)], actor=MANAGER, folder=folder, now=at
        ).number
        for at in (NOW, NOW, new_year)
    ]
    assert numbers == ["E-2026-0001", "E-2026-0002", "E-2027-0001"]


def test_hits_of_two_employees_are_two_cases(session: Session, folder: Path) -> None:
    code = refusal(session, make_hit(session), make_hit(session), folder=folder)
    assert code == "case_hits_differ"


@pytest.mark.parametrize(
    "state",
    [
        HitState.IN_CASE,
        HitState.FALSE_ALARM,
        HitState.NO_ACTION,
        HitState.SUPERSEDED,
        HitState.WITHDRAWN,
    ],
)
def test_a_hit_outside_the_queue_opens_no_case(
    session: Session, folder: Path, state: HitState
) -> None:
    hit = make_hit(session, state=state)
    assert refusal(session, hit, folder=folder) == "hit_not_open"


def test_no_hits_are_no_case(session: Session, folder: Path) -> None:
    assert refusal(session, folder=folder) == "case_without_hits"


def test_only_the_own_manager_and_the_lawyers_open_a_case(
    session: Session, folder: Path
) -> None:
    hit = make_hit(session)
    assert refusal(session, hit, folder=folder, actor=OTHER_MANAGER) == "hit_unknown"
    assert refusal(session, hit, folder=folder, actor=ADMIN) == "not_allowed"
    assert open_one(session, hit, folder=folder, actor=LAWYER).owner == "jura"


def test_a_further_hit_joins_an_open_case(session: Session, folder: Path) -> None:
    signe = make_employee(session)
    case = open_one(session, make_hit(session, employee=signe), folder=folder)
    more = make_hit(session, folder, employee=signe)
    cases.attach(session, case, [more], actor=MANAGER, folder=folder, now=NOW)
    assert more in case.hits
    assert len(of_case(session, case)) == 1


def test_a_closed_case_takes_no_further_hit(session: Session, folder: Path) -> None:
    answers: dict[str, Any] = {
        "employee_told": "on_leave",
        "support_offered": "on_leave",
    }
    case = make_case(session, **answers)
    cases.close(session, case, ClosingReason.SATIRE, actor=MANAGER, now=NOW)
    more = make_hit(session, employee=case.employee)
    with pytest.raises(Refused, match="case_closed"):
        cases.attach(session, case, [more], actor=MANAGER, folder=folder, now=NOW)


def test_another_employees_hit_joins_no_case(session: Session, folder: Path) -> None:
    case = make_case(session)
    with pytest.raises(Refused, match="case_hits_differ"):
        cases.attach(
            session, case, [make_hit(session)], actor=MANAGER, folder=folder, now=NOW
        )


def test_two_who_open_at_once_leave_no_gap(database: Database, folder: Path) -> None:
    each = 4
    with database.begin() as session:
        mine = [make_hit(session, folder).id for _ in range(2 * each)]
    ready = threading.Barrier(2, timeout=30)

    def work(ids: list[int]) -> None:
        ready.wait()
        for hit_id in ids:
            with database.begin() as session:
                open_one(session, hits.get(session, hit_id), folder=folder)

    at_once(lambda: work(mine[:each]), lambda: work(mine[each:]))
    with database.read() as session:
        numbers = session.scalars(select(Case.number).order_by(Case.number)).all()
        assert numbers == [f"E-2026-{n:04d}" for n in range(1, 2 * each + 1)]
        assert history.verify(session).faults == ()


def test_of_two_cases_about_one_hit_there_is_one(
    database: Database, folder: Path
) -> None:
    with database.begin() as session:
        hit_id = make_hit(session, folder).id
    outcomes: list[str] = []
    ready = threading.Barrier(2, timeout=30)

    def work() -> None:
        ready.wait()
        try:
            with database.begin() as session:
                open_one(session, hits.get(session, hit_id), folder=folder)
            outcomes.append("opened")
        except Refused as refused:
            outcomes.append(refused.reason.code)

    at_once(work, work)
    assert sorted(outcomes) == ["hit_not_open", "opened"]
    with database.begin() as session:
        assert open_one(session, make_hit(session), folder=folder).number.endswith("2")


def at_once(*work: object) -> None:
    threads = [threading.Thread(target=one) for one in work]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
