"""The command line: chooses the language, runs one command, words every error."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path

from monitor import i18n
from monitor.paths import default_config


def main() -> None:
    """The ``monitor`` command."""
    _start()
    from monitor.cli.app import run
    from monitor.cli.root import monitor

    sys.exit(run(monitor))


def watchlist_main() -> None:
    """The ``watchlist`` command."""
    _start()
    from monitor.cli.app import run
    from monitor.cli.watchlist import watchlist

    sys.exit(run(watchlist))


def _start() -> None:
    i18n.use(os.environ.get("MONITOR_LANGUAGE") or _configured_language())


def _configured_language() -> str:
    """The language of monitor.toml; a broken file is reported later, by settings."""
    folder = Path(os.environ.get("MONITOR_CONFIG") or default_config())
    try:
        told = tomllib.loads((folder / "monitor.toml").read_text("utf-8"))
    except (OSError, ValueError):
        return "da"
    return str(told.get("language", "da"))
