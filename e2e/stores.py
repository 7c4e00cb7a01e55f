"""S3 servers: others', in processes that can be stopped and started again on the same port, and the engine's own."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import boto3
from botocore.client import Config

READY_WITHIN = 60.0

BUCKET = "pictures"


class Store:
    """An S3 server, not started yet.

    The one of `name`, which `VERSITYGW`, `MINIO` or `RCLONE` says where to find; without a name versitygw, which writes
    conditionally, or else rclone, which does not.
    """

    def __init__(self, folder: Path, name: str = "") -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        self._process: subprocess.Popen[bytes] | None = None
        servers = {"versitygw": self._versitygw, "rclone": self._rclone, "minio": self._minio}
        self._command = servers[name]() if name else self._versitygw() or self._rclone()
        self._provider = "MinIO" if name == "minio" else "Custom"

    @property
    def is_to_be_had(self) -> bool:
        return bool(self._command)

    def settings(self) -> dict[str, object]:
        """As a profile's fields."""
        return {
            "provider": self._provider,
            "endpoint_url": f"http://{self.address}",
            "region": "us-east-1",
            "bucket": BUCKET,
            "access_key": "e2e-access",
            "secret_key": "e2e-secret-key",
        }

    def _versitygw(self) -> list[str]:
        program = os.environ.get("VERSITYGW")
        if not program:
            return []
        keys = ["--access", "e2e-access", "--secret", "e2e-secret-key"]
        return [program, *keys, "--port", self.address, "--keep-alive", "--quiet", "posix", str(self.folder)]

    def _rclone(self) -> list[str]:
        program = os.environ.get("RCLONE") or shutil.which("rclone")
        if not program:
            return []
        keys = ["--auth-key", "e2e-access,e2e-secret-key"]
        return [program, "serve", "s3", *keys, "--addr", self.address, "--config", os.devnull, str(self.folder)]

    def _minio(self) -> list[str]:
        program = os.environ.get("MINIO")
        return [program, "server", "--quiet", "--address", self.address, str(self.folder)] if program else []

    def start(self, **settings: str) -> None:
        """The settings are those that the server reads from its environment."""
        keys = {"MINIO_ROOT_USER": "e2e-access", "MINIO_ROOT_PASSWORD": "e2e-secret-key"}
        self._process = subprocess.Popen(
            self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | keys | settings
        )
        host, port = self.address.split(":")
        deadline = time.monotonic() + READY_WITHIN
        while True:
            try:
                socket.create_connection((host, int(port))).close()
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        if not (self.folder / BUCKET).exists():
            self.client().create_bucket(Bucket=BUCKET)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def unfinished(self) -> list[str]:
        """The keys of uploads in parts that nobody has ended; rclone does not tell."""
        if self._command == self._rclone():
            return []
        return [upload["Key"] for upload in self.client().list_multipart_uploads(Bucket=BUCKET).get("Uploads", [])]

    def fill(self, folder: Path) -> None:
        """Puts what lies below the folder into the bucket."""
        for name, file in files_below(folder).items():
            self.client().upload_file(str(file), BUCKET, name)

    def objects(self, prefix: str = "") -> dict[str, bytes]:
        """What is in the bucket below that prefix."""
        pages = self.client().get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=prefix)
        keys = [entry["Key"] for page in pages for entry in page.get("Contents", [])]
        return {key: self.client().get_object(Bucket=BUCKET, Key=key)["Body"].read() for key in keys}

    def client(self, **more: Any) -> Any:
        """Another program's; `more` is botocore's configuration."""
        settings = self.settings()
        return boto3.client(
            "s3",
            endpoint_url=settings["endpoint_url"],
            region_name=settings["region"],
            aws_access_key_id=settings["access_key"],
            aws_secret_access_key=settings["secret_key"],
            config=Config(s3={"addressing_style": "path"}, **more),
        )


class Local:
    """The engine's own, over a folder; the engine starts and stops it."""

    is_to_be_had = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def settings(self) -> dict[str, object]:
        """As a profile's fields."""
        return {"provider": "Local", "folder": str(self.folder), "bucket": BUCKET}

    def start(self) -> None:
        """The engine does."""

    def stop(self) -> None:
        """It ends with the engine."""

    def fill(self, folder: Path) -> None:
        """Puts what lies below the folder into the bucket, before the engine uses it."""
        shutil.copytree(folder, self.folder / BUCKET)

    def objects(self, prefix: str = "") -> dict[str, bytes]:
        """What is in the bucket below that prefix."""
        files = files_below(self.folder / BUCKET)
        names = {name.removesuffix("%o"): file for name, file in files.items()}  # how it writes what has no dot
        return {name: file.read_bytes() for name, file in names.items() if name.startswith(prefix)}


class Served:
    """The same in a process of its own, so that others can be between it and its clients, and outlive them."""

    is_to_be_had = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None
        self._told: dict[str, str] = {}

    def start(self, wheel_folder: Path) -> None:
        """`wheel_folder` has the installed wheel."""
        serve = [sys.executable, "-m", "comfy_bucket", "serve", "--folder", str(self._folder)]
        self._process = subprocess.Popen(
            [*serve, "--json", "--show-secret"],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(wheel_folder)},
        )
        assert self._process.stdout
        self._told = json.loads(self._process.stdout.readline())

    @property
    def address(self) -> str:
        return self._told["endpoint"].removeprefix("http://")

    def settings(self) -> dict[str, object]:
        """As a profile's fields."""
        return {"provider": "Custom", "region": "us-east-1", "endpoint_url": self._told["endpoint"]} | {
            name: self._told[name] for name in ("bucket", "access_key", "secret_key")
        }

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait()


STORES: dict[str, Callable[[Path], Any]] = {
    "local": Local,
    "versitygw": partial(Store, name="versitygw"),
    "minio": partial(Store, name="minio"),
}
"""By their names, each over a folder that is not there yet."""


def files_below(folder: Path) -> dict[str, Path]:
    """Files that are no server's own, by their paths in the folder."""
    names = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}
    return {name: file for name, file in names.items() if not name.startswith(".")}
