"""Row 9: many small objects, on warm connections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from ..java import JavaProgram
from ..measure import Case, Row, Sample, Side
from ..meters import timed
from ..setting import Setting
from ..stores import Store, open_sink, open_store

BYTES = 1_500_000

BOTO3_THREADS = 10
"""What s3transfer uses by default. More were not faster."""


@contextmanager
def _near(setting: Setting) -> Iterator[list[Case]]:
    with open_store(setting) as store, _case(setting, store, "") as case:
        yield [case]


@contextmanager
def _sink(setting: Setting) -> Iterator[list[Case]]:
    with (
        open_sink(setting, False, "sink") as plain,
        open_sink(setting, True, "tls-sink") as secure,
        _case(setting, plain, ", store that keeps nothing") as first,
        _case(setting, secure, ", the same over https") as second,
    ):
        yield [first, second]


@contextmanager
def _case(setting: Setting, store: Store, where: str) -> Iterator[Case]:
    count, size = setting.size(200, 4), setting.size(BYTES, 1000)
    with JavaProgram("UseStore") as program, ThreadPoolExecutor(BOTO3_THREADS) as threads:
        client = store.boto3(max_pool_connections=BOTO3_THREADS)

        def put(number: int) -> None:
            client.put_object(Bucket=store.bucket, Key=f"boto3/{number}", Body=bytes(size))

        def ours() -> Sample:
            return _measured(
                store,
                "ours/",
                {f"ours/{number}": size for number in range(count)},
                lambda: program.ask("upload", store.profile, "ours/", count, size),
                lambda: [program.pid],
            )

        def boto3() -> Sample:
            expected = {f"boto3/{number}": size for number in range(count)}
            return _measured(store, "boto3/", expected, lambda: list(threads.map(put, range(count))), list)

        yield Case(f"{count} × {size / 1e6:.1f} MB up, warm{where}", ours, (Side("boto3", boto3),), goal="≥ 2 ×")


def _measured(
    store: Store,
    prefix: str,
    expected: dict[str, int],
    work: Callable[[], object],
    pids: Callable[[], list[int]],
) -> Sample:
    sample = timed(work, pids)
    stored = store.sizes(prefix)
    store.remove(prefix)
    if stored != expected:
        raise AssertionError(f"{len(stored)} objects stored that are not the {len(expected)} that were uploaded")
    return sample


ROW = Row(9, "Many small uploads, warm", (_near, _sink))
