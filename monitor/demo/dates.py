"""Writes a time the ways Danish web pages do; reading them is left to ``extract``."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from zoneinfo import ZoneInfo

_ZONE = ZoneInfo("Europe/Copenhagen")
_MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)


def local(at: datetime) -> datetime:
    """The same moment on a clock in Denmark."""
    return at.astimezone(_ZONE)


def iso(at: datetime) -> str:
    """``2026-11-22T14:35:00+01:00``."""
    return local(at).isoformat(timespec="seconds")


def long_date(at: datetime) -> str:
    """``22. november 2026``."""
    here = local(at)
    return f"{here.day}. {_MONTHS[here.month - 1]} {here.year}"


def long_time(at: datetime) -> str:
    """``22. november 2026 kl. 14.35``."""
    return f"{long_date(at)} kl. {local(at):%H.%M}"


def forum_time(at: datetime) -> str:
    """``22. nov 2026, 14:35``."""
    here = local(at)
    return f"{here.day}. {_MONTHS[here.month - 1][:3]} {here.year}, {here:%H:%M}"


def days_ago(at: datetime, now: datetime) -> str:
    """``i dag``, ``i går`` or ``for 5 dage siden``."""
    days = (local(now).date() - local(at).date()).days
    return {0: "i dag", 1: "i går"}.get(days, f"for {days} dage siden")


def mail_time(at: datetime) -> str:
    """``Sun, 22 Nov 2026 14:35:00 +0100``, as RSS writes it."""
    return format_datetime(local(at))
