"""A measure beside what it must be and what is aimed at, and how that is shown."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context


@dataclass(frozen=True, slots=True)
class Row:
    """One measure; ``at_most`` turns the comparison round."""

    name: str
    must: float
    aim: float
    measured: float | None
    at_most: bool = False
    unit: str = ""

    @property
    def holds(self) -> bool | None:
        """Whether the measure is as it must be; None when it was not taken."""
        return self._reaches(self.must)

    @property
    def aimed(self) -> bool | None:
        """Whether the measure is as good as aimed at."""
        return self._reaches(self.aim)

    def _reaches(self, wanted: float) -> bool | None:
        if self.measured is None:
            return None
        return self.measured <= wanted if self.at_most else self.measured >= wanted

    @property
    def verdict(self) -> str:
        """In a word how the row stands."""
        if self.holds is None:
            return "not measured"
        if self.aimed:
            return "aim reached"
        return "holds" if self.holds else "does not hold"

    def cells(self) -> tuple[str, str, str, str, str]:
        """The row as a table shows it."""
        sign = "≤" if self.at_most else "≥"
        return (
            self.name,
            f"{sign} {self.must:g}{self.unit}",
            f"{self.aim:g}{self.unit}",
            self._told(),
            self.verdict,
        )

    def line(self) -> str:
        """The row as a line of text."""
        name, must, aim, told, verdict = self.cells()
        return f"{name:52} must {must:>8}  aim {aim:>7}  is {told:>9}  {verdict}"

    def _told(self) -> str:
        """In four figures, rounded to the worse: never as good as a goal missed."""
        if self.measured is None:
            return "–"
        worse = ROUND_CEILING if self.at_most else ROUND_FLOOR
        shown = Context(4, worse).create_decimal(repr(self.measured))
        return f"{float(shown):.4g}{self.unit}"
