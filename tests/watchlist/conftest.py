from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event  # noqa: TID251  own database
from sqlalchemy.orm import Session

from watchlist.base import Base
from watchlist.crypto import Keyring


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring.create(tmp_path / "key")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = create_engine(f"sqlite:///{tmp_path / 'watchlist.db'}")
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")


@pytest.fixture
def session(engine: Engine, keyring: Keyring) -> Iterator[Session]:
    with Session(engine, info={"keyring": keyring}) as session:
        yield session
