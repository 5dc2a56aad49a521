"""The names looked for now, compiled; built anew when the watchlist has changed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from monitor.match import MATCHING_VERSION, Index, Thresholds, build, only_since
from monitor.settings import Center, MatchingToml, Settings
from monitor.types import Context, Entry, Post
from watchlist.entries import active_entries, bump_generation, current_generation
from watchlist.models import WatchEntry, WatchlistState
from watchlist.types import EntryState


@dataclass(frozen=True, slots=True)
class Watch:
    """The compiled names of one watchlist generation.

    ``state`` tells when somebody has paused, withdrawn or come back since: then no
    name of theirs stays compiled.
    """

    generation: int
    index: Index
    state: tuple[object, ...]

    def since(self, generation: int) -> Index:
        """Only the names that were added or changed after a generation."""
        return only_since(self.index, generation) if generation else self.index


def watching(session: Session, before: Watch | None = None) -> Watch:
    """The names looked for now; ``before`` again if the watchlist is as it was.

    Who withdraws while a page is being read is caught when a find is stored.
    """
    active = WatchEntry.state == EntryState.ACTIVE
    state = session.execute(
        select(
            select(WatchlistState.generation).scalar_subquery(),
            func.count(WatchEntry.id),
            func.max(WatchEntry.updated_at),
        ).where(active)
    ).one()
    if before is not None and before.state == tuple(state):
        return before
    entries = (Entry(**asdict(names)) for names in active_entries(session))
    return Watch(current_generation(session), build(entries), tuple(state))


def matching_version(settings: MatchingToml) -> str:
    """What is stored on every hit: the matcher's and the thresholds' version."""
    return f"{MATCHING_VERSION}+{settings.version}"


def thresholds(settings: MatchingToml) -> Thresholds:
    """The configured thresholds as the matcher takes them."""
    return Thresholds(settings.cutoff, settings.threshold, settings.weak_cap)


def notice_version(session: Session, version: str) -> None:
    """Have every page matched again for everybody when the rules have changed."""
    state = session.scalar(select(WatchlistState))
    if state is not None and state.matching_version == version:
        return
    generation = bump_generation(session)
    session.execute(update(WatchEntry).values(generation=generation))
    session.execute(update(WatchlistState).values(matching_version=version))


def context_of(settings: Settings, source_center: str | None) -> Context:
    """The words of each centre that make a common name worth a look."""
    return Context(
        source_center=source_center,
        center_words={c.id: c.words_near_names for c in settings.centers},
    )


@dataclass(frozen=True, slots=True)
class Own:
    """What the municipality publishes itself: never searched, never an alert."""

    sites: tuple[str, ...]
    accounts: frozenset[str]

    def site(self, url: str) -> bool:
        """Whether an address lies on an own site, or below an own path."""
        host, path = urlsplit(url).hostname or "", url.partition("://")[2]
        return any(
            path.startswith(site) if "/" in site else _within(host, site)
            for site in self.sites
        )

    def post(self, post: Post) -> bool:
        """Whether a post was written by an own account or stands on an own site."""
        author = (post.author or "").strip().lstrip("@").casefold()
        return author in self.accounts or self.site(post.permalink or post.place)


def _within(host: str, site: str) -> bool:
    return host == site or host.endswith(f".{site}")


@lru_cache(maxsize=8)
def own(centers: tuple[Center, ...]) -> Own:
    """The own sites and accounts of all centres together."""
    return Own(
        sites=tuple(_bare(site) for c in centers for site in c.own_sites),
        accounts=frozenset(_account(name) for c in centers for name in c.own_accounts),
    )


def _bare(site: str) -> str:
    return site.partition("://")[2] or site


def _account(name: str) -> str:
    return name.strip().lstrip("@").casefold()
