"""The S3 server that all sides use: a process of its own, and a slow line to it where one is wanted."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import boto3
from botocore.client import Config

from .certificates import self_signed
from .java import java_command
from .setting import Setting

BUCKET = "bench"
READY_WITHIN = 60.0

RTT = 0.05
"""Seconds; a store a country away."""

BITS_PER_SECOND = 200e6
"""For one connection."""


@dataclass(frozen=True)
class Store:
    """A running store, and the name of the profile through which the engine uses it."""

    endpoint: str
    bucket: str
    access_key: str
    secret_key: str
    profile: str
    folder: Path
    """Where it keeps its buckets; a file that is put there by hand is an object too."""
    authority: Path | None = None
    """The certificate to trust, of a store that speaks TLS."""

    def settings(self) -> dict[str, object]:
        """As a profile's fields."""
        trust = {"ca_bundle": str(self.authority)} if self.authority else {}
        return {
            "provider": "Custom",
            "endpoint_url": self.endpoint,
            "region": "us-east-1",
            "bucket": self.bucket,
            "access_key": self.access_key,
            "secret_key": self.secret_key,
            **trust,
        }

    def boto3(self, **config: Any) -> Any:
        """A new client."""
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            verify=str(self.authority) if self.authority else None,
            config=Config(s3={"addressing_style": "path"}, **config),
        )

    def sizes(self, prefix: str) -> dict[str, int]:
        """What is stored below a prefix, with its bytes."""
        pages = self.boto3().get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix)
        return {entry["Key"]: entry["Size"] for page in pages for entry in page.get("Contents", [])}

    def keys(self, prefix: str) -> list[str]:
        """What is stored below a prefix."""
        return list(self.sizes(prefix))

    def read(self, key: str) -> bytes:
        """An object's bytes."""
        return bytes(self.boto3().get_object(Bucket=self.bucket, Key=key)["Body"].read())

    def remove(self, prefix: str) -> None:
        """Everything below a prefix."""
        client = self.boto3()
        keys = self.keys(prefix)
        for start in range(0, len(keys), 1000):
            objects = [{"Key": key} for key in keys[start : start + 1000]]
            client.delete_objects(Bucket=self.bucket, Delete={"Objects": objects, "Quiet": True})


@contextmanager
def open_store(setting: Setting, name: str = "near") -> Iterator[Store]:
    """A new store on this machine. `name` is its profile's."""
    with _versitygw(setting, name) if setting.versitygw else _embedded(setting, name) as store:
        setting.add_profile(name, store.settings())
        yield store


@contextmanager
def far_away(setting: Setting, store: Store, name: str = "far") -> Iterator[Store]:
    """The same store at the end of a slow line."""
    host, _, port = store.endpoint.removeprefix("http://").partition(":")
    command = [sys.executable, str(Path(__file__).with_name("relay.py")), host, port, str(RTT), str(BITS_PER_SECOND)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as relay:
        assert relay.stdout
        try:
            far = replace(store, endpoint=f"http://127.0.0.1:{relay.stdout.readline().strip()}", profile=name)
            setting.add_profile(name, far.settings())
            yield far
        finally:
            relay.terminate()


@contextmanager
def open_sink(setting: Setting, secure: bool, name: str) -> Iterator[Store]:
    """A store that neither hashes nor keeps what is uploaded, over TLS if wanted: only its clients' work is left."""
    folder = setting.new_folder("sink")
    certificate = self_signed(folder) if secure else None
    arguments = [str(certificate.keys), certificate.password] if certificate else []
    with subprocess.Popen(java_command("Sink", *arguments), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            scheme, port = "https" if secure else "http", process.stdout.readline().strip()
            authority = certificate.authority if certificate else None
            sink = Store(f"{scheme}://127.0.0.1:{port}", BUCKET, "bench", "secret", name, folder, authority)
            setting.add_profile(name, sink.settings())
            yield sink
        finally:
            process.terminate()


@contextmanager
def _embedded(setting: Setting, name: str) -> Iterator[Store]:
    folder = setting.new_folder("store")
    serve = java_command("comfybucket.Main", "serve", "--folder", str(folder), "--show-secret", "--json")
    with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            told = json.loads(process.stdout.readline())
            yield Store(told["endpoint"], told["bucket"], told["access_key"], told["secret_key"], name, folder)
        finally:
            process.terminate()


@contextmanager
def _versitygw(setting: Setting, name: str) -> Iterator[Store]:
    folder = setting.new_folder("versitygw")
    (folder / BUCKET).mkdir()
    secret = secrets.token_hex(16)
    port = _free_port()
    command = [str(setting.versitygw), "--access", "bench", "--secret", secret, "--port", f"127.0.0.1:{port}"]
    command += ["--keep-alive", "--quiet", "posix", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=dict(os.environ)) as process:
        try:
            _await_port(port)
            yield Store(f"http://127.0.0.1:{port}", BUCKET, "bench", secret, name, folder)
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _await_port(port: int) -> None:
    end = time.monotonic() + READY_WITHIN
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
