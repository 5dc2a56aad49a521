"""Find opted-in employees' names in text, with reasons; pure but for its word lists.

What becomes of a match is left to ``monitor.hits``.
"""

from __future__ import annotations

from monitor.match.build import build, only_since
from monitor.match.commonness import Commonness, commonness
from monitor.match.explain import Explanation, explain
from monitor.match.find import find
from monitor.match.index import Index
from monitor.match.lexicon import Rarity
from monitor.match.score import Judged, Thresholds

# Stored on every hit; a new version makes every page be matched again.
MATCHING_VERSION = "2026.11-2"

__all__ = [
    "MATCHING_VERSION",
    "Commonness",
    "Explanation",
    "Index",
    "Judged",
    "Rarity",
    "Thresholds",
    "build",
    "commonness",
    "explain",
    "find",
    "only_since",
]
