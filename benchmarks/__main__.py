"""Runs the benchmarks that are named, or all; figures are for people, not for CI."""

from __future__ import annotations

import sys
from importlib import import_module

BENCHMARKS = ("start", "crawl", "extraction", "matching")


def main(names: list[str]) -> None:
    """Print the figures of each benchmark under its name."""
    unknown = sorted(set(names) - set(BENCHMARKS))
    if unknown:
        sys.exit(f"Unknown: {', '.join(unknown)}. There are: {', '.join(BENCHMARKS)}.")
    for name in names or BENCHMARKS:
        for line in import_module(f"benchmarks.{name}").figures():
            sys.stdout.write(f"{name}: {line}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
