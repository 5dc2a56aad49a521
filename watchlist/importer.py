"""Brings a watchlist file into the watchlist, row by row, and out again.

A row that cannot be taken is refused with its reasons and the others go in; nobody
becomes active without a yes. A column that is not there changes nothing; an empty
cell empties what is on record, which the row's report then says. How the file is
written is known to ``table``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from watchlist import entries, moves, table
from watchlist import names as name_rules
from watchlist import opt_in as opt_in_rules
from watchlist.types import (
    Enrolled,
    ImportReport,
    NameForms,
    NewEntry,
    OptInRecord,
    Reason,
    RowReport,
    RowResult,
    WatchlistError,
)

_CAN_BE_EMPTY = {
    "aliases": "aliases",
    "emails": "email",
    "profile_urls": "linkedin_url",
    "role_words": "role_words",
}


def import_csv(
    session: Session,
    data: bytes,
    *,
    centers: Collection[str],
    now: datetime,
    by: str,
    dry_run: bool = False,
) -> ImportReport:
    """Take over every row that can be; report each. ``dry_run`` leaves no trace.

    ``WatchlistError`` if the file as a whole cannot be read; then nothing changed.
    """
    read = table.read(data)
    known = {entry.work_id: entry for entry in entries.enrolled(session)}
    desk = _Desk(session, known, centers, now, by)
    with session.begin_nested() as nested:
        reports = tuple(map(desk.take, _without_twins(read.rows)))
        if dry_run:
            nested.rollback()
    return ImportReport(reports, read.notes)


def export_csv(session: Session) -> bytes:
    """The whole watchlist as a file that ``import_csv`` takes without a change."""
    return table.write(entries.enrolled(session))


def _without_twins(rows: Iterable[table.Row]) -> list[table.Row]:
    """Rows whose employee stands twice are refused, all of them: which one is right?"""
    rows = list(rows)
    times = Counter(row.employee_id.casefold() for row in rows if row.employee_id)
    twice = Reason("csv_row_twice")
    return [
        replace(row, reasons=(*row.reasons, twice))
        if times[row.employee_id.casefold()] > 1
        else row
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class _Desk:
    """Takes over one row after the other."""

    session: Session
    known: dict[str, Enrolled]
    centers: Collection[str]
    now: datetime
    by: str

    def take(self, row: table.Row) -> RowReport:
        """Do what the row asks for, or say why not."""
        if row.new is None or row.reasons:
            return _refused(row, row.reasons)
        present = self.known.get(row.employee_id)
        try:
            if present is None:
                return self._add(row, row.new)
            return self._update(row, row.new, present)
        except WatchlistError as error:  # what only the history tells
            return _refused(row, (error.reason,))

    def _add(self, row: table.Row, new: NewEntry) -> RowReport:
        reasons = self._faults(new, row.opt_in)
        if reasons:
            return _refused(row, reasons)
        entries.add(
            self.session,
            new,
            row.opt_in,
            centers=self.centers,
            now=self.now,
            by=self.by,
        )
        result = RowResult.ADDED if row.opt_in else RowResult.PENDING
        return RowReport(row.line, row.employee_id, result)

    def _update(self, row: table.Row, new: NewEntry, present: Enrolled) -> RowReport:
        new = _with_kept_names(new, present.names, row.absent)
        asked = _with_kept_yes(row.opt_in, present.yes, row.absent)
        yes, notes = _newer_yes(asked, present.yes)
        reasons = self._faults(new, yes)
        if reasons:
            return _refused(row, reasons)
        changed = self._change(new, present)
        if yes:
            move = moves.grant if present.yes is None else moves.renew
            move(self.session, new.work_id, yes, now=self.now, by=self.by)
        result = RowResult.UPDATED if changed or yes else RowResult.UNCHANGED
        notes += _emptied(new.names, present.names)
        return RowReport(row.line, row.employee_id, result, notes)

    def _change(self, new: NewEntry, present: Enrolled) -> bool:
        renamed = name_rules.tidy(new.names) != present.names
        if renamed:
            entries.change_names(self.session, new.work_id, new.names, now=self.now)
        moved = new.center != present.center
        if moved:
            entries.move_center(
                self.session,
                new.work_id,
                new.center,
                centers=self.centers,
                now=self.now,
            )
        return renamed or moved

    def _faults(self, new: NewEntry, yes: OptInRecord | None) -> tuple[Reason, ...]:
        return entries.faults(new, yes, centers=self.centers, now=self.now)


def _with_kept_names(
    new: NewEntry, present: NameForms, absent: Collection[str]
) -> NewEntry:
    """The entry asked for, with what is on record where the file has no column."""
    if "role_words" not in absent:
        return new
    return replace(new, names=replace(new.names, role_words=present.role_words))


def _with_kept_yes(
    read: OptInRecord | None, present: OptInRecord | None, absent: Collection[str]
) -> OptInRecord | None:
    """The same for a yes, if the file means the one on record."""
    if read is None or present is None or read.given_on != present.given_on:
        return read
    proof = present.proof if "opt_in_proof" in absent else read.proof
    review_on = present.review_on if "review_on" in absent else read.review_on
    return replace(read, proof=proof, review_on=review_on)


def _emptied(new: NameForms, present: NameForms) -> tuple[Reason, ...]:
    return tuple(
        Reason("field_emptied", {"field": column})
        for field, column in _CAN_BE_EMPTY.items()
        if getattr(present, field) and not getattr(new, field)
    )


def _newer_yes(
    read: OptInRecord | None,
    present: OptInRecord | None,
) -> tuple[OptInRecord | None, tuple[Reason, ...]]:
    """The file's yes if it says something new, and what to note if it is older.

    The file holds no switches; those of the present yes go on.
    """
    if read is None:
        return None, ()
    yes = opt_in_rules.tidy(read)
    if present is None:
        return yes, ()
    if yes.given_on < present.given_on:
        kept = present.given_on.isoformat()
        return None, (Reason("opt_in_older", {"kept": kept}),)
    yes = replace(yes, switches=present.switches)
    return (None if yes == present else yes), ()


def _refused(row: table.Row, reasons: tuple[Reason, ...]) -> RowReport:
    return RowReport(row.line, row.employee_id, RowResult.REFUSED, reasons)
