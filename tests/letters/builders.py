"""Letters about invented people, ready to be altered by a test."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from monitor.letters.document import Document, compose
from monitor.letters.template import load

NOW = datetime(2026, 11, 22, 13, 35, tzinfo=UTC)
LETTERS = [(t, lang) for t in ("t1", "t2", "t3") for lang in ("da", "en")]


def make_fields(**over: str) -> dict[str, str]:
    fields = {
        "municipality": "Tågeby Kommune",
        "center": "Jobcenter Havnelyst",
        "center_address": "Havnepladsen 999\n9999 Tågeby",
        "date": "22. november 2026",
        "case_number": "E-2026-0142",
        "recipient_name": "Åge Æbeltoft",
        "platform": "Tågebysnak",
        "url": "https://forum.taagebysnak.example/traad/havnelyst?side=3#indlaeg-4711",
        "seen_at": "22. november 2026 kl. 14.35",
        "quote": "Hæng hende ud! Signe Abildtorp-Vang, Jobcenter Havnelyst",
        "request": "fjerne fotoet og linket til LinkedIn",
        "deadline": "29. november 2026",
        "reason": "fotoet gør vores medarbejder utryg, også når hun har fri",
        "contact_name": "Inge Holm",
        "contact_phone": "00 00 00 00",
        "contact_email": "havnelyst@taageby.example",
        "manager_name": "Karen Skovgaard",
        "ombudsman_contact": "Borgerrådgiveren, Torvet 1, telefon 00 00 00 01",
        "dpo_contact": "dpo@taageby.example",
        "data_source": "opslaget på Tågebysnak",
        "legal_basis": "databeskyttelsesforordningens artikel 6, stk. 1, litra e",
        "retention": "6 måneder efter, at vi har afsluttet opfølgningen",
        "first_letter_date": "12. november 2026",
        "content": "et opslag med en ansats private adresse",
        "rule": "straffelovens § 264 d",
        "exhibits": "Skærmbillede af opslaget\nKopi af siden",
    }
    return fields | over


def make_document(
    template_id: str = "t1", language: str = "da", **over: str
) -> Document:
    return compose(load(template_id, language), make_fields(**over))


def write_template(folder: Path, text: str, name: str = "t1/da.toml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def shipped_text(template_id: str = "t1", language: str = "da") -> str:
    import monitor.letters.template as room

    folder = Path(room.__file__).parent / "templates"
    return (folder / template_id / f"{language}.toml").read_text(encoding="utf-8")
