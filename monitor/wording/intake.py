"""Sentences about posts that people report by hand."""

from __future__ import annotations

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "intake_work_id_bad": N_(
        "“{employee}” cannot be a work id. Use the employee's id, not the name."
    ),
    "intake_url_bad": N_(
        "“{url}” is not a web address. Copy it from the browser, from http on."
    ),
    "intake_empty": N_(
        "A report needs the post's words or a file, best both. Nothing was stored."
    ),
    "intake_text_too_long": N_(
        "The text has {given} characters; at most {limit} are taken. Report the post "
        "alone, without what stands around it."
    ),
    "intake_too_many_files": N_("At most {limit} files go with one report."),
    "intake_file_empty": N_("{file} is empty. Nothing was stored."),
    "intake_file_too_large": N_(
        "{file} is larger than {limit} MB. Nothing was stored. Take a smaller picture, "
        "or a part of the film's page as a picture."
    ),
    "intake_file_kind": N_(
        "{file} is none of the kinds that are kept: PNG, JPEG, GIF, WebP, PDF and "
        "plain text (UTF-8). What counts is the content, not the name. Nothing was "
        "stored."
    ),
    "intake_other_center": N_(
        "The employee {employee} belongs to another centre, so nothing was stored. "
        "Name that centre, or ask its manager."
    ),
}
