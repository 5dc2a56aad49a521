"""The demo's own clock: it starts some days back and is moved up to the present.

When the story has been told the two clocks agree, so that every other command may be
used on the demo's data.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class DemoClock:
    """Tells the time in UTC, as much behind the machine's clock as it still is."""

    def __init__(self, behind: timedelta) -> None:
        self.behind = behind

    def __call__(self) -> datetime:
        """Return the demo's moment, in UTC."""
        return datetime.now(UTC) - self.behind

    def move(self, by: timedelta) -> datetime:
        """Let time pass; gives the new time."""
        self.behind -= by
        return self()
