"""What every reader of posts needs to know about its page, and gives back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.extract.dates import read_moment
from monitor.types import Moment, Post


@dataclass(frozen=True, slots=True)
class View:
    """The page that is read: its own address, the base of its links, its clock."""

    place: str
    base: str
    now: datetime
    timezone: str

    def moment(self, raw: str) -> Moment | None:
        """A time in the page's own words."""
        return read_moment(raw, now=self.now, timezone=self.timezone)


@dataclass(frozen=True, slots=True)
class Found:
    """The posts of a page and the ``id()`` of every tag that went into one."""

    posts: tuple[Post, ...]
    used: frozenset[int]
