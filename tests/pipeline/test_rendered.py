"""Pages that are empty without a browser are read with one, where a source says so."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

from monitor.engine.local import crawl_all
from monitor.schedule import crawling
from monitor.startup import Opened
from monitor.types import RunOutcome
from tests.world import World, page, post

SHELL = """<!doctype html><title>Forum</title><div id="app"></div><script>
fetch("/api/posts").then(answer => answer.json()).then(html => {
  document.getElementById("app").innerHTML = html;
});
</script>"""


def fill_in(world: World, *posts: str) -> None:
    shown = page(*posts)
    world.site.put("/api/posts", json.dumps(shown), Content_Type="application/json")


def test_what_scripts_fill_in_is_found_and_found_again_when_only_that_changes(
    world: World,
) -> None:
    world.enrol("TK-1", "Malthe Kringelbæk")
    world.site.put("/traad/", SHELL)
    fill_in(world, post(1, "Malthe Kringelbæk gav afslag."), post(2, "Ro og orden."))
    (report,) = world.crawl(world.over("/traad/"))
    assert report.outcome is not RunOutcome.READ_WITH_HITS
    assert world.hits() == []
    source = world.over("/traad/", render=True)
    (report,) = world.crawl(source)
    assert report.outcome is RunOutcome.READ_WITH_HITS
    assert [quote for _id, _state, quote in world.hits()] == ["Malthe Kringelbæk"]
    fill_in(world, post(1, "Malthe Kringelbæk gav afslag."), post(3, "M. Kringelbæk"))
    (report,) = world.crawl(source)
    assert report.new_posts == 1
    assert len(world.hits()) == 1


def test_robots_txt_holds_for_what_the_browser_loads(world: World) -> None:
    world.site.put("/robots.txt", "User-agent: *\nDisallow: /api/")
    world.site.put("/traad/", SHELL)
    fill_in(world, post(1, "Malthe Kringelbæk gav afslag."))
    (report,) = world.crawl(world.over("/traad/", render=True))
    assert report.outcome is RunOutcome.BLOCKED
    assert world.site.asked("/api/posts") == []


def test_who_waits_for_the_browser_keeps_nobody_else_waiting(world: World) -> None:
    world.site.put("/traad/", SHELL)
    world.site.put("/ro/", page(post(1, "Ro og orden.")))
    fill_in(world, post(1, "Ro og orden."))
    plain = world.over("/ro/")
    filled = replace(world.over("/traad/", render=True), id="udfyldt")
    known = {source.id: source for source in (plain, filled)}

    async def run() -> tuple[list[int], list[RunOutcome]]:
        opened = Opened(world.settings, world.database)
        async with crawling(opened, known, clock=lambda: world.now) as crawl:
            crawl.places = asyncio.Semaphore(1)
            async with crawl.browser:
                waiting = asyncio.create_task(crawl_all(crawl, [filled]))
                reports = await crawl_all(crawl, [plain])
                asked = world.site.asked("/traad/")
            return asked, [r.outcome for r in [*reports, *await waiting]]

    asked, outcomes = asyncio.run(run())
    assert asked == []
    assert outcomes == [RunOutcome.READ_CLEAN, RunOutcome.READ_CLEAN]
