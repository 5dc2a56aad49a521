"""The goals of the matcher, row by row, and whether a run's figures reach them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.goal import Row

Results = dict[str, Any]


def rows(results: Results) -> Iterator[Row]:
    """Every row of the goals, from what a run measured."""
    if "accuracy" in results:
        yield from _accuracy(results["accuracy"])
    if "speed" in results:
        yield from _speed(results["speed"])
        yield from _cost(results["speed"])
    if {"compared", "spaczz", "speed"} <= results.keys():
        yield from _against_others(results)


def _accuracy(found: Results) -> Iterator[Row]:
    main = found["1000"]
    groups = main["groups"]
    yield Row("core F1, 1,000 people", 0.980, 0.995, main["f1"])
    yield Row("core precision", 0.990, 0.995, main["precision"])
    yield Row("core recall", 0.970, 0.995, main["recall"])
    yield Row("recall plain", 0.995, 1, groups["plain"])
    yield Row("recall fold", 0.985, 1, groups["fold"])
    yield Row("recall html", 0.985, 1, groups["html"])
    yield Row("recall fuzzy", 0.960, 0.985, groups["fuzzy"])
    yield Row("near-names of others alerting", 0.05, 0.03, main["near_pages"], True)
    yield Row("recall obfuscated", 0.930, 0.97, groups["obfuscated"])
    yield Row("recall social", 0.980, 1, groups["social"])
    yield Row("recall weak, marked weak, score < .70", 0.90, 0.97, main["weak_row"])
    yield Row("trap pages alerting", 0.010, 0, main["trap_pages"], True)
    yield Row(
        "false alerts per 1,000 clean pages, 1,000 people",
        1.5,
        0.5,
        main["clean_alerts"],
        True,
    )
    large = found.get("100000", {})
    yield Row(
        "false alerts per 1,000 clean pages, 100,000 people",
        3,
        1,
        large.get("clean_alerts"),
        True,
    )
    yield Row("F1, 10,000 people", 0.970, 0.985, found.get("10000", {}).get("f1"))
    yield Row("F1, 100,000 people", 0.930, 0.96, large.get("f1"))
    yield Row("offsets overlapping the truth", 0.99, 1, main["offsets"])
    yield Row("quote == text[start:end]", 1, 1, main["quotes"])


def _against_others(results: Results) -> Iterator[Row]:
    compared = dict(results["compared"])
    mine = compared.pop("Udkig")["f1"]
    small = dict(results["spaczz"])
    gains = [mine - other["f1"] for other in compared.values()]
    gains.append(small.pop("Udkig")["f1"] - small.popitem()[1]["f1"])
    yield Row("F1 above the best of five others", 0.25, 0.25, min(gains))
    ratio = min(results["speed"]["fuzzy"].values(), default=None)
    yield Row("times as fast as any fuzzy one, 1,000 people", 10, 10, ratio, unit=" ×")


def _speed(speed: Results) -> Iterator[Row]:
    library, scan = speed["library"], speed["scan"]
    goals = {"1000": ((1.1, 2.2), (2.0, 3.7)), "100000": ((0.7, 1.7), (1.1, 2.1))}
    for size, (command, warm) in goals.items():
        people = f"{int(size):,} people"
        one = library.get(size)
        told = scan.get(size)
        yield Row(
            f"`monitor scan` cold ÷ flashtext, {people}", *command,
            told / one["flashtext"] if told and one else None,
        )  # fmt: skip
        yield Row(
            f"library warm ÷ flashtext, {people}", *warm,
            one["warm"] / one["flashtext"] if one else None,
        )  # fmt: skip
    small, large = library.get("100"), library.get("100000")
    yield Row(
        "slowdown from 100 to 100,000 people",
        2.5,
        1.5,
        small["cold"] / large["cold"] if small and large else None,
        True,
        " ×",
    )


def _cost(speed: Results) -> Iterator[Row]:
    fresh = speed.get("fresh") or {}
    memory, build = fresh.get("peak_megabytes"), fresh.get("build_seconds")
    yield Row("memory at 100,000 people", 400, 250, memory, True, " MB")
    yield Row("index build at 100,000 people", 8, 3, build, True, " s")
    for family, ratio in speed["doubling"].items():
        yield Row(f"twice the text, {family}", 2.3, 2.3, ratio, True, " ×")
