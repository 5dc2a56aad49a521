"""Dates read as people write them, in Copenhagen's time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from monitor.letters.dates import date_and_time, long_date


@given(st.dates(), st.sampled_from([("da", "da_DK"), ("en", "en_GB")]))
def test_dates_agree_with_the_locales(day: date, language: tuple[str, str]) -> None:
    ours, locale = language
    assert long_date(day, ours) == format_date(
        day, "d. MMMM y" if ours == "da" else "d MMMM y", locale
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [("da", "22. november 2026 kl. 14.35"), ("en", "22 November 2026 at 14:35")],
)
def test_times_are_local(language: str, words: str) -> None:
    at = datetime(2026, 11, 22, 13, 35, tzinfo=UTC)
    assert date_and_time(at, language) == words


def test_a_late_evening_in_utc_is_the_next_day_in_copenhagen() -> None:
    at = datetime(2026, 6, 30, 22, 5, tzinfo=UTC)
    assert date_and_time(at, "da") == "1. juli 2026 kl. 00.05"
    assert long_date(at, "da") == "1. juli 2026"
