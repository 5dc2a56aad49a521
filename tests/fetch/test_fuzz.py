"""Whatever a stranger sends ends in a value or a Refusal, never in another error."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.fetch.address import parse_address
from monitor.fetch.answers import retry_after
from monitor.fetch.decode import DECODERS, decode
from monitor.fetch.guard import is_public
from monitor.fetch.robots import robots_from
from monitor.fetch.rules import Refusal
from tests.fetch.conftest import make_rules

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
few = settings(max_examples=150, deadline=None, derandomize=True)
BASE = parse_address("http://forum.example/thread/7?page=1")
url_like = st.from_regex(r"(https?:)?//?[^/]{0,30}(/.{0,30})?", fullmatch=True)


@few
@given(st.text(max_size=80) | url_like)
def test_any_link_is_an_address_or_refused(link: str) -> None:
    with suppress(Refusal):
        address = parse_address(link, BASE)
        assert address.url.isascii()
        assert parse_address(address.url) == address


@few
@given(st.binary(max_size=400), st.sampled_from(sorted(DECODERS)))
def test_any_bytes_are_decoded_or_refused(raw: bytes, coding: str) -> None:
    with suppress(Refusal):
        assert len(decode(raw, [coding], 1000).body) <= 1000


@few
@given(st.text(max_size=60))
def test_any_retry_after_is_a_time_within_a_day_or_nothing(value: str) -> None:
    at = retry_after(503, value, AT)
    assert at is None or 0 <= (at - AT).total_seconds() <= 86_400


@few
@given(st.text(max_size=40))
def test_any_word_is_judged_as_an_address(word: str) -> None:
    assert is_public(word) in {True, False}


LINES = st.sampled_from(["User-agent: *", "Disallow: /", "Crawl-delay: ", "Allow:"])


@few
@given(st.lists(LINES | st.text(max_size=40), max_size=12).map("\n".join))
def test_any_robots_file_gives_an_answer(text: str) -> None:
    robots = robots_from(200, text.encode(), now=AT, rules=make_rules())
    with suppress(Refusal):
        robots.check(BASE, "Udkig")
    assert robots.delay(make_rules(delay=1.0)) >= 1.0
