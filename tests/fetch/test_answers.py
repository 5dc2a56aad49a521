from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.fetch.answers import retry_after

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
