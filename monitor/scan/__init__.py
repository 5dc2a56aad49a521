"""Search files for names, offline: documents in, matches out, nothing stored."""

from __future__ import annotations

from monitor.scan.people import People
from monitor.scan.run import Job, Progress, Totals, scan

__all__ = ["Job", "People", "Progress", "Totals", "scan"]
