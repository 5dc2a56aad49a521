"""Sentences of ``monitor scan``: why a document, line or file was left out."""

from __future__ import annotations

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "scan_unreadable": N_("Left out: the file cannot be read ({detail})."),
    "scan_not_a_file": N_("Left out: it is no ordinary file."),
    "scan_kind_unknown": N_(
        "Left out: only files that end in .jsonl, .html, .htm, .txt, .warc or "
        ".warc.gz are read. Give the file one of these names if it is such a file."
    ),
    "scan_too_large": N_("Left out: it is larger than {most} MB."),
    "scan_not_utf8": N_("Left out: the line is not text in UTF-8."),
    "scan_not_json": N_(
        "Left out: the line is not JSON. Each line must be one whole object."
    ),
    "scan_no_doc_id": N_("Left out: the line has no “doc_id”."),
    "scan_no_text": N_("Left out: the line has neither “text” nor “html”."),
    "scan_not_html": N_("Left out: the page cannot be read as HTML."),
    "scan_bad_coding": N_(
        "Left out: the page is packed in a way that is not known, or is damaged."
    ),
    "scan_archive_broken": N_(
        "Something in this archive is left out: it is damaged, or no WARC file "
        "({detail}). What could be read before and after it was read."
    ),
    "scan_too_slow": N_(
        "Left out: reading it took too long. It may be made to stop readers."
    ),
    "scan_too_heavy": N_(
        "Left out: reading it took too much memory or ended the process that read "
        "it. It may be made to stop readers."
    ),
    "scan_evaluation": N_(
        "The names come from {file}, to evaluate with: nothing is stored, and "
        "whether these people said yes is not checked. Delete the output when you "
        "are done."
    ),
    "scan_row_refused": N_("{file}, line {line} is left out: {why}"),
    "scan_nobody": N_(
        "There is nobody to look for: the watchlist holds no active entry."
    ),
    "scan_over_input": N_(
        "{file} is one of the inputs; it would be overwritten. Choose another file "
        "for the output."
    ),
}
