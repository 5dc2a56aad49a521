"""Errors that are shown to people: a code with parameters and an exit code.

Expected failures of crawling are values, not exceptions (see ``types``); these are
for what stops the command at hand.
"""

from __future__ import annotations

from monitor.types import Param, Reason


class Problem(Exception):  # noqa: N818  the word people are shown
    """Something a person must be told; rendered by ``i18n.say``."""

    exit_code = 1

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code)
        self.reason = Reason(code, params)

    def __str__(self) -> str:
        details = ", ".join(f"{k}={v}" for k, v in self.reason.params.items())
        return f"{self.reason.code}({details})"


class Refused(Problem):
    """A move that the rules of case work, retention or access forbid."""


class BadInput(Problem):
    """Wrong use, or a configuration that cannot be accepted."""

    exit_code = 2


class CannotStart(Problem):
    """Database, key, disk or schema do not allow the program to start."""

    exit_code = 3
