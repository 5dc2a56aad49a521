"""A worker process of its own: reads one address some times, at the given pace."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

import monitor.models  # noqa: F401  registers every table
from monitor.db import open_database
from monitor.fetch.polite import PoliteWeb
from monitor.fetch.rules import FetchRules
from monitor.types import Request
from watchlist.crypto import Keyring


async def walk(url: str, keys: str, address: str, *, times: int, delay: float) -> None:
    database = open_database(url, Keyring.load(Path(keys)))
    place = address.split("/")[2]
    rules = FetchRules(
        "Udkig/0.1", delay=delay, deadline=1.0, patience=20.0, allow_private=(place,)
    )
    async with PoliteWeb(rules, database.begin, lambda: datetime.now(UTC)) as web:
        for _ in range(times):
            fetched = await web.fetch(Request(address))
            print(fetched.reason.code if fetched.reason else fetched.state, flush=True)
    database.close()


if __name__ == "__main__":
    _, url, keys, address, times, delay = sys.argv
    asyncio.run(walk(url, keys, address, times=int(times), delay=float(delay)))
