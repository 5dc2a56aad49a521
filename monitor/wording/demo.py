"""Sentences of the demo."""

from __future__ import annotations

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "demo_folder_in_use": N_(
        "{folder} holds a configuration already, so the demo leaves it alone. Name a "
        "folder that is empty or not there yet."
    ),
}
