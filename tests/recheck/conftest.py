"""A case about a post on a running site, with everything a look needs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor import cases, recheck
from monitor.fetch.polite import PoliteWeb
from monitor.models import (
    Case,
    CaseState,
    Decision,
    Hit,
    Identity,
    Recheck,
    RecheckOutcome,
)
from monitor.pipeline import Crawl
from monitor.schedule import crawling, fetch_rules
from monitor.startup import Opened
from monitor.types import Fetched, Source
from tests.cases.builders import MANAGER, REASONS
from tests.world import World, page, post

__all__ = ["page", "post"]
NAME = "Signe Abildtorp-Vang"
WORDS = f"{NAME} bor Fjeldgræsstien 999, kig forbi og sig hvad I mener om hende."
OTHERS = (post(1, "Er der nogen, der har en cykel til salg i Tågeby?"),)
TALK = page(*OTHERS, post(2, WORDS))
WITHOUT = page(*OTHERS)


@dataclass
class Scene:
    """A world with one case; ``now`` is moved by hand."""

    world: World
    number: str = ""
    sources: dict[str, Source] = field(default_factory=dict)

    def put(self, body: str, status: int = 200, **headers: str) -> None:
        """What the site answers for the thread from now on."""
        self.world.site.put("/traad/", body, status, **headers)

    def later(self, **step: float) -> None:
        self.world.now += timedelta(**step)

    @property
    def now(self) -> datetime:
        return self.world.now

    def looks(self) -> list[RecheckOutcome]:
        """Take every due look; the outcomes in order."""

        async def run() -> list[RecheckOutcome]:
            opened = Opened(self.world.settings, self.world.database)
            clock = lambda: self.world.now  # noqa: E731
            async with crawling(opened, self.sources, clock=clock) as crawl:
                return list((await recheck.look_at_due(crawl, self.sources)).values())

        return asyncio.run(run())

    def look_with(self, meanwhile: Callable[[], None]) -> RecheckOutcome | None:
        """Take the first due look; ``meanwhile`` is done when the page is asked for."""

        class Slow(PoliteWeb):
            async def fetch(self, *given: Any, **named: Any) -> Fetched:
                fetched = await super().fetch(*given, **named)
                meanwhile()
                return fetched

        async def run() -> RecheckOutcome | None:
            settings, database = self.world.settings, self.world.database
            clock = lambda: self.world.now  # noqa: E731
            rules = fetch_rules(settings)
            async with Slow(rules, database.begin, clock) as web:
                with database.read() as session:
                    first = recheck.due(session, self.now)[0]
                crawl = Crawl(settings, database, web, clock)
                return await recheck.look(crawl, self.sources, first)

        return asyncio.run(run())

    def case(self, session: Session) -> Case:
        return cases.get(session, self.number, actor=MANAGER)

    def state(self) -> CaseState:
        with self.world.database.read() as session:
            return self.case(session).state

    def rows(self) -> list[Recheck]:
        """The looks taken, in order."""
        with self.world.database.read() as session:
            done = select(Recheck).where(Recheck.done_at.is_not(None))
            return list(session.scalars(done.order_by(Recheck.done_at)))

    def plan(self) -> None:
        rules = self.world.settings.monitor.recheck
        with self.world.database.begin() as session:
            case = self.case(session)
            recheck.plan(session, case, rules, actor=MANAGER, now=self.now)

    def open_case(self, folder: Path) -> None:
        """Find the post, open a case, decide on a letter, note it as sent."""
        with self.world.database.begin() as session:
            found = session.scalars(select(Hit)).all()
            how: dict[str, Any] = {"actor": MANAGER, "now": self.now}
            case = cases.open_case(session, found, folder=folder, **how)
            cases.assess(session, case, REASONS, **how)
            cases.record_identity(session, case, Identity.SELF_STATED, **how)
            cases.decide(session, case, Decision.LETTER, **how)
            cases.move(session, case, CaseState.WAITING_AUTHOR, **how)
            self.number = case.number


@pytest.fixture
def scene(world: World) -> Scene:
    made = Scene(world, sources={world.source.id: world.source})
    world.enrol("4711", NAME)
    made.put(TALK)
    world.site.put("/", "<html><title>Forsiden</title><p>Velkommen her.</p></html>")
    world.crawl()
    made.open_case(world.settings.evidence_dir)
    made.plan()
    return made
