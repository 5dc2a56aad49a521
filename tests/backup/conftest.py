"""An installation with an employee, a hit and its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backup.builders import House, enrol, make_house
from tests.evidence.builders import keep, make_hit
from watchlist.crypto import Keyring


@pytest.fixture
def house(tmp_path: Path, keyring: Keyring) -> Iterator[House]:
    made = make_house(tmp_path / "house", keyring)
    with made.database.begin() as session:
        enrol(session, "m1", "Mette Skovgård")
        keep(session, make_hit(session), made.settings.evidence_dir)
    yield made
    made.database.close()
