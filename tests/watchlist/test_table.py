from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from watchlist import table
from watchlist.types import (
    Enrolled,
    EntryState,
    NameForms,
    OptInRecord,
    WatchlistError,
)

HEAD = "employee_id,full_name,aliases,email,linkedin_url,center"
YES = "opt_in_given_on,opt_in_how,opt_in_text_version,opt_in_proof,review_on"
SIGNE = "e-1,Signe Abildtorp-Vang,Signe AV;Signe Vang,s@x.example,,havnelyst"


def read(*lines: str, encoding: str = "utf-8") -> table.Table:
    return table.read("\n".join(lines).encode(encoding))


def refusal(data: bytes) -> str:
    with pytest.raises(WatchlistError) as caught:
        table.read(data)
    return caught.value.reason.code


def reasons(*lines: str) -> list[list[str]]:
    return [[reason.code for reason in row.reasons] for row in read(*lines).rows]


def test_row_is_read_with_its_lists() -> None:
    (row,) = read(HEAD, SIGNE).rows
    assert (row.line, row.employee_id, row.opt_in) == (2, "e-1", None)
    assert row.new is not None
    assert row.new.center == "havnelyst"
    assert row.new.names == NameForms(
        "Signe Abildtorp-Vang",
        aliases=("Signe AV", "Signe Vang"),
        emails=("s@x.example",),
    )


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_danish_excel_file_is_read(end: str, encoding: str) -> None:
    lines = [HEAD.replace(",", ";"), 'e-1;Åse Møller;"Åse;Å. M.";;;havnelyst', ""]
    (row,) = table.read(end.join(lines).encode(encoding)).rows
    assert row.new is not None
    assert row.new.names == NameForms("Åse Møller", aliases=("Åse", "Å. M."))


def test_columns_may_stand_in_any_order_and_case() -> None:
    (row,) = read(
        "Center, FULL_NAME ,employee_id,aliases,email,linkedin_url,role_words",
        "havnelyst,Ruth Dahl,e-2,,,,fagchef;leder",
    ).rows
    assert row.new is not None
    assert row.new.names.role_words == ("fagchef", "leder")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-02-03", date(2026, 2, 3)),
        ("03-02-2026", date(2026, 2, 3)),
        ("3.2.2026", date(2026, 2, 3)),
    ],
)
def test_dates_are_read_as_people_and_excel_write_them(text: str, day: date) -> None:
    (row,) = read(f"{HEAD},{YES}", f"{SIGNE},{text},form,1,,").rows
    assert row.opt_in == OptInRecord(day, how="form", text_version="1")


@pytest.mark.parametrize(
    "text", ["2026-02-30", "3/2/2026", "today", "26-2-3", "٣.2.2026"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    columns = f"{HEAD},{YES}"
    assert reasons(columns, f"{SIGNE},{text},form,1,,") == [["csv_date_bad"]]
    both = f"{SIGNE},{text},form,1,,{text}"
    assert reasons(columns, both) == [["csv_date_bad"] * 2]


def test_half_a_yes_is_refused_and_told_which_half() -> None:
    (row,) = read(f"{HEAD},{YES}", f"{SIGNE},,,,ESDH 1,").rows
    assert row.reasons[0].code == "opt_in_incomplete"
    missing = "opt_in_given_on, opt_in_how, opt_in_text_version"
    assert row.reasons[0].params == {"columns": missing}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "csv_empty"),
        (b"\xef\xbb\xbf \r\n", "csv_empty"),
        (HEAD.encode("utf-16"), "csv_utf16"),
        (b"PK\x03\x04\x14\x00", "csv_is_workbook"),
        (b"x" * 20_000_001, "csv_too_large"),
        (b'"employee_id,full_name', "csv_header_broken"),
        (b"employee_id,full_name", "csv_columns_missing"),
        (f"{HEAD},notes".encode(), "csv_column_unknown"),
        (HEAD.replace("aliases", "alias").encode(), "csv_column_unknown"),
        (f"{HEAD},center".encode(), "csv_column_twice"),
        (HEAD.replace(",", "\t").encode(), "csv_column_unknown"),
        (b"\n" + HEAD.encode(), "csv_columns_missing"),
    ],
)
def test_file_that_is_no_watchlist_is_refused(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_misspelt_column_is_guessed() -> None:
    with pytest.raises(WatchlistError) as caught:
        read(HEAD.replace("full_name", "fullname"), SIGNE)
    assert caught.value.reason.params == {"column": "fullname", "meant": "full_name"}


def test_old_windows_file_is_read_and_told() -> None:
    lines = HEAD, "e-1,Åse Møller–Ærø,,,,havnelyst"
    found = read(*lines, encoding="cp1252")
    assert [note.code for note in found.notes] == ["csv_cp1252"]
    assert found.rows[0].new is not None
    assert found.rows[0].new.names.full_name == "Åse Møller–Ærø"


@pytest.mark.parametrize("encoding", ["cp850", "cp865", "mac_roman"])
def test_other_old_encodings_are_not_guessed(encoding: str) -> None:
    data = f"{HEAD}\ne-1,Bo Ek,,,,h\ne-2,Åse Møller Kjær,,,,h".encode(encoding)
    with pytest.raises(WatchlistError) as caught:
        table.read(data)
    assert caught.value.reason.code == "csv_encoding"
    assert caught.value.reason.params == {"line": 3}


def test_one_broken_byte_in_utf8_is_not_taken_for_old_windows() -> None:
    data = f"{HEAD}\ne-1,Åse Møller,,,,h\n".encode() + b"e-2,Bo \xe6,,,,h"
    assert refusal(data) == "csv_encoding"


def test_broken_rows_are_refused_and_the_others_read() -> None:
    assert reasons(
        HEAD,
        'e-1,"Signe Vang,,,,h',
        "e-2,Ruth Dahl,,,,h",
        "e-3,Ruth Dahl,,,,h,more",
        "e-4,Ruth Dahl",
        "e-5,Ruth\x00 Dahl,,,,h",
        ",,,,,",
        "",
        "e-6,Ruth Dahl,,,,h,, ",
        "e-7,Ruth Dahl,,,,h",
    ) == [
        ["csv_row_quotes"],
        [],
        ["csv_row_too_long"],
        ["csv_row_too_short"],
        ["csv_row_control_characters"],
        [],
        [],
    ]


def test_empty_columns_that_excel_leaves_are_no_columns() -> None:
    (row,) = read(f"{HEAD},,", f"{SIGNE},,").rows
    assert row.new is not None


def test_lines_are_numbered_as_an_editor_does() -> None:
    rows = read(HEAD, "", SIGNE, "", SIGNE).rows
    assert [row.line for row in rows] == [3, 5]


@given(st.binary() | st.text().map(str.encode))
@example(b"\xff")
@example(b";;;\n")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for start in (b"", HEAD.encode() + b"\n", f"{HEAD},{YES}\n{SIGNE},".encode()):
        try:
            found = table.read(start + data)
        except WatchlistError:
            continue
        assert all(bool(row.reasons) != (row.new is not None) for row in found.rows)


one_line_text = st.text(
    st.characters(exclude_categories=["C", "Z"], exclude_characters=";"),
    min_size=1,
)
lists = st.lists(one_line_text, max_size=3).map(tuple)
entries = st.builds(
    Enrolled,
    work_id=one_line_text,
    center=one_line_text,
    state=st.just(EntryState.ACTIVE),
    names=st.builds(NameForms, one_line_text, lists, lists, lists, lists),
    review_on=st.none(),
    yes=st.none()
    | st.builds(
        OptInRecord,
        given_on=st.dates(min_value=date(1000, 1, 1)),
        how=one_line_text,
        text_version=one_line_text,
        proof=st.none() | one_line_text,
        review_on=st.dates(min_value=date(1000, 1, 1)),
    ),
)


@given(st.lists(entries))
def test_what_is_written_is_read_back(enrolled: list[Enrolled]) -> None:
    rows = table.read(table.write(enrolled)).rows
    assert [(r.employee_id, r.new and r.new.names, r.opt_in) for r in rows] == [
        (e.work_id, e.names, e.yes) for e in enrolled
    ]


def test_written_file_is_what_danish_excel_opens() -> None:
    written = table.write([])
    assert written.startswith(b"\xef\xbb\xbfemployee_id;full_name;")
    assert written.endswith(b"\r\n")


def test_paused_entry_is_written_without_its_yes() -> None:
    yes = OptInRecord(date(2026, 3, 1), how="form", text_version="1")
    names = NameForms("Ruth Dahl")
    paused = Enrolled("e-1", "h", EntryState.PAUSED, names, date(2027, 3, 1), yes)
    (row,) = table.read(table.write([paused])).rows
    assert row.opt_in is None
