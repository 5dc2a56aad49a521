"""Times in words become moments in UTC."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.extract.dates import read_moment
from monitor.types import Precision

NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)


def told(words: str, timezone: str = "Europe/Copenhagen") -> str | None:
    moment = read_moment(words, now=NOW, timezone=timezone)
    if moment is None:
        return None
    return f"{moment.at:%Y-%m-%d %H:%M:%S} {moment.precision}"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("22. nov. 2026 kl. 14.35", "2026-11-22 13:35:00 minute"),
        ("søn 22. nov 2026, 14:35", "2026-11-22 13:35:00 minute"),
        ("Sun Nov 22, 2026 2:35 pm", "2026-11-22 13:35:00 minute"),
        ("November 22, 2026 at 12:05 am", "2026-11-21 23:05:00 minute"),
        ("kl. 14.35 den 22. november 2026", "2026-11-22 13:35:00 minute"),
        ("22. juli 2026 kl. 14.35", "2026-07-22 12:35:00 minute"),
        ("lørdag den 21. november 2026", "2026-11-20 23:00:00 day"),
        ("22-11-2026", "2026-11-21 23:00:00 day"),
        ("22.11.26 kl. 9", "2026-11-22 08:00:00 hour"),
        ("03/04/2026", "2026-04-02 22:00:00 day"),
        ("11/20/2026", "2026-11-19 23:00:00 day"),
        ("november 2026", "2026-10-31 23:00:00 month"),
        ("2026-11", "2026-10-31 23:00:00 month"),
        ("2026-11-22", "2026-11-21 23:00:00 day"),
        ("2026-11-22T14:35:12+01:00", "2026-11-22 13:35:12 second"),
        ("2026-11-22T13:35:12.123Z", "2026-11-22 13:35:12 second"),
        ("2026-11-22T14:35", "2026-11-22 13:35:00 minute"),
        ("Sun, 22 Nov 2026 13:35:00 GMT", "2026-11-22 13:35:00 second"),
        ("Sun, 22 Nov 2026 13:35 -0000", "2026-11-22 13:35:00 minute"),
        ("1763818500", "2025-11-22 13:35:00 second"),
        ("i går kl. 9.12", "2026-11-21 08:12:00 minute"),
        ("I dag 08:05", "2026-11-22 07:05:00 minute"),
        ("i forgårs", "2026-11-19 23:00:00 day"),
        ("for 3 timer siden", "2026-11-22 14:00:00 hour"),
        ("for en time siden", "2026-11-22 16:00:00 hour"),
        ("5 min.", "2026-11-22 16:55:00 minute"),
        ("2 weeks ago", "2026-11-08 17:00:00 day"),
        ("lige nu", "2026-11-22 17:00:00 minute"),
        ("lørdag kl. 14.35", "2026-11-21 13:35:00 minute"),
        ("22. nov. kl. 14.35", "2026-11-22 13:35:00 minute"),
        ("24. december", "2025-12-23 23:00:00 day"),
        ("22. november 2026 14:35 UTC", "2026-11-22 14:35:00 minute"),
    ],
)
def test_a_time_is_understood(words: str, expected: str) -> None:
    assert told(words) == expected


def test_summer_time_ends_and_begins() -> None:
    assert told("25. oktober 2026 kl. 1.59") == "2026-10-24 23:59:00 minute"
    assert told("25. oktober 2026 kl. 2.30") == "2026-10-25 00:30:00 minute"
    assert told("25. oktober 2026 kl. 3.00") == "2026-10-25 02:00:00 minute"
    assert told("29. marts 2026 kl. 3.00") == "2026-03-29 01:00:00 minute"


@pytest.mark.parametrize(
    "words",
    [
        "",
        "hej",
        "31. februar 2026",
        "2031-01-01",
        "1. januar 1901",
        "99.99.2026",
        "kl. 25.61 i går",
        "for 999 år siden",
        "x" * 500,
        "2026-13-01",
    ],
)
def test_what_cannot_be_true_is_no_time(words: str) -> None:
    assert told(words) is None


def test_an_unknown_time_zone_means_utc() -> None:
    assert told("22. nov. 2026 kl. 14.35", "Intet/Sted") == "2026-11-22 14:35:00 minute"


def test_the_pages_own_words_are_kept() -> None:
    moment = read_moment(" i går\u00a0kl. 9.12 ", now=NOW, timezone="UTC")
    assert moment is not None
    assert (moment.raw, moment.precision) == ("i går kl. 9.12", Precision.MINUTE)


@given(st.text(max_size=40))
def test_no_words_break_the_reader(words: str) -> None:
    for text in (words, f"22. nov. {words}", f"{words} siden", f"i går {words}"):
        moment = read_moment(text, now=NOW, timezone="Europe/Copenhagen")
        assert moment is None or moment.at.tzinfo is UTC
