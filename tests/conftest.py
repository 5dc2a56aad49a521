"""Fixtures shared by all tests: both databases, keys, a closed network."""

from __future__ import annotations

import itertools
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

if os.environ.get("UDKIG_TEST_CLIENT") == "httpx":  # as where the extra is missing
    sys.modules.update(dict.fromkeys(("httpx2", "httpcore2")))  # type: ignore[arg-type]


import monitor.models  # noqa: F401  registers every table
from monitor.db import Database, open_database
from tests import postgres
from tests.world import world  # noqa: F401  a fixture
from watchlist.base import Base
from watchlist.crypto import Keyring

# How long an example takes says more of the machine than of the code.
settings.register_profile(
    "udkig", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("udkig")

_LOCAL = {"127.0.0.1", "::1", "localhost"}
_numbers = itertools.count(1)


@pytest.fixture(autouse=True)
def closed_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing but loopback be connected to."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in _LOCAL:
            pytest.fail(f"a test tried to reach {address!r}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A running PostgreSQL 18; made once for the tests that need it."""
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    """One key file for all tests."""
    return Keyring.create(tmp_path_factory.mktemp("keys") / "udkig.keys")


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once on each engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'udkig.db'}"
        return
    server = str(request.getfixturevalue("postgres_url"))
    name = f"udkig_{next(_numbers)}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.rsplit("/", 1)[0] + f"/{name}"
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def database(empty_url: str, keyring: Keyring) -> Iterator[Database]:
    """A database with all tables, once on each engine."""
    opened = open_database(empty_url, keyring)
    Base.metadata.create_all(opened.engine)
    yield opened
    opened.close()


@pytest.fixture
def sqlite(tmp_path: Path, keyring: Keyring) -> Iterator[Database]:
    """A database with all tables on SQLite only, where the engine is no matter."""
    opened = open_database(f"sqlite:///{tmp_path / 'one.db'}", keyring)
    Base.metadata.create_all(opened.engine)
    yield opened
    opened.close()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A writing session on each engine, rolled back at the end."""
    with Session(database.engine) as opened:
        opened.info["keyring"] = database.keyring
        yield opened
