"""An S3 server that others wrote, in a process of its own that can be stopped and started again on the same port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

READY_WITHIN = 60.0

BUCKET = "pictures"


class Store:
    """`VERSITYGW` where it names one, which writes conditionally, else rclone, which does not. Not started yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / BUCKET).mkdir(parents=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        self._process: subprocess.Popen[bytes] | None = None
        self._command = self._versitygw() or self._rclone()

    @property
    def is_to_be_had(self) -> bool:
        return bool(self._command)

    def settings(self) -> dict[str, object]:
        """As a profile's fields."""
        return {
            "provider": "Custom",
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

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        host, port = self.address.split(":")
        deadline = time.monotonic() + READY_WITHIN
        while True:
            try:
                socket.create_connection((host, int(port))).close()
                return
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def objects(self) -> dict[str, bytes]:
        """What is in the bucket."""
        bucket = self.folder / BUCKET
        files = [file for file in bucket.rglob("*") if file.is_file()]
        names = {file.relative_to(bucket).as_posix(): file for file in files}
        return {name: file.read_bytes() for name, file in names.items() if not name.startswith(".")}
