"""Which addresses belong to a source; their spelling is left to ``extract``."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from monitor.extract.urls import absolute, canonical
from monitor.types import Source

__all__ = [
    "absolute",
    "allowed",
    "canonical",
    "origin",
    "own_origins",
    "pattern_matches",
    "shape",
]

MAX_SEGMENTS = 20
MAX_REPEATS = 3
MAX_PARAMETERS = 20
_NUMBER = re.compile(r"\d+")


def origin(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def own_origins(source: Source) -> frozenset[str]:
    """The sites that a source starts on."""
    return _origins(source.urls)


@lru_cache(maxsize=1024)
def _origins(urls: tuple[str, ...]) -> frozenset[str]:
    return frozenset(origin(canonical(url) or url) for url in urls)


def shape(url: str) -> str:
    """An address without its numbers: what the pages of one list have in common."""
    return _NUMBER.sub("#", url)


def allowed(source: Source, url: str) -> bool:
    """Whether a canonical address may be followed for this source.

    Without ``allow`` everything on the source's own sites may; with it, only what
    one of its patterns matches, and never another host than these patterns name.
    Addresses that repeat themselves are traps of broken relative links.
    """
    if _is_trap(url) or any(pattern_matches(p, url) for p in source.deny):
        return False
    if not source.allow:
        return origin(url) in own_origins(source)
    return any(_allows(pattern, url, source) for pattern in source.allow)


def _allows(pattern: str, url: str, source: Source) -> bool:
    if not pattern.startswith("/"):
        return pattern_matches(pattern, url)
    own = origin(url) in own_origins(source)
    return own and pattern_matches(origin(url) + pattern, url)


def pattern_matches(pattern: str, url: str) -> bool:
    """Whether ``*`` for any characters makes the pattern the address.

    A pattern that begins with ``/`` is matched against path and query.
    """
    if pattern.startswith("/"):
        parts = urlsplit(url)
        url = parts.path + (f"?{parts.query}" if parts.query else "")
    return _compiled(pattern).fullmatch(url) is not None


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    # Runs of stars are one star: several would multiply the tries of a failure.
    pieces = [re.escape(piece) for piece in re.split(r"\*+", pattern)]
    return re.compile(".*".join(pieces))


def _is_trap(url: str) -> bool:
    parts = urlsplit(url)
    segments = [part for part in parts.path.split("/") if part]
    names = [pair.partition("=")[0] for pair in parts.query.split("&") if pair]
    if len(segments) > MAX_SEGMENTS or len(names) > MAX_PARAMETERS:
        return True
    repeated = [*segments, *(name for name in names if not name.endswith(("]", "%5D")))]
    return any(repeated.count(part) > MAX_REPEATS for part in set(repeated))
