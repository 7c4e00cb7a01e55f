"""ETags of a real MinIO: those that are the MD5 tell what is damaged, and no other makes good bytes look damaged."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bases import make_base
from comfyui import DONE_WITHIN
from line import Line
from stores import BUCKET, Store

CONTENT = b"a model that can be compressed. " * (9 << 15)
"""Nine MiB; each KiB of it has what is damaged."""

PART = 5 << 20

MEETS_NO_LIMIT = float(1 << 40)

STORED: dict[str, dict[str, str]] = {
    "plainly": {},
    "with the store's key": {"ServerSideEncryption": "AES256"},
    "with a named key": {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "e2e"},
}
"""How objects are stored, as boto3's arguments."""

PROVEN = ("plainly", "with the store's key")
"""So that the ETag of an object in one piece is the MD5 of its bytes."""


@pytest.fixture(scope="module", params=["off", "on"], ids=["uncompressed", "compressed"])
def minio(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store(tmp_path_factory.mktemp("minio") / "store", "minio")
    if not store.is_to_be_had:
        pytest.skip("MINIO names no MinIO")
    store.start(
        MINIO_KMS_SECRET_KEY="e2e:" + base64.b64encode(b"e" * 32).decode(),
        MINIO_COMPRESSION_ENABLE=request.param,
        MINIO_COMPRESSION_EXTENSIONS=".safetensors",
    )
    # Nothing but the ETag says what the bytes were.
    client = store.client(request_checksum_calculation="when_required")
    for way, options in STORED.items():
        client.put_object(Bucket=BUCKET, Key=f"{way}/whole.safetensors", Body=CONTENT, **options)
        put_in_parts(client, f"{way}/parts.safetensors", options)
    yield store
    store.stop()


def put_in_parts(client: Any, key: str, options: dict[str, str]) -> None:
    upload = client.create_multipart_upload(Bucket=BUCKET, Key=key, **options)["UploadId"]
    parts = []
    for number, start in enumerate(range(0, len(CONTENT), PART), 1):
        body = CONTENT[start : start + PART]
        sent = client.upload_part(Bucket=BUCKET, Key=key, UploadId=upload, PartNumber=number, Body=body)
        parts.append({"PartNumber": number, "ETag": sent["ETag"]})
    client.complete_multipart_upload(Bucket=BUCKET, Key=key, UploadId=upload, MultipartUpload={"Parts": parts})


Pull = Callable[..., tuple[dict[str, Any], Path]]


@pytest.fixture
def pull(minio: Store, tmp_path: Path, wheel_folder: Path) -> Iterator[Pull]:
    """Pulls an object over a line that damages so many chunks; gives what was said of it, and its file."""
    line = Line(minio.address, MEETS_NO_LIMIT)
    profile = {**minio.settings(), "endpoint_url": f"http://{line.address}"}
    settings = make_base(tmp_path / "base", {"minio": profile}) / "profiles.json"
    environment = os.environ | {"COMFY_S3_PROFILES": str(settings), "PYTHONPATH": str(wheel_folder)}

    def pull(key: str, damaged: int) -> tuple[dict[str, Any], Path]:
        line.damage = Damage(damaged)
        command = [sys.executable, "-m", "comfy_bucket", "pull", key, "--to", str(tmp_path), "--profile", "minio"]
        run = subprocess.run([*command, "--json"], env=environment, capture_output=True, text=True, timeout=DONE_WITHIN)
        return json.loads(run.stdout), tmp_path / Path(key).name

    yield pull
    line.close()


class Damage:
    """Flips a bit in each of the first so many chunks that have the content's bytes."""

    def __init__(self, chunks: int) -> None:
        self._left = chunks

    def __call__(self, data: bytes) -> bytes:
        if self._left == 0 or b" a model " not in data:
            return data
        self._left -= 1
        return data.replace(b" a model ", b" a modem ", 1)


def etag(minio: Store, key: str) -> str:
    return str(minio.client().head_object(Bucket=BUCKET, Key=key)["ETag"]).strip('"')


@pytest.mark.parametrize("way", STORED)
def test_what_is_good_is_taken(minio: Store, pull: Pull, way: str) -> None:
    for name in ("whole", "parts"):
        told, file = pull(f"{way}/{name}.safetensors", damaged=0)
        assert told["state"] == "pulled", told
        assert file.read_bytes() == CONTENT


@pytest.mark.parametrize("way", PROVEN)
def test_what_is_damaged_is_noticed_by_the_etag(minio: Store, pull: Pull, way: str) -> None:
    key = f"{way}/whole.safetensors"
    assert etag(minio, key) == hashlib.md5(CONTENT).hexdigest()
    told, file = pull(key, damaged=1 << 20)
    assert (told["state"], told["code"]) == ("failed", "checksum_mismatch")
    assert not file.exists()
    told, file = pull(key, damaged=1)
    assert told["state"] == "pulled", told
    assert file.read_bytes() == CONTENT


@pytest.mark.parametrize("way", STORED)
def test_other_etags_are_no_md5(minio: Store, way: str) -> None:
    assert etag(minio, f"{way}/parts.safetensors").endswith("-2")
    if way not in PROVEN:
        assert etag(minio, f"{way}/whole.safetensors") != hashlib.md5(CONTENT).hexdigest()
