"""The comparisons as a picture: how many times as fast (or as small) we are, and how far the rounds differ."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .report import Comparison

BETTER = "#1b7f5c"
WORSE = "#b3402e"


def draw(comparisons: Sequence[Comparison], title: str, files: Sequence[Path]) -> None:
    """Writes the picture to each of the files, in the format of its name."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "comfy-bucket"
    from matplotlib import pyplot

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
    for file in files:
        figure.savefig(file, metadata={"Date": None} if file.suffix == ".svg" else None, dpi=120)
    pyplot.close(figure)
