"""A user's desk for each test, copied from one that is set up once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.desk import Desk, copied, make_desk
from tests.cli.keyboard import installation, opened, typed

__all__ = ["installation", "opened", "typed"]


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def desk(pristine: Desk, tmp_path: Path) -> Iterator[Desk]:
    with copied(pristine, tmp_path) as made:
        yield made
