"""Labelled pages, other libraries and goals for the matcher; see docs/matching.md."""

from __future__ import annotations

from collections.abc import Iterator


def figures() -> Iterator[str]:
    """What ``./run bench matching`` prints."""
    from benchmarks.matching.run import figures as told

    return told()
