"""Cases: the follow-up on hits, from opening to closing; decides what is forbidden.

Letters and looks at the post are left to the rooms of those names.
"""

from __future__ import annotations

from monitor.cases.access import ROLES, allow, get, listing, look, reasoning, story
from monitor.cases.opening import attach, open_case
from monitor.cases.rules import (
    ADVICE,
    CARE,
    CONTACT,
    CONTACTS,
    DECISIONS,
    HOLDS,
    MIN_ASSESSMENT,
    MOVES,
    WAITING,
    WHY_NOT,
    contact_refusals,
    decision_refusals,
    move_refusals,
)
from monitor.cases.steps import (
    LONGEST,
    Contact,
    advise,
    assess,
    care,
    close,
    consent,
    contact,
    decide,
    hold,
    move,
    note,
    note_event,
    record_author,
    record_identity,
    reopen,
)

__all__ = [
    "ADVICE",
    "CARE",
    "CONTACT",
    "CONTACTS",
    "DECISIONS",
    "HOLDS",
    "LONGEST",
    "MIN_ASSESSMENT",
    "MOVES",
    "ROLES",
    "WAITING",
    "WHY_NOT",
    "Contact",
    "advise",
    "allow",
    "assess",
    "attach",
    "care",
    "close",
    "consent",
    "contact",
    "contact_refusals",
    "decide",
    "decision_refusals",
    "get",
    "hold",
    "listing",
    "look",
    "move",
    "move_refusals",
    "note",
    "note_event",
    "open_case",
    "reasoning",
    "record_author",
    "record_identity",
    "reopen",
    "story",
]
