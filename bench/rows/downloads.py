"""Row 7: one large object, on warm connections, into a file in memory: what is measured is the way there."""

from __future__ import annotations

import time
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

HEADER = 128
"""Bytes before what the sink makes up, which repeats after BLOCK bytes."""

BLOCK = 1 << 20


@contextmanager
def _open(setting: Setting) -> Iterator[list[Case]]:
    size = setting.size(2 << 30, 40 << 20)
    target = setting.new_folder("downloads") / "object"
    with (
        open_sink(setting, True, "down-tls") as secure,
        open_sink(setting, False, "down") as plain,
        JavaProgram("UseStore") as program,
    ):
        yield [
            _case(setting, secure, size, target, program, "≥ 1.8 ×, ≤ 0.6 of its CPU; then ≥ 2.4 ×, ≤ 0.35"),
            _case(setting, plain, size, target, program, "≥ 1.7 ×"),
        ]


def _case(setting: Setting, store: Store, size: int, target: Path, program: JavaProgram, goal: str) -> Case:
    key = f"made/{size}-object.safetensors"
    client = store.boto3(max_pool_connections=20)
    crt = crt_manager(store)
    config = TransferConfig()

    def measured(work: Callable[[], object], pids: Callable[[], list[int]] = list) -> Sample:
        sample = timed(work, pids)
        require_made(target, size)
        target.unlink()
        return sample

    def ours() -> Sample:
        return measured(lambda: program.ask("fetch", store.profile, key, target), lambda: [program.pid])

    def boto3() -> Sample:
        return measured(lambda: client.download_file(store.bucket, key, str(target), Config=config))

    def by_crt() -> Sample:
        return measured(download_by_crt)

    def download_by_crt() -> None:
        crt.download(store.bucket, key, str(target)).result()
        while not target.exists():  # It gives the file its name a moment after its result.
            time.sleep(0.0005)

    def rclone() -> Sample:
        return measured(lambda: rclone_copy(setting, store, str(target), key, down=True))

    peers = [Side("boto3", boto3), Side("s3transfer on CRT", by_crt)]
    peers += [Side("rclone", rclone)] if setting.rclone else []
    scheme = store.endpoint.partition(":")[0]
    return Case(f"{size / (1 << 30):.2f} GiB down over {scheme}", ours, tuple(peers), goal=goal)


def require_made(file: Path, size: int) -> None:
    """That it is as long as the sink's object, and has its bytes at some places."""
    with file.open("rb") as data:
        start = data.read(BLOCK)
        data.seek(size - BLOCK)
        end = data.read()
    whole = file.stat().st_size == size and size % BLOCK == 0
    if not whole or start[HEADER:] != end[HEADER:] or not start[8:].startswith(b'{"made"'):
        raise AssertionError("The file is not the object")


ROW = Row(7, "A large download, warm", (_open,))
