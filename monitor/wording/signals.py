"""The sentences and names of ``monitor.signals``."""

from __future__ import annotations

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "signal_phrase": N_(
        "“{given}” is no phrase. Write words with spaces between; * ends a word, and "
        "… stands between two."
    ),
    "signal_host": N_("“{given}” is no host. Write it like linkedin.com."),
}

# What a signal is called; not a verdict, only what the rule looks for.
SIGNALS: dict[str, str] = {
    "threat": N_("words of a threat"),
    "private_cpr": N_("CPR number"),
    "private_phone": N_("telephone number"),
    "private_address": N_("address"),
    "family": N_("family"),
    "photo": N_("photo in the post"),
    "profile_link": N_("link to a profile"),
    "media": N_("sound or film"),
    "accusation": N_("accusation of a crime"),
    "contact_call": N_("call to make contact"),
    "criticism": N_("criticism of a decision"),
    "context": N_("word about the centre or the work"),
    "weak_name": N_("weak name"),
}
URGENCIES: dict[str, str] = {
    "urgent": N_("urgent"),
    "today": N_("today"),
    "normal": N_("normal"),
}
