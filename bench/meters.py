"""Processor time and memory of processes, as Linux tells them."""

from __future__ import annotations

import resource
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
    """Does the work; the processor time is that of this process, of `pids`, and of children that ended meanwhile."""
    before = {pid: cpu_seconds(pid) for pid in pids()}
    own = time.process_time() + _of_ended_children()
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    cpu = time.process_time() + _of_ended_children() - own
    cpu += sum(cpu_seconds(pid) - before.get(pid, 0.0) for pid in pids())
    return Sample(seconds, cpu)


def _of_ended_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def memory(pids: list[int]) -> float:
    """Resident megabytes of processes; what they share counts once (proportional set size)."""
    return _megabytes(pids, "Pss:")


def private_memory(pids: list[int]) -> float:
    """Resident megabytes that the processes share with nobody."""
    return _megabytes(pids, "Private_Clean:", "Private_Dirty:")


def _megabytes(pids: list[int], *fields: str) -> float:
    total = 0
    for pid in pids:
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith(fields))
    return total * 1024 / 1e6


@contextmanager
def peak_growth(pids: Pids) -> Iterator[Callable[[], float]]:
    """Gives, after the block, by how many megabytes the memory of the processes was above its beginning at its peak."""
    before = memory(pids())
    with peak(lambda: memory(pids())) as highest:
        yield lambda: max(highest() - before, 0.1)


@contextmanager
def peak(look: Callable[[], float]) -> Iterator[Callable[[], float]]:
    """Gives, after the block, the most that was seen in it."""
    highest = look()
    ended = threading.Event()

    def keep_looking() -> None:
        nonlocal highest
        while not ended.wait(SAMPLED_EVERY):
            highest = max(highest, look())

    looking = threading.Thread(target=keep_looking, daemon=True)
    looking.start()
    try:
        yield lambda: highest
    finally:
        ended.set()
        looking.join()
