"""The fetches of a run, start to end: taken, asked for, read, stored.

Nothing is asked of the network inside a transaction. What a fetch found and the
fact that it is done are stored together, so that a crash loses and doubles nothing.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import nullcontext
from typing import ParamSpec, TypeVar

from monitor.errors import Problem
from monitor.models.crawl import FetchState
from monitor.pipeline import reading, runs
from monitor.pipeline.runs import Claim, Report
from monitor.pipeline.storing import store
from monitor.pipeline.taking import IN_HAND, Taken, give_back, take
from monitor.pipeline.values import Job, Read
from monitor.types import ReadState, Reason

P = ParamSpec("P")
T = TypeVar("T")
log = logging.getLogger(__name__)
Done = list[tuple[Claim, Read]]


async def work_through(
    job: Job, *, stopping: Callable[[], bool] = lambda: False
) -> Report | None:
    """Do all fetches of a run, then close it.

    None when a fetch is left: another worker is at it, or ``stopping`` said to end
    after the page in hand. The run is then taken up again later.
    """
    crawl = job.crawl
    browser = nullcontext() if job.source.render_for is None else crawl.browser
    while True:
        async with browser, crawl.places:
            if stopping():
                return None
            taken = await _call(take, job)
            if not taken:
                return await _call(_close, job)
            await _work_off(job, taken, stopping)


async def _work_off(
    job: Job, taken: Sequence[Taken], stopping: Callable[[], bool]
) -> None:
    """Do what was taken, one after the other, and store it together."""
    end = time.monotonic() + IN_HAND.total_seconds()
    done: Done = []
    left = list(taken)
    while left:
        one = left.pop(0)
        read = await _tried(one.claim.fetch_id, _look(job, one))
        if isinstance(read, Reason):
            await _call(_give_up, job, one.claim, read)
        else:
            done.append((one.claim, read))
        if stopping() or time.monotonic() > end:
            break
    await _store(job, done)
    if left:
        await _call(_give_back, job, [one.claim for one in left])


async def _look(job: Job, taken: Taken) -> Read:
    """Ask for one page and read it."""
    request, known = taken.claim.request, taken.known
    render = job.source.render_for
    fetched = await job.crawl.web.fetch(request, known.validators, render=render)
    if fetched.state is ReadState.READ and fetched.answer is not None:
        return await reading.read(job, request, fetched, known=known)
    return Read(known, fetched, follow=known.follow)


async def _store(job: Job, done: Done) -> None:
    """Store in one transaction; in one each when a page turns out not to fit."""
    if len(done) > 1 and await _tried(0, _call(store, job, done)) is None:
        return
    for claim, read in done:
        fault = await _tried(claim.fetch_id, _call(store, job, [(claim, read)]))
        if fault is not None:
            await _call(_give_up, job, claim, fault)


async def _tried(fetch_id: int, work: Awaitable[T]) -> T | Reason:
    """What the work comes to, or why it could not be done."""
    try:
        return await work
    except Problem as problem:
        log.warning("fetch %s: %s", fetch_id, problem.reason.code)
        return problem.reason
    except Exception:
        log.exception("fetch %s failed", fetch_id)
        return Reason("page_fault", {"fetch": fetch_id})


async def _call(work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """Run blocking work off the event loop."""
    return await asyncio.to_thread(work, *given, **named)


def _close(job: Job) -> Report | None:
    with job.crawl.database.begin() as session:
        return runs.close_run(session, job.run_id, job.source, now=job.crawl.clock())


def _give_up(job: Job, claimed: Claim, reason: Reason) -> None:
    """A fault of ours: the page counts as failed, the other pages go on."""
    with job.crawl.database.begin() as session:
        runs.finish(
            session,
            claimed,
            FetchState.FAILED,
            now=job.crawl.clock(),
            reason=reason,
        )


def _give_back(job: Job, claims: Sequence[Claim]) -> None:
    with job.crawl.database.begin() as session:
        give_back(session, job.run_id, claims)
