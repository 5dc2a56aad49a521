"""The fields of each kind of letter, and how their values are made harmless.

Where the values come from, and in which sentence they stand, is left to others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from monitor.errors import Refused
from monitor.types import Reason

QUOTE_LINES = 2
QUOTE_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Fields:
    """The field names a letter's template may use, and those it must use.

    ``needed`` are the ones that law or fairness ask for, so that a municipality's
    own wording cannot leave them out by mistake.
    """

    needed: frozenset[str]
    known: frozenset[str]


def _fields(*, needed: str, optional: str) -> Fields:
    must = frozenset(needed.split())
    return Fields(needed=must, known=must.union(optional.split()))


FIELDS: Mapping[str, Fields] = {
    "t1": _fields(
        needed="municipality center recipient_name url seen_at quote request deadline "
        "reason contact_name contact_phone manager_name ombudsman_contact dpo_contact "
        "data_source legal_basis retention",
        optional="center_address date case_number platform contact_email",
    ),
    "t2": _fields(
        needed="municipality center recipient_name url first_letter_date request "
        "deadline contact_name contact_phone manager_name ombudsman_contact "
        "dpo_contact",
        optional="center_address date case_number platform contact_email seen_at",
    ),
    "t3": _fields(
        needed="municipality center platform url content reason rule request "
        "contact_name contact_email",
        optional="center_address date case_number contact_phone seen_at quote exhibits",
    ),
}
"""By kind of letter: t1 to the author, t2 the one reminder, t3 to a platform."""

_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\n]+")
_KEPT_JOINERS = "\u200c\u200d"  # needed by Persian words and by compound emoji


def meaning(name: str) -> Reason:
    """What a person writes into a field, to be shown beside it."""
    return Reason(f"letter_field_{name}")


def clean(value: str) -> str:
    """The value as plain, visible text: NFC, single spaces, line feeds.

    Control, direction-changing, unassigned and private characters are dropped.
    They show nothing, but could reorder a line or make a document invalid.
    """
    spaced = _SPACES.sub(" ", _LINE_ENDS.sub("\n", value))
    kept = "".join(c for c in spaced if _visible(c))
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", kept))  # around what went
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def _visible(character: str) -> bool:
    category = unicodedata.category(character)
    return character in "\n" + _KEPT_JOINERS or not category.startswith("C")


def checked(
    template_id: str, used: frozenset[str], values: Mapping[str, str]
) -> dict[str, str]:
    """The values of the used fields, cleaned.

    Raises ``Refused`` with ``letter_fields_missing``, naming all that are missing or
    empty, or with ``letter_quote_too_long``. Values of other fields are passed over.
    """
    cleaned = {name: clean(values.get(name, "")) for name in used}
    missing = sorted(name for name, value in cleaned.items() if not _says_much(value))
    if missing:
        raise Refused(
            "letter_fields_missing", template=template_id, fields=", ".join(missing)
        )
    _check_quote(cleaned.get("quote", ""))
    return cleaned


def _says_much(value: str) -> bool:
    return bool(value.strip(_KEPT_JOINERS + " \n"))


def _check_quote(quote: str) -> None:
    lines = quote.count("\n") + 1
    if lines > QUOTE_LINES or len(quote) > QUOTE_CHARACTERS:
        raise Refused(
            "letter_quote_too_long",
            lines=lines,
            characters=len(quote),
            most_lines=QUOTE_LINES,
            most_characters=QUOTE_CHARACTERS,
        )
