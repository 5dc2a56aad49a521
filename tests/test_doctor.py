"""Each thing the doctor looks at is told good from doubtful from bad."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import text

from monitor import db, history
from monitor.backup import backup
from monitor.doctor import Check, State, around, health, inside
from monitor.i18n import say
from monitor.models import SourceState
from monitor.pipeline import register
from monitor.startup import Opened
from monitor.types import Source
from tests.world import World, page, post

ON_SQLITE = pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
NAMED = "Malthe Kringelbæk på jobcentret har givet mig afslag."


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def examined(world: World, *sources: Source, **settings: object) -> dict[str, Check]:
    """Every check by its name."""
    world.settings.data_dir.chmod(0o700)
    changed = replace(world.settings, **settings)  # type: ignore[arg-type]
    at_hand = Opened(changed, world.database)
    known = {source.id: source for source in sources or (world.source,)}
    checks = [*inside(at_hand, known, world.now), *around(changed, known, world.now)]
    return {check.name: check for check in checks}


def codes(checks: Iterable[Check], state: State) -> set[str]:
    return {check.found.code for check in checks if check.state is state}


def seen_in(check: Check) -> tuple[State, str]:
    return check.state, check.found.code


def test_fresh_installation_has_nothing_bad(world: World) -> None:
    checks = examined(world).values()
    good = {"disk_good", "clock_good", "approvals_good", "history_whole"}
    assert codes(checks, State.BAD) == set()
    assert good <= codes(checks, State.GOOD)
    told = [say(check.found, "en") for check in checks]
    assert not [sentence for sentence in told if "{" in sentence]


def test_database_that_is_whole_is_named_by_its_engine(world: World) -> None:
    check = examined(world)["database"]
    assert seen_in(check) == (State.GOOD, "database_good")
    assert check.found.params["engine"] == world.database.url.get_backend_name()


@ON_SQLITE
def test_damaged_database_is_told_and_asked_nothing_more(
    world: World, empty_url: str
) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    world.site.put("/traad/", page(*(post(n, f"{n} {NAMED}") for n in range(20))))
    world.crawl()
    with world.database.read() as session:
        roots = text("SELECT rootpage FROM sqlite_master WHERE name = 'ix_hit_queue'")
        index = int(session.scalar(roots) or 0)
        size = int(session.scalar(text("PRAGMA page_size")) or 0)
    world.database.scrub()
    world.database.close()
    path = Path(empty_url.removeprefix("sqlite:///"))
    whole = path.read_bytes()
    for place in ((index - 1) * size + 8, size + 8):  # an index, then the first table
        path.write_bytes(whole[:place] + b"\xff" * 200 + whole[place + 200 :])
        checks = examined(world)
        world.database.close()
        assert seen_in(checks["database"]) == (State.BAD, "database_damaged")
        assert set(checks) == {"database", "disk", "approvals", "backup", "chromium"}
    path.write_bytes(whole)
    assert seen_in(examined(world)["database"]) == (State.GOOD, "database_good")


def test_key_file_beside_the_data_is_doubtful(world: World, tmp_path: Path) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    world.enrol("TK-2", "Signe Abildtorp")
    check = examined(world)["keys"]
    assert seen_in(check) == (State.WARNING, "keys_beside_data")
    assert check.found.params["active"] == 2
    apart = examined(world, key_file=tmp_path / "elsewhere" / "udkig.keys")["keys"]
    assert seen_in(apart) == (State.GOOD, "keys_good")


@ON_SQLITE
def test_disk_is_judged_by_what_is_free(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for free, expected in (
        (1_000_000_000, (State.GOOD, "disk_good")),
        (999_999_999, (State.WARNING, "disk_low")),
        (100_000_000, (State.WARNING, "disk_low")),
        (99_999_999, (State.BAD, "disk_full")),
    ):
        usage = Usage(10**12, 0, free)
        monkeypatch.setattr(shutil, "disk_usage", lambda _path, told=usage: told)
        assert seen_in(examined(world)["disk"]) == expected


@ON_SQLITE
def test_folder_that_cannot_be_written_is_bad(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    assert seen_in(examined(world)["disk"]) == (State.BAD, "folder_not_writable")


def test_clock_set_back_shows_against_what_is_stored(world: World) -> None:
    world.site.put("/traad/", page(post(1, "Bussen kom for sent.")))
    world.crawl()
    crawled = world.now
    world.now = crawled - timedelta(minutes=4)  # two machines may differ a little
    assert seen_in(examined(world)["clock"]) == (State.GOOD, "clock_good")
    world.now = crawled - timedelta(minutes=6)
    assert seen_in(examined(world)["clock"]) == (State.BAD, "clock_behind")


@ON_SQLITE
def test_approvals_are_told_before_they_run_out(world: World) -> None:
    for expires_on, state, code in (
        (date(2027, 6, 1), State.GOOD, "approvals_good"),
        (date(2026, 12, 22), State.GOOD, "approvals_good"),
        (date(2026, 12, 21), State.WARNING, "approvals_ending"),
        (date(2026, 11, 23), State.WARNING, "approvals_ending"),
        (date(2026, 11, 22), State.WARNING, "approvals_missing"),
        (None, State.WARNING, "approvals_missing"),
    ):
        doubtful = replace(world.source, id="doubtful", expires_on=expires_on)
        check = examined(world, world.source, doubtful)["approvals"]
        assert seen_in(check) == (state, code)
        if check.state is not State.GOOD:
            assert check.found.params["sources"] == "doubtful"


def test_source_that_failed_several_times_in_a_row_is_bad(world: World) -> None:
    world.site.put("/traad/", "Nej", status=403)
    for _ in range(world.settings.monitor.alarms.after_failures):
        world.crawl()
    assert seen_in(examined(world)["reading"]) == (State.BAD, "sources_alarm")
    with world.database.begin() as session:
        session.get_one(SourceState, world.source.id).paused_at = world.now
    assert seen_in(examined(world)["reading"])[1] == "sources_failing"


def test_source_that_was_not_truly_read_is_bad_until_it_is(world: World) -> None:
    world.site.put("/traad/", "Nej", status=403)
    world.crawl()
    after = world.settings.monitor.schedule.silent_after
    world.now += after - timedelta(minutes=2)
    assert seen_in(examined(world)["reading"]) == (State.WARNING, "sources_failing")
    world.now += timedelta(minutes=5)
    check = examined(world)["reading"]
    assert seen_in(check) == (State.BAD, "sources_silent")
    assert check.found.params["sources"] == "forum"
    world.site.put("/traad/", page(post(1, "Bussen kom for sent.")))
    world.now += timedelta(hours=6)
    world.crawl()
    check = examined(world)["reading"]
    assert seen_in(check) == (State.GOOD, "sources_read")
    assert check.found.params["count"] == 1


def test_paused_source_is_not_called_silent(world: World) -> None:
    with world.database.begin() as session:
        register(session, [world.source], world.now)
        session.get_one(SourceState, "forum").paused_at = world.now
    world.now += timedelta(days=90)
    assert examined(world)["reading"].state is State.GOOD


def test_waiting_hits_are_counted(world: World) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    world.site.put("/traad/", page(post(1, NAMED), post(2, f"Ja, {NAMED}")))
    world.crawl()
    assert examined(world)["queue"].found.params["count"] == 2


@ON_SQLITE
def test_backup_is_missing_then_young_then_old(world: World) -> None:
    now = world.now
    assert seen_in(examined(world)["backup"]) == (State.WARNING, "backup_missing")
    with world.database.engine.begin() as connection:  # as a migrated one would say
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num TEXT)")
        connection.exec_driver_sql(
            "INSERT INTO alembic_version VALUES (?)", (db.newest_schema(),)
        )
    made = backup(world.database, world.settings, now).path
    for hours, expected in (
        (0, "backup_good"),
        (48, "backup_good"),
        (49, "backup_old"),
    ):
        written = (now - timedelta(hours=hours, minutes=1)).timestamp()
        os.utime(made, (written, written))
        check = examined(world)["backup"]
        assert (check.found.code, check.found.params["hours"]) == (expected, hours)
    assert check.state is State.WARNING


def test_postgresql_says_who_backs_it_up(world: World) -> None:
    url = world.database.url.render_as_string()
    code = examined(world, database_url=url)["backup"].found.code
    here = world.database.url.get_backend_name()
    assert (code == "backup_by_pg_dump") is (here == "postgresql")


def test_changed_history_is_bad(world: World) -> None:
    with world.database.begin() as session:
        for kind in ("viewed", "exported"):
            history.record(
                session,
                actor="bente",
                kind=kind,
                object_type="hit",
                object_id=1,
                now=world.now,
            )
    check = examined(world)["history"]
    assert seen_in(check) == (State.GOOD, "history_whole")
    assert check.found.params["events"] == 2
    with world.database.begin() as session:
        if world.database.url.get_backend_name() == "sqlite":
            session.execute(text("DROP TRIGGER IF EXISTS event_no_update"))
        else:
            session.execute(text("ALTER TABLE event DISABLE TRIGGER ALL"))
        session.execute(text("UPDATE event SET actor = 'torkild' WHERE id = 1"))
    assert seen_in(examined(world)["history"]) == (State.BAD, "history_broken")


@ON_SQLITE
def test_chromium_is_told_and_never_needed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path, code in ((None, "chromium_absent"), ("/bin/chromium", "chromium_there")):
        monkeypatch.setattr(shutil, "which", lambda _name, found=path: found)
        assert seen_in(examined(world)["chromium"]) == (State.GOOD, code)


def test_a_source_that_is_not_approved_is_told_as_that_only(world: World) -> None:
    with world.database.begin() as session:
        register(session, [world.source], world.now)
    world.now += timedelta(days=90)
    barred = replace(world.source, approved_by=None, approved_on=None, expires_on=None)
    checks = examined(world, barred)
    assert checks["reading"].state is State.GOOD
    assert seen_in(checks["approvals"]) == (State.WARNING, "approvals_missing")


def test_health_is_only_whether_it_can_work(world: World) -> None:
    world.settings.data_dir.chmod(0o700)
    checks = list(health(Opened(world.settings, world.database)))
    assert [check.name for check in checks] == ["database", "disk"]
