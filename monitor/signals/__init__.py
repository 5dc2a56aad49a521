"""Tell which transparent rules fire on a find, and with which words; pure.

A signal is a hint on what to read first. It judges nobody, is never summed up, and
what it leads to is decided by a person.
"""

from __future__ import annotations

from monitor.signals.find import find, urgency
from monitor.signals.private import without_cpr
from monitor.signals.rules import Reach, Rules, Signal, Urgency, WordRule

__all__ = [
    "Reach",
    "Rules",
    "Signal",
    "Urgency",
    "WordRule",
    "find",
    "urgency",
    "without_cpr",
]
