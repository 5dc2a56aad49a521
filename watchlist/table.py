"""The watchlist file as people keep it: bytes to rows and rows to bytes.

Knows encodings, separators, columns and dates; whose row may do what is decided by
``importer``.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from watchlist.types import (
    Enrolled,
    EntryState,
    NameForms,
    NewEntry,
    OptInRecord,
    Reason,
    WatchlistError,
)

COLUMNS = (
    "employee_id",
    "full_name",
    "aliases",
    "email",
    "linkedin_url",
    "center",
)
OPT_IN_COLUMNS = (
    "opt_in_given_on",
    "opt_in_how",
    "opt_in_text_version",
    "opt_in_proof",
    "review_on",
)
OPTIONAL_COLUMNS = ("role_words", *OPT_IN_COLUMNS)
_NEEDED_FOR_YES = OPT_IN_COLUMNS[:3]
_LARGEST = 20_000_000
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)|(\d\d?)[-.](\d\d?)[-.](\d{4})", re.ASCII)
_DANISH = frozenset("æøåÆØÅ")
_TYPOGRAPHIC = frozenset("’–\u00a0")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it asks for, or why it cannot be read.

    ``absent`` are the columns its file lacks: of those it says nothing.
    """

    line: int
    employee_id: str
    new: NewEntry | None = None
    opt_in: OptInRecord | None = None
    reasons: tuple[Reason, ...] = ()
    absent: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """A file that could be read, and what is to be said about it as a whole."""

    rows: tuple[Row, ...]
    notes: tuple[Reason, ...] = ()


def read(data: bytes) -> Table:
    """The rows of a file; ``WatchlistError`` if it is no watchlist file at all.

    Every line is read by itself, so that one broken quotation mark costs one row.
    """
    text, notes = _decoded(data)
    lines = re.split(r"\r\n|\n|\r", text)
    separator = ";" if lines[0].count(";") > lines[0].count(",") else ","
    header = _header(_cells(lines[0], separator))
    rows = tuple(
        _row(number, line, header, separator=separator)
        for number, line in enumerate(lines[1:], start=2)
        if line.strip(f"{separator} \t")
    )
    return Table(rows, notes)


def write(enrolled: Iterable[Enrolled]) -> bytes:
    """A file that ``read`` and Danish Excel open: UTF-8 with BOM, semicolons.

    A paused entry is written without its yes: whoever imports the file elsewhere
    must not begin to look for it.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow((*COLUMNS, *OPTIONAL_COLUMNS))
    writer.writerows(map(_written, enrolled))
    return out.getvalue().encode("utf-8-sig")


def _decoded(data: bytes) -> tuple[str, tuple[Reason, ...]]:
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise WatchlistError("csv_empty")
    if len(data) > _LARGEST:
        raise WatchlistError("csv_too_large", most=_LARGEST // 1_000_000)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise WatchlistError("csv_utf16")
    if data.startswith(b"PK\x03\x04"):
        raise WatchlistError("csv_is_workbook")
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    text = data.decode("cp1252", "replace")
    if not _is_plausible_danish(text):
        raise WatchlistError("csv_encoding", line=line)
    return text, (Reason("csv_cp1252"),)


def _is_plausible_danish(text: str) -> bool:
    """Whether only letters stand outside ASCII, Danish ones among them.

    UTF-8, DOS and Mac text read as cp1252 all show signs that are no letters.
    """
    foreign = {character for character in text if ord(character) > 127}
    return bool(foreign & _DANISH) and all(map(str.isalpha, foreign - _TYPOGRAPHIC))


def _header(cells: list[str] | Reason) -> list[str]:
    if isinstance(cells, Reason):
        raise WatchlistError("csv_header_broken")
    header = _without_ghosts([cell.strip().lower() for cell in cells])
    missing = [column for column in COLUMNS if column not in header]
    known = (*COLUMNS, *OPTIONAL_COLUMNS)
    for name in header:
        if name not in known:
            near = get_close_matches(name, missing or known, 1)
            meant = near[0] if near else ", ".join(known)
            raise WatchlistError("csv_column_unknown", column=name, meant=meant)
    if missing:
        raise WatchlistError("csv_columns_missing", columns=", ".join(missing))
    if len(set(header)) < len(header):
        twice = next(name for name in header if header.count(name) > 1)
        raise WatchlistError("csv_column_twice", column=twice)
    return header


def _without_ghosts(cells: list[str], keep: int = 0) -> list[str]:
    """The cells without the empty ones that spreadsheets leave at a line's end."""
    end = len(cells)
    while end > keep and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _cells(line: str, separator: str) -> list[str] | Reason:
    try:
        return next(csv.reader([line], delimiter=separator, strict=True), [])
    except csv.Error:
        return Reason("csv_row_quotes")


def _row(number: int, line: str, header: list[str], *, separator: str) -> Row:
    cells = _cells(line, separator)
    if isinstance(cells, Reason):
        return Row(number, "", reasons=(cells,))
    cells = _without_ghosts(cells, keep=len(header))
    fields = dict(zip(header, map(str.strip, cells), strict=False))
    employee_id = fields.get("employee_id", "")
    fault = _shape_fault(line, len(cells), len(header))
    if fault:
        return Row(number, employee_id[:64], reasons=(fault,))
    opt_in, reasons = _opt_in(fields)
    if reasons:
        return Row(number, employee_id, reasons=reasons)
    absent = frozenset(OPTIONAL_COLUMNS).difference(header)
    return Row(number, employee_id, _new_entry(fields), opt_in, absent=absent)


def _shape_fault(line: str, cells: int, columns: int) -> Reason | None:
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f]", line):
        return Reason("csv_row_control_characters")
    if cells > columns:
        return Reason("csv_row_too_long", {"cells": cells, "columns": columns})
    if cells < columns:
        return Reason("csv_row_too_short", {"cells": cells, "columns": columns})
    return None


def _new_entry(fields: Mapping[str, str]) -> NewEntry:
    names = NameForms(
        fields["full_name"],
        aliases=_listed(fields["aliases"]),
        emails=_listed(fields["email"]),
        profile_urls=_listed(fields["linkedin_url"]),
        role_words=_listed(fields.get("role_words", "")),
    )
    return NewEntry(fields["employee_id"], fields["center"], names)


def _opt_in(fields: Mapping[str, str]) -> tuple[OptInRecord | None, tuple[Reason, ...]]:
    given = {column: fields.get(column, "") for column in OPT_IN_COLUMNS}
    if not any(given.values()):
        return None, ()
    missing = [column for column in _NEEDED_FOR_YES if not given[column]]
    if missing:
        return None, (Reason("opt_in_incomplete", {"columns": ", ".join(missing)}),)
    dates = {c: _date(given[c]) for c in ("opt_in_given_on", "review_on")}
    wrong = tuple(
        Reason("csv_date_bad", {"column": column, "value": given[column]})
        for column, day in dates.items()
        if given[column] and day is None
    )
    given_on = dates["opt_in_given_on"]
    if wrong or given_on is None:
        return None, wrong
    record = OptInRecord(
        given_on,
        how=given["opt_in_how"],
        text_version=given["opt_in_text_version"],
        proof=given["opt_in_proof"] or None,
        review_on=dates["review_on"],
    )
    return record, ()


def _date(text: str) -> date | None:
    """2026-11-22 or, as Danish Excel writes it, 22-11-2026 or 22.11.2026."""
    found = _DATE.fullmatch(text)
    if not found:
        return None
    parts = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _written(entry: Enrolled) -> Iterator[str]:
    yes = entry.yes if entry.state is EntryState.ACTIVE else None
    names = entry.names
    yield from (entry.work_id, names.full_name)
    yield from (";".join(f) for f in (names.aliases, names.emails, names.profile_urls))
    yield from (entry.center, ";".join(names.role_words))
    if yes is None:
        yield from [""] * len(OPT_IN_COLUMNS)
        return
    yield from (yes.given_on.isoformat(), yes.how, yes.text_version, yes.proof or "")
    yield yes.review_on.isoformat() if yes.review_on else ""
