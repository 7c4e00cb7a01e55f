"""Row 9: many small objects, on warm connections; and the first ones of a process."""

from __future__ import annotations

import subprocess
import sys
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


NEW_BOTO3 = """
import sys
from concurrent.futures import ThreadPoolExecutor
import boto3
from botocore.client import Config
endpoint, bucket, authority, count, size, threads = sys.argv[1:]
config = Config(s3={"addressing_style": "path"}, max_pool_connections=int(threads))
client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="bench",
                      aws_secret_access_key="secret", verify=authority, config=config)
with ThreadPoolExecutor(int(threads)) as pool:
    body = bytes(int(size))
    list(pool.map(lambda n: client.put_object(Bucket=bucket, Key=f"boto3/{n}", Body=body), range(int(count))))
"""


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
def _first(setting: Setting) -> Iterator[list[Case]]:
    """By processes that have just started, which compile what TLS needs meanwhile."""
    count, size = setting.size(200, 4), setting.size(BYTES, 1000)
    with open_sink(setting, True, "first-sink") as store:

        def ours() -> Sample:
            def upload() -> None:
                with JavaProgram("UseStore") as program:
                    program.ask("upload", store.profile, "ours/", count, size)

            return _measured(store, "ours/", {f"ours/{number}": size for number in range(count)}, upload, list)

        def boto3() -> Sample:
            words = [store.endpoint, store.bucket, str(store.authority), str(count), str(size), str(BOTO3_THREADS)]
            command = [sys.executable, "-c", NEW_BOTO3, *words]
            expected = {f"boto3/{number}": size for number in range(count)}
            return _measured(store, "boto3/", expected, lambda: subprocess.run(command, check=True), list)

        work = f"{count} × {size / 1e6:.1f} MB up over https, by a new process"
        yield [Case(work, ours, (Side("boto3", boto3),), goal="≥ 1 ×")]


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


ROW = Row(9, "Many small uploads", (_near, _sink, _first))
