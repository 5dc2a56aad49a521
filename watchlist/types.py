"""Values, words and errors of the watchlist; no tables, no rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    """Something a person must be told, as a code with parameters."""

    exit_code = 1

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code)
        self.reason = Reason(code, params)

    def __str__(self) -> str:
        details = ", ".join(f"{k}={v}" for k, v in self.reason.params.items())
        return f"{self.reason.code}({details})"


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
