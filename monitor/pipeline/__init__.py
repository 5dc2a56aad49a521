"""One run over one source, one fetch at a time, from the request to the hit."""

from __future__ import annotations

from monitor.pipeline.fetching import work_through
from monitor.pipeline.runs import Report, due, open_run, register, slot_of
from monitor.pipeline.values import Crawl, Job
from monitor.pipeline.watch import Watch, notice_version, watching

__all__ = [
    "Crawl",
    "Job",
    "Report",
    "Watch",
    "due",
    "notice_version",
    "open_run",
    "register",
    "slot_of",
    "watching",
    "work_through",
]
