"""What has been kept long enough goes, with its keys and files; the rest stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from monitor import cases, history, hits
from monitor.evidence.verify import verify_all
from monitor.models import (
    Assessment,
    Case,
    ClosingReason,
    DataKey,
    EvidenceItem,
    Hit,
    HostGate,
    Mute,
    PageRecord,
    Run,
    SeenPost,
    UserRole,
)
from monitor.retention import Receipt, purge
from monitor.users import Actor
from tests.world import World, page, post
from watchlist.base import Base
from watchlist.models import Employee
from watchlist.types import KeyScope

MANAGER = Actor("bente", frozenset({UserRole.CENTER_MANAGER}), "havnelyst")
NAMED = "Malthe Kringelbæk på jobcentret har givet mig afslag."


def _count(world: World, table: type[Base]) -> int:
    with world.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def _hit(world: World) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    world.site.put("/traad/", page(post(2, NAMED)))
    world.crawl()


def _dismiss(world: World, outcome: str) -> None:
    with world.database.begin() as session:
        hits.dismiss(
            session,
            session.scalars(select(Hit)).one(),
            outcome,
            by="bente",
            now=world.now,
            mute_for=timedelta(days=180),
        )


def _purge(world: World, days: float) -> Receipt:
    return purge(world.database, world.settings, world.now + timedelta(days=days))


@pytest.mark.parametrize(
    ("outcome", "days"),
    [("same_name", 14), ("lawful_criticism", 60), ("satire", 60)],
)
def test_a_dismissed_hit_goes_when_its_time_is_up(
    world: World, outcome: str, days: int
) -> None:
    _hit(world)
    _dismiss(world, outcome)
    assert _purge(world, days - 0.1).hits == 0
    assert _count(world, Hit) == 1
    receipt = _purge(world, days + 0.1)
    assert (receipt.hits, receipt.evidence_files) == (1, 1)
    assert (_count(world, Hit), _count(world, EvidenceItem)) == (0, 0)
    assert [p for p in world.settings.evidence_dir.rglob("*") if p.is_file()] == []
    assert _count(world, Mute) == 1
    with world.database.read() as session:
        live = select(DataKey).filter_by(scope=KeyScope.HIT, destroyed_at=None)
        assert session.scalars(live).all() == []
        report = verify_all(session, world.settings.evidence_dir, world.now)
        assert report.faults == ()


def test_an_unhandled_hit_stays_half_a_year(world: World) -> None:
    _hit(world)
    assert _purge(world, 179).hits == 0
    assert _purge(world, 181).hits == 1


def test_a_version_that_was_replaced_goes_like_an_unhandled_one(world: World) -> None:
    _hit(world)
    world.site.put("/traad/", page(post(2, NAMED + " Igen.")))
    world.crawl()
    assert _purge(world, 179).hits == 0
    assert _purge(world, 181).hits == 2


def _case(world: World, closed_for: ClosingReason | None) -> None:
    _hit(world)
    with world.database.begin() as session:
        case = cases.open_case(
            session,
            [session.scalars(select(Hit)).one()],
            actor=MANAGER,
            folder=world.settings.evidence_dir,
            now=world.now,
        )
        reasoning = (
            "Opslaget nævner medarbejderen i sit arbejde, og det er lovligt. " * 2
        )
        cases.assess(session, case, reasoning, actor=MANAGER, now=world.now)
        if closed_for is not None:
            case.closed_at, case.closing_reason = world.now, closed_for


def test_an_open_case_keeps_everything(world: World) -> None:
    _case(world, None)
    receipt = _purge(world, 2000)
    assert (receipt.cases, receipt.hits) == (0, 0)
    assert (_count(world, Case), _count(world, Hit)) == (1, 1)


def test_a_closed_case_goes_with_all_that_hangs_on_it(world: World) -> None:
    _case(world, ClosingReason.REMOVED_BY_AUTHOR)
    assert _purge(world, 182).cases == 0
    assert _purge(world, 184).cases == 1
    for table in (Case, Hit, EvidenceItem, Assessment):
        assert _count(world, table) == 0
    with world.database.read() as session:
        live = select(DataKey).filter_by(scope=KeyScope.CASE, destroyed_at=None)
        assert session.scalars(live).all() == []
        assert history.verify(session).faults == ()


def test_a_police_case_waits_for_a_person(world: World) -> None:
    _case(world, ClosingReason.TO_POLICE)
    assert _purge(world, 2000).cases == 0
    with world.database.begin() as session:
        session.scalars(select(Case)).one().hold_until = world.now
    assert _purge(world, 2000).cases == 1


def test_a_held_case_is_kept(world: World) -> None:
    _case(world, ClosingReason.LAWFUL_CRITICISM)
    with world.database.begin() as session:
        case = session.scalars(select(Case)).one()
        case.hold_until = world.now + timedelta(days=400)
    assert _purge(world, 399).cases == 0
    assert _purge(world, 401).cases == 1


@pytest.mark.parametrize(
    ("table", "days"),
    [(SeenPost, 30), (PageRecord, 30), (HostGate, 30), (Run, 90)],
)
def test_traces_go_in_time(world: World, table: type[Base], days: int) -> None:
    _hit(world)
    before = _count(world, table)
    assert before
    _purge(world, days - 1)
    assert _count(world, table) == before
    _purge(world, days + 1)
    assert _count(world, table) == 0


def test_a_mute_ends(world: World) -> None:
    _hit(world)
    _dismiss(world, "same_name")
    _purge(world, 179)
    assert _count(world, Mute) == 1
    assert _purge(world, 181).mutes == 1


def test_more_than_a_batch_goes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.retention.BATCH", 2)
    world.enrol("TK-1", "Malthe Kringelbæk")
    posts = [post(n, f"{NAMED} {n}") for n in range(5)]
    world.site.put("/traad/", page(*posts))
    world.crawl()
    receipt = _purge(world, 400)
    assert (receipt.hits, receipt.seen_posts) == (5, 5)


def test_an_employee_of_whom_nothing_is_left_goes(world: World) -> None:
    with world.database.begin() as session:
        session.add(Employee(work_id="TK-9", center="bakkely", created_at=world.now))
    world.enrol("TK-1", "Malthe Kringelbæk")
    assert _purge(world, 1).employees == 1
    with world.database.read() as session:
        assert session.scalars(select(Employee.work_id)).all() == ["TK-1"]


def test_every_purge_leaves_a_receipt(world: World) -> None:
    _hit(world)
    receipt = _purge(world, 1)
    assert not receipt
    with world.database.read() as session:
        day = (world.now + timedelta(days=1)).date().isoformat()
        (event,) = history.of(session, "retention", day, opened=True)
        assert event.kind == "purged"
        assert event.payload is not None
        assert event.payload["hits"] == 0


def test_running_it_twice_erases_nothing_more(world: World) -> None:
    _hit(world)
    assert _purge(world, 400)
    assert not _purge(world, 400)
