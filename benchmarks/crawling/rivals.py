"""What this is compared with: a Scrapy spider, and httpx alone.

``python -m benchmarks.crawling.rivals spider|naive|plain PLACES`` reads every page
of the sites and prints seconds, processor seconds and pages as JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.crawling.pages import names

WATCHED = 1000


def spider(places: list[str], *, naive: bool) -> dict[str, float]:
    """Scrapy with parsel; with ``naive`` every post is held against every name."""
    import scrapy
    from rapidfuzz import fuzz, process
    from scrapy.crawler import CrawlerProcess

    looked_for = names(WATCHED)
    seen = {"pages": 0, "begun": 0.0, "cpu": 0.0, "ended": 0.0}

    class Debate(scrapy.Spider):
        name = "debate"
        start_urls = [f"{place}/" for place in places]  # noqa: RUF012  Scrapy's way

        def parse(self, response: Any) -> Iterator[Any]:
            seen["begun"] = seen["begun"] or time.monotonic()
            seen["cpu"] = seen["cpu"] or time.process_time()
            for link in response.css("main ul a::attr(href)").getall():
                yield response.follow(link, self.thread)

        def thread(self, response: Any) -> None:
            seen["pages"] += 1
            for post in response.css("li.comment div.comment-content"):
                text = " ".join(" ".join(post.css("*::text").getall()).split())
                if naive:
                    process.extract(
                        text, looked_for, scorer=fuzz.partial_ratio, score_cutoff=88
                    )
            seen["ended"] = time.monotonic()

    settings = {
        "LOG_ENABLED": False,
        "ROBOTSTXT_OBEY": True,
        "CONCURRENT_REQUESTS": 32,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
        "DOWNLOAD_DELAY": 0,
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "DOWNLOAD_MAXSIZE": 10_000_000,
    }
    runner = CrawlerProcess(settings)
    runner.crawl(Debate)
    runner.start()
    return {
        "pages": seen["pages"],
        "seconds": seen["ended"] - seen["begun"],
        "cpu": time.process_time() - seen["cpu"],
    }


def plain(places: list[str]) -> dict[str, float]:
    """Plain httpx, asking conditionally: the second of two passes."""
    from httpx import AsyncClient  # noqa: TID251  the rival itself

    tags: dict[str, str] = {}
    pages = 0

    async def ask(client: AsyncClient, waiting: list[str]) -> None:
        nonlocal pages
        while waiting:
            url = waiting.pop()
            asked = {"If-None-Match": tags[url]} if url in tags else {}
            answer = await client.get(url, headers=asked)
            pages += 1
            if "etag" in answer.headers:
                tags[url] = answer.headers["etag"]

    async def one_pass(client: AsyncClient, urls: list[str]) -> None:
        waiting = list(urls)
        await asyncio.gather(*(ask(client, waiting) for _ in range(8)))

    async def both() -> dict[str, float]:
        nonlocal pages
        async with AsyncClient(timeout=30) as client:
            urls = []
            for place in places:
                text = (await client.get(f"{place}/")).text
                links = [part.split('"')[0] for part in text.split('href="/t')[1:]]
                urls += [f"{place}/t{link}" for link in links]
            await one_pass(client, urls)
            pages, begun, cpu = 0, time.monotonic(), time.process_time()
            await one_pass(client, urls)
        return {
            "pages": pages,
            "seconds": time.monotonic() - begun,
            "cpu": time.process_time() - cpu,
        }

    return asyncio.run(both())


if __name__ == "__main__":
    which, given = sys.argv[1], json.loads(sys.argv[2])
    told = plain(given) if which == "plain" else spider(given, naive=which == "naive")
    print(json.dumps(told))
