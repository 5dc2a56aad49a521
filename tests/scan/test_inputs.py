"""Documents taken out of files and folders, archives among them."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from uuid import uuid4

import pytest

from monitor.scan import archive as archives
from monitor.scan import inputs
from monitor.scan.inputs import files_of, items_of
from monitor.scan.read import Unreadable, document

PAGE = "<p>Malthe Kringelbæk</p>".encode()


def archive(*answers: tuple[bytes, list[tuple[str, str]]], packed: bool) -> bytes:
    """A WARC file with a request and a response for each answer."""
    parts = []
    for body, headers in answers:
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
        asked = b"GET / HTTP/1.1\r\nHost: blog.example\r\n\r\n"
        told = f"HTTP/1.1 200 OK\r\n{lines}\r\n".encode() + body
        parts += [record("request", asked), record("response", told)]
    return b"".join(map(gzip.compress, parts) if packed else parts)


def record(kind: str, block: bytes) -> bytes:
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <{uuid4().urn}>\r\n"
        "WARC-Date: 2026-11-22T12:00:00Z\r\n"
        "WARC-Target-URI: https://blog.example/malthe\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def test_a_folder_gives_its_files_by_name_whatever_else_lies_there(
    tmp_path: Path,
) -> None:
    for name in ("b.html", "a.txt", "z.jpg", "inner/c.jsonl", "inner/d.warc.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    found = [path.relative_to(tmp_path).as_posix() for path in files_of([tmp_path])]
    assert found == ["a.txt", "b.html", "inner/c.jsonl", "inner/d.warc.gz"]


def test_what_is_being_written_is_not_read(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_bytes(b"")
    assert list(files_of([tmp_path, out], but=[out])) == []


def test_lines_keep_their_numbers_and_empty_ones_do_not_count(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(b'{"doc_id": "1"}\n\n  \n{"doc_id": "2"}')
    places = [item.place for item in items_of(file)]
    assert places == [f"{file}:1", f"{file}:4"]


def test_a_line_too_long_is_refused_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "LONGEST_LINE", 20)
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"x" * 75 + b"\n{}\n" + b"y" * 50)
    long, short, last = items_of(file)
    assert [i.refused.code if i.refused else None for i in (long, short, last)] == [
        "scan_too_large",
        None,
        "scan_too_large",
    ]
    assert short.place.endswith(":2")
    assert sum(item.size for item in (long, short, last)) == file.stat().st_size


@pytest.mark.parametrize("name", ["a.html", "a.txt"])
def test_a_page_too_large_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "LONGEST_PAGE", 20)
    (tmp_path / name).write_bytes(b"x" * 21)
    (item,) = items_of(tmp_path / name)
    assert item.refused is not None
    assert item.refused.code == "scan_too_large"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a.pdf", "scan_kind_unknown"),
        ("gone.txt", "scan_unreadable"),
        ("pipe.txt", "scan_not_a_file"),
        ("broken.warc", "scan_archive_broken"),
        ("broken.warc.gz", "scan_archive_broken"),
    ],
)
def test_what_cannot_be_read_is_one_refused_item(
    name: str, code: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    if name == "pipe.txt":
        os.mkfifo(path)
        held = os.open(path, os.O_RDWR)  # or opening it would wait for a writer
        (item,) = items_of(path)
        os.close(held)
    else:
        if name != "gone.txt":
            path.write_bytes(b"this is no such file\r\n" * 9)
        (item,) = items_of(path)
    assert item.refused is not None
    assert item.refused.code == code


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_gives_its_pages_and_nothing_else(
    packed: bool, tmp_path: Path
) -> None:
    html = [("Content-Type", "text/html; charset=utf-8")]
    file = tmp_path / ("a.warc.gz" if packed else "a.warc")
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    file.write_bytes(
        archive(
            (PAGE, html),
            (b"\x89PNG", [("Content-Type", "image/png")]),
            (gzip.compress(PAGE), [*html, ("Content-Encoding", "gzip")]),
            (chunks, [*html, ("Transfer-Encoding", "chunked")]),
            (PAGE, [*html, ("Transfer-Encoding", "chunked")]),
            (b"Malthe", [("Content-Type", "text/plain")]),
            packed=packed,
        )
    )
    items = list(items_of(file))
    read = [document(item) for item in items]
    assert len({doc_id for doc_id, _ in read}) == 5
    assert all(doc_id.startswith(f"{file}#urn:uuid:") for doc_id, _ in read)
    page = "Malthe Kringelbæk\n\n[address] https://blog.example/malthe"
    assert [text for _, text in read] == [page, page, page, page, "Malthe"]


def test_a_damaged_coding_is_the_record_s_own_fault(tmp_path: Path) -> None:
    told = [("Content-Type", "text/html"), ("Content-Encoding", "gzip")]
    file = tmp_path / "a.warc"
    bomb = gzip.compress(b"a" * 20_000_000)
    file.write_bytes(archive((b"oh", told), (bomb, told), packed=False))
    codes = []
    for item in items_of(file):
        with pytest.raises(Unreadable) as problem:
            document(item)
        codes.append(problem.value.reason.code)
    assert codes == ["scan_bad_coding", "scan_too_large"]


def test_an_archive_cut_short_gives_what_came_before(tmp_path: Path) -> None:
    html = [("Content-Type", "text/html")]
    noise = os.urandom(90_000).hex().encode()
    for packed in (True, False):
        whole = archive((PAGE, html), (noise, html), packed=packed)
        file = tmp_path / ("a.warc.gz" if packed else "a.warc")
        file.write_bytes(whole[:-40_000])
        first, *_, last = items_of(file)
        assert first.body == PAGE
        assert last.refused is not None
        assert last.refused.code == "scan_archive_broken"


def test_what_lies_between_two_records_is_told_once_and_passed_over(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    good = archive((PAGE, [("Content-Type", "text/html")]), packed=False)
    bad = b"WARC/1.0\r\nContent-Length: many\r\n\r\nMalthe\r\n"
    (tmp_path / "a.warc").write_bytes(good + b"Malthe\n" * 3 + good + bad + good)
    items = list(items_of(tmp_path / "a.warc"))
    assert [item.refused is None for item in items] == [True, False, True, False, True]
    assert capfd.readouterr() == ("", "")


def test_an_archived_page_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inputs, "LONGEST_PAGE", 20)
    monkeypatch.setattr(archives, "_HEAD", 500)
    file = tmp_path / "a.warc"
    large, image = b"x" * 900, b"y" * 900
    kinds = [("Content-Type", "text/html")], [("Content-Type", "image/png")]
    pages = zip((large, image, PAGE), (*kinds, kinds[0]), strict=True)
    file.write_bytes(archive(*pages, packed=False))
    refused, read = items_of(file)
    assert refused.refused is not None
    assert refused.refused.code == "scan_too_large"
    assert read.body == PAGE
