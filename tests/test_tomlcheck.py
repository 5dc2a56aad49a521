"""Broken configuration is reported with its place and a way to mend it."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from monitor.i18n import say
from monitor.tomlcheck import ConfigInvalid, closest, key_lines, validate, wrong


class Table(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: str
    every: str = "6h"
    kind: Literal["web", "feed"] = "web"
    limit: int = Field(default=5, ge=1)

    @field_validator("id")
    @classmethod
    def _known(cls, value: str, info: ValidationInfo) -> str:
        if value in (info.context or {}).get("taken", ()):
            raise wrong("id_taken", given=value)
        return value


class Log(BaseModel):
    model_config = ConfigDict(extra="forbid")
    level: str = "info"


class File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = ""
    log: Log = Log()
    source: list[Table] = []


def problems(text: str, **context: Any) -> list[tuple[str, str, str, int]]:
    with pytest.raises(ConfigInvalid) as caught:
        validate(File, text, file="x.toml", context=context)
    assert caught.value.exit_code == 2
    for reason in caught.value.problems:
        assert "{" not in say(reason, "en")
    return [
        (r.code, str(r.params["table"]), str(r.params["key"]), int(r.params["line"]))
        for r in caught.value.problems
    ]


def test_valid_text_becomes_the_model() -> None:
    read = validate(File, '\ufeffname = "a"\r\n[[source]]\r\nid = "b"', file="x.toml")
    assert read.source[0].id == "b"


def test_every_problem_is_told_with_table_key_and_line() -> None:
    text = '''name = """
[[source]]
id = "no"
"""
[log]
levl = "x"
[[source]]
id = "a"
evry = "6h"   # [x
[[source]]
limit = 0
kind = "fed"
'''
    assert problems(text) == [
        ("config_unknown_key_like", "log", "levl", 6),
        ("config_unknown_key_like", "[[source]] 1", "evry", 9),
        ("config_missing", "[[source]] 2", "id", 10),
        ("config_out_of_range", "[[source]] 2", "limit", 11),
        ("config_not_one_of_like", "[[source]] 2", "kind", 12),
    ]


def test_a_typo_gets_a_suggestion() -> None:
    with pytest.raises(ConfigInvalid) as caught:
        validate(File, '[[source]]\nid = "a"\nevry = "6h"', file="sources.toml")
    assert caught.value.reason.code == "config_invalid"
    assert caught.value.reason.params["hint"] == "every"
    assert "every" in say(caught.value.problems[0], "en")


def test_broken_syntax_names_its_line() -> None:
    assert problems("name = 'a'\nid = \n")[0][::3] == ("config_not_toml", 2)
    assert problems('name = "a')[0][::3] == ("config_not_toml", 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name = 5", "config_not_string"),
        ("source = 5", "config_not_list"),
        ("log = 5", "config_not_table"),
        ("[[source]]\nid='a'\nlimit = 'many'", "config_not_integer"),
        ("[[source]]\nid='a'\nkind = 'zzzzz'", "config_not_one_of"),
        ("zzzzz = 1", "config_unknown_key"),
    ],
)
def test_each_kind_of_mistake_has_its_own_sentence(text: str, code: str) -> None:
    assert [p[0] for p in problems(text)] == [code]


def test_a_validator_reports_a_code_of_its_own_room() -> None:
    text = '[[source]]\nid = "a"\n'
    assert problems(text, taken=["a"]) == [("id_taken", "[[source]] 1", "id", 2)]


def test_the_closest_word_is_found_whatever_its_case() -> None:
    assert closest("EVRY", ("every", "id")) == "every"
    assert closest("zzz", ("every",)) == ""


def test_quoted_dotted_and_nested_keys_have_lines() -> None:
    text = 'a."b c" = 1\n[[t]]\nx = [\n  "[y]",\n]\n[[t.u]]\nz = {k = 1}\n[t.v]\nw = 1'
    tomllib.loads(text)
    assert key_lines(text) == {
        ("a", "b c"): 1,
        ("t", 0): 2,
        ("t", 0, "x"): 3,
        ("t", 0, "u", 0): 6,
        ("t", 0, "u", 0, "z"): 7,
        ("t", 0, "v"): 8,
        ("t", 0, "v", "w"): 9,
    }


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(ConfigInvalid):
        validate(File, text, file="x.toml")
