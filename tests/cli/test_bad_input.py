"""Wrong files, folders, keys and words: refused in plain words, nothing lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.desk import CENTERS_TOML, MONITOR_TOML, Desk, make_desk, table

HEAD = "employee_id,full_name,aliases,email,linkedin_url,center\n"
SOURCE = table("blog", "https://blog.example/")
CONFIG = [
    ("monitor.toml", MONITOR_TOML + "[fetch\n", 10, "valid TOML"),
    ("monitor.toml", MONITOR_TOML + "dealy = '9s'\n", 10, "Did you mean “delay”"),
    ("monitor.toml", MONITOR_TOML + "concurrency = 'many'\n", 10, "whole number"),
    ("centers.toml", CENTERS_TOML * 2, 10, "used twice"),
    ("centers.toml", CENTERS_TOML + "manger = 'B'\n", 9, "Did you mean “manager”"),
    ("matching.toml", "cutoff = 7\n", 1, "out of range"),
    ("sources.toml", SOURCE * 2, 11, "used by another source"),
    ("sources.toml", SOURCE.replace("havnelyst", "havnelys"), 5, "Did you mean"),
    ("sources.toml", SOURCE.replace("kind", "knid"), 3, "Did you mean “kind”"),
    ("sources.toml", "[[source]\n", 1, "valid TOML"),
]


@pytest.mark.parametrize("case", CONFIG)
def test_wrong_configuration_is_refused_with_its_place(
    desk: Desk, case: tuple[str, str, int, str]
) -> None:
    file, text, line, words = case
    desk.write(file, text)
    said = desk.type("monitor", "sources", "check")
    assert said.code == 2
    assert said.out == ""
    assert f"{file}, line {line}" in said.err
    assert words in said.err


def test_every_fault_of_a_file_is_told_at_once_and_in_danish(desk: Desk) -> None:
    desk.write("sources.toml", SOURCE.replace("kind", "knid").replace('"1h"', "1"))
    said = desk.type("monitor", "crawl", language="da")
    assert said.code == 2
    assert said.err.count("sources.toml, linje") >= 3
    assert "Mente du “kind”" in said.err


def test_unusable_configuration_files_are_named(desk: Desk) -> None:
    (desk.config / "matching.toml").write_bytes("# Tågeby".encode("latin-1"))
    said = desk.type("monitor", "sources", "check")
    assert (said.code, "UTF-8" in said.err) == (2, True)
    (desk.config / "matching.toml").unlink()
    (desk.config / "matching.toml").mkdir()
    said = desk.type("monitor", "sources", "check")
    assert (said.code, "matching.toml cannot be read" in said.err) == (2, True)
    (desk.config / "matching.toml").rmdir()
    said = desk.type("monitor", "sources", "check")
    assert (said.code, "does not exist" in said.err) == (2, True)


CSV = [
    (b"employee_id,full_name\n", "aliases, email"),
    (b"\xff\xfeT\x00K\x00", "Unicode text"),
    (HEAD.encode() + b"TK-2,\x8f\x81rhus Dal,,,,havnelyst\n", "line 2"),
    (b"PK\x03\x04", "CSV"),
]


@pytest.mark.parametrize("case", CSV)
def test_file_that_is_no_watchlist_is_refused_whole(
    desk: Desk, tmp_path: Path, case: tuple[bytes, str]
) -> None:
    data, words = case
    file = tmp_path / "list.csv"
    file.write_bytes(data)
    said = desk.type("watchlist", "import", str(file), "--as", "root")
    assert said.code == 1
    assert words in said.err
    assert names(desk) == ["Signe Abildtorp-Vang"]


def test_bad_rows_are_refused_and_the_good_ones_beside_them_go_in(
    desk: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    rows = [
        "TK-2,Ruth Dahl,,,,havnelyst",
        "TK-3,Bo\0Holm Dal,,,,havnelyst",
        "TK-4,Eva Dam,,,,havnelyst",
        "TK-4,Eva Dam,,,,havnelyst",
        "TK-5,Ib Lund,,,,havnelys",
        "TK-6,Kaj Munk,,",
        'TK-7,"Per Ny,,,,havnelyst',
        "TK-8,\x1b[2JAsta Ro,,,,havnelyst",
    ]
    file.write_text(HEAD + "\n".join(rows), encoding="utf-8")
    said = desk.type("watchlist", "import", str(file), "--as", "root")
    assert said.code == 1
    assert "\x1b" not in said.out
    assert names(desk) == ["Ruth Dahl", "Signe Abildtorp-Vang"]


@pytest.mark.soak
def test_large_file_goes_in(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    rows = (
        f"N-{n},Asta Nummer{'abcdefghij'[n % 10]}sen,,,,havnelyst\n"
        for n in range(10_000)
    )
    file.write_text(HEAD + "".join(rows), encoding="utf-8")
    said = desk.type("watchlist", "import", str(file), "--as", "root", "--json")
    assert said.code == 0
    assert len(json.loads(said.out)) == 10_000


def names(desk: Desk) -> list[str]:
    said = desk.type("watchlist", "list", "--json", "--as", "root")
    return sorted(row["full_name"] for row in json.loads(said.out))


def test_data_folder_that_is_a_file_stops_the_start(desk: Desk) -> None:
    desk.data = desk.config / "monitor.toml"
    for language, words in (("en", "The data folder"), ("da", "Datamappen")):
        said = desk.type("monitor", "crawl", language=language)
        assert said.code == 3
        assert words in said.err
        assert "MONITOR_DATA" in said.err


def test_folder_that_may_not_be_written_stops_the_start(desk: Desk) -> None:
    desk.data = desk.config / "new" / "data"
    desk.config.chmod(0o500)
    said = desk.type("monitor", "crawl", as_root=False)
    assert said.code == 3
    assert "MONITOR_DATA" in said.err


def test_database_that_may_not_be_written_stops_the_start(desk: Desk) -> None:
    (desk.data / "udkig.db").chmod(0o400)
    desk.data.chmod(0o500)
    for words in (("crawl",), ("sources", "list")):
        said = desk.type("monitor", *words, as_root=False)
        assert said.code == 3
        assert "The database cannot be opened" in said.err
    desk.data.chmod(0o700)
    (desk.data / "udkig.db").chmod(0o600)
    assert names(desk) == ["Signe Abildtorp-Vang"]


@pytest.mark.parametrize("head", [b"\0" * 4096, b"SQLite format 3\0", b"x"])
def test_database_of_garbage_is_left_as_it_is(desk: Desk, head: bytes) -> None:
    garbage = head + b"\xa5garbage" * 600
    (desk.data / "udkig.db").write_bytes(garbage)
    for name in ("udkig.db-wal", "udkig.db-shm"):
        (desk.data / name).unlink(missing_ok=True)
    for language in ("en", "da"):
        said = desk.type("monitor", "crawl", language=language)
        assert said.code == 3
        assert said.err.strip()
    assert (desk.data / "udkig.db").read_bytes() == garbage


def test_key_file_that_is_missing_open_or_foreign_is_named(
    desk: Desk, tmp_path: Path
) -> None:
    keys = desk.data / "udkig.keys"
    kept = keys.read_bytes()
    keys.chmod(0o640)
    assert "chmod 600" in stopped(desk)
    keys.unlink()
    assert "udkig.keys" in stopped(desk)
    assert not keys.exists()
    foreign = make_desk(tmp_path / "other").data / "udkig.keys"
    keys.write_bytes(foreign.read_bytes())
    keys.chmod(0o600)
    assert "does not belong to this database" in stopped(desk)
    keys.write_bytes(b"not a key\n")
    assert "Line 1" in stopped(desk)
    keys.write_bytes(kept)
    assert names(desk) == ["Signe Abildtorp-Vang"]


def stopped(desk: Desk) -> str:
    said = desk.type("monitor", "sources", "list")
    assert said.code == 3
    return said.err


WORDS = [
    (("crwl",), "Did you mean 'crawl'", "Mente du 'crawl'"),
    (("crawl", "--al"), "Did you mean", "Mente du"),
    (("crawl", "blgo"), "Did you mean “blog”", "Mente du “blog”"),
    (("sources", "try"), "Missing argument", "mangler"),
    (("sources", "try", "blog", "--pages", "x"), "not a valid", "gyldigt"),
]


@pytest.mark.parametrize("case", WORDS)
def test_wrong_use_is_told_in_both_languages(
    desk: Desk, case: tuple[tuple[str, ...], str, str]
) -> None:
    words, english, danish = case
    desk.sources(blog="https://blog.example/")
    for language, expected in (("en", english), ("da", danish)):
        said = desk.type("monitor", *words, language=language)
        assert said.code == 2
        assert expected.lower() in said.err.lower()


def test_unknown_login_is_refused_in_both_languages(desk: Desk) -> None:
    for language, words in (("en", "Nobody with the login"), ("da", "har ikke adgang")):
        said = desk.type("watchlist", "list", "--as", "nobody", language=language)
        assert said.code == 2
        assert words in said.err
        assert said.out == ""
