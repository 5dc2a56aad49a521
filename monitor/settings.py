"""The configuration: TOML files in one folder, checked before anything starts.

``monitor.toml``, ``centers.toml`` and ``matching.toml`` are read here; what a source
may say is known by ``monitor.sources.config``. Secrets come from the environment or
from files, never from these.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from monitor.errors import BadInput
from monitor.paths import default_config, default_data
from monitor.tomlcheck import validate, wrong

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def duration(value: object) -> object:
    """``"90s"``, ``"30m"``, ``"6h"``, ``"14d"`` or ``"2w"`` as a timedelta."""
    if isinstance(value, timedelta):
        return value
    told = re.fullmatch(r"(\d{1,5})\s*([smhdw])", str(value))
    if told is None:
        raise wrong("config_duration", given=str(value))
    return timedelta(**{_UNITS[told[2]]: int(told[1])})


Duration = Annotated[timedelta, BeforeValidator(duration)]
Text = Annotated[str, Field(min_length=1, max_length=500)]


class Table(BaseModel):
    """A table of a configuration file: frozen, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Municipality(Table):
    """Who runs this; printed in letters and notices."""

    name: Text
    ombudsman_contact: Text
    dpo_contact: Text
    legal_basis: Text
    legal_basis_en: str = Field(default="", max_length=500)


class DatabaseTable(Table):
    """Where the data lie; MONITOR_DATABASE_URL comes before ``url``."""

    url: str = ""


class KeysTable(Table):
    """Where the key-encryption keys lie; MONITOR_KEY_FILE comes before ``file``."""

    file: str = ""


class FetchTable(Table):
    """How pages are asked for."""

    contact: Text
    delay: Duration = timedelta(seconds=10)
    concurrency: int = Field(default=8, ge=1, le=32)
    connect_timeout: Duration = timedelta(seconds=10)
    deadline: Duration = timedelta(seconds=30)
    max_bytes: int = Field(default=10_000_000, ge=10_000, le=100_000_000)
    max_redirects: int = Field(default=5, ge=0, le=10)
    robots_ttl: Duration = timedelta(days=1)
    allow_private: tuple[str, ...] = ()

    @field_validator("contact")
    @classmethod
    def _is_page(cls, value: str) -> str:
        if not re.match(r"https?://[^\s/]+", value):
            raise wrong("config_not_url", given=value)
        return value

    @field_validator("allow_private")
    @classmethod
    def _exact(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for place in value:
            if not re.fullmatch(r"(?:[\w.-]+|\[[0-9a-fA-F:]+\]):\d{1,5}", place):
                raise wrong("config_not_host_port", given=place)
        return value


class ScheduleTable(Table):
    """How often the clock looks, and when a silent source is reported."""

    tick: Duration = timedelta(seconds=30)
    silent_after: Duration = timedelta(days=2)
    lease: Duration = timedelta(minutes=5)
    attempts: int = Field(default=3, ge=1, le=10)
    workers: Literal["auto"] | Annotated[int, Field(ge=0, le=64)] = "auto"
    parse_seconds: int = Field(default=5, ge=1, le=60)
    parse_memory: int = Field(default=256_000_000, ge=50_000_000, le=4_000_000_000)


class AlarmsTable(Table):
    """When a source that is not truly read is announced, and how often again."""

    after_failures: int = Field(default=3, ge=1, le=100)
    repeat: Duration = timedelta(days=1)


class RetentionTable(Table):
    """How long what is kept."""

    unreviewed: Duration = timedelta(days=180)
    false_alarm: Duration = timedelta(days=14)
    mute: Duration = timedelta(days=180)
    no_action: Duration = timedelta(days=60)
    closed_case: Duration = timedelta(days=183)
    seen_posts: Duration = timedelta(days=30)
    opt_in_proof: Duration = timedelta(days=730)
    access_log: Duration = timedelta(days=396)
    runs: Duration = timedelta(days=90)


class RecheckTable(Table):
    """When a post is looked at again after a letter."""

    daily_for: Duration = timedelta(days=14)
    weekly_until: Duration = timedelta(days=90)
    gone_after: Duration = timedelta(hours=12)


class BackupTable(Table):
    """Where backups go and how long they are kept (35 days at most)."""

    folder: str = ""
    keep: Duration = timedelta(days=35)
    every: Duration = timedelta(days=1)

    @field_validator("keep")
    @classmethod
    def _limit(cls, value: timedelta) -> timedelta:
        if value > timedelta(days=35):
            raise wrong("config_backup_too_long")
        return value


class LettersTable(Table):
    """What the letters say of time."""

    answer_within: Duration = timedelta(days=7)
    reminder_within: Duration = timedelta(days=7)
    retention_text_da: Text = "seks måneder efter at sagen er lukket"
    retention_text_en: Text = "six months after the case is closed"


class MonitorToml(Table):
    """The whole of ``monitor.toml``."""

    language: Literal["da", "en"] = "da"
    municipality: Municipality
    database: DatabaseTable = DatabaseTable()
    keys: KeysTable = KeysTable()
    fetch: FetchTable
    schedule: ScheduleTable = ScheduleTable()
    alarms: AlarmsTable = AlarmsTable()
    retention: RetentionTable = RetentionTable()
    recheck: RecheckTable = RecheckTable()
    backup: BackupTable = BackupTable()
    letters: LettersTable = LettersTable()


class Center(Table):
    """One centre of the municipality."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
    name: Text
    address: Text
    manager: Text
    deputies: tuple[Text, ...] = ()
    contact_name: Text
    contact_phone: Text
    contact_email: Text
    context_words: tuple[Text, ...] = ()
    staff_words: tuple[Text, ...] = ()
    own_sites: tuple[Text, ...] = ()
    own_accounts: tuple[Text, ...] = ()
    office_numbers: tuple[Text, ...] = ()
    guideline_links: tuple[Text, ...] = ()

    @property
    def words_near_names(self) -> tuple[str, ...]:
        """What near a name tells that it is one of this centre's employees."""
        return (self.name, *self.context_words, *self.staff_words)


class CentersToml(Table):
    """The whole of ``centers.toml``."""

    center: tuple[Center, ...] = Field(min_length=1)

    @field_validator("center")
    @classmethod
    def _once(cls, centers: tuple[Center, ...]) -> tuple[Center, ...]:
        seen: set[str] = set()
        for number, center in enumerate(centers):
            if center.id in seen:
                raise wrong("config_twice", at=(number, "id"), given=center.id)
            seen.add(center.id)
        return centers


class MatchingToml(Table):
    """The whole of ``matching.toml``: where a match becomes a hit."""

    version: str = Field(default="1", pattern=r"^[\w.-]{1,16}$")
    cutoff: float = Field(default=0.50, ge=0.3, le=0.9)
    threshold: float = Field(default=0.70, ge=0.5, le=0.95)
    weak_cap: float = Field(default=0.69, ge=0.3, le=0.94)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.cutoff <= self.weak_cap < self.threshold:
            raise wrong(
                "config_thresholds",
                cutoff=self.cutoff,
                cap=self.weak_cap,
                threshold=self.threshold,
            )
        return self


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the configuration says, with the folders it was read from."""

    config_dir: Path
    data_dir: Path
    monitor: MonitorToml
    centers: tuple[Center, ...]
    matching: MatchingToml
    database_url: str
    key_file: Path

    @property
    def evidence_dir(self) -> Path:
        """Where captured pages are kept."""
        return self.data_dir / "evidence"

    @property
    def backup_dir(self) -> Path:
        """Where backups are kept."""
        told = self.monitor.backup.folder
        return Path(told) if told else self.data_dir / "backups"

    def center(self, center_id: str) -> Center:
        """The centre with this id; BadInput when there is none."""
        for center in self.centers:
            if center.id == center_id:
                return center
        known = ", ".join(center.id for center in self.centers)
        raise BadInput("center_unknown", center=center_id, known=known)


def load(env: Mapping[str, str] | None = None) -> Settings:
    """Read and check the configuration.

    MONITOR_CONFIG and MONITOR_DATA name the folders; MONITOR_DATABASE_URL and
    MONITOR_KEY_FILE come before the files. Raises BadInput naming file, table, key
    and line of every problem.
    """
    env = os.environ if env is None else env
    config = Path(env.get("MONITOR_CONFIG") or default_config())
    data = Path(env.get("MONITOR_DATA") or default_data()).absolute()
    told = read(config / "monitor.toml", MonitorToml)
    url = env.get("MONITOR_DATABASE_URL") or told.database.url
    key_file = env.get("MONITOR_KEY_FILE") or told.keys.file
    return Settings(
        config_dir=config,
        data_dir=data,
        monitor=told,
        centers=read(config / "centers.toml", CentersToml).center,
        matching=read(config / "matching.toml", MatchingToml),
        database_url=url or f"sqlite:///{data / 'udkig.db'}",
        key_file=Path(key_file) if key_file else data / "udkig.keys",
    )


T = TypeVar("T", bound=Table)


def read(path: Path, model: type[T]) -> T:
    """One configuration file as its model; BadInput when it cannot be used."""
    return validate(model, read_text(path), file=path.name)


def read_text(path: Path) -> str:
    """A configuration file's text; BadInput when it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise BadInput("config_file_missing", path=str(path)) from error
    except UnicodeDecodeError as error:
        raise BadInput("config_not_utf8", path=str(path)) from error
    except OSError as error:
        detail = error.strerror or "?"
        raise BadInput("config_unreadable", path=str(path), detail=detail) from error
