"""Sentences of starting up: configuration, database, keys."""

from __future__ import annotations

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "database_url_unknown": N_(
        "The database address is not understood. Use sqlite:///… or postgresql://… "
        "in [database] url of monitor.toml or in MONITOR_DATABASE_URL."
    ),
    "database_unreachable": N_(
        "The database cannot be opened ({detail}). Nothing was changed. Check that "
        "the folder can be written or that the server answers, then try again."
    ),
    "schema_newer": N_(
        "The database was written by a newer version of Udkig (schema {found}; this "
        "version knows {known}). Install the newer version, or restore a backup."
    ),
    "schema_missing": N_(
        "The database has not been set up or is older than this version. "
        "Run: monitor migrate"
    ),
    "migration_failed": N_(
        "The database could not be brought up to date ({detail}). The step was "
        "rolled back and the backup made before it is kept."
    ),
    "migration_broke_references": N_(
        "After the migration rows in {table} point to nothing. Restore the backup "
        "that was made before it and report this."
    ),
    "database_failed": N_(
        "The database stopped answering ({detail}). What was acknowledged is stored; "
        "the rest is done again next time. Check disk space and permissions."
    ),
    "data_folder_unusable": N_(
        "The data folder {path} cannot be used ({detail}). Nothing was started. It "
        "must be a folder that you may write to; MONITOR_DATA names it."
    ),
    "not_confirmed": N_("Nothing was changed."),
    "typed_file_missing": N_("There is no file {file}. Nothing was changed."),
    "typed_file_unreadable": N_(
        "The file {file} cannot be read. Nothing was changed. Name a file that you may "
        "read."
    ),
    "typed_file_there": N_(
        "{file} is there already and is left as it is. Name a file that is not there."
    ),
    "typed_file_unwritable": N_(
        "{file} cannot be written. Nothing was changed. Name a place that is there and "
        "that you may write to."
    ),
    "file_failed": N_("{path} cannot be used ({detail})."),
    "language_unknown": N_(
        "MONITOR_LANGUAGE names a language that is not there. Set it to one of "
        "{known}, or unset it."
    ),
    "own_fault": N_(
        "Something went wrong inside Udkig itself ({kind} in {where}). What was "
        "stored before is stored, and the rest is done again next time. Please "
        "report it with these words; they hold nothing of what was read."
    ),
    "already_running": N_(
        "Another process holds {path}. Only one may run at a time: stop the other, "
        "or wait until it is done."
    ),
}
