"""Fills the fields that configuration and case already know; people add the rest."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from monitor import hits
from monitor.letters.dates import date_and_time, long_date
from monitor.models import Case, Identity, Letter, LetterState
from monitor.settings import Settings

_SOURCES = {
    ("da", False): "opslaget",
    ("da", True): "opslaget og din tidligere kontakt med os",
    ("en", False): "the post",
    ("en", True): "the post and your earlier contact with us",
}


def deadline(settings: Settings, template_id: str, now: datetime) -> datetime:
    """When an answer is hoped for: the day that the letter names."""
    told = settings.monitor.letters
    within = told.reminder_within if template_id == "t2" else told.answer_within
    return now + within


def prefilled(
    settings: Settings,
    case: Case,
    template_id: str,
    *,
    language: str,
    letters: Iterable[Letter],
    now: datetime,
) -> dict[str, str]:
    """Values by field name, for ``steps.draft``.

    Left to be filled: what the post says (see ``of_post``; quote), to whom
    (recipient_name) and what the manager decides (request, reason, content, rule,
    exhibits). ``letters`` are the case's earlier ones; the first that was sent gives
    ``first_letter_date``.
    """
    center = settings.center(case.center)
    town, words = settings.monitor.municipality, settings.monitor.letters
    danish = language == "da"
    known = case.identity is Identity.KNOWN_FROM_CONTACT
    return {
        "municipality": town.name,
        "center": center.name,
        "center_address": center.address,
        "manager_name": center.manager,
        "contact_name": center.contact_name,
        "contact_phone": center.contact_phone,
        "contact_email": center.contact_email,
        "ombudsman_contact": town.ombudsman_contact,
        "dpo_contact": town.dpo_contact,
        "legal_basis": (not danish and town.legal_basis_en) or town.legal_basis,
        "retention": words.retention_text_da if danish else words.retention_text_en,
        "case_number": case.number,
        "date": long_date(now, language),
        "deadline": long_date(deadline(settings, template_id, now), language),
        "data_source": _SOURCES[language, known],
    } | _first_letter(letters, language)


def of_post(session: Session, case: Case, *, language: str) -> dict[str, str]:
    """What the case's newest hit knows: where the post stands and when it was seen.

    Which of its words the letter quotes is for a person to choose.
    """
    if not case.hits:
        return {}
    hit = max(case.hits, key=lambda hit: hit.id)
    words = hits.words_of(session, hit)
    url = words.permalink or words.url
    return {
        "url": url,
        "platform": (urlsplit(url).hostname or "").removeprefix("www."),
        "seen_at": date_and_time(hit.last_seen_at, language),
    }


def _first_letter(letters: Iterable[Letter], language: str) -> dict[str, str]:
    sent = [x for x in letters if x.template == "t1" and x.state is LetterState.SENT]
    at = sent[0].sent_at if sent else None
    return {"first_letter_date": long_date(at, language)} if at else {}
