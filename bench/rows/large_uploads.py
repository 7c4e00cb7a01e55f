"""Row 8: one large file, which goes in parts side by side."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from boto3.s3.transfer import TransferConfig
from botocore.credentials import Credentials
from botocore.session import Session
from s3transfer.crt import (
    BotocoreCRTCredentialsWrapper,
    BotocoreCRTRequestSerializer,
    CRTTransferManager,
    create_s3_crt_client,
)

from ..java import JavaProgram
from ..measure import Case, Row, Sample, Side
from ..meters import timed
from ..setting import Setting
from ..stores import Store, open_sink

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
    crt = _crt(store)
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
        return _measured(store, size, lambda key: _rclone(setting, store, file, key))

    peers = [Side("boto3", boto3), Side("s3transfer on CRT", by_crt)]
    peers += [Side("rclone", rclone)] if setting.rclone else []
    scheme = store.endpoint.partition(":")[0]
    return Case(f"{size / (1 << 30):.2f} GiB up over {scheme}", ours, tuple(peers), goal=GOAL)


def _measured(store: Store, size: int, work: Callable[[str], object], pids: Callable[[], list[int]] = list) -> Sample:
    key = "large/object"
    before = _of_ended_children()
    sample = timed(lambda: work(key), pids)
    ended = _of_ended_children() - before
    stored = store.sizes(key)
    store.remove(key)
    if stored != {key: size}:
        raise AssertionError(f"{stored} stored where {size} bytes were uploaded")
    return Sample(sample.value, (sample.cpu or 0) + ended)


def _of_ended_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _crt(store: Store) -> CRTTransferManager:
    """As boto3 makes it, for any endpoint."""
    session = Session()
    credentials = Credentials(store.access_key, store.secret_key)
    session.set_credentials(store.access_key, store.secret_key)
    client = create_s3_crt_client(
        region="us-east-1",
        crt_credentials_provider=BotocoreCRTCredentialsWrapper(credentials).to_crt_credentials_provider(),
        use_ssl=store.authority is not None,
        verify=str(store.authority) if store.authority else None,
    )
    serializer = BotocoreCRTRequestSerializer(session, {"region_name": "us-east-1", "endpoint_url": store.endpoint})
    return CRTTransferManager(client, serializer)


def _rclone(setting: Setting, store: Store, file: Path, key: str) -> None:
    remote = (
        f":s3,provider=Other,force_path_style=true,env_auth=false,access_key_id={store.access_key},"
        f"secret_access_key={store.secret_key},region=us-east-1,endpoint='{store.endpoint}':{store.bucket}/{key}"
    )
    command = [str(setting.rclone), "--config", os.devnull, "copyto", "--s3-no-check-bucket", str(file), remote]
    if store.authority:
        command += ["--ca-cert", str(store.authority)]
    subprocess.run(command, check=True)


ROW = Row(8, "A large upload", (_open,))
