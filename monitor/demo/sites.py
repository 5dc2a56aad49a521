"""The small fictional internet: nine sites on loopback, and their configuration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from monitor.demo import config
from monitor.demo.examples import EXPECTED, Expected
from monitor.demo.pages import (
    blog,
    fake,
    forum,
    group,
    homepage,
    news,
    satire,
    social,
    video,
)
from monitor.demo.server import Clock, Seen, Site, serving, target_of

__all__ = ["EXPECTED", "Expected", "Seen", "Sites", "internet"]

_BUILDERS = {
    "blog": blog.build,
    "forum": forum.build,
    "social": social.build,
    "satire": satire.build,
    "news": news.build,
    "video": video.build,
    "group": group.build,
    "homepage": homepage.build,
    "fake": fake.build,
}


@dataclass(frozen=True, slots=True)
class Sites:
    """The running sites: their addresses, what was asked of them, what they say.

    ``log`` grows with every request, in order of arrival. ``bases`` holds each
    site's base address by name.
    """

    bases: dict[str, str]
    log: list[Seen]
    sites: dict[str, Site]
    clock: Clock

    def url(self, site: str, path: str = "/") -> str:
        """The full address of a path on a site."""
        return self.bases[site] + path

    @property
    def allow_private(self) -> tuple[str, ...]:
        """``host:port`` of every site, for ``fetch.allow_private``."""
        return tuple(base.removeprefix("http://") for base in self.bases.values())

    def take_down(self, url: str) -> None:
        """Let the page at an address, and all published with it, answer 410.

        A forum's topic, a blog post with its comments and the anonymous page go
        as a whole. Raises KeyError for an address that no site has.
        """
        for name, base in self.bases.items():
            if url.startswith(base + "/"):
                self.sites[name].take_down(target_of(url))
                return
        raise KeyError(url)

    def monitor_toml(self, language: str = "da") -> str:
        """``monitor.toml`` of Tågeby Kommune; only these sites may be private."""
        return config.monitor(self.allow_private, language)

    def sources_toml(self) -> str:
        """``sources.toml``, with one unapproved and one expired source."""
        return config.sources(self.bases, self.clock().date())

    def centers_toml(self) -> str:
        """``centers.toml``: two fictional centres."""
        return config.centers()

    @property
    def watchlist_csv(self) -> str:
        """The enrolled people, and one who has not yet said yes."""
        return config.watchlist(self.clock().date())


@contextmanager
def internet(clock: Clock, *, first_port: int = 0) -> Iterator[Sites]:
    """Serve the fictional internet on 127.0.0.1 until the block ends.

    ``clock`` tells the demo's time in UTC; what the sites show is dated back from
    its value at the start. With ``first_port`` the sites take that port and those
    after it; 0 picks free ones. Raises OSError when a port is taken.
    """
    log: list[Seen] = []
    sites = {
        name: Site(name, clock, log, compresses=name == "news") for name in _BUILDERS
    }
    with ExitStack() as stack:
        bases = {}
        for n, (name, build) in enumerate(_BUILDERS.items()):
            port = first_port + n if first_port else 0
            bases[name] = stack.enter_context(serving(sites[name], build, port))
        yield Sites(bases, log, sites, clock)
