"""A post reported by hand becomes a hit with evidence, whoever the employee is."""

from __future__ import annotations

import threading
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from warcio.archiveiterator import ArchiveIterator

from monitor import cases, history, hits, intake
from monitor.db import Database
from monitor.errors import BadInput, Problem
from monitor.evidence.capture import Attachment
from monitor.evidence.store import of_case, of_hits, open_item
from monitor.evidence.verify import digests_hold, verify_all
from monitor.intake import Report, attachment
from monitor.models import Employee, EvidenceItem, EvidenceKind, Hit, HitState, Origin
from monitor.signals import Rules, WordRule
from monitor.users import Actor
from tests.cases.builders import LAWYER, MANAGER, NOW, OTHER_MANAGER

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
TEXT = "Ruth Ellemose Dahl tager imod bestikkelse, det ved alle."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "evidence"


def make_report(**over: Any) -> Report:
    values: dict[str, Any] = {
        "work_id": "4713",
        "center": "havnelyst",
        "url": "https://group.example/hjemmegruppen",
        "text": TEXT,
    }
    return Report(**(values | over))


def add(
    session: Session, folder: Path, *, actor: Actor = MANAGER, **over: Any
) -> intake.Taken:
    return intake.add_report(
        session, make_report(**over), actor=actor, folder=folder, now=NOW
    )


def test_a_report_shows_what_the_rules_fire_on(session: Session, folder: Path) -> None:
    rules = Rules(words=(WordRule("accusation", ("bestikkelse",)),))
    text = "Hun tager imod bestikkelse. Mit CPR: 010203-1234"
    report = make_report(text=text)
    stored = intake.add_report(
        session, report, actor=MANAGER, folder=folder, now=NOW, rules=rules
    )
    words = hits.words_of(session, stored.hit)
    assert {s.code for s in words.signals} == {"accusation", "private_cpr"}
    assert words.text.endswith("010203-▮▮▮▮")


def refusal(session: Session, folder: Path, **over: Any) -> str:
    with pytest.raises(Problem) as refused:
        add(session, folder, **over)
    return refused.value.reason.code


def test_a_report_joins_the_queue_ahead_of_the_crawler(
    session: Session, folder: Path
) -> None:
    stored = add(session, folder, author="Klar Tale", note="Set af Ruth selv")
    assert stored.new
    assert session.scalars(hits.queue("havnelyst")).all() == [stored.hit]
    assert (stored.hit.origin, stored.hit.score, stored.hit.rank) == (
        Origin.INTAKE,
        None,
        "",
    )
    words = hits.words_of(session, stored.hit)
    assert (words.text, words.author, words.note) == (
        TEXT,
        "Klar Tale",
        "Set af Ruth selv",
    )


def test_an_employee_nobody_heard_of_is_not_enrolled(
    session: Session, folder: Path
) -> None:
    add(session, folder)
    employee = session.scalars(select(Employee)).one()
    assert (employee.work_id, employee.center) == ("4713", "havnelyst")
    entries = session.connection().exec_driver_sql("SELECT count(*) FROM watch_entry")
    assert entries.scalar() == 0


def test_words_and_files_are_evidence_that_verifies(
    session: Session, folder: Path
) -> None:
    stored = add(session, folder, files=(attachment("skærm billede.png", PNG),))
    (item,) = of_hits(session, [stored.hit])
    assert (item.kind, item.captured_by) == (EvidenceKind.INTAKE, "bente")
    warc = open_item(session, item, folder)
    assert digests_hold(warc)
    bodies = [r.content_stream().read() for r in ArchiveIterator(BytesIO(warc))]
    assert PNG in bodies
    assert TEXT.encode() in bodies
    events = history.of(session, "hit", stored.hit.id, opened=True)
    assert [event.kind for event in events] == ["evidence_captured", "hit_reported"]


def test_the_same_report_again_is_the_same_hit(session: Session, folder: Path) -> None:
    first = add(session, folder)
    again = add(session, folder, text=f"  {TEXT.upper()}\n", actor=LAWYER)
    assert (again.hit, again.new) == (first.hit, False)
    assert len(of_hits(session, [first.hit])) == 1


def test_what_a_second_report_tells_anew_is_further_evidence(
    session: Session, folder: Path
) -> None:
    picture, other = attachment("a.png", PNG), attachment("b.png", PNG + b"x")
    hit = add(session, folder, files=(picture,), author="Klar Tale").hit
    told: dict[str, Any] = {"files": (picture, other), "author": "Klar Tale"}
    again = add(session, folder, actor=LAWYER, **told)
    assert (again.hit, again.new, again.files, again.kept) == (hit, False, 1, True)
    third = add(session, folder, published="i går kl. 9", **told)
    assert (third.files, third.kept) == (0, True)
    assert not add(session, folder, published="i går kl. 9", **told).kept
    first, second, last = of_hits(session, [hit])
    assert (second.kind, second.captured_by) == (EvidenceKind.INTAKE, "jura")
    assert other.body in bodies_of(session, second, folder)
    assert picture.body not in bodies_of(session, second, folder)
    assert "i går kl. 9".encode() in b"".join(bodies_of(session, last, folder))
    assert picture.body in bodies_of(session, first, folder)
    kinds = [event.kind for event in history.of(session, "hit", hit.id, opened=True)]
    assert kinds.count("hit_reported_again") == 2
    assert verify_all(session, folder, NOW).faults == ()


def test_what_is_told_anew_of_a_hit_in_a_case_is_kept_for_the_case(
    session: Session, folder: Path
) -> None:
    hit = add(session, folder).hit
    case = cases.open_case(session, [hit], actor=MANAGER, folder=folder, now=NOW)
    picture = attachment("a.png", PNG)
    assert add(session, folder, files=(picture,)).files == 1
    _first, second = of_case(session, case)
    assert picture.body in bodies_of(session, second, folder)


def test_a_damaged_item_does_not_keep_new_evidence_out(
    session: Session, folder: Path
) -> None:
    picture = attachment("a.png", PNG)
    hit = add(session, folder, files=(picture,)).hit
    (item,) = of_hits(session, [hit])
    (folder / item.path).unlink()
    assert add(session, folder, files=(picture,)).files == 1


def bodies_of(session: Session, item: EvidenceItem, folder: Path) -> list[bytes]:
    warc = open_item(session, item, folder)
    return [r.content_stream().read() for r in ArchiveIterator(BytesIO(warc))]


def test_two_posts_of_one_address_are_two_hits(session: Session, folder: Path) -> None:
    first = add(session, folder)
    second = add(session, folder, text="Ruth igen.")
    third = add(session, folder, text="", files=(attachment("a.png", PNG),))
    fourth = add(session, folder, text="", files=(attachment("b.png", PNG + b"x"),))
    found = {first.hit.id, second.hit.id, third.hit.id, fourth.hit.id}
    assert len(found) == 4
    assert {hit.state for hit in session.scalars(select(Hit))} == {HitState.NEW}


def test_a_report_of_an_erased_hit_brings_it_back(
    session: Session, folder: Path
) -> None:
    hit = add(session, folder).hit
    session.info["keyring"].destroy(hit.key, NOW)
    hit.sealed, hit.state = None, HitState.WITHDRAWN
    session.flush()
    back = add(session, folder)
    assert (back.hit.id, back.new, back.hit.state) == (hit.id, True, HitState.NEW)
    assert hits.words_of(session, hit).text == TEXT


def test_only_the_own_centre_is_reported_for(session: Session, folder: Path) -> None:
    code = refusal(session, folder, actor=OTHER_MANAGER)
    assert code == "not_allowed_center"
    add(session, folder)
    code = refusal(session, folder, actor=OTHER_MANAGER, center="engdraget")
    assert code == "intake_other_center"


@pytest.mark.parametrize(
    "wrong",
    [
        ({"work_id": "Ruth Dahl"}, "intake_work_id_bad"),
        ({"url": "gruppen"}, "intake_url_bad"),
        ({"url": "javascript:alert(1)"}, "intake_url_bad"),
        ({"url": "file:///etc/passwd"}, "intake_url_bad"),
        ({"text": " \n"}, "intake_empty"),
        ({"text": "x" * 100_001}, "intake_text_too_long"),
        (
            {"files": [Attachment("a.png", "image/png", PNG)] * 21},
            "intake_too_many_files",
        ),
    ],
)
def test_what_is_no_report_is_refused(
    sqlite: Database, folder: Path, wrong: tuple[dict[str, Any], str]
) -> None:
    over, code = wrong
    with sqlite.begin() as session:
        assert refusal(session, folder, **over) == code
        assert session.scalar(select(func.count()).select_from(Hit)) == 0


@pytest.mark.parametrize(
    ("name", "body", "kept", "media_type"),
    [
        ("a.png", PNG, "a.png", "image/png"),
        ("a.txt", PNG, "a.txt.png", "image/png"),
        ("billede.JPG", b"\xff\xd8\xff\xe0...", "billede.JPG", "image/jpeg"),
        ("x", b"GIF89a...", "x.gif", "image/gif"),
        ("x.webp", b"RIFF\x10\0\0\0WEBPVP8 ", "x.webp", "image/webp"),
        ("brev.pdf", b"%PDF-1.7 ...", "brev.pdf", "application/pdf"),
        ("side.html", b"<b>h\xc3\xa6ng</b>", "side.html.txt", "text/plain"),
        ("../../etc/passwd", b"root", "passwd.txt", "text/plain"),
        ("C:\\temp\\.skjult", b"x", "skjult.txt", "text/plain"),
        ("gnp\u202eexe.txt", b"x", "gnp_exe.txt", "text/plain"),
        ("\x1b[2J\n", b"x", "_2J_.txt", "text/plain"),
        ("...", b"x", "file.txt", "text/plain"),
        ("æ" * 300 + ".txt", b"x", "æ" * 80 + ".txt", "text/plain"),
    ],
)
def test_a_file_is_what_it_holds_and_its_name_is_harmless(  # noqa: PLR0917
    name: str, body: bytes, kept: str, media_type: str
) -> None:
    made = attachment(name, body)
    assert made.name.lstrip("_") == kept.lstrip("_")
    assert made.media_type.partition(";")[0] == media_type


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "intake_file_empty"),
        (b"MZ\x90\0\x03", "intake_file_kind"),
        (b"PK\x03\x04\0\0", "intake_file_kind"),
        (b"plain\0text", "intake_file_kind"),
        (b"\xfe\xff\x00h", "intake_file_kind"),
        (b"x" * 20_000_001, "intake_file_too_large"),
    ],
)
def test_other_files_are_refused(body: bytes, code: str) -> None:
    with pytest.raises(BadInput, match=code):
        attachment("fil.png", body)


def test_two_who_report_the_same_at_once_make_one_hit(
    database: Database, folder: Path
) -> None:
    ready = threading.Barrier(2, timeout=30)
    made: list[tuple[int, bool]] = []

    def work() -> None:
        ready.wait()
        with database.begin() as session:
            stored = add(session, folder)
            made.append((stored.hit.id, stored.new))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(new for _id, new in made) == [False, True]
    assert len({hit_id for hit_id, _new in made}) == 1
