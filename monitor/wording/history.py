"""Sentences about the history of events, and about who may do what."""

from __future__ import annotations

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "event_altered": N_(
        "Event {event} of the history is not as it was written. Somebody or a "
        "damaged disk changed it. Compare with a backup and tell the data "
        "protection officer."
    ),
    "event_missing": N_(
        "The history is not whole: event {event} and perhaps more are missing. "
        "Compare with a backup and tell the data protection officer."
    ),
    "event_unlinked": N_(
        "Event {event} of the history does not follow from the one before it: it "
        "was put in, moved or rewritten. Compare with a backup and tell the data "
        "protection officer."
    ),
    "event_forgotten_early": N_(
        "Who looked at what was erased from the access log up to event {event} "
        "without this being noted. Compare with a backup and tell the data "
        "protection officer."
    ),
}
