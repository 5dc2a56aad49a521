"""Byte by byte: no find can be read in any file, and a withdrawal leaves nothing."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import io
import json
import logging
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from monitor import enrolment, hits, logs, users
from monitor.backup import backup
from monitor.demo.examples import COLDEST, FAKE, PORTRAIT, REFUSAL, SIGNE, THREAT
from monitor.demo.town import Town, town
from monitor.engine.local import crawl_all
from monitor.evidence.store import of_hits, open_item, remove_files
from monitor.models import DataKey, Employee, Hit, Mute, Sighting, WatchEntry
from monitor.schedule import crawling
from tests.cli.desk import make_desk

PEOPLE = (
    *("Abildtorp", "Kringelbæk", "Kringelbaek", "Ellemose", "Lundtofte", "Signe AV"),
    *("tk1001@", "tk1002@", "tk1003@", "linkedin.example/in/signe-av"),
)
QUOTES = tuple(quote[:40] for quote in (COLDEST, FAKE, PORTRAIT, REFUSAL, THREAT))


def crawl(place: Town) -> None:
    async def run() -> None:
        async with crawling(place.opened, place.sources, clock=place.clock) as work:
            await crawl_all(work, place.sources.values(), now=place.clock())

    asyncio.run(run())


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The town after a crawl and a backup; its log lies with the data."""
    folder = tmp_path_factory.mktemp("town")
    before = logging.root.handlers[:]
    with town(folder, "da") as place:
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            logs.start("DEBUG")
            crawl(place)
            backup(place.opened.database, place.opened.settings, place.clock())
        logging.root.handlers[:] = before
        (place.opened.settings.data_dir / "test.log").write_text(said.getvalue())
        yield place


def stored(place: Town, *but: str) -> dict[str, bytes]:
    """Every file of the data folder, but those below some of its folders."""
    data = place.opened.settings.data_dir
    paths = {str(p.relative_to(data)): p for p in data.rglob("*") if p.is_file()}
    return {
        name: path.read_bytes()
        for name, path in paths.items()
        if not name.startswith(but)
    }


def spelt(secret: str) -> Iterator[bytes]:
    for text in {secret, secret.lower(), unicodedata.normalize("NFD", secret)}:
        yield from (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be"))
        yield json.dumps(text)[1:-1].encode()


def found_in(files: dict[str, bytes], secrets: Iterable[str | bytes]) -> set[str]:
    return {
        f"{name}: {secret!r}"
        for secret in secrets
        for form in ([secret] if isinstance(secret, bytes) else spelt(secret))
        for name, content in files.items()
        if form in content
    }


def hit_words(place: Town) -> set[str]:
    """Authors, texts, links of all hits; but addresses of pages, which are kept."""
    known = place.sites.sources_toml()
    with place.opened.database.read() as session:
        words = [hits.words_of(session, hit) for hit in session.scalars(select(Hit))]
    told = {word.author or "" for word in words}
    told |= {word.found[0].quote for word in words}
    told |= {line for word in words for line in word.text.split("\n")}
    told |= {w.permalink for w in words if w.permalink}
    told = {word for word in told if word and len(word) > 6 and word not in known}
    return {word for word in told if "://" not in word or "#" in word}


def test_nothing_that_was_found_can_be_read_in_any_file(read: Town) -> None:
    files = stored(read)
    assert {"udkig.db", "test.log"} < set(files)
    assert any(name.startswith("backups/") for name in files)
    assert sum(name.startswith("evidence/") for name in files) > 10
    words = hit_words(read)
    assert len(words) > 20
    assert found_in(files, (*PEOPLE, *QUOTES, *words)) == set()


def test_the_scan_sees_what_is_there() -> None:
    for form in spelt("Kringelbæk"):
        assert found_in({"file": b"\0x" + form + b"\0"}, ["Kringelbæk"])


def test_folders_and_keys_are_closed_to_others(read: Town) -> None:
    settings = read.opened.settings
    assert settings.key_file.stat().st_mode & 0o777 == 0o600
    for folder in (settings.data_dir, settings.evidence_dir, settings.backup_dir):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_commands_write_nothing_that_others_may_read(tmp_path: Path) -> None:
    desk = make_desk(tmp_path)
    desk.data = desk.data.parent / "fresh"
    assert desk.type("monitor", "crawl").code == 0
    assert desk.type("monitor", "backup").code == 0
    made = [desk.data, *desk.data.rglob("*")]
    assert len(made) > 5
    assert [p.name for p in made if p.stat().st_mode & 0o077] == []


def test_withdrawal_leaves_neither_words_nor_keys(tmp_path: Path) -> None:
    with town(tmp_path, "da") as place:
        crawl(place)
        database, settings = place.opened.database, place.opened.settings
        with database.read() as session:
            secrets, plain = secrets_of(place, session)
        database.scrub()
        kept = stored(place)
        assert len(found_in(kept, secrets)) >= len(secrets) > 6
        with database.begin() as session:
            who = users.actor(session, "personale")
            done = enrolment.withdraw(session, who, SIGNE, now=place.clock())
        remove_files(settings.evidence_dir, done.files)
        database.scrub()
        left = stored(place)
        assert found_in(left, (*secrets, *plain)) == set()
        assert len(kept) - len(left) >= len(done.files) - 1 > 0
        with database.read() as session:
            employee = employee_of(session, SIGNE)
            for table in (Hit, Mute, WatchEntry):
                held = select(func.count()).where(table.employee_id == employee.id)
                assert session.scalar(held) == 0
            orphans = select(Sighting).where(Sighting.hit_id.not_in(select(Hit.id)))
            assert session.scalars(orphans).all() == []
        crawl(place)
        with database.read() as session:
            again = select(Hit).where(Hit.employee_id == employee.id)
            assert session.scalars(again).all() == []
        assert found_in(stored(place), (*secrets, *plain)) == set()


def employee_of(session: Session, work_id: str) -> Employee:
    return session.scalars(select(Employee).filter_by(work_id=work_id)).one()


def secrets_of(place: Town, session: Session) -> tuple[list[bytes], list[str]]:
    """What stands sealed for Signe, wrapped keys too; and the same in plain."""
    folder = place.opened.settings.evidence_dir
    person = employee_of(session, SIGNE).id
    entry = session.scalars(select(WatchEntry).filter_by(employee_id=person)).one()
    mine = session.scalars(select(Hit).filter_by(employee_id=person)).all()
    keys = [entry.key_id, *(hit.key_id for hit in mine)]
    wrapped = session.scalars(select(DataKey.wrapped).where(DataKey.id.in_(keys)))
    sealed = [entry.names, *(hit.sealed for hit in mine)]
    # The first bytes: a longer value is laid down in pieces.
    secrets = [bytes(value)[:80] for value in (*wrapped, *sealed) if value]
    for item in of_hits(session, mine):
        assert b"WARC/1.1" in gzip.decompress(open_item(session, item, folder))
        encrypted = (folder / item.path).read_bytes()
        assert not encrypted.startswith(b"\x1f\x8b")
        secrets.append(encrypted[:80])
    plain = [hits.words_of(session, hit).found[0].quote for hit in mine]
    return secrets, plain
