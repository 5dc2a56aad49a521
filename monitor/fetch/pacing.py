"""Gives each host its turns, by rows that all workers on both databases share.

A turn is taken before a request and given back after it. Times come from the
caller; nothing here sleeps inside a transaction.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from weakref import WeakValueDictionary

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from monitor.fetch.rules import FetchRules, Refusal
from monitor.models.crawl import HostGate
from monitor.types import ReadState
from watchlist.base import insert_into

Begin = Callable[[], AbstractContextManager[Session]]
Clock = Callable[[], datetime]

MAX_REST = timedelta(days=1)  # a host may not silence itself for longer
LONG = 30.0  # s between two requests; who asks for more is read in other runs
_SHORTEST_NAP = 0.01
_NEVER = datetime.min.replace(tzinfo=UTC)
# How long a host that wants no pause is held at most over several turns, and how
# long when no further turn is taken (seconds).
KEPT = timedelta(seconds=2)
_IDLE = 0.2


@dataclass(frozen=True, slots=True)
class Grant:
    """The right to ask a host; ``token`` fences off who comes after ``until``."""

    host: str
    token: int
    until: datetime = field(default=_NEVER, compare=False)


@dataclass(frozen=True, slots=True)
class WaitUntil:
    """Nobody may ask the host before ``at``."""

    at: datetime


def take(
    session: Session, host: str, *, now: datetime, lease: timedelta
) -> Grant | WaitUntil:
    """Take a host's turn if it is free; it is held until ``now + lease`` at most.

    The lease lets others go on when the holder dies before giving the turn back.
    """
    row = insert_into(session, HostGate).values(host=host, next_at=now + lease, token=1)
    token = session.scalar(
        row.on_conflict_do_update(
            index_elements=[HostGate.host],
            set_={"token": HostGate.token + 1, "next_at": row.excluded.next_at},
            where=HostGate.next_at <= now,
        ).returning(HostGate.token)
    )
    if token is not None:
        return Grant(host, token, now + lease)
    at = session.scalar(select(HostGate.next_at).where(HostGate.host == host))
    return WaitUntil(at or now)


def release(session: Session, grant: Grant, *, now: datetime, delay: timedelta) -> None:
    """Give a turn back; the next one begins ``delay`` from ``now``.

    Does nothing when the lease has run out and somebody else has the turn.
    """
    session.execute(
        update(HostGate)
        .where(HostGate.host == grant.host, HostGate.token == grant.token)
        .values(next_at=now + delay)
    )


@dataclass(slots=True)
class Turn:
    """A turn being used: what is set here holds for the next one.

    ``delay`` in seconds from the end of this turn; ``rest_until`` when the server
    named a time itself.
    """

    delay: float
    rest_until: datetime | None = None


class _Kept(NamedTuple):
    grant: Grant
    timer: asyncio.TimerHandle


class Pace:
    """Waits for turns; at most ``rules.concurrency`` are used at a time.

    Tasks of one process queue up per host here, so that only the first of them
    asks the database. All database work goes through ``run``.
    """

    def __init__(self, rules: FetchRules, begin: Begin, clock: Clock) -> None:
        self._rules = rules
        self._begin = begin
        self._clock = clock
        self._slots = asyncio.Semaphore(rules.concurrency)
        self._lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._kept: dict[str, _Kept] = {}
        self._leaving: set[asyncio.Future[None]] = set()

    @asynccontextmanager
    async def turn(self, host: str, delay: float) -> AsyncIterator[Turn]:
        """Wait for the host, use the turn, give it back.

        Raises Refusal ``host_resting`` when the wait would pass ``rules.patience``,
        or ``LONG`` where the delay itself does: the source is then put off.
        """
        lane = self._lanes.setdefault(host, asyncio.Lock())
        async with lane:
            grant = await self._again(host) or await self._granted(host, delay)
            turn = Turn(delay)
            try:
                yield turn
            finally:
                self._slots.release()
                if not self._keep(grant, turn):
                    await asyncio.shield(asyncio.to_thread(self._release, grant, turn))

    async def close(self) -> None:
        """Give back what is still held."""
        for host in list(self._kept):
            await self._let_go(host)

    def _keep(self, grant: Grant, turn: Turn) -> bool:
        """Hold on to a host that wants no pause, for the next request of ours.

        Only as long as a whole turn fits into its lease, and not for long when
        nothing comes: other workers wait meanwhile.
        """
        spare = grant.until - self._clock() - timedelta(seconds=self._rules.deadline)
        if turn.delay or turn.rest_until or not timedelta() < spare <= KEPT:
            return False
        loop = asyncio.get_running_loop()
        timer = loop.call_later(_IDLE, self._idle, grant.host)
        self._kept[grant.host] = _Kept(grant, timer)
        return True

    async def _again(self, host: str) -> Grant | None:
        """The grant kept from the last turn together with a slot, if there is one."""
        kept = self._kept.pop(host, None)
        if kept is None:
            return None
        kept.timer.cancel()
        await self._slots.acquire()
        return kept.grant

    def _idle(self, host: str) -> None:
        task = asyncio.ensure_future(self._let_go(host))
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    async def _let_go(self, host: str) -> None:
        kept = self._kept.pop(host, None)
        if kept is not None:
            kept.timer.cancel()
            await asyncio.to_thread(self._release, kept.grant, Turn(0))

    async def _granted(self, host: str, delay: float) -> Grant:
        """A grant together with one of the slots."""
        lease = timedelta(seconds=self._rules.deadline + delay)
        if not delay:
            lease += KEPT
        nap = max(self._rules.delay, _SHORTEST_NAP)
        patience = self._rules.patience if delay <= LONG else LONG
        while True:
            found = await self._slot_and_grant(host, lease)
            if isinstance(found, Grant):
                return found
            wait = (found.at - self._clock()).total_seconds()
            if wait > patience:
                raise Refusal(
                    "host_resting",
                    state=ReadState.BLOCKED,
                    retry_at=found.at,
                    host=host,
                )
            await asyncio.sleep(min(max(wait, _SHORTEST_NAP), nap))

    async def _slot_and_grant(self, host: str, lease: timedelta) -> Grant | WaitUntil:
        await self._slots.acquire()
        found: Grant | WaitUntil | None = None
        try:
            found = await asyncio.to_thread(self._take, host, lease)
        finally:
            if not isinstance(found, Grant):
                self._slots.release()
        return found

    def _take(self, host: str, lease: timedelta) -> Grant | WaitUntil:
        with self._begin() as session:
            return take(session, host, now=self._clock(), lease=lease)

    def _release(self, grant: Grant, turn: Turn) -> None:
        now = self._clock()
        delay = timedelta(seconds=turn.delay)
        if turn.rest_until is not None:
            delay = max(delay, turn.rest_until - now)
        with self._begin() as session:
            release(session, grant, now=now, delay=min(delay, MAX_REST))
