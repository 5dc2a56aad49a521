"""Later looks at the posts of a case: planned, taken politely, and noted."""

from __future__ import annotations

from monitor.recheck.concluding import human_look, last_seen
from monitor.recheck.looking import look, look_at_due
from monitor.recheck.planning import due, for_people, of_case, plan

__all__ = [
    "due",
    "for_people",
    "human_look",
    "last_seen",
    "look",
    "look_at_due",
    "of_case",
    "plan",
]
