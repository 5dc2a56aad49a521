"""Sentences about evidence: keeping it, checking it, handing it out."""

from __future__ import annotations

from monitor.i18n import N_

WORDING: dict[str, str] = {
    "evidence_disk_full": N_(
        "The disk is full, so the evidence could not be kept, and neither was the hit "
        "it belongs to. Nothing was half written. Make room in the data folder; the "
        "page is read again at the next run."
    ),
    "evidence_unwritable": N_(
        "The evidence folder cannot be written ({detail}), so neither the evidence nor "
        "its hit was kept. Check the owner and the rights of the data folder; the page "
        "is read again at the next run."
    ),
    "evidence_unreadable": N_(
        "The file of evidence item {item} cannot be read ({detail}). Check the disk "
        "and the rights of the evidence folder."
    ),
    "evidence_missing": N_(
        "The file of evidence item {item} is not there. It was removed or lost. Get it "
        "back from a backup: monitor restore"
    ),
    "evidence_changed": N_(
        "Evidence item {item} is not as it was captured: the file or its entry was "
        "changed or damaged. Do not use it. Get it back from a backup."
    ),
    "evidence_shredded": N_(
        "Evidence item {item} was erased for good: its key was destroyed by a "
        "withdrawal or by retention. It cannot be read again."
    ),
    "evidence_key_wrong": N_(
        "Evidence item {item} cannot be opened with the keys in the key file. Put the "
        "right key file back, or get the item and its key from a backup."
    ),
    "evidence_row_altered": N_(
        "What the database says of evidence item {item} is not what was noted at the "
        "capture. Somebody or a damaged disk changed it. Compare with a backup."
    ),
    "evidence_row_gone": N_(
        "Evidence item {item} was captured and is gone, though nothing tells that it "
        "was erased. Compare with a backup and tell the data protection officer."
    ),
    "evidence_digest_wrong": N_(
        "Evidence item {item} holds a record whose digest does not match. Do not use "
        "it, and report this."
    ),
    "evidence_orphan": N_(
        "The evidence folder holds a file that belongs to no item: {path}. A sweep "
        "removes it an hour after it was written."
    ),
    "export_empty": N_("There is no evidence to export for this. Nothing was written."),
    "export_exists": N_(
        "{path} exists already and was not touched. Name a new folder or .zip file."
    ),
    "export_unwritable": N_(
        "The export could not be written to {path} ({detail}). Nothing was left there. "
        "Check the folder and the free space, then try again."
    ),
}
