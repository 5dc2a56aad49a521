"""One pass of this program over the made-up sites, in a process of its own.

``python -m benchmarks.crawling.ours PASSES`` crawls with the configuration the
environment names and prints one JSON line per pass. Before each pass but the first it
waits for a line on its standard input.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psutil

from monitor.cli.sources import load_sources
from monitor.engine.local import crawl_all
from monitor.pipeline import watching
from monitor.read.pool import Readers
from monitor.schedule import crawling
from monitor.settings import load
from monitor.startup import open_all


def now() -> datetime:
    return datetime.now(UTC)


class Counted(Readers):
    """Counts the posts that are searched."""

    searched = 0

    async def search(self, parts: Any, *given: Any, **named: Any) -> Any:
        Counted.searched += sum(len(posts) for _, posts in parts)
        return await super().search(parts, *given, **named)


async def stalls(worst: list[float]) -> None:
    """How late the event loop is at most, in seconds."""
    while True:
        begun = time.monotonic()
        await asyncio.sleep(0.01)
        worst[0] = max(worst[0], time.monotonic() - begun - 0.01)


def spent() -> float:
    """Processor seconds of this process and of the workers it has now."""
    me = psutil.Process()
    total = time.process_time()
    for worker in me.children(recursive=True):
        used = worker.cpu_times()
        total += used.user + used.system
    return total


@contextmanager
def measured() -> Iterator[dict[str, float]]:
    told: dict[str, float] = {}
    begun, cpu, own = time.monotonic(), spent(), time.process_time()
    yield told
    told["seconds"] = time.monotonic() - begun
    told["cpu"] = spent() - cpu
    told["own_cpu"] = time.process_time() - own
    told["rss"] = psutil.Process().memory_info().rss
    told["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


async def passes(count: int) -> None:
    with open_all(load(), now()) as opened:
        sources = load_sources(opened.settings)
        async with crawling(opened, sources) as crawl:
            crawl.readers.__class__ = Counted
            starting = (crawl.readers.call(abs, -1) for _ in range(2))
            await asyncio.gather(*starting)  # Scrapy's start is not counted either
            with opened.database.read() as session:
                crawl.watch = watching(session)
            for number in range(count):
                if number:
                    await asyncio.to_thread(sys.stdin.readline)
                worst = [0.0]
                timing = asyncio.create_task(stalls(worst))
                before = Counted.searched
                with measured() as told:
                    reports = await crawl_all(crawl, sources.values(), now=now())
                timing.cancel()
                told["stall"] = worst[0]
                told["pages"] = sum(report.fetches for report in reports)
                told["posts"] = sum(report.posts for report in reports)
                told["hits"] = sum(report.new_hits for report in reports)
                told["searched"] = Counted.searched - before
                print(json.dumps(told), flush=True)


if __name__ == "__main__":
    asyncio.run(passes(int(sys.argv[1])))
