"""Take the pages out of a WARC file, one answer at a time.

Not with the library that writes our own: it prints the words of a damaged record,
which may hold names, and takes any text for records.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple, cast

from monitor.types import Reason

_HEAD = 65_536  # bytes that a head, of a record or of an answer, may take
_PIECE = 262_144
_PAGES = ("text/html", "application/xhtml+xml", "text/plain")


class Answer(NamedTuple):
    """An archived page as it was received, or why there is none."""

    record_id: str = ""
    url: str = ""
    body: bytes = b""
    content_type: str = ""
    codings: tuple[str, ...] = ()
    chunked: bool = False
    refused: Reason | None = None


def answers(file: BinaryIO, *, packed: bool, most: int) -> Iterator[Answer]:
    """The pages among an archive's answers; ``most`` bytes is what one may take.

    What is no record is passed over to the next one and told once.
    """
    stream = cast("BinaryIO", gzip.GzipFile(fileobj=file)) if packed else file
    lost = False
    try:
        while line := stream.readline(_HEAD):
            if not line.startswith(b"WARC/"):
                if not lost and not line.isspace():
                    lost = True
                    yield _broken("record")
                continue
            head = _head(stream)
            length = head.get("content-length", "")
            lost = not length.isdecimal()
            if lost:
                yield _broken("length")
                continue
            left = int(length)
            if head.get("warc-type") == "response":
                block = stream.read(min(left, most + _HEAD))
                left -= len(block)
                if (answer := _answer(head, block, cut=left > 0)) is not None:
                    yield answer
            while left > 0 and (piece := stream.read(min(left, _PIECE))):
                left -= len(piece)
            if left:
                yield _broken("end")
    except (zlib.error, EOFError, gzip.BadGzipFile) as error:
        yield _broken(type(error).__name__)


def _broken(detail: str) -> Answer:
    return Answer(refused=Reason("scan_archive_broken", {"detail": detail}))


def _head(stream: BinaryIO) -> Mapping[str, str]:
    lines = []
    left = _HEAD
    while left > 0 and (line := stream.readline(left)).strip():
        lines.append(line)
        left -= len(line)
    return _fields(lines)


def _fields(lines: list[bytes]) -> dict[str, str]:
    """Header lines by their names in small letters; the first of a name counts."""
    told: dict[str, str] = {}
    for line in lines:
        name, _, value = line.decode("latin-1").partition(":")
        told.setdefault(name.strip().lower(), value.strip())
    return told


def _answer(head: Mapping[str, str], block: bytes, *, cut: bool) -> Answer | None:
    """The page in an answer; None where it is no page."""
    begin, _, body = block.partition(b"\r\n\r\n")
    told = _fields(begin.split(b"\r\n")[1:])
    kind = told.get("content-type", "text/html")
    if kind.partition(";")[0].strip().lower() not in _PAGES:
        return None
    record_id = head.get("warc-record-id", "").strip("<>")
    if cut:
        most = {"most": len(block) // 1_000_000}
        return Answer(record_id, refused=Reason("scan_too_large", most))
    return Answer(
        record_id,
        head.get("warc-target-uri", "").strip("<>"),
        body,
        kind,
        codings=tuple(filter(None, [told.get("content-encoding")])),
        chunked="chunked" in told.get("transfer-encoding", "").lower(),
    )
