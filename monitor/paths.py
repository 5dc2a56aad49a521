"""Finds what ships with the program: migrations and the default configuration.

In a checkout both stand beside the package, in an installed wheel inside it.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def _shipped(inside: str, beside: str) -> Path:
    installed = _PACKAGE / inside
    return installed if installed.is_dir() else _PACKAGE.parent / beside


def migrations() -> Path:
    """The folder of the Alembic chain."""
    return _shipped("_migrations", "alembic")


def default_config() -> Path:
    """The folder of the shipped, fictional configuration."""
    return _shipped("_config", "config")


def default_data() -> Path:
    """Where the data goes unless MONITOR_DATA says otherwise."""
    beside = _PACKAGE.parent
    in_checkout = (beside / "pyproject.toml").is_file()
    return beside / "data" if in_checkout else Path("/var/lib/udkig")
