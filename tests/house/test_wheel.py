"""An installed wheel finds all it needs without the checkout beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from monitor.db import newest_schema
from monitor.paths import default_config, migrations
from tests.house.tree import ROOT

ASK = """
import json
from monitor import db, i18n, paths
print(json.dumps({
    "config": str(paths.default_config()),
    "data": str(paths.default_data()),
    "migrations": str(paths.migrations()),
    "schema": db.newest_schema(),
    "danish": type(i18n._catalogue("da")).__name__,
}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]
    subprocess.run([*build, "-d", folder], cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def site(wheel: Path) -> Path:
    """A folder with the installed wheel; its needs come from the environment."""
    folder = wheel.parent / "site"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install"]
    plain = ["--quiet", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run([*pip, *plain, "--target", folder, wheel], check=True)
    return folder


def test_an_installed_wheel_finds_migrations_and_configuration(site: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=site.parent,
        env=env,
        check=True,
        capture_output=True,
        text=True,
    )
    found = json.loads(done.stdout)
    assert found["config"] == str(site / "monitor/_config")
    assert found["migrations"] == str(site / "monitor/_migrations")
    assert found["data"] == "/var/lib/udkig"
    assert found["schema"] == newest_schema()
    assert found["danish"] == "GNUTranslations"


def test_a_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    inside = set(ZipFile(wheel).namelist())
    places = {
        "monitor": ROOT / "monitor",
        "watchlist": ROOT / "watchlist",
        "monitor/_migrations": migrations(),
        "monitor/_config": default_config(),
    }
    wanted = {
        f"{name}/{path.relative_to(folder).as_posix()}"
        for name, folder in places.items()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert not wanted - inside


def test_a_wheel_holds_both_commands_and_the_licence(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = {name.rpartition("/")[2]: name for name in archive.namelist()}
        commands = archive.read(names["entry_points.txt"]).decode()
        licence = archive.read(names["LICENSE"]).decode()
    assert "monitor = monitor.cli:main" in commands
    assert "watchlist = monitor.cli:watchlist_main" in commands
    assert "Mozilla Public License" in licence
