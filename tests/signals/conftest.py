"""The shipped rules, and finds to try them on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from monitor.paths import default_config
from monitor.signals import Rules, Signal, find
from monitor.signals.config import parse_rules
from monitor.types import Band, Match, MatchReason, Post

Fire = Callable[..., dict[str, Signal]]


@pytest.fixture(scope="session")
def rules() -> Rules:
    text = (default_config() / "signals.toml").read_text("utf-8")
    return replace(
        parse_rules(text, file="signals.toml"),
        office_numbers=("00 00 00 02",),
        office_addresses=("Havnelyst Allé 1, 9999 Tågeby",),
    )


def match_of(text: str, quote: str, *, word: str | None = None) -> Match:
    start = text.index(quote)
    reasons = (MatchReason("context_word", 0.06, {"word": word}),) if word else ()
    return Match(1, 0.9, Band.HIT, quote, start, start + len(quote), reasons)


@pytest.fixture
def fire(rules: Rules) -> Fire:
    """What fires on a text about somebody, by code."""

    def fired(text: str, quote: str, *, word: str | None = None) -> dict[str, Signal]:
        post = Post(place="https://forum.example/1", text=text)
        matches = [match_of(text, quote, word=word)]
        return {s.code: s for s in find(post, matches, rules)}

    return fired
