"""The command line: chooses the language, runs one command, words every error."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path
from types import TracebackType

from monitor import i18n, logs
from monitor.paths import default_config
from monitor.types import Reason


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
    os.umask(0o077)  # what is written here concerns nobody else on this machine
    asked = os.environ.get("MONITOR_LANGUAGE") or _configured_language()
    i18n.use(asked)
    i18n.lead_libraries()
    if asked not in i18n.LANGUAGES and os.environ.get("MONITOR_LANGUAGE"):
        known = ", ".join(i18n.LANGUAGES)
        print(i18n.say(Reason("language_unknown", {"known": known})), file=sys.stderr)
        sys.exit(2)
    sys.excepthook = _say_fault
    logs.start("WARNING")


def _say_fault(
    kind: type[BaseException], _: BaseException, trace: TracebackType | None
) -> None:
    """A fault of ours, without its message: that may hold names or words of a page."""
    reason = Reason("own_fault", {"kind": kind.__name__, "where": logs.place(trace)})
    print(i18n.say(reason), file=sys.stderr)


def _configured_language() -> str:
    """The language of monitor.toml; a broken file is reported later, by settings."""
    folder = Path(os.environ.get("MONITOR_CONFIG") or default_config())
    try:
        told = tomllib.loads((folder / "monitor.toml").read_text("utf-8"))
    except (OSError, ValueError):
        return "da"
    return str(told.get("language", "da"))
