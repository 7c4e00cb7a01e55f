"""The results as pictures: how many times as fast (or as small) we are, and how time grows with the work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

from .measure import Measured
from .report import Comparison

BETTER = "#1b7f5c"
WORSE = "#b3402e"

ACROSS = 3
"""Plots of growth beside each other."""

LABELLED = 0.2
"""From which part of the largest size there is room for a label."""


def draw(comparisons: Sequence[Comparison], title: str, files: Sequence[Path]) -> None:
    """Writes the picture to each of the files, in the format of its name."""
    pyplot = _pyplot()
    drawn = [one for one in comparisons if one.ratios]
    figure, axes = pyplot.subplots(figsize=(10, 1.2 + 0.3 * len(drawn)), layout="constrained")
    for position, one in enumerate(drawn):
        colour = BETTER if one.ratio >= 1 else WORSE
        axes.plot([min(one.ratios), max(one.ratios)], [position, position], color=colour, alpha=0.4, linewidth=5)
        axes.plot([one.ratio], [position], "o", color=colour)
        axes.annotate(
            f"{one.ratio:.1f} ×", (max(one.ratios), position), (6, 0), textcoords="offset points", va="center", size=8
        )
    axes.set_yticks(range(len(drawn)), [f"{one.row}  {one.case} · {one.peer}" for one in drawn], size=8)
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.margins(x=0.12)
    axes.axvline(1, color="grey", linewidth=1)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g} ×")
    axes.grid(axis="x", alpha=0.3)
    axes.set_xlabel("the peer's figure ÷ ours: more is better; dot: median of the rounds, bar: their range")
    axes.set_title(title, size=9, wrap=True)
    _write(figure, files)


def draw_growth(measured: Sequence[Measured], title: str, files: Sequence[Path]) -> None:
    """The same work at several sizes: the medians, and the straight line through the largest of them."""
    pyplot = _pyplot()
    names = list(dict.fromkeys(one.line for one in measured if one.line))
    lines = -(-len(names) // ACROSS)
    figure, grid = pyplot.subplots(
        lines, ACROSS, figsize=(3.6 * ACROSS, 3.4 * lines), layout="constrained", squeeze=False
    )
    for axes in grid.flat[len(names) :]:
        axes.remove()
    for name, axes in zip(names, grid.flat, strict=False):
        values: dict[int, list[float]] = {}
        for one in measured:
            if one.line == name:
                values.setdefault(one.size, []).append(one.sample.value)
        sizes = sorted(values)
        middle = [median(values[size]) for size in sizes]
        axes.plot([0, sizes[-1]], [0, middle[-1]], color="grey", linewidth=1, linestyle="--")
        axes.vlines(
            sizes, [min(values[size]) for size in sizes], [max(values[size]) for size in sizes], BETTER, alpha=0.4
        )
        axes.plot(sizes, middle, "o", color=BETTER)
        for size, value in zip(sizes, middle, strict=True):
            if size >= sizes[-1] * LABELLED:
                each = f"{_short(value / size * 1000)} ms each"
                axes.annotate(each, (size, value), (-4, 8), textcoords="offset points", size=7, ha="right")
        axes.set_xlabel(name)
        axes.set_ylabel("seconds")
        axes.set_xlim(left=0)
        axes.set_ylim(0, max(middle) * 1.15)
        axes.grid(alpha=0.3)
    figure.suptitle(title, size=9, wrap=True)
    _write(figure, files)


def _short(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 10 else f"{figure:.2g}"


def _pyplot() -> Any:
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "comfy-bucket"
    from matplotlib import pyplot

    return pyplot


def _write(figure: Any, files: Sequence[Path]) -> None:
    for file in files:
        figure.savefig(file, metadata={"Date": None} if file.suffix == ".svg" else None, dpi=120)
    _pyplot().close(figure)
