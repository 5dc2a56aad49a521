"""Writes the tables and plots of docs/matching.md from the figures of one run.

    python -m benchmarks.matching.report benchmarks/matching/results.json

The prose of the page is left as it is: tables stand between marks in it.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from benchmarks.matching.accuracy import GROUPS
from benchmarks.matching.goals import Results, rows
from benchmarks.matching.plots import draw

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "matching.md"
IMAGES = ROOT / "docs" / "images"
OURS = "Udkig"
_TABLE = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def _table(head: Iterable[str], body: Iterable[Iterable[str]]) -> Iterator[str]:
    titles = list(head)
    yield f"| {' | '.join(titles)} |"
    yield f"|{'---|' * len(titles)}"
    for cells in body:
        yield f"| {' | '.join(cells)} |"


def _run(results: Results) -> Iterator[str]:
    made = results["made"]
    libraries = ", ".join(f"{name} {one}" for name, one in made["libraries"].items())
    main = results["accuracy"]["1000"]
    yield (
        f"Measured on {made['on']}, {made['draw']}, matching version "
        f"{made['matching_version']}, Python {made['python']}; {libraries}. "
        f"{main['pages']:,} pages at 1,000 people, {main['clean_pages']:,} of them "
        f"clean. {main['people_unknown']:.0%} of the people have a first name or "
        f"surname that no word list of the matcher holds."
    )


def _goals(results: Results) -> Iterator[str]:
    head = ("Measure", "Must", "Aim", "Measured", "Verdict")
    yield from _table(head, (row.cells() for row in rows(results)))


def _compared(results: Results) -> Iterator[str]:
    head = ("Approach", "P", "R", "F1", *GROUPS, "traps", "near-names", "clean", "MB/s")
    yield from _table(head, _approaches(results["compared"]))
    yield ""
    yield "The same on a list of 100 people, which spaczz can manage:"
    yield ""
    yield from _table(head, _approaches(results["spaczz"]))


def _approaches(found: Results) -> Iterator[list[str]]:
    for name, one in found.items():
        shares = (one["precision"], one["recall"], one["f1"], *one["groups"].values())
        alerts = (one["trap_pages"], one["near_pages"])
        yield [
            name,
            *(f"{share:.3f}" for share in (*shares, *alerts)),
            f"{one['clean_alerts']:.1f}",
            f"{one['speed']:.3g}",
        ]


def _sizes(results: Results) -> Iterator[str]:
    head = ("People", "Precision", "Recall", "F1", "False alerts / 1,000 clean pages")
    body = (
        (
            f"{int(size):,}",
            f"{one['precision']:.4f}",
            f"{one['recall']:.4f}",
            f"{one['f1']:.4f}",
            f"{one['clean_alerts']:.2f}",
        )
        for size, one in results["accuracy"].items()
    )
    yield from _table(head, body)


def _kinds(results: Results) -> Iterator[str]:
    kinds = results["accuracy"]["1000"]["kinds"].items()
    head = ("Kind", "Names planted", "Found", "As a full hit")
    body = (
        (f"`{kind}`", str(one["planted"]), f"{one['recall']:.3f}", f"{one['hits']:.3f}")
        for kind, one in kinds
    )
    yield from _table(head, body)


def _traps(results: Results) -> Iterator[str]:
    traps = results["accuracy"]["1000"]["traps"].items()
    head = ("Kind", "Pages", "Share alerting")
    body = (
        (f"`{kind}`", str(one["pages"]), f"{one['alerts']:.4f}") for kind, one in traps
    )
    yield from _table(head, body)


def _speed(results: Results) -> Iterator[str]:
    found = results["speed"]
    head = ("People", "flashtext", "cold", "warm", "`monitor scan`", "warm ÷ flashtext")
    body = (
        (
            f"{int(size):,}",
            f"{one['flashtext']:.1f}",
            f"{one['cold']:.2f}",
            f"{one['warm']:.2f}",
            f"{scan:.2f}" if (scan := found["scan"].get(size)) else "–",
            f"{one['warm'] / one['flashtext']:.2f}",
        )
        for size, one in found["library"].items()
    )
    yield from _table(head, body)


TABLES: dict[str, Callable[[Results], Iterator[str]]] = {
    "run": _run,
    "goals": _goals,
    "compared": _compared,
    "sizes": _sizes,
    "kinds": _kinds,
    "traps": _traps,
    "speed": _speed,
}


def filled(page: str, results: Results) -> str:
    """The page with every table anew."""
    return _TABLE.sub(
        lambda found: found[1] + "\n".join(TABLES[found[2]](results)) + "\n" + found[3],
        page,
    )


def main(path: Path) -> None:
    """Fill the page and draw the plots."""
    results = json.loads(path.read_text("utf-8"))
    PAGE.write_text(filled(PAGE.read_text("utf-8"), results), "utf-8")
    draw(results, IMAGES)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
