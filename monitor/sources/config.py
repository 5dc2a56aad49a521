"""The text of ``sources.toml`` becomes checked sources; files are left to others."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import soupsieve
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from monitor.sources import KINDS
from monitor.sources.urls import canonical
from monitor.tomlcheck import closest, validate, wrong
from monitor.types import Selectors, Source

_EVERY = re.compile(r"\s*(\d{1,4})\s*(m|h|d|w)\s*")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def parse_sources(
    text: str, *, file: str, centers: Collection[str]
) -> tuple[Source, ...]:
    """The sources of a TOML text, in its order.

    ``centers`` are the known centres' ids. Raises ``ConfigInvalid`` with every
    problem found.
    """
    context = {"centers": tuple(centers)}
    read = validate(SourcesFile, text, file=file, context=context)
    return tuple(table.as_source() for table in read.source)


def _interval(value: Any) -> timedelta:
    found = _EVERY.fullmatch(value) if isinstance(value, str) else None
    if found is None or int(found[1]) == 0:
        raise wrong("source_every", given=str(value)[:60])
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _address(value: str) -> str:
    parts = urlsplit(value) if canonical(value) else None
    if parts is None or parts.username or parts.password:
        raise wrong("source_url", given=value[:100])
    return value


def _selector(value: str) -> str:
    try:
        soupsieve.compile(value)
    except (soupsieve.SelectorSyntaxError, ValueError) as error:
        problem = str(error).partition("\n")[0]
        raise wrong("source_selector", given=value[:100], problem=problem) from None
    return value


def _pattern(value: str) -> str:
    if not value.startswith(("/", "*", "http://", "https://")):
        raise wrong("source_pattern", given=value[:100])
    return value


def _host(value: str) -> str:
    if not re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z0-9-]+", value):
        raise wrong("source_host", given=value[:100])
    return value


def _timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise wrong("source_timezone", given=value[:60]) from None
    return value


Address = Annotated[str, AfterValidator(_address)]
Css = Annotated[str, AfterValidator(_selector)]
UrlPattern = Annotated[str, AfterValidator(_pattern)]
Host = Annotated[str, AfterValidator(_host)]


class SelectorsTable(BaseModel):
    """A source's own CSS selectors; ``post`` is needed, the rest is looked up in it."""

    model_config = ConfigDict(extra="forbid")
    post: Css
    text: Css | None = None
    author: Css | None = None
    published: Css | None = None
    permalink: Css | None = None


class SourceTable(BaseModel):
    """One ``[[source]]`` table."""

    model_config = ConfigDict(extra="forbid")
    id: str
    kind: str
    center: str
    every: Annotated[timedelta, BeforeValidator(_interval)]
    url: Address | None = None
    urls: tuple[Address, ...] = ()
    approved_by: str | None = None
    approved_on: date | None = None
    expires_on: date | None = None
    allow: tuple[UrlPattern, ...] = ()
    deny: tuple[UrlPattern, ...] = ()
    pagination: tuple[Css, ...] = ()
    depth: int = Field(default=0, ge=0, le=10)
    page_limit: int = Field(default=50, ge=1, le=5000)
    min_posts: int = Field(default=0, ge=0, le=1000)
    canary: str = Field(default="", max_length=200)
    render: bool = False
    render_hosts: tuple[Host, ...] = ()
    selectors: SelectorsTable | None = None
    timezone: Annotated[str, AfterValidator(_timezone)] = "Europe/Copenhagen"

    @field_validator("id")
    @classmethod
    def _slug(cls, value: str) -> str:
        if not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", value):
            raise wrong("source_id", given=value[:80])
        return value

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        if value not in KINDS:
            known = ", ".join(KINDS)
            hint = closest(value, KINDS)
            raise wrong("source_kind", given=value[:60], known=known, hint=hint)
        return value

    @field_validator("center")
    @classmethod
    def _known_center(cls, value: str, info: ValidationInfo) -> str:
        centers = (info.context or {}).get("centers", ())
        if value not in centers:
            known, hint = ", ".join(centers), closest(value, centers)
            raise wrong("source_center", given=value[:60], known=known, hint=hint)
        return value

    @model_validator(mode="after")
    def _one_way_of_addresses(self) -> SourceTable:
        if (self.url is None) == (not self.urls):
            raise wrong("source_url_or_urls", key="urls" if self.urls else "url")
        return self

    @model_validator(mode="after")
    def _whole_approval(self) -> SourceTable:
        told = {
            "approved_by": self.approved_by,
            "approved_on": self.approved_on,
            "expires_on": self.expires_on,
        }
        missing = [key for key, value in told.items() if not value]
        if missing and len(missing) < len(told):
            given = next(key for key in told if key not in missing)
            lacking = ", ".join(missing)
            raise wrong("source_approval_incomplete", key=given, missing=lacking)
        if self.approved_on and self.expires_on:
            latest = _a_year_after(self.approved_on)
            if not self.approved_on < self.expires_on <= latest:
                raise wrong(
                    "source_approval_span", key="expires_on", latest=str(latest)
                )
        return self

    def as_source(self) -> Source:
        """The table as the value that travels."""
        plain = self.model_dump(exclude={"url", "urls", "selectors"})
        selectors = self.selectors
        return Source(
            **plain,
            urls=self.urls or (self.url or "",),
            selectors=Selectors(**selectors.model_dump()) if selectors else None,
        )


def _a_year_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)


class SourcesFile(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")
    source: tuple[SourceTable, ...] = ()

    @model_validator(mode="after")
    def _ids_differ(self) -> SourcesFile:
        seen: set[str] = set()
        for number, table in enumerate(self.source):
            if table.id in seen:
                raise wrong("source_id_twice", at=("source", number, "id"), id=table.id)
            seen.add(table.id)
        return self
