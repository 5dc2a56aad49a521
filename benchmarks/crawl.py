"""What a page costs: read for the first time, unchanged by its bytes or its tag."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from monitor.cli.sources import load_sources
from monitor.engine.local import crawl_all
from monitor.schedule import crawling
from monitor.startup import Opened
from tests.installation import NAMES, Installation, fill, sites, utc_now

PAGES = int(os.environ.get("PAGES", "200"))


def figures() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, sites(1) as running:
        installation = Installation(Path(folder) / "home", running)
        installation.enrol(*NAMES)
        fill(running[0], PAGES, posts=20)
        with installation.opened() as opened:
            for answered in running[0].pages.values():
                answered.validators = False
            first = _pass(opened)
            by_bytes = _pass(opened)
            for answered in running[0].pages.values():
                answered.validators = True
            _pass(opened)
            by_tag = _pass(opened)
    yield f"{PAGES} pages of 20 posts, first read: {first:.1f} ms CPU a page"
    yield f"unchanged, told by its bytes: {by_bytes / first:.2f} of that"
    yield f"unchanged, told by its tag: {by_tag / first:.2f} of that"


def _pass(opened: Opened) -> float:
    """Milliseconds of CPU for each page of one pass, the small site's included."""
    sources = load_sources(opened.settings)

    async def run() -> None:
        async with crawling(opened, sources) as crawl:
            await crawl_all(crawl, sources.values(), now=utc_now())

    begun = time.process_time()
    asyncio.run(run())
    return (time.process_time() - begun) * 1000 / PAGES
