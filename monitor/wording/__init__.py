"""Every code's sentence, in English; one module per room, joined here."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules


def _joined() -> dict[str, str]:
    words: dict[str, str] = {}
    for module in sorted(iter_modules(__path__), key=lambda m: m.name):
        words |= import_module(f"{__name__}.{module.name}").WORDING
    return words


WORDING: dict[str, str] = _joined()
