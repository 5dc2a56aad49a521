"""Compares what the reader found on a page with what the page says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from monitor.extract import read_page
from monitor.extract.text import words_of
from monitor.types import Post

from .thread import NOW, Sample, Truth

FIGURES = (
    "posts",
    "only posts",
    "author",
    "time",
    "permalink",
    "mentions",
    "no furniture",
)


@dataclass
class Score:
    """How many of each thing were looked for and found right."""

    wanted: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def share(self, figure: str) -> float:
        """The share that was right; 1.0 where nothing was asked."""
        return self.right[figure] / self.wanted[figure] if self.wanted[figure] else 1.0

    def count(self, figure: str, ok: bool, detail: object = "") -> None:
        """Note one thing looked for, and what was there instead when wrong."""
        self.wanted[figure] += 1
        self.right[figure] += ok
        if not ok:
            self.wrong.append(f"{figure}: {detail}")


def measure(samples: Iterable[Sample]) -> Score:
    """The score over some pages; ``wrong`` names everything that was missed."""
    score = Score()
    for sample in samples:
        read = read_page(
            sample.html.encode(),
            content_type="text/html; charset=utf-8",
            url=sample.url,
            now=NOW,
        )
        _judge(score, sample, read.posts)
    return score


def _judge(score: Score, sample: Sample, posts: tuple[Post, ...]) -> None:
    taken: set[int] = set()
    for truth in sample.posts:
        number = _of(truth, posts)
        detail = f"{sample.url} {truth.markers[0]}"
        score.count("posts", number is not None and number not in taken, detail)
        if number is not None:
            taken.add(number)
            _facts(score, truth, posts[number], detail=detail)
    for number, post in enumerate(posts):
        if post.native_id != "rest":
            extra = f"{sample.url} {post.kind} {post.text[:60]!r}"
            score.count("only posts", number in taken, extra)
        shown = [word for word in sample.furniture if word in post.text]
        score.count("no furniture", not shown, f"{sample.url} {shown}")


def _of(truth: Truth, posts: tuple[Post, ...]) -> int | None:
    """The post that holds all of the text, and nobody else's."""
    for number, post in enumerate(posts):
        if truth.markers[0] in post.text.split():
            words = set(post.text.split())
            return number if words.issuperset(truth.markers) else None
    return None


def _facts(score: Score, truth: Truth, post: Post, *, detail: str) -> None:
    score.count(
        "author", post.author == truth.author, (detail, post.author, truth.author)
    )
    told = (post.published.at, post.published.precision) if post.published else None
    wanted = (truth.at, truth.precision) if truth.at else None
    score.count("time", told == wanted, (detail, post.published, wanted))
    right = post.permalink == truth.permalink
    score.count("permalink", right, (detail, post.permalink, truth.permalink))
    said = words_of(post.searched_text)
    for mention in truth.mentions:
        score.count("mentions", mention in said, (detail, mention))
