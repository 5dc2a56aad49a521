"""Sentences about backups, restoring and what is erased again."""

from __future__ import annotations

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "backup_postgresql": N_(
        "Backups of PostgreSQL are made with its own tools; nothing was done here. Use "
        "pg_dump and pg_restore, keep the evidence folder with the dump, and see "
        "docs/operations.md for what to erase again after a restore."
    ),
    "backup_running": N_(
        "Another backup into {path} is still running, so none was begun. Wait for it."
    ),
    "backup_exists": N_(
        "A backup with this time exists already: {path}. It was not touched. Try again "
        "in a second."
    ),
    "backup_unwritable": N_(
        "The backup could not be written to {path} ({detail}). There is no new backup; "
        "older ones were not touched. Check the folder and the free space."
    ),
    "backup_database_failed": N_(
        "The database could not be copied ({detail}). There is no new backup; older "
        "ones were not touched. Check the disk, then try again."
    ),
    "backup_database_damaged": N_(
        "The database file is damaged ({detail}), so the copy is not a backup and was "
        "not kept as one. Restore the newest good backup: monitor restore"
    ),
    "backup_evidence_damaged": N_(
        "The evidence file {file} is missing or changed and could not be backed up. "
        "Run: monitor evidence verify"
    ),
    "backup_key_wrong": N_(
        "The backup is whole, but the key file does not open the names in it. Find the "
        "right key file; without it neither the database nor its backups can be read."
    ),
    "backup_damaged": N_(
        "The backup {path} is damaged or not complete ({what}). Nothing was restored. "
        "Choose another backup."
    ),
    "restore_would_replace": N_(
        "There is a database at {path}, which may be newer than the backup. Nothing "
        "was restored. Make a backup of it, then say --replace."
    ),
    "restore_in_use": N_(
        "The database {path} is in use. Nothing was restored. Stop Udkig first, then "
        "try again."
    ),
    "restore_key_wrong": N_(
        "The key file does not open this backup. Nothing was restored. Put the key "
        "file that was in use when the backup was made in its place, then try again."
    ),
    "restore_unwritable": N_(
        "The backup could not be put back ({detail}). The database is as it was. Check "
        "the data folder and the free space, then try again."
    ),
    "erasure_not_noted": N_(
        "The withdrawal could not be noted in the data folder ({detail}), and without "
        "the note a restored backup would undo it. Nothing was erased. Check the "
        "folder and the free space, then try again."
    ),
    "erasure_not_copied": N_(
        "{keys} erasures were noted in the data folder but not in the backup folder, "
        "which cannot be written. The next backup catches up; check the folder."
    ),
}
