"""Whom to look for: from a watchlist file, or those who are active now."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from monitor.types import Entry, Reason

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class People:
    """Entries to compile, and what each one's number is called in the output.

    ``refused`` are the rows of a file that could not be taken, by line.
    """

    entries: tuple[Entry, ...]
    names: dict[int, str]
    refused: tuple[tuple[int, Reason], ...] = ()


def of_file(data: bytes) -> People:
    """The people of a watchlist file, whether they said yes or not: to evaluate.

    Raises WatchlistError when it is no such file.
    """
    from watchlist.names import tidy
    from watchlist.table import read

    numbers: dict[str, int] = {}
    entries, refused = [], []
    for row in read(data).rows:
        if row.new is None:
            refused += [(row.line, Reason(r.code, r.params)) for r in row.reasons]
            continue
        number = numbers.setdefault(row.employee_id, len(numbers) + 1)
        forms = asdict(tidy(row.new.names))
        entries.append(Entry(number, row.new.center, **forms))
    names = {number: name for name, number in numbers.items()}
    return People(tuple(entries), names, tuple(refused))


def of_database(session: Session) -> People:
    """Everybody who is active, under the number at work."""
    from sqlalchemy import select

    from watchlist.entries import active_entries
    from watchlist.models import Employee

    entries = tuple(Entry(**asdict(names)) for names in active_entries(session))
    wanted = {entry.employee_id for entry in entries}
    told = session.execute(select(Employee.id, Employee.work_id))
    return People(entries, {row.id: row.work_id for row in told if row.id in wanted})
