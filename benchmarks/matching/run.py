"""Measures the matcher against its goals, beside five libraries, on unseen pages.

    python -m benchmarks.matching.run [--quick] [--output FILE]

People, pages and sentences are drawn with seeds that tuning never uses (`tune` has
seeds under 1,000 and knows only three quarters of the sentences and made-up
surnames). Never look at single misses of a reporting draw to change the matcher.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.matching import accuracy, speed
from benchmarks.matching.finders import ours
from benchmarks.matching.goals import Results, rows
from benchmarks.matching.pages import REPORTING, Draw
from monitor.match import MATCHING_VERSION

_LIBRARIES = ("rapidfuzz", "flashtext", "ahocorasick-rs", "spaczz", "spacy")
_SPACZZ_PEOPLE = 100


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured; ``pages`` and ``clean`` by number of people."""

    pages: dict[int, int]
    clean: dict[int, int]
    compared: int
    spaczz: int
    megabytes: dict[int, float]
    scanned: dict[int, float]
    rounds: int
    doubled: int


FULL = Sizes(
    pages={1_000: 14_000, 10_000: 5_000, 100_000: 4_000},
    clean={1_000: 6_000, 10_000: 0, 100_000: 4_000},
    compared=3_000,
    spaczz=1_000,
    megabytes={100: 2, 1_000: 2, 10_000: 2, 100_000: 2},
    scanned={1_000: 2, 100_000: 2},
    rounds=2,
    doubled=200_000,
)
QUICK = Sizes(
    pages={1_000: 2_000},
    clean={1_000: 500},
    compared=400,
    spaczz=60,
    megabytes={100: 0.4, 1_000: 0.4},
    scanned={1_000: 1},
    rounds=2,
    doubled=100_000,
)


def _made(draw: Draw) -> Results:
    return {
        "on": datetime.now(UTC).strftime("%Y-%m-%d"),
        "draw": draw.name,
        "matching_version": MATCHING_VERSION,
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in _LIBRARIES},
    }


def _accuracy(sizes: Sizes, draw: Draw) -> Results:
    found = {}
    for size, number in sizes.pages.items():
        people = speed.people_of(size, draw)
        pages = accuracy.pages_of(people, draw, number, clean=sizes.clean[size])
        tally = accuracy.measure(ours(people), people, pages)
        told = accuracy.figures(tally)
        told["people_unknown"] = accuracy.unknown_share(people)
        _say(f"{size} people: F1 {tally.f1:.4f}")
        found[str(size)] = told
    return found


def _compared(sizes: Sizes, draw: Draw) -> Results:
    people = speed.people_of(1_000, draw)
    pages = list(accuracy.pages_of(people, draw, sizes.compared))
    _say("comparing with other libraries")
    return accuracy.compared(people, pages)


def _spaczz(sizes: Sizes, draw: Draw) -> Results:
    people = speed.people_of(_SPACZZ_PEOPLE, draw)
    pages = list(accuracy.pages_of(people, draw, sizes.spaczz))
    return accuracy.compared_with_spaczz(people, pages)


def _speed(sizes: Sizes, draw: Draw) -> Results:
    found: Results = {"library": {}, "scan": {}, "fuzzy": {}, "fresh": None}
    for size, megabytes in sizes.megabytes.items():
        people = speed.people_of(size, draw)
        texts = [page.text for page in speed.corpus(draw, megabytes)]
        found["library"][str(size)] = asdict(speed.library(people, texts, sizes.rounds))
        _say(f"{size} people: {found['library'][str(size)]}")
    for size, megabytes in sizes.scanned.items():
        texts = [page.text for page in speed.corpus(draw, megabytes)]
        found["scan"][str(size)] = speed.scan(speed.people_of(size, draw), texts)
    people = speed.people_of(1_000, draw)
    found["fuzzy"] = speed.against_fuzzy(people, speed.corpus(draw, 0.2))
    if 100_000 in sizes.pages:
        found["fresh"] = speed.fresh(100_000, draw)
    found["doubling"] = speed.doubling(people, sizes.doubled, sizes.rounds)
    return found


PARTS: dict[str, Callable[[Sizes, Draw], Any]] = {
    "accuracy": _accuracy,
    "compared": _compared,
    "spaczz": _spaczz,
    "speed": _speed,
}


def measured(sizes: Sizes, draw: Draw, parts: Iterable[str] = PARTS) -> Results:
    """What the report is made of, or some parts of it."""
    return {
        "made": _made(draw),
        **{part: PARTS[part](sizes, draw) for part in parts},
    }


def _say(text: str) -> None:
    sys.stderr.write(f"{datetime.now(UTC):%H:%M:%S} {text}\n")


def lines(results: Results) -> Iterator[str]:
    """The rows of the goals as text."""
    made = results["made"]
    yield f"draw: {made['draw']}, matching version {made['matching_version']}"
    for row in rows(results):
        yield row.line()


def figures(sizes: Sizes = QUICK) -> Iterator[str]:
    """What ``./run bench matching`` prints: a small version."""
    yield from lines(measured(sizes, REPORTING))


def main() -> None:
    """Print every row, and keep the figures for the report."""
    wanted = _arguments()
    earlier: Results = {}
    if wanted.parts and wanted.output and wanted.output.exists():
        earlier = json.loads(wanted.output.read_text("utf-8"))
    sizes = QUICK if wanted.quick else FULL
    results = earlier | measured(sizes, REPORTING, wanted.parts or PARTS)
    if wanted.output:
        told = json.dumps(results, indent=1, ensure_ascii=False)
        wanted.output.write_text(told + "\n", "utf-8")
    for line in lines(results):
        sys.stdout.write(line + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small version")
    parser.add_argument("--output", type=Path, help="where the figures go, as JSON")
    parser.add_argument(
        "--parts",
        nargs="+",
        choices=PARTS,
        help="measure only these anew; the others stay as they are in OUTPUT",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
