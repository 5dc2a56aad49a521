"""Take documents out of files and folders, one at a time; what they say is ``read``.

Nothing here holds more than one document, whatever the size of a file.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from monitor.scan.archive import answers
from monitor.types import Reason

LONGEST_LINE = 32_000_000  # bytes of one document in a file of lines
LONGEST_PAGE = 10_000_000  # bytes of a page, as much as the crawler takes
_LINES = (".jsonl",)
_PAGES = (".html", ".htm", ".txt")
_ARCHIVES = (".warc", ".warc.gz")


class Item(NamedTuple):
    """One document as it lies in a file, or why it cannot be had.

    ``place`` says where it lies. ``doc_id`` is None where the document's own JSON
    tells it. ``size`` counts the bytes of input gone through since the last item.
    """

    place: str
    size: int
    body: bytes = b""
    doc_id: str | None = None
    content_type: str = ""
    codings: tuple[str, ...] = ()
    chunked: bool = False
    url: str = ""
    refused: Reason | None = None


def files_of(inputs: Iterable[Path], *, but: Sequence[Path] = ()) -> Iterator[Path]:
    """The files to read, in order; of a folder those of a known kind, by name.

    ``but`` are files that are being written: they are never read.
    """
    written = {_identity(path) for path in but}
    for given in inputs:
        for path in _walk(given) if given.is_dir() else (given,):
            if _identity(path) not in written:
                yield path


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        told = path.stat()
    except OSError:
        return None
    return told.st_dev, told.st_ino


def _walk(folder: Path) -> Iterator[Path]:
    for name, folders, files in os.walk(folder):
        folders.sort()
        yield from (
            Path(name, file)
            for file in sorted(files)
            if file.lower().endswith((*_LINES, *_PAGES, *_ARCHIVES))
        )


def items_of(path: Path) -> Iterator[Item]:
    """The documents of one file; a file that cannot be read is one refused item."""
    place, name = shown(path), path.name.lower()
    try:
        with path.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                yield Item(place, 0, refused=Reason("scan_not_a_file"))
            elif name.endswith(_LINES):
                yield from _lines(file, place)
            elif name.endswith(_PAGES):
                yield _page(file, place, plain=name.endswith(".txt"))
            elif name.endswith(_ARCHIVES):
                yield from _archived(file, place, packed=name.endswith(".gz"))
            else:
                yield Item(place, 0, refused=Reason("scan_kind_unknown"))
    except OSError as error:
        detail = error.strerror or type(error).__name__
        yield Item(place, 0, refused=Reason("scan_unreadable", {"detail": detail}))


def shown(path: Path) -> str:
    """A path as text, also where its bytes are not UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")


def _lines(file: BinaryIO, place: str) -> Iterator[Item]:
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        here, size = f"{place}:{number}", len(line)
        if size > LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST_LINE)
                size += len(line)
            reason = Reason("scan_too_large", {"most": LONGEST_LINE // 1_000_000})
            yield Item(here, size, refused=reason)
        elif not line.isspace():
            yield Item(here, size, line)


def _page(file: BinaryIO, place: str, *, plain: bool) -> Item:
    body = file.read(LONGEST_PAGE + 1)
    if len(body) > LONGEST_PAGE:
        size = os.fstat(file.fileno()).st_size
        return Item(place, size, refused=_too_large())
    kind = "text/plain" if plain else "text/html"
    return Item(place, len(body), body, doc_id=place, content_type=kind)


def _too_large() -> Reason:
    return Reason("scan_too_large", {"most": LONGEST_PAGE // 1_000_000})


def _archived(file: BinaryIO, place: str, *, packed: bool) -> Iterator[Item]:
    before = 0
    for answer in answers(file, packed=packed, most=LONGEST_PAGE):
        gone, before = file.tell() - before, file.tell()
        here = f"{place}#{answer.record_id}" if answer.record_id else place
        if answer.refused is not None:
            yield Item(here, gone, refused=answer.refused)
            continue
        yield Item(
            here,
            gone,
            answer.body,
            doc_id=here,
            content_type=answer.content_type,
            codings=answer.codings,
            chunked=answer.chunked,
            url=answer.url,
        )
