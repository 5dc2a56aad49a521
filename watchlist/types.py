"""Values, words and errors of the watchlist; no tables, no rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Param = str | int | float


class KeyScope(StrEnum):
    """What a data key protects, and so what is lost when it is destroyed."""

    ENTRY = "entry"
    HIT = "hit"
    CASE = "case"
    INDEX = "index"


class EntryState(StrEnum):
    """Whether an entry's names are looked for; only active ones are."""

    PENDING = "pending"
    ACTIVE = "active"
    PAUSED = "paused"


class OptInKind(StrEnum):
    """One step in the history of an employee's yes."""

    PENDING = "pending"
    GRANTED = "granted"
    RENEWED = "renewed"
    PAUSED = "paused"
    RESUMED = "resumed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Reason:
    """A code with its parameters; whoever shows it puts it into words."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


class WatchlistError(Exception):
    """Something a person must be told, as a code with parameters.

    ``str()`` gives the code alone: parameters may name a person, logs must not.
    """

    exit_code = 1

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code)
        self.reason = Reason(code, params)


class KeyProblem(WatchlistError):  # noqa: N818  covers files and data keys
    """The key file or a data key cannot be used."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class EntryNames:
    """An active entry's name forms, decrypted, in memory only.

    ``generation`` is the watchlist generation in which the entry last changed.
    """

    employee_id: int
    center: str
    full_name: str
    aliases: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    profile_urls: tuple[str, ...] = ()
    role_words: tuple[str, ...] = ()
    generation: int = 0


@dataclass(frozen=True, slots=True)
class NameForms:
    """What is looked for on behalf of one employee, as the employee chose it."""

    full_name: str
    aliases: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    profile_urls: tuple[str, ...] = ()
    role_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Switches:
    """What a yes covers."""

    name_search: bool = True
    photo_match: bool = False
    tell_safety_rep: bool = False
    see_content: bool = False


@dataclass(frozen=True, slots=True)
class OptInRecord:
    """A yes as it was given: when, how, to which text, where the proof lies.

    The yes holds to the end of ``review_on``, at most and by default 12 months.
    """

    given_on: date
    how: str
    text_version: str
    proof: str | None = None
    review_on: date | None = None
    switches: Switches = Switches()


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An employee to be put on the watchlist."""

    work_id: str
    center: str
    names: NameForms


@dataclass(frozen=True, slots=True)
class Enrolled:
    """One entry in full, decrypted, with the yes it rests on (none if pending)."""

    work_id: str
    center: str
    state: EntryState
    names: NameForms
    review_on: date | None
    yes: OptInRecord | None


@dataclass(frozen=True, slots=True)
class Erasure:
    """What a withdrawal erases from the watchlist, and how much history it keeps."""

    work_id: str
    state: EntryState
    names: int
    emails: int
    profile_urls: int
    role_words: int
    steps_kept: int


class RowResult(StrEnum):
    """What became of one row of an imported file."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    PENDING = "pending"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row of a file: its line, whose it is, what became of it and why."""

    line: int
    employee_id: str
    result: RowResult
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """All rows of a file, in its order, and what is to be said about the whole."""

    rows: tuple[RowReport, ...]
    notes: tuple[Reason, ...] = ()

    def count(self, result: RowResult) -> int:
        """How many rows ended so."""
        return sum(row.result is result for row in self.rows)
