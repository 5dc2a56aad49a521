"""Every code's sentence and every state's name, in English; joined here."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from monitor.i18n import N_


def _joined() -> dict[str, str]:
    words: dict[str, str] = {}
    for module in sorted(iter_modules(__path__), key=lambda m: m.name):
        words |= import_module(f"{__name__}.{module.name}").WORDING
    return words


WORDING: dict[str, str] = _joined()

# No state of a hit, a case or a letter shares its code with another's.
STATES: dict[str, str] = {
    "new": N_("new"),
    "in_review": N_("being read"),
    "false_alarm": N_("false alarm"),
    "no_action": N_("no action"),
    "in_case": N_("in a case"),
    "superseded": N_("replaced by a newer version"),
    "withdrawn": N_("withdrawn"),
    "opened": N_("opened"),
    "assessing": N_("being assessed"),
    "decided": N_("decided"),
    "waiting_author": N_("waiting for the author"),
    "waiting_platform": N_("waiting for the platform"),
    "waiting_central": N_("waiting for the central administration"),
    "waiting_police": N_("waiting for the police"),
    "observing": N_("observing"),
    "closed": N_("closed"),
    "draft": N_("draft"),
    "approved": N_("approved"),
    "sending": N_("being sent"),
    "sent": N_("sent"),
    "failed": N_("sending failed"),
    "uncertain": N_("unclear whether it was sent"),
    "answered": N_("answered"),
    "refused": N_("given up"),
}
