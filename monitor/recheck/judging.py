"""Tells from an answer whether a post is still there; pure, and slow to say "gone".

Asking the web and moving the case are left to ``looking``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from monitor.extract import Extracted
from monitor.extract.urls import canonical
from monitor.hits import MASK
from monitor.models.case import RecheckOutcome
from monitor.types import Fetched, Post, ReadState, Reason

LIKE = 0.6  # share of a post's word triples that make another text the same post
_GONE = ("http_gone", "http_not_found")
_LOGIN = ("http_login_required", "wall_login")
_REMOVED = "soft_404"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a post: its words, the names found in it, its own address.

    ``url`` is the address to look at; ``own`` whether it is the post's own.
    """

    url: str
    text: str
    quotes: tuple[str, ...]
    permalink: str | None = None
    own: bool = False


class Sight(Enum):
    """What one answer says of a post."""

    THERE = "there"
    CHANGED = "changed"
    ABSENT = "absent"
    LOGIN = "login"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one answer says, and why, if that needs saying."""

    sight: Sight
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier look at the same post."""

    at: datetime
    outcome: RecheckOutcome
    absent: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a look; ``absent``: the post was not where it had been."""

    outcome: RecheckOutcome
    reason: Reason | None = None
    absent: bool = False


def find(known: Known, fetched: Fetched, page: Extracted | None) -> Finding:
    """What an answer says of the post; ``page`` is its content when it was read."""
    if page is None or fetched.answer is None:
        return _unread(fetched)
    wall = Reason("tdm_reserved") if page.tdm_reserved else page.wall
    if wall is not None:
        return _walled(wall)
    post = _same(known, page.posts)
    if post is not None:
        return _compared(known, post)
    if _likeness(known.text, page.text) >= LIKE and _named(known, page.text):
        return Finding(Sight.THERE)
    return _missing(known, page, fetched.answer.final_url)


def conclude(
    finding: Finding,
    earlier: Iterable[Earlier],
    *,
    site_answers: bool,
    now: datetime,
    gone_after: timedelta,
) -> Verdict:
    """What to say of the post after this look and the ``earlier`` ones.

    "Gone" takes two looks that did not find it, ``gone_after`` apart, with none that
    did in between, while the site itself answered.
    """
    outcomes = {
        Sight.THERE: RecheckOutcome.VISIBLE,
        Sight.CHANGED: RecheckOutcome.CHANGED,
        Sight.LOGIN: RecheckOutcome.LOGIN_REQUIRED,
        Sight.UNCLEAR: RecheckOutcome.CANNOT_TELL,
    }
    if finding.sight is not Sight.ABSENT:
        return Verdict(outcomes[finding.sight], finding.reason)
    if not site_answers:
        silent = Reason("recheck_site_silent")
        return Verdict(RecheckOutcome.CANNOT_TELL, silent)
    since = _absent_since(earlier)
    if since is None or now - since < gone_after:
        once = Reason("recheck_absent_once")
        return Verdict(RecheckOutcome.CANNOT_TELL, once, absent=True)
    return Verdict(RecheckOutcome.GONE, finding.reason, absent=True)


def _absent_since(earlier: Iterable[Earlier]) -> datetime | None:
    """The first look since the last sight of the post that did not find it."""
    since: datetime | None = None
    for look in sorted(earlier, key=lambda look: look.at):
        if look.outcome in (RecheckOutcome.VISIBLE, RecheckOutcome.CHANGED):
            since = None
        elif look.absent and since is None:
            since = look.at
    return since


def _unread(fetched: Fetched) -> Finding:
    code = fetched.reason.code if fetched.reason else ""
    if code in _GONE and fetched.state is ReadState.FAILED:
        return Finding(Sight.ABSENT, fetched.reason)
    if code in _LOGIN:
        return Finding(Sight.LOGIN, fetched.reason)
    return Finding(Sight.UNCLEAR, fetched.reason)


def _walled(wall: Reason) -> Finding:
    if wall.code == _REMOVED:
        return Finding(Sight.ABSENT, wall)
    return Finding(Sight.LOGIN if wall.code in _LOGIN else Sight.UNCLEAR, wall)


def _missing(known: Known, page: Extracted, final_url: str) -> Finding:
    """Whether it means anything that the post is not on this page."""
    doubt = page.reason
    if doubt is None and canonical(known.url) != canonical(final_url):
        doubt = Reason("recheck_redirected")
    if doubt is None and not known.own and page.next_links:
        doubt = Reason("recheck_may_have_moved")
    if doubt is not None:
        return Finding(Sight.UNCLEAR, doubt)
    return Finding(Sight.ABSENT, Reason("recheck_not_found"))


def _same(known: Known, posts: Iterable[Post]) -> Post | None:
    """The post itself: by its own address, else the one most like it in words."""
    listed = [post for post in posts if post.text.strip()]
    if known.permalink is not None:
        mine = canonical(known.permalink, keep_fragment=True)
        for post in listed:
            if post.permalink and mine == canonical(post.permalink, keep_fragment=True):
                return post
    ranked = [(_likeness(known.text, post.searched_text), post) for post in listed]
    best = max(ranked, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= LIKE else None


def _compared(known: Known, post: Post) -> Finding:
    if not _named(known, post.searched_text):
        return Finding(Sight.CHANGED, Reason("recheck_name_removed"))
    if _equal(known.text, post.searched_text):
        return Finding(Sight.THERE)
    return Finding(Sight.THERE, Reason("recheck_text_differs"))


def _named(known: Known, text: str) -> bool:
    said = _plain(text)
    return any(_plain(quote) in said for quote in known.quotes)


def _equal(known: str, text: str) -> bool:
    """Whether two texts say the same; covered letters may stand for any."""
    one, other = _plain(known), _plain(text)
    return len(one) == len(other) and all(
        a in (b, MASK) for a, b in zip(one, other, strict=True)
    )


def _plain(text: str) -> str:
    return " ".join(text.split()).lower()


def _likeness(known: str, text: str) -> float:
    """Which share of the known text's word triples stands in another text, 0..1."""
    wanted = _triples(known)
    return len(wanted & _triples(text)) / len(wanted) if wanted else 0.0


def _triples(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + 3]) for i in range(max(1, len(words) - 2))} - {()}
