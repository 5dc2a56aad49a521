"""Sentences of the watchlist: names, the yes, the CSV file, keys."""

from __future__ import annotations

from monitor.i18n import N_

_NAMES = {
    "work_id_bad": N_(
        "“{work_id}” cannot be a work id. Use 1 to 64 letters a–z, digits, dots, "
        "hyphens or underscores, beginning with a letter or digit."
    ),
    "center_unknown": N_(
        "There is no centre “{center}”. Use one of: {known}. "
        "Centres are defined in centers.toml."
    ),
    "full_name_bad": N_(
        "The full name is empty, longer than {most} characters or holds other signs "
        "than letters, spaces, hyphens, apostrophes and dots. Write it as it is "
        "spelt in public."
    ),
    "full_name_single": N_(
        "The full name has one part only and would match strangers. "
        "Write given name and family name; a nickname belongs to the aliases."
    ),
    "aliases_bad": N_(
        "The alias “{value}” cannot be looked for. An alias begins with a letter, has "
        "at least 3 characters or two parts, and holds only letters, digits, spaces, "
        "hyphens, apostrophes, dots and underscores."
    ),
    "emails_bad": N_("“{value}” is not an e-mail address. Mend it or leave it out."),
    "profile_urls_bad": N_(
        "“{value}” is not the address of a profile. Write it in full, beginning with "
        "https:// or http://, without spaces or semicolons."
    ),
    "role_words_bad": N_(
        "The role word “{value}” cannot be used. A role word begins with a letter and "
        "has 2 to 60 letters, digits, spaces, hyphens or dots."
    ),
    "forms_too_many": N_(
        "There are more than {most} values in {field}. Keep those that are really in "
        "use: each one more also finds more strangers."
    ),
    "cpr_found": N_(
        "{field} holds what looks like a CPR number. CPR numbers are not kept here. "
        "Remove it and try again."
    ),
}

_YES = {
    "opt_in_future": N_(
        "The yes is dated {given_on}, which has not come yet. "
        "Write the day on which it was given."
    ),
    "review_out_of_range": N_(
        "The review date must lie after the day of the yes and not later than "
        "{latest}, 12 months after it. Leave it out to use that date."
    ),
    "opt_in_overdue": N_(
        "This yes had to be renewed by {review_on} and no longer holds. Ask the "
        "employee again and record the new yes."
    ),
    "name_search_off": N_(
        "The yes does not cover the search for names, so there is nothing to watch "
        "for. Ask the employee again or leave the entry pending."
    ),
    "opt_in_text_bad": N_(
        "{field} is empty, longer than {most} characters, has a line break or begins "
        "with = + - or @. Write one short line."
    ),
    "already_granted": N_(
        "{work_id} has already said yes. To record a newer yes use: watchlist renew"
    ),
    "already_on_list": N_(
        "{work_id} is on the watchlist already. Nothing was changed. "
        "See the entry with: watchlist show"
    ),
    "entry_not_granted": N_(
        "{work_id} has not said yes yet, so this cannot be done. "
        "Record the yes first with: watchlist renew"
    ),
    "entry_not_active": N_("{work_id} is not being looked for. Nothing was changed."),
    "entry_not_paused": N_(
        "{work_id} is not paused and already looked for. Nothing was changed."
    ),
    "renewal_needed": N_(
        "The yes of {work_id} has passed its review date. "
        "Ask the employee again and record the answer with: watchlist renew"
    ),
    "withdrawn_since": N_(
        "{work_id} withdrew on {withdrawn_on}. Only a new yes, given since then, "
        "brings the employee back; an old list does not."
    ),
    "employee_unknown": N_(
        "There is no employee with the work id {work_id}. "
        "See who is enrolled with: watchlist list"
    ),
    "not_on_list": N_(
        "{work_id} is not on the watchlist (any more). Nothing was changed."
    ),
}

_FILE = {
    "csv_empty": N_("The file is empty. Nothing was changed."),
    "csv_too_large": N_(
        "The file is larger than {most} MB and is no watchlist. Nothing was changed."
    ),
    "csv_utf16": N_(
        "The file is written as “Unicode text”. Nothing was changed. "
        "Save it as “CSV UTF-8 (comma delimited)” and try again."
    ),
    "csv_is_workbook": N_(
        "The file is an Excel workbook. Nothing was changed. "
        "Save it as “CSV UTF-8 (comma delimited)” and try again."
    ),
    "csv_encoding": N_(
        "The letters of the file cannot be read (first in line {line}). Nothing was "
        "changed, so that no name goes in misspelt. "
        "Save the file as “CSV UTF-8 (comma delimited)” and try again."
    ),
    "csv_cp1252": N_(
        "The file is in the old Windows encoding and was read so. Check that the "
        "names with æ, ø and å are right."
    ),
    "csv_header_broken": N_(
        "The first line has a quotation mark without its partner. Nothing was "
        "changed. The first line must hold the names of the columns."
    ),
    "csv_column_unknown": N_(
        "The column “{column}” is not known; did you mean {meant}? "
        "Nothing was changed. Mend the first line and try again."
    ),
    "csv_columns_missing": N_(
        "These columns are missing: {columns}. Nothing was changed. Every column "
        "must be there, even if its cells are empty."
    ),
    "csv_column_twice": N_(
        "The column “{column}” is there twice. Nothing was changed. Remove one."
    ),
    "csv_row_control_characters": N_(
        "The row holds invisible control characters. Type it anew."
    ),
    "csv_row_quotes": N_(
        "The row has a quotation mark without its partner or a line break inside a "
        "cell. Mend it; the other rows are not affected."
    ),
    "csv_row_too_long": N_(
        "The row has {cells} cells, but the file has {columns} columns. "
        "Put a cell that holds the separator into quotation marks."
    ),
    "csv_row_too_short": N_(
        "The row has {cells} cells, but the file has {columns} columns. "
        "Leave unused cells empty, but do not leave out their separators."
    ),
    "csv_row_twice": N_(
        "This employee_id is in the file more than once. None of its rows was "
        "taken, since it is not known which is right. Leave one."
    ),
    "csv_date_bad": N_(
        "“{value}” in {column} is not a date. Write 2026-11-22 or 22-11-2026."
    ),
    "opt_in_incomplete": N_(
        "The yes is only half described; these cells are empty: {columns}. "
        "Fill them, or empty all cells about the yes to add the employee as pending."
    ),
    "opt_in_older": N_(
        "The yes in the file is older than the one of {kept} on record, which was kept."
    ),
    "field_emptied": N_(
        "The cell in {field} is empty, so what was on record there is removed. To "
        "keep it, fill in the cell."
    ),
}

_KEYS = {
    "keyring_missing": N_(
        "The database was opened without its key file. This is an error of the "
        "program; nothing was changed. Please report it."
    ),
    "key_file_missing": N_(
        "The key file {path} cannot be read. Without it no name can be opened. "
        "Put it back from where you keep its copy, or check who may read it."
    ),
    "key_file_exists": N_(
        "There is a key file already: {path}. It was left as it is, since everything "
        "stored depends on it."
    ),
    "key_file_open": N_(
        "Others can read the key file {path}. Close it with: chmod 600 {path} – and "
        "if somebody may have read it, then run: watchlist rotate-keys"
    ),
    "key_file_bad": N_(
        "Line {line} of the key file {path} is not a key. "
        "Put the file back from where you keep its copy."
    ),
    "key_file_empty": N_(
        "The key file {path} is empty. Put it back from where you keep its copy."
    ),
    "key_file_unwritable": N_(
        "The key file {path} cannot be written ({why}). The old keys go on working. "
        "Check the folder's owner and the space on the disk."
    ),
    "key_wrong": N_(
        "The key file {path} does not belong to this database: it does not open "
        "key {key}. Put back the key file that was in use when the data was stored."
    ),
    "key_destroyed": N_(
        "What was asked for has been erased for good: its key {key} was destroyed."
    ),
    "sealed_tampered": N_(
        "A stored value ({place}, key {key}) was changed or moved outside the "
        "program and is not shown. Restore it from a backup and find out how."
    ),
    "rotation_unfinished": N_(
        "{keys} data keys still need an old key, so no old key was removed. "
        "Run again: watchlist rotate-keys"
    ),
}

WORDING: dict[str, str] = {**_NAMES, **_YES, **_FILE, **_KEYS}
