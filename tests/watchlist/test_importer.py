from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from monitor.db import Database
from watchlist import entries, importer, moves, opt_in
from watchlist.models import Employee, OptIn, WatchEntry
from watchlist.types import ImportReport, OptInRecord, RowResult, Switches

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CENTERS = ("havnelyst", "bakkeby")
HEAD = (
    "employee_id,full_name,aliases,email,linkedin_url,center,role_words,"
    "opt_in_given_on,opt_in_how,opt_in_text_version,opt_in_proof,review_on"
)
SIGNE = "e-1,Signe Abildtorp-Vang,Signe AV,,,havnelyst,,2026-02-01,form,1,ESDH 1,"
RUTH = "e-2,Ruth Ellemose Dahl,,,,bakkeby,fagchef,,,,,"


def take(session: Session, *rows: str, **over: Any) -> ImportReport:
    values: dict[str, Any] = {"centers": CENTERS, "now": NOW, "by": "wla"} | over
    data = "\n".join((HEAD, *rows)).encode()
    return importer.import_csv(session, data, **values)


def results(report: ImportReport) -> list[str]:
    return [row.result.value for row in report.rows]


def codes(report: ImportReport) -> list[list[str]]:
    return [[reason.code for reason in row.reasons] for row in report.rows]


def active(session: Session) -> list[str]:
    return [entry.full_name for entry in entries.active_entries(session)]


def rows_in(session: Session) -> list[int | None]:
    tables = (Employee, WatchEntry, OptIn)
    return [session.scalar(select(func.count()).select_from(t)) for t in tables]


def test_nobody_is_looked_for_without_a_yes(session: Session) -> None:
    report = take(session, SIGNE, RUTH)
    assert results(report) == ["added", "pending"]
    assert active(session) == ["Signe Abildtorp-Vang"]
    assert report.count(RowResult.ADDED) == 1


def test_same_file_again_changes_nothing(session: Session) -> None:
    take(session, SIGNE, RUTH)
    before = rows_in(session)
    generation = entries.current_generation(session)
    later = NOW + timedelta(days=500)
    assert results(take(session, SIGNE, RUTH, now=later)) == ["unchanged"] * 2
    assert rows_in(session) == before
    assert entries.current_generation(session) == generation


def test_changed_row_updates_the_entry(session: Session) -> None:
    take(session, SIGNE, RUTH)
    report = take(
        session,
        SIGNE.replace("Signe AV", "Signe Vang").replace("havnelyst", "bakkeby"),
        RUTH.replace(",,,,,", ",2026-03-01,by phone,1,,,").removesuffix(","),
    )
    assert results(report) == ["updated", "updated"]
    signe, ruth = entries.active_entries(session)
    assert (signe.aliases, signe.center) == (("Signe Vang",), "bakkeby")
    assert ruth.full_name == "Ruth Ellemose Dahl"


def test_a_column_that_is_not_there_changes_nothing(session: Session) -> None:
    take(session, SIGNE.replace(",,2026", ",fagchef,2026") + "2026-12-31", RUTH)
    before = entries.enrolled(session)
    fewer = "employee_id,full_name,aliases,email,linkedin_url,center"
    signe = "e-1,Signe Abildtorp-Vang,Signe AV,,,havnelyst"
    yes = "opt_in_given_on,opt_in_how,opt_in_text_version"
    for head, row in ((fewer, signe), (f"{fewer},{yes}", f"{signe},2026-02-01,form,1")):
        data = f"{head}\n{row}".encode()
        report = importer.import_csv(session, data, centers=CENTERS, now=NOW, by="wla")
        assert (results(report), codes(report)) == (["unchanged"], [[]])
    assert entries.enrolled(session) == before


@pytest.mark.parametrize("dry_run", [True, False])
def test_an_empty_cell_empties_and_the_report_says_so(
    session: Session, dry_run: bool
) -> None:
    full = "e-1,Signe Abildtorp-Vang,Signe AV,s@x.example,https://x.example/in/a,"
    take(session, f"{full}havnelyst,fagchef,,,,,")
    empty = "e-1,Signe Abildtorp-Vang,,,,havnelyst,,,,,,"
    (row,) = take(session, empty, dry_run=dry_run).rows
    assert row.result is RowResult.UPDATED
    assert [(reason.code, reason.params["field"]) for reason in row.reasons] == [
        ("field_emptied", column)
        for column in ("aliases", "email", "linkedin_url", "role_words")
    ]
    (kept,) = entries.enrolled(session)
    assert bool(kept.names.aliases and kept.names.role_words) is dry_run
    again = take(session, empty, dry_run=dry_run)
    assert results(again) == ["updated" if dry_run else "unchanged"]


def test_newer_yes_renews_and_keeps_the_switches(session: Session) -> None:
    take(session, SIGNE)
    employee = entries.find(session, "e-1").employee_id
    switches = Switches(see_content=True)
    yes = OptInRecord(NOW.date(), "by phone", "2", switches=switches)
    moves.renew(session, "e-1", yes, now=NOW, by="wla")
    newer = SIGNE.replace("2026-02-01", "2026-03-01")
    assert results(take(session, newer)) == ["updated"]
    current = opt_in.current_yes(session, employee)
    assert current is not None
    assert (current.how, current.switches) == ("form", switches)


def test_older_yes_is_noted_and_the_newer_kept(session: Session) -> None:
    take(session, SIGNE)
    older = SIGNE.replace("2026-02-01", "2026-01-01")
    report = take(session, older)
    assert results(report) == ["unchanged"]
    assert codes(report) == [["opt_in_older"]]


def test_old_file_does_not_bring_back_who_withdrew(session: Session) -> None:
    take(session, SIGNE, RUTH)
    for work_id in ("e-1", "e-2"):
        moves.withdraw(session, work_id, now=NOW, by="wla")
    report = take(session, SIGNE, RUTH)
    assert results(report) == ["refused", "refused"]
    assert codes(report) == [["withdrawn_since"]] * 2
    assert entries.enrolled(session) == ()


def test_old_file_does_not_start_who_paused(session: Session) -> None:
    take(session, SIGNE)
    moves.pause(session, "e-1", now=NOW, by="wla")
    assert results(take(session, SIGNE)) == ["unchanged"]
    newer = SIGNE.replace("2026-02-01", "2026-03-01")
    assert results(take(session, newer)) == ["updated"]
    assert active(session) == []


def test_refused_rows_leave_the_others(session: Session) -> None:
    report = take(
        session,
        SIGNE.replace("havnelyst", "nowhere").replace("Signe AV", "x"),
        RUTH,
        "e-3,Malthe Kringelbæk,,,,havnelyst,,2027-01-01,form,1,,",
        "e-4,Malthe 010203-1234,,,,havnelyst,,,,,,",
        "e-5,Malthe Kringelbæk,,,,havnelyst,,1/2/2026,form,1,,",
        '"e-6,Malthe',
    )
    assert results(report) == ["refused", "pending", *["refused"] * 4]
    assert codes(report) == [
        ["center_unknown", "aliases_bad"],
        [],
        ["opt_in_future"],
        ["cpr_found"],
        ["csv_date_bad"],
        ["csv_row_quotes"],
    ]
    assert [row.line for row in report.rows] == [2, 3, 4, 5, 6, 7]


def test_bad_change_leaves_the_entry_as_it_was(session: Session) -> None:
    take(session, SIGNE)
    report = take(session, SIGNE.replace("Signe Abildtorp-Vang", "Signe"))
    assert codes(report) == [["full_name_single"]]
    assert active(session) == ["Signe Abildtorp-Vang"]


def test_employee_who_stands_twice_is_refused_both_times(session: Session) -> None:
    report = take(session, SIGNE, RUTH, SIGNE.replace("e-1", "E-1"))
    assert results(report) == ["refused", "pending", "refused"]
    assert codes(report)[0] == codes(report)[2] == ["csv_row_twice"]
    assert active(session) == []


def test_dry_run_reports_the_same_and_leaves_no_trace(session: Session) -> None:
    dry = take(session, SIGNE, RUTH, dry_run=True)
    assert results(dry) == ["added", "pending"]
    assert rows_in(session) == [0, 0, 0]
    assert entries.current_generation(session) == 0
    assert take(session, SIGNE, RUTH) == dry


def test_exported_file_changes_nothing_and_fills_an_empty_list(
    session: Session,
) -> None:
    take(session, SIGNE, RUTH, SIGNE.replace("e-1", "e-3"))
    moves.pause(session, "e-3", now=NOW, by="wla")
    exported = importer.export_csv(session)
    values: dict[str, Any] = {"centers": CENTERS, "now": NOW, "by": "wla"}
    again = importer.import_csv(session, exported, **values)
    assert results(again) == ["unchanged"] * 3
    assert importer.export_csv(session) == exported
    session.rollback()
    fresh = importer.import_csv(session, exported, **values)
    assert results(fresh) == ["added", "pending", "pending"]
    assert active(session) == ["Signe Abildtorp-Vang"]


cells = st.sampled_from(
    [
        "",
        "e-1",
        "e-2",
        "Signe Vang",
        "Åse",
        "havnelyst",
        "2026-02-01",
        "01-02-2026",
        "form",
        "=1+1",
        "010203-1234",
        "https://x.example/in/a",
        "\x00",
        '"',
    ],
)


@pytest.mark.parametrize("dry_run", [True, False])
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(table=st.lists(st.lists(cells | st.text(), min_size=11, max_size=13)))
def test_any_rows_are_taken_or_refused(
    sqlite: Database,
    dry_run: bool,
    table: list[list[str]],
) -> None:
    with Session(sqlite.engine, info={"keyring": sqlite.keyring}) as session:
        report = take(session, *map(",".join, table), dry_run=dry_run)
        for row in report.rows:
            assert row.reasons or row.result is not RowResult.REFUSED
        kept = report.count(RowResult.ADDED) + report.count(RowResult.PENDING)
        assert len(entries.enrolled(session)) == (0 if dry_run else kept)
