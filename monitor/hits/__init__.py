"""Hits: each find stored once, the queue of them, and what was dismissed.

The hinge of the program: frozen values come in, rows of the caller's session go out.
Cases are opened elsewhere.
"""

from __future__ import annotations

from monitor.hits.queue import OUTCOMES, dismiss, get, queue, rank, reopen, review
from monitor.hits.record import (
    Recorded,
    Seen,
    content_hash,
    pages_with_hits,
    post_key,
    record,
    searched_hash,
    seen_again,
    still_watched,
    touch,
    unchanged,
)
from monitor.hits.rules import rules_of
from monitor.hits.words import MASK, Words, masked, seal, words_of

__all__ = [
    "MASK",
    "OUTCOMES",
    "Recorded",
    "Seen",
    "Words",
    "content_hash",
    "dismiss",
    "get",
    "masked",
    "pages_with_hits",
    "post_key",
    "queue",
    "rank",
    "record",
    "reopen",
    "review",
    "rules_of",
    "seal",
    "searched_hash",
    "seen_again",
    "still_watched",
    "touch",
    "unchanged",
    "words_of",
]
