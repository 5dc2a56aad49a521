"""Tries a source: what would be asked for, read and found; stores nothing of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.fetch.polite import PoliteWeb
from monitor.pipeline import watch
from monitor.read import parse
from monitor.read.pool import ReaderLost, Readers
from monitor.schedule import fetch_rules, read_limits
from monitor.sources import KINDS, is_approved
from monitor.startup import Opened
from monitor.types import Match, Post, ReadState, Reason, Request, Source


@dataclass(frozen=True, slots=True)
class Step:
    """One request of a trial and what it brought."""

    url: str
    state: str
    reason: Reason | None = None
    posts: tuple[Post, ...] = ()
    follow: int = 0


@dataclass(slots=True)
class Trial:
    """Requests in order, and every match in their posts."""

    requests: list[Step] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)


async def try_source(
    opened: Opened, source: Source, *, pages: int, clock: Callable[[], datetime]
) -> Trial:
    """Read at most ``pages`` pages of a source; an unapproved one is not read."""
    trial = Trial()
    no = is_approved(source, clock().date())
    if no is not None:
        trial.requests.append(Step(source.urls[0], ReadState.BLOCKED.value, no))
        return trial
    with opened.database.read() as session:
        names = watch.watching(session)
    rules = fetch_rules(opened.settings)
    waiting = deque(KINDS[source.kind].start(source))
    asked: set[str] = set()
    async with (
        Readers(read_limits(opened.settings)) as readers,
        PoliteWeb(rules, opened.database.begin, clock) as web,
    ):
        while waiting and len(asked) < pages:
            request = waiting.popleft()
            if request.url in asked:
                continue
            asked.add(request.url)
            step, follow = await _look(web, readers, source=source, request=request)
            trial.requests.append(step)
            waiting.extend(follow)
        mine = watch.own(opened.settings.centers)
        posts = [p for step in trial.requests for p in step.posts if not mine.post(p)]
        try:
            found = await readers.search(
                [(0, posts)],
                names.index,
                context=watch.context_of(opened.settings, source.center),
                thresholds=watch.thresholds(opened.settings.matching),
            )
        except ReaderLost:
            found = ()
            last = trial.requests[-1]
            trial.requests[-1] = replace(last, reason=Reason("page_ends_reader"))
    trial.matches.extend(match for one in found for match in one.matches)
    return trial


async def _look(
    web: PoliteWeb, readers: Readers, *, source: Source, request: Request
) -> tuple[Step, tuple[Request, ...]]:
    fetched = await web.fetch(request, render=source.render_for)
    if fetched.state is not ReadState.READ or fetched.answer is None:
        return Step(request.url, fetched.state.value, fetched.reason), ()
    try:
        page = await readers.call(parse, source, request, fetched.answer)
    except ReaderLost:
        reason = Reason("page_ends_reader")
        return Step(request.url, ReadState.FAILED.value, reason), ()
    step = Step(
        request.url, page.state.value, page.reason, page.posts, len(page.follow)
    )
    return step, page.follow
