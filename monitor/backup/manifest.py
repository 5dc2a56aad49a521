"""Says what a backup holds; a folder without a true manifest is no backup."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from monitor.durable import write_file
from monitor.errors import Problem

DATABASE, MANIFEST, POOL = "udkig.db", "manifest.json", "pool"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    ``tables`` counts rows; ``evidence`` lists the SHA-256 of each stored file in the
    pool; ``damaged`` those that were already missing or changed; ``head_id`` and
    ``head_hash`` (hex) are the newest event.
    """

    made_at: str
    schema: str | None
    sha256: str
    tables: dict[str, int]
    evidence: tuple[str, ...]
    damaged: tuple[str, ...]
    head_id: int | None = None
    head_hash: str | None = None


def write(folder: Path, manifest: Manifest) -> None:
    """Write the manifest with a digest of itself. Raises OSError."""
    told = asdict(manifest)
    told["checksum"] = _checksum(told)
    raw = json.dumps(told, indent=1).encode()
    write_file(folder / MANIFEST, raw, mode=0o600)


def read(folder: Path) -> Manifest:
    """The manifest of a backup; Problem when there is none or it was changed."""
    try:
        told = json.loads((folder / MANIFEST).read_bytes())
        checksum = told.pop("checksum")
        lists = {name: tuple(told[name]) for name in ("evidence", "damaged")}
        manifest = Manifest(**(told | lists))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Problem("backup_damaged", path=str(folder), what=MANIFEST) from error
    if checksum != _checksum(told):
        raise Problem("backup_damaged", path=str(folder), what=MANIFEST)
    return manifest


def _checksum(told: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
