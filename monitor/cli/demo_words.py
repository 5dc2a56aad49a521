"""How the demo calls events, looks and examples; codes in, words out."""

from __future__ import annotations

from monitor.i18n import _


def event_words() -> dict[str, str]:
    """What happened in a case, by the kind of its event."""
    return {
        "case_opened": _("Case opened; its evidence is frozen"),
        "case_assessed": _("Assessment written, in her own words"),
        "case_care": _("Care: answered whether she was told and offered support"),
        "case_decided": _("Decided: a notice to the platform"),
        "letter_drafted": _("Notice drafted"),
        "letter_approved": _("Notice approved; from now on exactly this PDF"),
        "letter_exported": _("Notice exported as PDF and Word file"),
        "letter_sent": _("Marked as sent, by a person through the platform's form"),
        "recheck_planned": _("Looks at the post planned: daily, later weekly"),
        "case_moved": _("Case moved on"),
        "case_closed": _("Case closed: removed by the platform"),
    }


def state_words() -> dict[str, str]:
    """Where a case stands, as far as the demo shows it."""
    return {
        "waiting_platform": _("waiting for the platform"),
        "observing": _("observing"),
    }


def look_words() -> dict[str, str]:
    """What a look at a post found."""
    return {
        "visible": _("still there"),
        "changed": _("changed"),
        "gone": _("gone"),
        "login_required": _("behind a login"),
        "cannot_tell": _("cannot tell yet"),
    }


def not_found_words() -> dict[str, str]:
    """Why an example of the set must not be found."""
    return {
        "10": _("a footballer of the same very common name"),
        "robots": _("a page that robots.txt closes"),
        "pending": _("a colleague who has not said yes"),
        "unapproved": _("a source that nobody approved"),
        "expired": _("a source whose approval has run out"),
    }
