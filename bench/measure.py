"""What is measured: rows of cases, each of them work that several sides do in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .setting import Setting

OURS = "ours"


@dataclass(frozen=True)
class Sample:
    """What one side took to do the work once: less is better."""

    value: float
    """In the case's unit."""
    cpu: float | None = None
    """Seconds of processor time in the client's processes; the store's do not count."""


@dataclass(frozen=True)
class Side:
    """One way to do the work."""

    name: str
    run: Callable[[], Sample]
    """Does it once, and raises unless what came of it is right. What it prepares or looks at is not timed."""


@dataclass(frozen=True)
class Case:
    """One piece of work: ours, and the peers' ways to do the same. Without a peer it has a limit only."""

    work: str
    ours: Callable[[], Sample]
    peers: tuple[Side, ...] = ()
    unit: str = "s"
    goal: str = ""
    warm: bool = True
    """Whether each side does it once before it counts."""
    line: str = ""
    """What it is a point of, when the same work is done at several sizes."""
    size: int = 0
    """How much work it is, on that line."""

    def sides(self) -> list[Side]:
        """All of them, ours last."""
        return [*self.peers, Side(OURS, self.ours)]


Part = Callable[["Setting"], AbstractContextManager[list[Case]]]
"""Starts what some cases need, and ends it afterwards."""


@dataclass(frozen=True)
class Row:
    """One line of the table of figures."""

    number: int
    work: str
    parts: tuple[Part, ...]
    only_in_comfyui: bool = False
    """Whether there is nothing to measure without one."""


@dataclass(frozen=True)
class Measured:
    """One side in one round of one case."""

    row: int
    case: str
    unit: str
    goal: str
    side: str
    round: int
    sample: Sample
    line: str = ""
    size: int = 0


def interleave(row: int, case: Case, rounds: int) -> Iterator[Measured]:
    """All sides once in each round, another one first in each: what disturbs the machine disturbs them alike."""
    sides = case.sides()
    if case.warm:
        for side in sides:
            side.run()
    for number in range(rounds):
        first = number % len(sides)
        for side in sides[first:] + sides[:first]:
            yield Measured(
                row, case.work, case.unit, case.goal, side.name, number + 1, side.run(), case.line, case.size
            )
