"""Writes files that are there whole or not at all, and outlast a power cut.

What is written, and how a refusing disk is told to people, is left to others.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from contextlib import suppress
from datetime import datetime
from pathlib import Path

_PIECE = 1 << 20


def write_file(
    path: Path, content: bytes, *, mode: int, at: datetime | None = None
) -> None:
    """Put a file in its place, with its folders (0700); ``at`` becomes its time.

    Raises OSError and leaves nothing behind when the disk refuses.
    """
    part = path.with_name(f"{uuid.uuid4().hex}.part")
    make_folder(path.parent)
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            if at is not None:
                os.utime(descriptor, (at.timestamp(), at.timestamp()))
            os.fsync(descriptor)
        part.rename(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    for folder in path.parents[:3]:
        sync(folder)


def make_folder(path: Path) -> None:
    """Make a folder and those above it that are missing, all of them 0700.

    ``mkdir(parents=True)`` gives its mode to the last one only.
    """
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)


def sync(path: Path) -> None:
    """Make a file's bytes, or the names in a folder, last."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256_of(path: Path) -> str:
    """A file's SHA-256 in hex, however large it is."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def why(error: OSError) -> str:
    """What the system says of the error, without a path."""
    return os.strerror(error.errno) if error.errno else str(error)
