"""Row 15: whether ten times as much takes ten times as long, and not more."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..engine import open_engine
from ..java import JavaProgram
from ..measure import Case, Row, Sample
from ..meters import timed
from ..pictures import photo_like
from ..setting import Setting, on_disk
from ..stores import Store, open_store

BATCH = 10
"""Pictures that one run of a node saves."""

BYTES = 10_000
EACH = 50
"""Files that one writer saves."""

WARM = 1000
"""Files that are no longer anybody's first: before, the engine is compiled while it works."""

PREFIX = "growth/"
GOAL = "a straight line"


def _sizes(setting: Setting) -> tuple[int, ...]:
    return (16,) if setting.small else (10, 100, 1000, 4000, 10_000)


@contextmanager
def _pictures(setting: Setting) -> Iterator[list[Case]]:
    """The node, again and again under one template into one folder, as long evenings do."""
    images = photo_like(BATCH, setting.size(64, 32))
    with open_store(setting) as store, on_disk(setting) as disk, open_engine(disk) as engine:
        inputs = {"profile": store.profile, "key_prefix": PREFIX, "embed_workflow": False, "upload": "wait"}

        def save(pictures: int) -> Sample:
            def work() -> None:
                for _ in range(0, pictures, BATCH):
                    engine.save_floats(images, inputs)

            return _measured(store, work, engine.pids, -(-pictures // BATCH) * BATCH)

        save(setting.size(WARM, 16))
        yield [_case("pictures saved", size, save) for size in _sizes(setting)]


@contextmanager
def _jobs(setting: Setting) -> Iterator[list[Case]]:
    """An outbox that fills while the store is away, is looked at, and is sent by the next process."""
    with open_store(setting) as store, JavaProgram("UseOutbox") as program, setting.disk_folder() as disk:

        def kept(jobs: int) -> Path:
            folder = disk / str(jobs)
            shutil.rmtree(folder, ignore_errors=True)
            _expect(program.ask("keep", folder, store.profile, PREFIX, jobs, BYTES), jobs)
            return folder

        def keep(jobs: int) -> Sample:
            return timed(lambda: kept(jobs), lambda: [program.pid])

        def look(jobs: int) -> Sample:
            folder = disk / str(jobs)
            if not folder.exists():
                kept(jobs)
            return timed(lambda: _expect(program.ask("list", folder), jobs), lambda: [program.pid])

        def send(jobs: int) -> Sample:
            folder = kept(jobs)
            return _measured(store, lambda: _expect(program.ask("send", folder), 0), lambda: [program.pid], jobs)

        send(setting.size(WARM, 16))
        works = {"files accepted into the outbox": keep, "jobs in the outbox listed": look, "left jobs sent": send}
        yield [_case(work, size, run) for work, run in works.items() for size in _sizes(setting)]


@contextmanager
def _writers(setting: Setting) -> Iterator[list[Case]]:
    with open_store(setting) as store, JavaProgram("UseOutbox") as program, setting.disk_folder() as disk:

        def save(writers: int) -> Sample:
            def work() -> None:
                files = writers * EACH
                _expect(program.ask("save", disk / "outbox", store.profile, PREFIX, files, BYTES, writers), files)

            return _measured(store, work, lambda: [program.pid], writers * EACH)

        save(setting.size(WARM // EACH, 2))
        sizes = (2,) if setting.small else (1, 8, 16, 32, 64)
        yield [_case(f"writers at once, {EACH} files each", size, save) for size in sizes]


def _case(work: str, size: int, run: Callable[[int], Sample]) -> Case:
    return Case(f"{size:,} {work}", lambda: run(size), goal=GOAL, warm=False, line=work, size=size)


def _expect(answer: str, wanted: int) -> None:
    if int(answer) != wanted:
        raise AssertionError(f"{answer} in place of {wanted}")


def _measured(store: Store, work: Callable[[], None], pids: Callable[[], list[int]], files: int) -> Sample:
    sample = timed(work, pids)
    stored = len(store.keys(PREFIX))
    store.remove(PREFIX)
    if stored != files:
        raise AssertionError(f"{stored} of {files} files are in the bucket")
    return sample


ROW = Row(15, "Growth", (_pictures, _jobs, _writers))
