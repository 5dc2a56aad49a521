"""Killed at any moment of a crawl: no find lost, none doubled, the next run ends."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from monitor import hits
from monitor.evidence.verify import sweep, verify_all
from monitor.models import DataKey, EvidenceItem, Fetch, Hit, Run, SeenPost, Sighting
from monitor.models.crawl import OPEN_FETCHES
from monitor.startup import Opened
from tests.installation import NAMES, Installation, sites, utc_now
from tests.site import Site
from tests.world import page, post
from watchlist.types import KeyScope

SITES, PAGES, POSTS, PLANTED = 4, 10, 10, 60
# A page in hand when the process dies is free again after a second, not minutes.
SCHEDULE = 'lease = "1s"\nattempts = 10\n'
FETCH = 'delay = "0s"\ndeadline = "1s"\n'


@dataclass
class Forum:
    """Sites whose pages change all the time and name somebody ever more often."""

    sites: list[Site]
    chance: random.Random
    planted: dict[str, str] = field(default_factory=dict)
    round: int = 0

    def __post_init__(self) -> None:
        places = [
            (place, number, n)
            for place in range(SITES)
            for number in range(PAGES)
            for n in range(POSTS)
        ]
        self._chosen = self.chance.sample(places, PLANTED)

    def change(self, share: float) -> None:
        """Let a share of the planted posts stand there, and every page be new."""
        self.round += 1
        shown = self._chosen[: round(PLANTED * share)]
        self.planted = {}
        for place, running in enumerate(self.sites):
            for number in range(PAGES):
                self._write(
                    running,
                    number,
                    [n for p, m, n in shown if p == place and m == number],
                )

    def _write(self, running: Site, number: int, named: list[int]) -> None:
        told = []
        for n in range(POSTS):
            key = number * POSTS + n
            text = f"Bussen {key} fra havnen kom for sent."
            if n in named:
                name = NAMES[key % len(NAMES)]
                text = f"{name} har sagt nej til ansøgning {key}."
                self.planted[running.url(f"/traad/#comment-{key}")] = name
            told.append(post(key, text))
        links = "".join(f'<a href="/p{n}/">{n}</a>' for n in range(1, PAGES))
        news = f"<!-- {self.round} -->"
        path = f"/p{number}/" if number else "/traad/"
        running.put(path, page(*told, links=links + news))

    @property
    def asked(self) -> int:
        return sum(len(running.log) for running in self.sites)


@pytest.fixture
def forum(request: pytest.FixtureRequest) -> Iterator[Forum]:
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    with sites(SITES) as running:
        yield Forum(running, random.Random(seed))


@pytest.fixture
def installation(forum: Forum, tmp_path: Path, empty_url: str) -> Installation:
    made = Installation(
        tmp_path / "home", forum.sites, empty_url, schedule=SCHEDULE, fetch=FETCH
    )
    made.enrol(*NAMES)
    return made


def kill_somewhere(installation: Installation, forum: Forum) -> bool:
    """Kill a crawl after some of its requests; False when it was done before."""
    wanted = forum.asked + forum.chance.randint(1, SITES * PAGES)
    rest = forum.chance.uniform(0, 0.05)
    with installation.start("crawl", "--all", start_new_session=True) as process:
        while process.poll() is None and forum.asked < wanted:
            time.sleep(0.002)
        time.sleep(rest)
        process.kill()
        process.communicate()
        return process.returncode != 0


def finish(installation: Installation) -> None:
    """Crawl until every source has been read to its end."""
    for _ in range(10):
        runs = installation.crawl()
        outcomes = {run["source"]: run["outcome"] for run in runs}
        if len(outcomes) == SITES and set(outcomes.values()) == {"read_with_hits"}:
            return
        time.sleep(1)
    pytest.fail(f"no run completes: {runs}")


def check(opened: Opened, forum: Forum) -> None:
    with opened.database.read() as session:
        found = session.scalars(select(Hit)).all()
        permalinks = [hits.words_of(session, hit).permalink for hit in found]
        assert sorted(map(str, permalinks)) == sorted(forum.planted)
        items = session.scalars(select(EvidenceItem)).all()
        assert sorted(item.hit_id for item in items) == sorted(hit.id for hit in found)
        sighted = session.scalars(select(Sighting.hit_id)).all()
        assert sorted(sighted) == sorted(hit.id for hit in found)
        seen = session.scalar(select(func.count()).select_from(SeenPost))
        assert seen == SITES * PAGES * (POSTS + 1)  # the page's own words are one
        keys = select(func.count()).where(DataKey.scope == KeyScope.HIT)
        assert session.scalar(keys) == PLANTED
        still_open = select(Fetch.id).where(Fetch.state.in_(OPEN_FETCHES))
        assert session.scalars(still_open).all() == []
        assert session.scalars(select(Run.id).where(Run.ended_at.is_(None))).all() == []
        folder, late = opened.settings.evidence_dir, utc_now() + timedelta(hours=2)
        swept = sweep(session, folder, late)
        assert swept.missing == ()
        assert verify_all(session, folder, late).faults == ()
        files = [path for path in folder.rglob("*") if path.is_file()]
        assert len(files) == PLANTED
    print(f"{len(found)} hits, {swept.removed} orphan files swept", end=", ")


def kill_again_and_again(installation: Installation, forum: Forum, times: int) -> None:
    forum.change(0)
    killed = 0
    while killed < times:
        forum.change(killed / times)
        killed += kill_somewhere(installation, forum)
    forum.change(1)
    finish(installation)  # what was cut off: some of it was read before the change
    finish(installation)
    with installation.opened() as opened:
        check(opened, forum)
        with opened.database.read() as session:
            most = session.scalar(select(func.max(Fetch.attempts)))
    print(f"{killed} kills, at most {most} attempts on a page")


def test_some_kills_lose_and_double_nothing(
    installation: Installation, forum: Forum
) -> None:
    kill_again_and_again(installation, forum, 8)


@pytest.mark.soak
def test_two_hundred_kills_lose_and_double_nothing(
    installation: Installation, forum: Forum
) -> None:
    kill_again_and_again(installation, forum, 200)
