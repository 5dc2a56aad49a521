"""Builds one index in a process of its own and tells what that took, as JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.matching.people import CENTERS, watchlist
from monitor.match import build, find
from monitor.match.lexicon import lexicon
from monitor.types import Context


def main(size: int, seed: int, *, tuning: bool) -> None:
    """Print build seconds and the peak of memory, entries and all."""
    entries = [person.entry() for person in watchlist(seed, size, tuning=tuning)]
    lexicon()
    begun = time.process_time()
    index = build(entries)
    seconds = time.process_time() - begun
    find(index, "Kontakt: Mette Nielsen, jobcentret", Context(None, CENTERS))
    peak = _peak_kilobytes() / 1024
    told = {"build_seconds": round(seconds, 2), "peak_megabytes": round(peak)}
    sys.stdout.write(json.dumps(told))


def _peak_kilobytes() -> int:
    """Of this process alone; ``getrusage`` would tell of its parent as well."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0])


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), tuning=sys.argv[3] == "1")
