"""The tables of the application; importing this package registers all of them."""

from __future__ import annotations

from monitor.models.audit import Counter, Event
from monitor.models.case import (
    Assessment,
    AuthorAge,
    Case,
    CaseHit,
    CaseState,
    ClosingReason,
    Decision,
    Identity,
    Recheck,
    RecheckOutcome,
)
from monitor.models.crawl import (
    Fetch,
    FetchState,
    HostGate,
    PageRecord,
    RobotsRecord,
    Run,
    SeenPost,
    SourceState,
    TdmRecord,
)
from monitor.models.evidence import EvidenceItem, EvidenceKind
from monitor.models.hit import Hit, HitState, Mute, Origin, Sighting
from monitor.models.letter import Letter, LetterState
from monitor.models.user import User, UserRole
from watchlist.models import DataKey, Employee, OptIn, WatchEntry, WatchlistState

__all__ = [
    "Assessment",
    "AuthorAge",
    "Case",
    "CaseHit",
    "CaseState",
    "ClosingReason",
    "Counter",
    "DataKey",
    "Decision",
    "Employee",
    "Event",
    "EvidenceItem",
    "EvidenceKind",
    "Fetch",
    "FetchState",
    "Hit",
    "HitState",
    "HostGate",
    "Identity",
    "Letter",
    "LetterState",
    "Mute",
    "OptIn",
    "Origin",
    "PageRecord",
    "Recheck",
    "RecheckOutcome",
    "RobotsRecord",
    "Run",
    "SeenPost",
    "Sighting",
    "SourceState",
    "TdmRecord",
    "User",
    "UserRole",
    "WatchEntry",
    "WatchlistState",
]
