"""Starts the store in a Java process of its own, built by `scripts/mvn -pl store test-compile`."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import boto3
import pytest
from botocore.config import Config

STORE = Path(__file__).resolve().parent.parent
HEAP = ("-Xmx48m", "-XX:+UseSerialGC")  # little, so that whatever does not stream fails
CLASSES = f"{STORE}/target/classes{os.pathsep}{STORE}/target/test-classes"


@dataclass(frozen=True)
class Server:
    """A running store and what a client needs to know of it."""

    process: subprocess.Popen
    folder: Path
    endpoint: str
    access_key: str
    secret_key: str
    bucket: str

    def client(self, **config):
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}, **config),
        )

    def environment(self, home: Path) -> dict[str, str]:
        """For a client that is a program: these credentials and nobody's settings."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=20)


def java() -> str:
    home = subprocess.run([STORE.parent / "scripts" / "find-jdk"], capture_output=True, text=True, check=True)
    return f"{home.stdout.strip()}/bin/java"


def start(folder: Path, *options: str) -> Server:
    process = subprocess.Popen(
        [java(), *HEAP, "-cp", CLASSES, "comfybucket.store.ServeFolder", str(folder), *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    ready = json.loads(process.stdout.readline())
    return Server(process, folder, ready["endpoint"], ready["access_key"], ready["secret_key"], ready["bucket"])


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = start(tmp_path_factory.mktemp("store"))
    yield running
    running.stop()
