"""Processor time and memory of processes, as Linux tells them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .measure import Sample

Pids = Callable[[], list[int]]
"""Whose processor time counts; asked before and after, since a process may start its children meanwhile."""

_OF_PROCESS = 2
"""CPUCLOCK_SCHED of the kernel: what a process has used, in nanoseconds."""

SAMPLED_EVERY = 0.02
"""Seconds between two looks at the memory."""


def cpu_seconds(pid: int) -> float:
    """What all threads of a process have used; 0 once it has ended."""
    try:
        return time.clock_gettime(~pid << 3 | _OF_PROCESS)
    except OSError:
        return 0.0


def tree(pid: int) -> list[int]:
    """A process and all its descendants."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found.extend(int(child) for child in task.read_text().split())
            except OSError:
                continue
    return found


def timed(work: Callable[[], object], pids: Pids = list) -> Sample:
    """Does the work; the processor time is this process's own and that of `pids`."""
    before = {pid: cpu_seconds(pid) for pid in pids()}
    own = time.process_time()
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    cpu = time.process_time() - own
    cpu += sum(cpu_seconds(pid) - before.get(pid, 0.0) for pid in pids())
    return Sample(seconds, cpu)


def memory(pids: list[int]) -> float:
    """Resident megabytes of processes; what they share counts once (proportional set size)."""
    total = 0
    for pid in pids:
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total * 1024 / 1e6


@contextmanager
def peak_growth(pids: Pids) -> Iterator[Callable[[], float]]:
    """Gives, after the block, by how many megabytes the memory of the processes was above its beginning at its peak."""
    before = peak = memory(pids())
    ended = threading.Event()

    def look() -> None:
        nonlocal peak
        while not ended.wait(SAMPLED_EVERY):
            peak = max(peak, memory(pids()))

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield lambda: max(peak - before, 0.1)
    finally:
        ended.set()
        looking.join()
