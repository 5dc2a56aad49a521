"""How much of what is on a page the reader finds, for each kind of page.

Pages are generated in the markup of real templates, so the truth is known; whatever
is measured must hold for at least 98 of 100.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from random import Random

from . import (
    blogspot,
    discourse,
    ghost,
    mediawiki,
    nodebb,
    phpbb,
    plain,
    vbulletin,
    wordpress,
    xenforo,
)
from .measure import FIGURES, Score, measure
from .thread import Sample

MUST = 0.98
SEED = int(os.environ.get("SEED", "20261122"))
TEMPLATES: dict[str, Callable[[Random], Iterable[Sample]]] = {
    "phpBB": phpbb.samples,
    "WordPress": wordpress.samples,
    "Discourse": discourse.samples,
    "NodeBB": nodebb.samples,
    "XenForo": xenforo.samples,
    "vBulletin": vbulletin.samples,
    "Blogspot": blogspot.samples,
    "Ghost": ghost.samples,
    "MediaWiki": mediawiki.samples,
    "plain articles": plain.samples,
    "paper with comments": plain.papers,
}


__all__ = ["MUST", "TEMPLATES", "figures", "scores"]


def scores(seed: int = SEED) -> Iterator[tuple[str, Score]]:
    """The name of each template and what was found on its pages."""
    for name, samples in TEMPLATES.items():
        yield name, measure(samples(Random(f"{seed} {name}")))


def figures() -> Iterator[str]:
    """A line for each template and figure."""
    yield f"must be at least {MUST}, aimed at 1.0"
    for name, score in scores():
        shares = (f"{figure} {score.share(figure):.3f}" for figure in FIGURES)
        yield f"{name} ({score.wanted['posts']} posts): {', '.join(shares)}"
        if "WRONG" in os.environ:
            yield from score.wrong[: int(os.environ["WRONG"])]
