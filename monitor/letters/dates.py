"""Writes dates the way people do in Danish and English letters."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

_LOCAL = ZoneInfo("Europe/Copenhagen")
_MONTHS = {
    "da": "januar februar marts april maj juni juli august september oktober november "
    "december",
    "en": "January February March April May June July August September October "
    "November December",
}


def long_date(day: date, language: str) -> str:
    """``22. november 2026`` or ``22 November 2026``.

    A time in UTC is taken for the day it is in Copenhagen.
    """
    if isinstance(day, datetime):
        day = day.astimezone(_LOCAL)
    month = _MONTHS[language].split()[day.month - 1]
    stop = "." if language == "da" else ""
    return f"{day.day}{stop} {month} {day.year}"


def date_and_time(at: datetime, language: str) -> str:
    """``22. november 2026 kl. 14.35`` or ``22 November 2026 at 14:35``, local time."""
    local = at.astimezone(_LOCAL)
    clock = f"kl. {local:%H.%M}" if language == "da" else f"at {local:%H:%M}"
    return f"{long_date(local, language)} {clock}"
