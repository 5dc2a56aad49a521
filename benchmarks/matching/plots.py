"""Draws the plots of docs/matching.md; their text alternatives stand in the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")

from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from benchmarks.matching.accuracy import GROUPS
from benchmarks.matching.goals import Results

_OURS, _OTHERS, _DARK = "#0b5394", "#b7b7b7", "#434343"  # told apart without colours
_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text: small, searchable, read aloud
    "svg.hashsalt": "matching",
    "font.family": "sans-serif",
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def draw(results: Results, folder: Path) -> None:
    """Write every plot as SVG."""
    plots = {
        "matching-f1": _f1,
        "matching-kinds": _kinds,
        "matching-speed": _speed,
    }
    with mpl.rc_context(_SETTINGS):
        for name, plot in plots.items():
            figure, axes = plt.subplots(figsize=(7, 3.4), layout="constrained")
            plot(axes, results)
            path = folder / f"{name}.svg"
            figure.savefig(path, metadata={"Date": None, "Creator": None})
            plt.close(figure)
            lines = path.read_text("utf-8").splitlines()
            path.write_text("\n".join(line.rstrip() for line in lines) + "\n", "utf-8")


def _f1(axes: Axes, results: Results) -> None:
    found = {name: one["f1"] for name, one in results["compared"].items()}
    spaczz = "spaczz FuzzyMatcher"
    found[f"{spaczz} (100 people)"] = results["spaczz"][spaczz]["f1"]
    names = sorted(found, key=lambda name: found[name])
    colours = [_OURS if name == "Udkig" else _OTHERS for name in names]
    bars = axes.barh(names, [found[name] for name in names], color=colours)
    axes.bar_label(bars, fmt="%.3f", padding=3)
    axes.set_xlim(0, 1.1)
    axes.set_xlabel("F1")


def _kinds(axes: Axes, results: Results) -> None:
    others = dict(results["compared"])
    mine = others.pop("Udkig")["groups"]
    best = [max(one["groups"][group] for one in others.values()) for group in GROUPS]
    places = range(len(GROUPS))
    own = [mine[group] for group in GROUPS]
    axes.bar([n - 0.2 for n in places], own, 0.4, color=_OURS, label="Udkig")
    axes.bar(
        [n + 0.2 for n in places],
        best,
        0.4,
        color=_OTHERS,
        hatch="//",
        edgecolor=_DARK,
        linewidth=0,
        label="best of four libraries",
    )
    axes.set_xticks(list(places), GROUPS, fontsize=9)
    axes.set_ylim(0, 1.05)
    axes.set_ylabel("recall")
    axes.legend(loc="upper right", ncols=2, bbox_to_anchor=(1, 1.16), frameon=False)


def _speed(axes: Axes, results: Results) -> None:
    library = results["speed"]["library"]
    sizes = [int(size) for size in library]
    for name, mark, colour in (
        ("warm", "o", _OURS),
        ("cold", "s", _OURS),
    ):
        ratios = [one[name] / one["flashtext"] for one in library.values()]
        style = "-" if name == "warm" else "--"
        axes.plot(
            sizes, ratios, style, marker=mark, color=colour, label=f"Udkig, {name}"
        )
    axes.axhline(1, color=_DARK, linewidth=1, linestyle=":", label="flashtext (exact)")
    axes.set_xscale("log")
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.set_ylim(bottom=0)
    axes.set_xlabel("people on the watchlist")
    axes.set_ylabel("speed ÷ flashtext")
    axes.legend(frameon=False)
