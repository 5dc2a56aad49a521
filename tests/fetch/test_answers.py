from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.fetch.address import parse_address
from monitor.fetch.answers import redirect, retry_after
from monitor.fetch.rules import Refusal

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Sun, 22 Nov 2026 12:05:00 GMT", 300),
        ("Sunday, 22-Nov-26 12:05:00 GMT", 300),
        ("Sun, 22 Nov 2026 13:05:00 +0100", 300),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("99999999999999999999", 86_400),
        ("Sun, 22 Nov 2099 12:05:00 GMT", 86_400),
    ],
)
def test_busy_server_names_a_time(value: str, seconds: int) -> None:
    assert retry_after(429, value, NOW) == NOW + timedelta(seconds=seconds)
    assert retry_after(503, value, NOW) == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize("value", ["", "soon", "-5", "1.5", "²", "Sun, 99 Nov", "1e9"])
def test_word_that_is_no_time_is_ignored(value: str) -> None:
    assert retry_after(429, value, NOW) is None


def test_only_a_busy_server_is_waited_for() -> None:
    assert retry_after(200, "120", NOW) is None
    assert retry_after(404, "120", NOW) is None
    assert retry_after(429, None, NOW) is None


def test_date_without_zone_is_taken_as_utc() -> None:
    at = retry_after(503, "Sun, 22 Nov 2026 12:05:00", NOW)
    assert at == NOW + timedelta(minutes=5)


HERE = parse_address("https://forum.example/a/b")


@pytest.mark.parametrize(
    ("place", "url"),
    [
        ("/c", "https://forum.example/c"),
        ("c?d", "https://forum.example/a/c?d"),
        ("https://other.example/", "https://other.example/"),
        ("/\xc3\xb8", "https://forum.example/%C3%B8"),
        (" /c#part ", "https://forum.example/c"),
    ],
)
def test_redirect_leads_on(place: str, url: str) -> None:
    target = redirect(301, place, HERE)
    assert target is not None
    assert target.url == url


@pytest.mark.parametrize("place", [None, "", "/\xff", "http://forum.example/"])
def test_redirect_that_leads_nowhere_safe_is_refused(place: str | None) -> None:
    with pytest.raises(Refusal, match="bad_redirect"):
        redirect(302, place, HERE)


def test_other_answers_lead_nowhere() -> None:
    assert redirect(200, "/c", HERE) is None
    assert redirect(304, "/c", HERE) is None
