"""Row 8: one large file, which goes in parts side by side."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from boto3.s3.transfer import TransferConfig

from ..java import JavaProgram
from ..measure import Case, Row, Sample, Side
from ..meters import timed
from ..setting import Setting
from ..stores import Store, open_sink
from ..transfers import crt_manager, rclone_copy

BLOCK = 1 << 20
GOAL = "≥ 1.8 ×, ≤ 1.3 s of CPU"


@contextmanager
def _open(setting: Setting) -> Iterator[list[Case]]:
    file = _file(setting.new_folder("large"), setting.size(2048, 40))
    with (
        open_sink(setting, True, "large-tls") as secure,
        open_sink(setting, False, "large") as plain,
        JavaProgram("UseStore") as program,
    ):
        yield [_case(setting, store, file, program) for store in (secure, plain)]


def _file(folder: Path, blocks: int) -> Path:
    """Bytes that no compression helps with."""
    file, block = folder / "large.bin", os.urandom(BLOCK)
    with file.open("wb") as out:
        for _ in range(blocks):
            out.write(block)
    return file


def _case(setting: Setting, store: Store, file: Path, program: JavaProgram) -> Case:
    client = store.boto3(max_pool_connections=20)
    crt = crt_manager(store)
    size = file.stat().st_size

    def ours() -> Sample:
        return _measured(store, size, lambda key: program.ask("send", store.profile, key, file), lambda: [program.pid])

    def boto3() -> Sample:
        return _measured(
            store, size, lambda key: client.upload_file(str(file), store.bucket, key, Config=TransferConfig())
        )

    def by_crt() -> Sample:
        return _measured(store, size, lambda key: crt.upload(str(file), store.bucket, key).result())

    def rclone() -> Sample:
        return _measured(store, size, lambda key: rclone_copy(setting, store, str(file), key))

    peers = [Side("boto3", boto3), Side("s3transfer on CRT", by_crt)]
    peers += [Side("rclone", rclone)] if setting.rclone else []
    scheme = store.endpoint.partition(":")[0]
    return Case(f"{size / (1 << 30):.2f} GiB up over {scheme}", ours, tuple(peers), goal=GOAL)


def _measured(store: Store, size: int, work: Callable[[str], object], pids: Callable[[], list[int]] = list) -> Sample:
    key = "large/object"
    sample = timed(lambda: work(key), pids)
    stored = store.sizes(key)
    store.remove(key)
    if stored != {key: size}:
        raise AssertionError(f"{stored} stored where {size} bytes were uploaded")
    return sample


ROW = Row(8, "A large upload", (_open,))
