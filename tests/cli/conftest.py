"""A user's desk for each test, copied from one that is set up once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from monitor import i18n
from monitor.cli.app import run
from monitor.cli.root import monitor
from tests.cli.desk import Desk, copied, make_desk
from tests.cli.keyboard import Said, installation, opened, typed

__all__ = ["installation", "opened", "typed"]


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def desk(pristine: Desk, tmp_path: Path) -> Iterator[Desk]:
    with copied(pristine, tmp_path) as made:
        yield made


@pytest.fixture
def at_desk(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., Said]]:
    """Type commands at the desk without a process for each, in English."""
    monkeypatch.setenv("MONITOR_CONFIG", str(desk.config))
    monkeypatch.setenv("MONITOR_DATA", str(desk.data))
    monkeypatch.delenv("MONITOR_DATABASE_URL", raising=False)
    before = i18n.current()
    i18n.use("en")

    def type_in(*words: object) -> Said:
        monkeypatch.setattr("sys.argv", ["monitor", *map(str, words)])
        code = run(monitor)
        return Said(code, *capsys.readouterr())

    yield type_in
    i18n.use(before)
