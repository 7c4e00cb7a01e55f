"""Row 10: the keys of a bucket, on warm connections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..java import JavaProgram
from ..measure import Case, Row, Sample, Side
from ..meters import timed
from ..setting import Setting
from ..stores import Store, open_store

FIRST_ROWS = 200


@contextmanager
def _open(setting: Setting) -> Iterator[list[Case]]:
    counts = [5_000, 100_000] if not setting.small else [12]
    with open_store(setting) as store, JavaProgram("UseStore") as program:
        cases = []
        for count in counts:
            prefix = f"listed-{count}/"
            make_objects(store, prefix, count)
            cases.append(_whole(store, program, prefix, count))
            cases.append(_first(store, program, prefix, count))
        yield cases


def make_objects(store: Store, prefix: str, count: int) -> None:
    """Empty objects, put there as files: uploading 100,000 of them is another row's matter."""
    folder = store.folder / store.bucket / prefix
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"{number:06}.png").touch()


def _whole(store: Store, program: JavaProgram, prefix: str, count: int) -> Case:
    client = store.boto3()

    def boto3() -> int:
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=store.bucket, Prefix=prefix)
        return sum(len(page.get("Contents", [])) for page in pages)

    return Case(
        f"{count:,} keys listed",
        lambda: _counted(count, lambda: int(program.ask("list", store.profile, prefix)), [program.pid]),
        (Side("boto3", lambda: _counted(count, boto3, [])),),
        goal="≥ 3 ×",
    )


def _first(store: Store, program: JavaProgram, prefix: str, count: int) -> Case:
    client = store.boto3()
    rows = min(FIRST_ROWS, count)

    def boto3() -> int:
        page = client.list_objects_v2(Bucket=store.bucket, Prefix=prefix, MaxKeys=rows)
        return len(page["Contents"])

    return Case(
        f"first {rows} of {count:,} keys",
        lambda: _counted(rows, lambda: int(program.ask("first", store.profile, prefix, rows)), [program.pid]),
        (Side("boto3", lambda: _counted(rows, boto3, [])),),
        goal="≤ 0.3 s",
    )


def _counted(expected: int, work: Callable[[], int], pids: list[int]) -> Sample:
    found = []
    sample = timed(lambda: found.append(work()), lambda: pids)
    if found != [expected]:
        raise AssertionError(f"{found[0]} keys where there are {expected}")
    return sample


ROW = Row(10, "Listing, warm", (_open,))
