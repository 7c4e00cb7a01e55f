"""What was measured as a table, and as a CSV with one line for each sample."""

from __future__ import annotations

import csv
import os
import platform
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from statistics import median

from .measure import OURS, Measured
from .setting import ROOT

COLUMNS = ("row", "case", "unit", "goal", "side", "round", "value", "cpu_seconds")


@dataclass(frozen=True)
class Comparison:
    """One case and one peer. Ratios are the peer's figure over ours, so more is better; each is of one round."""

    row: int
    case: str
    unit: str
    goal: str
    peer: str
    peer_median: float | None
    our_median: float
    ratios: tuple[float, ...]
    cpu_ratio: float | None
    """Of the medians."""

    @property
    def ratio(self) -> float:
        """The median."""
        return median(self.ratios)


def compare(measured: Iterable[Measured]) -> Iterator[Comparison]:
    """Every case with each of its peers; a case without a peer is compared with none."""
    for (row, case), samples in groupby(measured, lambda one: (one.row, one.case)):
        sides: dict[str, list[Measured]] = {}
        for one in samples:
            sides.setdefault(one.side, []).append(one)
        ours = sides.pop(OURS)
        our_median = median(one.sample.value for one in ours)
        for peer, theirs in sides.items():
            by_round = {one.round: one.sample.value for one in theirs}
            yield Comparison(
                row,
                case,
                ours[0].unit,
                ours[0].goal,
                peer,
                median(by_round.values()),
                our_median,
                tuple(by_round[one.round] / one.sample.value for one in ours),
                _cpu_ratio(theirs, ours),
            )
        if not sides:
            yield Comparison(row, case, ours[0].unit, ours[0].goal, "", None, our_median, (), None)


def _cpu_ratio(theirs: list[Measured], ours: list[Measured]) -> float | None:
    peer, own = ([one.sample.cpu for one in side if one.sample.cpu is not None] for side in (theirs, ours))
    return median(peer) / median(own) if peer and own and median(own) > 0 else None


def table(comparisons: Iterable[Comparison]) -> str:
    """For a terminal, and as it is for Markdown."""
    header = ["row", "work", "peer", "peer's", "ours", "peer ÷ ours", "CPU ÷", "goal"]
    lines = [header, *map(_cells, comparisons)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    rows = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    return "\n".join([rows[0], "|" + "|".join("-" * (width + 2) for width in widths) + "|", *rows[1:]])


def _cells(one: Comparison) -> list[str]:
    ratio = f"{one.ratio:.2f} ({min(one.ratios):.2f}–{max(one.ratios):.2f})" if one.ratios else ""
    cpu = f"{one.cpu_ratio:.2f}" if one.cpu_ratio else ""
    return [
        str(one.row),
        one.case,
        one.peer,
        "" if one.peer_median is None else _figure(one.peer_median, one.unit),
        _figure(one.our_median, one.unit),
        ratio,
        cpu,
        one.goal,
    ]


def _figure(value: float, unit: str) -> str:
    return f"{value * 1000:.3g} ms" if unit == "s" and value < 1 else f"{value:.3g} {unit}"


def write_csv(measured: Iterable[Measured], file: Path, conditions: str) -> None:
    """The samples, below a comment line that says where and on what they were taken."""
    with file.open("w", newline="") as out:
        out.write(f"# {conditions}\n")
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for one in measured:
            cpu = "" if one.sample.cpu is None else f"{one.sample.cpu:.6f}"
            writer.writerow(
                [one.row, one.case, one.unit, one.goal, one.side, one.round, f"{one.sample.value:.6f}", cpu]
            )


def conditions(store: str, comfyui: bool) -> str:
    """When, on what machine and of which commit."""
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    load = os.getloadavg()[0]
    where = "in ComfyUI" if comfyui else "without ComfyUI"
    return (
        f"{datetime.now():%Y-%m-%d %H:%M}, commit {commit}, {os.cpu_count()} cores ({platform.machine()}), "
        f"load {load:.1f} at the end, store {store}, {where}"
    )
