"""The text of ``signals.toml`` becomes checked rules; files are left to others."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from monitor.signals.rules import Reach, Rules, WordRule
from monitor.tomlcheck import validate, wrong

_PHRASE = re.compile(r"\w[\w'-]*\*?(?: (?:… )?\w[\w'-]*\*?)*")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}")


def parse_rules(text: str, *, file: str) -> Rules:
    """The rules of a TOML text; raises ``ConfigInvalid`` with every problem."""
    read = validate(SignalsFile, text, file=file)
    return Rules(
        version=read.version,
        words=tuple(rule.as_rule() for rule in read.signal),
        negations=read.negations,
        profile_hosts=read.profile_hosts,
        near=read.near,
    )


def _phrase(value: str) -> str:
    if not _PHRASE.fullmatch(value):
        raise wrong("signal_phrase", given=value[:80])
    return value


def _host(value: str) -> str:
    if not _HOST.fullmatch(value):
        raise wrong("signal_host", given=value[:80])
    return value


Phrase = Annotated[str, Field(max_length=80), AfterValidator(_phrase)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SignalTable(_Table):
    """One rule of words."""

    code: Literal[
        "threat", "family", "media", "accusation", "criticism", "contact_call"
    ]
    phrases: tuple[Phrase, ...] = Field(min_length=1)
    exceptions: tuple[Phrase, ...] = ()
    reach: Reach = Reach.NEAR

    def as_rule(self) -> WordRule:
        """The frozen value that the room works with."""
        return WordRule(self.code, self.phrases, self.exceptions, self.reach)


class SignalsFile(_Table):
    """The whole of ``signals.toml``."""

    version: Annotated[str, Field(min_length=1, max_length=40)] = "1"
    near: int = Field(default=12, ge=1, le=60)
    negations: tuple[Phrase, ...] = ()
    profile_hosts: tuple[Annotated[str, AfterValidator(_host)], ...] = ()
    signal: tuple[SignalTable, ...] = ()

    @field_validator("signal")
    @classmethod
    def _once(cls, rules: tuple[SignalTable, ...]) -> tuple[SignalTable, ...]:
        seen: set[tuple[str, Reach]] = set()
        for number, rule in enumerate(rules):
            if (rule.code, rule.reach) in seen:
                raise wrong("config_twice", at=(number, "code"), given=rule.code)
            seen.add((rule.code, rule.reach))
        return rules
