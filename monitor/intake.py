"""Takes in posts that people report by hand, from where no crawler may read.

The employee need not have asked to be watched: a report enrols nobody. What becomes
of the hit is decided in the same queue as for all others.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from warcio.archiveiterator import ArchiveIterator

from monitor import history, hits
from monitor.errors import BadInput, Problem, Refused
from monitor.evidence.capture import Attachment, capture_report
from monitor.evidence.store import freeze, of_hits, open_item, store
from monitor.extract.urls import canonical
from monitor.hits.desk import ROLES
from monitor.hits.report import report as put_in_queue
from monitor.models import Case, Employee, EvidenceKind, Hit, Origin
from monitor.signals import Rules
from monitor.types import Post
from monitor.users import Actor, require

MAX_FILE = 20_000_000  # bytes
MAX_FILES = 20
MAX_TEXT = 100_000  # characters
_KINDS = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png", (".png",)),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg", (".jpg", ".jpeg")),
    (re.compile(rb"GIF8[79]a"), "image/gif", (".gif",)),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "image/webp", (".webp",)),
    (re.compile(rb"%PDF-"), "application/pdf", (".pdf",)),
)
NO_RULES = Rules()
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Report:
    """A post as somebody reported it.

    ``center`` counts for an employee not known yet; ``files`` are checked
    attachments (see ``attachment``). Text, files or both.
    """

    work_id: str
    center: str
    url: str
    text: str = ""
    files: Sequence[Attachment] = ()
    author: str | None = None
    published: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a report: its hit, whether it made it, what it told anew.

    ``files`` are the attachments not known before; ``kept`` says whether anything of
    the report was put into the evidence.
    """

    hit: Hit
    new: bool
    files: int = 0
    kept: bool = True


def attachment(name: str, body: bytes) -> Attachment:
    """A file fit to be kept: its type told by its content, its name made harmless.

    BadInput when it is empty, larger than ``MAX_FILE`` or none of PNG, JPEG, GIF,
    WebP, PDF and plain text in UTF-8.
    """
    shown = _harmless(name)
    if not body:
        raise BadInput("intake_file_empty", file=shown)
    if len(body) > MAX_FILE:
        raise BadInput("intake_file_too_large", file=shown, limit=MAX_FILE // 10**6)
    media_type, endings = _kind(body, shown)
    if not shown.lower().endswith(endings):
        shown += endings[0]
    return Attachment(shown, media_type, body)


def add_report(
    session: Session,
    report: Report,
    *,
    actor: Actor,
    folder: Path,
    now: datetime,
    rules: Rules = NO_RULES,
) -> Taken:
    """Make a hit of a report, with its evidence in ``folder`` and signals by ``rules``.

    The same post again gives the hit that is there, with ``new`` False; files, author,
    time and note not told before become further evidence of it, and of its case.
    Raises BadInput for what cannot be taken in, Refused when the actor may not report
    for this employee's centre.
    """
    url = _checked(report)
    require(actor, *ROLES, center=report.center)
    report = replace(report, url=url, text=report.text.strip())
    employee = _employee(session, report, now)
    if employee.center != report.center:
        raise Refused("intake_other_center", employee=report.work_id)
    stored = put_in_queue(
        session,
        employee,
        Post(place=url, text=report.text, native_id=_identity(report)),
        seen=hits.Seen(
            source_id=None, page_url=url, now=now, origin=Origin.INTAKE, rules=rules
        ),
        words=hits.Words(
            url=url,
            text=report.text,
            author=report.author,
            published=report.published,
            note=report.note,
        ),
    )
    hit = stored.hit
    if not stored.new:
        report = _untold(session, hit, report, folder=folder)
        if not report.files and not _facts(report):
            return Taken(hit, new=False, kept=False)
    _keep(session, stored, report, folder=folder, actor=actor, now=now)
    return Taken(hit, new=stored.new, files=len(report.files))


def _facts(report: Report) -> dict[str, object]:
    told = {field: getattr(report, field) for field in ("author", "published", "note")}
    return {field: value for field, value in told.items() if value}


def _untold(session: Session, hit: Hit, report: Report, *, folder: Path) -> Report:
    """The report without the files and facts that are evidence of the hit already."""
    words = hits.words_of(session, hit)
    bodies: set[bytes] = set()
    facts = {(field, getattr(words, field)) for field in _facts(report)}
    for item in of_hits(session, [hit]):
        with suppress(Problem):  # what is damaged is not there: better kept twice
            warc = open_item(session, item, folder)
            for record in ArchiveIterator(BytesIO(warc)):
                body = record.content_stream().read()
                if record.rec_type == "metadata":
                    told = json.loads(body)
                    facts |= {(field, told.get(field)) for field in _facts(report)}
                bodies.add(body)
    fresh = {f: v if (f, v) not in facts else None for f, v in _facts(report).items()}
    files = tuple(file for file in report.files if file.body not in bodies)
    return replace(report, files=files, **fresh)  # type: ignore[arg-type]


def _keep(
    session: Session,
    stored: hits.Recorded,
    report: Report,
    *,
    folder: Path,
    actor: Actor,
    now: datetime,
) -> None:
    hit = stored.hit
    warc = capture_report(
        report.url,
        at=now,
        text=report.text,
        facts={"hit": hit.id, "reported_by": actor.login} | _facts(report),
        attachments=report.files,
    )
    kind, who = EvidenceKind.INTAKE, actor.login
    store(session, hit, warc, folder=folder, kind=kind, now=now, by=who)
    for case in session.scalars(select(Case).where(Case.hits.contains(hit))):
        freeze(session, case, [hit], folder=folder, now=now, by=who)
    history.record(
        session,
        actor=who,
        kind="hit_reported" if stored.new else "hit_reported_again",
        object_type="hit",
        object_id=hit.id,
        now=now,
        key=hit.key,
        payload={"url": report.url, "files": len(report.files)},
    )


def _checked(report: Report) -> str:
    """The address in one spelling, if the report can be taken in."""
    if not re.fullmatch(r"[\w.@+-]{1,64}", report.work_id):
        raise BadInput("intake_work_id_bad", employee=report.work_id)
    url = canonical(report.url, keep_fragment=True)
    if url is None:
        raise BadInput("intake_url_bad", url=report.url[:200])
    if not report.text.strip() and not report.files:
        raise BadInput("intake_empty")
    if len(report.text) > MAX_TEXT:
        given = len(report.text)
        raise BadInput("intake_text_too_long", given=given, limit=MAX_TEXT)
    if len(report.files) > MAX_FILES:
        raise BadInput("intake_too_many_files", limit=MAX_FILES)
    return url


def _employee(session: Session, report: Report, now: datetime) -> Employee:
    """The row of the employee; made if nobody has heard of them yet."""
    wanted = select(Employee).where(Employee.work_id == report.work_id)
    employee = session.scalar(wanted)
    if employee is not None:
        return employee
    try:
        with session.begin_nested():
            employee = Employee(
                work_id=report.work_id, center=report.center, created_at=now
            )
            session.add(employee)
    except IntegrityError:  # another report or the watchlist was first
        return session.scalars(wanted).one()
    return employee


def _identity(report: Report) -> str:
    """What makes two reports of one address the same: the words, else the files.

    Not the address alone: a closed group has one for all its posts.
    """
    if report.text:
        return "reported:" + " ".join(report.text.split()).casefold()
    digests = sorted(sha256(file.body).hexdigest() for file in report.files)
    return "reported-files:" + " ".join(digests)


def _kind(body: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    for start, media_type, endings in _KINDS:
        if start.match(body):
            return media_type, endings
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    if _NOT_TEXT.search(text):
        raise BadInput("intake_file_kind", file=name)
    return "text/plain; charset=utf-8", (".txt",)


def _harmless(name: str) -> str:
    """A file name without folders, control or direction signs; never hidden."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = re.sub(r"[^\w. -]", "_", last).strip(" .")
    stem, dot, ending = kept.rpartition(".")
    short = f"{(stem if dot else kept)[:80]}{dot}{ending[:8] if dot else ''}"
    return short.strip(" .") or "file"
