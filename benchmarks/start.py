"""How long ``monitor --help`` takes, beside Python itself."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

TIMES = 5
LIMIT_MS = 150


def took_ms(*command: str | Path) -> float:
    """The median of some runs, in milliseconds, after one that warms the caches."""
    times = []
    for _ in range(TIMES + 1):
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append((time.perf_counter() - begun) * 1000)
    return median(times[1:])


def figures() -> Iterator[str]:
    monitor = Path(sys.executable).with_name("monitor")
    python = took_ms(sys.executable, "-c", "")
    helped = took_ms(monitor, "--help")
    yield f"python -c '' {python:.0f} ms"
    yield f"monitor --help {helped:.0f} ms (limit {LIMIT_MS}), {helped / python:.1f} ×"
