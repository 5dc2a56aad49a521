"""Sentences of hits and the queue."""

from __future__ import annotations

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "hit_erased": N_(
        "The words of hit {hit} have been erased: its time was up, or the employee "
        "withdrew. Only dates and the outcome are left."
    ),
    "hit_unknown": N_("There is no hit {hit}. “monitor hits list” shows the queue."),
    "hit_not_open": N_(
        "Hit {hit} is not in the queue (it is {state}). Nothing was changed."
    ),
    "hit_not_dismissed": N_(
        "Hit {hit} was not dismissed (it is {state}). Nothing was changed."
    ),
    "outcome_unknown": N_("“{outcome}” is not an outcome a hit can end with."),
}
