"""The seam for work that burns processor time: bytes to posts, posts to matches.

Pure and picklable, so that it may run in this process, in a worker process or on
another machine. What is new, and what becomes of a match, is decided by ``pipeline``;
where the work is done, by ``pool``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.match import Index, Thresholds, find
from monitor.sources import KINDS
from monitor.types import Answer, Context, Match, Page, Post, Request, Source


@dataclass(frozen=True, slots=True)
class Found:
    """One employee in one post: every place, the best match first."""

    post: Post
    employee_id: int
    matches: tuple[Match, ...]

    @property
    def best(self) -> Match:
        """The match that stands for the post."""
        return self.matches[0]


def parse(source: Source, request: Request, answer: Answer) -> Page:
    """The posts of one answer and where to go on, by the source's kind."""
    return KINDS[source.kind].read_answer(
        source,
        request,
        final_url=answer.final_url,
        content_type=answer.header("content-type"),
        body=answer.body,
        now=answer.received_at,
    )


def search(
    posts: Iterable[Post], index: Index, *, context: Context, thresholds: Thresholds
) -> tuple[Found, ...]:
    """Everybody named in the posts, one ``Found`` for each employee and post."""
    return tuple(
        Found(post, employee_id, matches)
        for post in posts
        for employee_id, matches in named_in(
            post.searched_text, index, context=context, thresholds=thresholds
        )
    )


def named_in(
    text: str, index: Index, *, context: Context, thresholds: Thresholds
) -> tuple[tuple[int, tuple[Match, ...]], ...]:
    """Everybody named in a text, each with every place, the best match first."""
    by_employee: dict[int, list[Match]] = {}
    for match in find(index, text, context, thresholds=thresholds):
        by_employee.setdefault(match.employee_id, []).append(match)
    for matches in by_employee.values():
        matches.sort(key=lambda match: (-match.score, match.start))
    return tuple((employee, tuple(ms)) for employee, ms in by_employee.items())
