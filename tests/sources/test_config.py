"""sources.toml is read into sources, or refused with every mistake named."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.i18n import say
from monitor.sources.config import parse_sources
from monitor.tomlcheck import ConfigInvalid
from monitor.types import Selectors, Source

GOOD = """
[[source]]
id = "havneforum"
kind = "web"
center = "havnelyst"
url = "https://forum.example/viewtopic.php?t=5"
every = "6h"
approved_by = "Anne Lindebjerg"
approved_on = 2026-03-01
expires_on = 2027-03-01
"""


def parse(text: str) -> tuple[Source, ...]:
    return parse_sources(text, file="sources.toml", centers=("havnelyst", "bakken"))


def problems(text: str) -> list[tuple[str, str, int]]:
    with pytest.raises(ConfigInvalid) as caught:
        parse(text)
    for reason in caught.value.problems:
        said = say(reason, "en")
        assert said.startswith("sources.toml, line")
        assert "{" not in said
    return [
        (r.code, str(r.params["key"]), int(r.params["line"]))
        for r in caught.value.problems
    ]


def test_a_source_is_read() -> None:
    more = """
allow = ["/viewtopic.php*"]
pagination = ["a[rel~=next]"]
depth = 1
[source.selectors]
post = ".post"
author = ".username"
"""
    (source,) = parse(GOOD + more)
    assert source.every == timedelta(hours=6)
    assert source.urls == ("https://forum.example/viewtopic.php?t=5",)
    assert source.expires_on == date(2027, 3, 1)
    assert source.selectors == Selectors(post=".post", author=".username")
    assert source.allow == ("/viewtopic.php*",)


def test_no_sources_are_no_mistake() -> None:
    assert parse("") == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("every", "evry", ("config_missing", "every", 2)),
        ('"6h"', '"6 hours"', ("source_every", "every", 7)),
        ('"6h"', "6", ("source_every", "every", 7)),
        ('"6h"', '"0m"', ("source_every", "every", 7)),
        ('"web"', '"wbe"', ("source_kind_like", "kind", 4)),
        ('"web"', '"gopher"', ("source_kind", "kind", 4)),
        ('"havnelyst"', '"havnlyst"', ("source_center_like", "center", 5)),
        ('"havneforum"', '"Havne forum"', ("source_id", "id", 3)),
        ("https://", "ftp://", ("source_url", "url", 6)),
        ("https://", "https://bruger:kode@", ("source_url", "url", 6)),
        ("2027-03-01", "2027-03-02", ("source_approval_span", "expires_on", 10)),
        ("2027-03-01", "2026-03-01", ("source_approval_span", "expires_on", 10)),
        ("2027-03-01", '"nul"', ("config_not_date", "expires_on", 10)),
        (
            "approved_on = 2026-03-01",
            "",
            ("source_approval_incomplete", "approved_by", 8),
        ),
    ],
)
def test_a_mistake_is_named_with_key_and_line(
    old: str, new: str, expected: tuple[str, str, int]
) -> None:
    assert expected in problems(GOOD.replace(old, new, 1))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('pagination = ["a[rel~"]', "source_selector"),
        ('selectors = {post = ">>"}', "source_selector"),
        ('allow = ["viewtopic"]', "source_pattern"),
        ('timezone = "Europe/Havnelyst"', "source_timezone"),
        ("depth = 11", "config_out_of_range"),
        ('urls = ["https://b.example"]', "source_url_or_urls"),
        ('selctors = {post = ".a"}', "config_unknown_key_like"),
    ],
)
def test_a_bad_setting_is_named(line: str, code: str) -> None:
    assert [(code, 11)] == [(p[0], p[2]) for p in problems(GOOD + line)]


def test_an_id_is_used_once() -> None:
    assert problems(GOOD + GOOD) == [("source_id_twice", "id", 13)]


def test_an_approval_on_a_leap_day_lasts_to_the_next_28_february() -> None:
    text = GOOD.replace("2026-03-01", "2028-02-29").replace("2027-03-01", "2029-02-28")
    assert parse(text)[0].expires_on == date(2029, 2, 28)


def test_several_mistakes_are_told_at_once() -> None:
    text = GOOD.replace('"6h"', '"x"').replace('"web"', '"x"') + "depth = -1"
    assert [p[0] for p in problems(text)] == [
        "source_kind",
        "source_every",
        "config_out_of_range",
    ]


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_breaks_the_check(value: str, key: str) -> None:
    with suppress(ConfigInvalid):
        parse(GOOD + f"{key} = {value}")
    for name in ("id", "kind", "center", "url", "every", "timezone"):
        with suppress(ConfigInvalid):
            parse(f"[[source]]\n{name} = {value!r}")
