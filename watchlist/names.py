"""What a name form must look like, and the tidy shape it is kept in.

Pure: decides nothing about whose names they are or whether they are looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from watchlist.types import NameForms, Reason

_MOST_FORMS = 20
_LONGEST_NAME = 120
_APART_FROM_LETTERS = frozenset(" -‐‑'’.")
_WORK_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_EMAIL = re.compile(r"[A-Za-z0-9][\w.+'-]{0,63}@[\w-]+(?:\.[\w-]+)+")
_CPR = re.compile(
    r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d([ -]?)\d{4}(?!\d)",
)


def tidy(forms: NameForms) -> NameForms:
    """One spelling of spaces and accents; no form twice, no alias that is the name."""
    full_name = one_line(forms.full_name)
    return NameForms(
        full_name,
        _distinct(forms.aliases, known=full_name),
        _distinct(forms.emails),
        _distinct(forms.profile_urls),
        _distinct(forms.role_words),
    )


def one_line(text: str) -> str:
    """Composed letters and single spaces, none at the ends."""
    return re.sub(r"[ \t\u00a0]+", " ", unicodedata.normalize("NFC", text)).strip()


def faults(forms: NameForms) -> tuple[Reason, ...]:
    """Everything that keeps tidy forms from being accepted; empty if nothing does."""
    return (
        *_name_faults(forms.full_name),
        *_each(forms.aliases, "aliases", _is_alias),
        *_each(forms.emails, "emails", _is_email),
        *_each(forms.profile_urls, "profile_urls", _is_profile_url),
        *_each(forms.role_words, "role_words", _is_role_word),
    )


def work_id_faults(work_id: str) -> tuple[Reason, ...]:
    """Why this cannot be a work id, if so."""
    if not _WORK_ID.fullmatch(work_id):
        return (Reason("work_id_bad", {"work_id": work_id}),)
    return cpr_faults(work_id, "employee_id")


def cpr_faults(text: str, field: str) -> tuple[Reason, ...]:
    """A fault, without the number, if the text holds what looks like a CPR number.

    Ten digits that begin with a day and a month count; since 2007 the check digit
    tells nothing. In addresses only those with a sign between do, since numbers of
    ten digits are common there.
    """
    for found in _CPR.finditer(text):
        if found[1] or "://" not in text:
            return (Reason("cpr_found", {"field": field}),)
    return ()


def _name_faults(name: str) -> Iterator[Reason]:
    looks_like_cpr = cpr_faults(name, "full_name")
    yield from looks_like_cpr
    if looks_like_cpr:
        return
    if len(name) > _LONGEST_NAME or not _has_name_letters(name):
        yield Reason("full_name_bad", {"most": _LONGEST_NAME})
    elif len(_parts(name)) < 2:
        yield Reason("full_name_single")


def _each(
    forms: tuple[str, ...],
    field: str,
    accepts: Callable[[str], bool],
) -> Iterator[Reason]:
    if len(forms) > _MOST_FORMS:
        yield Reason("forms_too_many", {"field": field, "most": _MOST_FORMS})
    for form in forms:
        looks_like_cpr = cpr_faults(form, field)
        yield from looks_like_cpr
        if not looks_like_cpr and not accepts(form):
            yield Reason(f"{field}_bad", {"value": form})


def _is_alias(alias: str) -> bool:
    """A name, or a handle with digits and underscores; two signs are too few."""
    long_enough = len(alias) >= 3 or len(_parts(alias)) > 1
    return (
        long_enough
        and len(alias) <= _LONGEST_NAME
        and _has_name_letters(alias, "_0123456789")
    )


def _is_email(email: str) -> bool:
    return len(email) <= 254 and _EMAIL.fullmatch(email) is not None


def _is_profile_url(url: str) -> bool:
    if len(url) > 500 or re.search(r"[\s;<>\"\x00-\x1f\x7f]", url):
        return False
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in host and "@" not in parts.netloc


def _is_role_word(word: str) -> bool:
    return 2 <= len(word) <= 60 and _has_name_letters(word, "0123456789")


def _has_name_letters(text: str, also: str = "") -> bool:
    """A letter first (a cell must not begin a formula), then only a name's signs."""
    return text[:1].isalpha() and all(
        character in _APART_FROM_LETTERS
        or character in also
        or unicodedata.category(character)[0] in "LM"
        for character in text
    )


def _parts(name: str) -> list[str]:
    return [part for part in name.split() if any(map(str.isalpha, part))]


def _distinct(forms: Iterable[str], known: str = "") -> tuple[str, ...]:
    kept = {form.casefold(): form for form in reversed([*map(one_line, forms)]) if form}
    kept.pop(known.casefold(), None)
    return tuple(reversed(kept.values()))
