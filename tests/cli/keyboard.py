"""An installation of one's own, and commands typed into it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from monitor import i18n, users
from monitor.cli.app import now, run
from monitor.cli.root import monitor
from monitor.models import UserRole
from monitor.settings import load
from monitor.startup import Opened, open_all


class Said(NamedTuple):
    """What a command answered with."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Type = Callable[..., Said]
STAFF = {
    "drift": (UserRole.TECHNICAL_ADMIN, None),
    "bente": (UserRole.CENTER_MANAGER, "havnelyst"),
    "torkild": (UserRole.CENTER_MANAGER, "engdraget"),
    "jura": (UserRole.CENTRAL, None),
}


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh data folder with the shipped configuration and some users."""
    monkeypatch.setenv("MONITOR_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("MONITOR_CONFIG", raising=False)
    monkeypatch.delenv("MONITOR_DATABASE_URL", raising=False)
    with at_hand() as opened, opened.database.begin() as session:
        for login, (role, center) in STAFF.items():
            users.add_user(session, login, [role], center=center, by="drift", now=now())
    return tmp_path / "data"


def at_hand() -> Any:
    """The installation's settings and database."""
    return open_all(load(), now())


@pytest.fixture
def opened(installation: Path) -> Iterator[Opened]:
    with at_hand() as everything:
        yield everything


@pytest.fixture
def typed(
    installation: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Type]:
    """Type a ``monitor`` command, in English, as somebody."""
    before = i18n.current()
    i18n.use("en")

    def type_in(*words: object, login: str | None = "bente") -> Said:
        line = ["monitor", *map(str, words), *(["--as", login] if login else [])]
        monkeypatch.setattr("sys.argv", line)
        code = run(monitor)
        return Said(code, *capsys.readouterr())

    yield type_in
    i18n.use(before)
