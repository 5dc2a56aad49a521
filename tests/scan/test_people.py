"""Whom a scan looks for, from a file or from the watchlist."""

from __future__ import annotations

import pytest

from monitor.scan.people import of_file
from monitor.types import Entry
from watchlist.types import WatchlistError

HEAD = "employee_id,full_name,aliases,email,linkedin_url,center,role_words\n"


def test_people_of_a_file_are_numbered_and_keep_their_id() -> None:
    row = "A1,Signe Vang,Signe V;Sig,sv@taageby.example,,havnelyst,mentor\n"
    people = of_file(f"{HEAD}{row}A2,Bo Ry,,,,engdraget,\n".encode())
    assert people.names == {1: "A1", 2: "A2"}
    assert people.entries[0] == Entry(
        1,
        "havnelyst",
        "Signe Vang",
        ("Signe V", "Sig"),
        ("sv@taageby.example",),
        (),
        ("mentor",),
    )
    assert people.refused == ()


def test_one_id_on_two_rows_is_one_person() -> None:
    people = of_file(f"{HEAD}A1,Bo Ry,,,,x,\nA1,Bo Rye,,,,x,\n".encode())
    assert [entry.employee_id for entry in people.entries] == [1, 1]


def test_a_row_that_cannot_be_taken_is_told_by_its_line() -> None:
    people = of_file(f'{HEAD}A1,"Bo,,,,x,\nA2,Bo Ry,,,,x,\n'.encode())
    assert [line for line, _ in people.refused] == [2]
    assert list(people.names.values()) == ["A2"]


def test_another_file_is_no_watchlist() -> None:
    with pytest.raises(WatchlistError):
        of_file(b"name\nBo\n")
