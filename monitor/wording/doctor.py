"""Sentences of the doctor."""

from __future__ import annotations

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "database_good": N_("The database ({engine}) opens and is whole."),
    "database_damaged": N_(
        "The database is damaged ({detail}). Stop the scheduler and restore the "
        "newest backup with “monitor restore”."
    ),
    "keys_good": N_("The key file opens all {active} active names."),
    "keys_beside_data": N_(
        "The key file opens all {active} active names, but lies in the data folder. "
        "Whoever copies the folder can read everything: move it and set "
        "MONITOR_KEY_FILE. Keep a copy of it apart from the backups."
    ),
    "disk_good": N_("{free} GB are free in {folder}."),
    "disk_low": N_("Only {free} GB are free in {folder}. Make room soon."),
    "disk_full": N_(
        "Only {free} GB are free in {folder}: evidence can no longer be stored. Make "
        "room now."
    ),
    "folder_open": N_(
        "The folder {folder} can be opened by others on this machine. Close it: "
        "chmod 700 {folder}"
    ),
    "folder_not_writable": N_(
        "{folder} cannot be written. Give the account that runs Udkig the right to."
    ),
    "clock_good": N_("The clock says {now}, Danish time."),
    "clock_behind": N_(
        "The clock is behind: a run is stored that began at {newest}. Set the "
        "clock right, for instance with NTP."
    ),
    "approvals_good": N_("All {count} sources are approved."),
    "approvals_missing": N_(
        "Not read, since not approved or expired: {sources}. Renew the approval in "
        "sources.toml, or remove the source."
    ),
    "approvals_ending": N_(
        "The approval runs out within 30 days: {sources}. Have it renewed in time."
    ),
    "sources_read": N_("{count} of {all} approved sources have been truly read."),
    "sources_failing": N_(
        "Not truly read the last time: {sources}. “monitor sources list” says why."
    ),
    "sources_alarm": N_(
        "Not truly read {times} times in a row or more: {sources}. “monitor sources "
        "coverage” says what was read, and why not the rest. Until it is mended "
        "nothing can be said about them."
    ),
    "sources_silent": N_(
        "Not truly read for {days} days: {sources}. “monitor sources try” shows why. "
        "Until then nothing can be said about them."
    ),
    "queue_holds": N_("{count} hits wait in the queue."),
    "backup_good": N_("The newest backup is {hours} hours old."),
    "backup_old": N_(
        "The newest backup is {hours} hours old. See why none was written since; "
        "“monitor backup” writes one now."
    ),
    "backup_missing": N_(
        "There is no backup in {folder} yet. “monitor backup” writes one now."
    ),
    "backup_by_pg_dump": N_(
        "PostgreSQL is backed up with pg_dump; Udkig cannot see whether it is. See "
        "the operator's guide."
    ),
    "history_whole": N_("The history of {events} events is whole."),
    "history_broken": N_(
        "The history has {faults} faults: somebody or something changed it outside "
        "Udkig. Keep the database as it is and call in your security people."
    ),
    "chromium_there": N_("Chromium is at {path}."),
    "chromium_absent": N_("Chromium is not installed; nothing needs it."),
}
