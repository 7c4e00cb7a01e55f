"""The AWS command line, version 1 from PyPI."""

import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

AWS = shutil.which("aws", path=str(Path(sys.executable).parent)) or "aws"


@pytest.fixture
def aws(server, tmp_path):
    def run(*arguments: str, expect: int = 0) -> str:
        done = subprocess.run(
            [AWS, *arguments], env=server.environment(tmp_path), capture_output=True, text=True, timeout=120
        )
        assert done.returncode == expect, done.stderr
        return done.stdout + done.stderr

    return run


def test_a_folder_goes_up_is_listed_comes_down_and_is_removed(server, aws, tmp_path):
    source = tmp_path / "source"
    (source / "sub dir").mkdir(parents=True)
    (source / "a.txt").write_text("a")
    (source / "sub dir" / "ü.bin").write_bytes(os.urandom(9 << 20))  # above the 8 MiB from which it uses parts
    there = f"s3://{server.bucket}/cli"
    aws("s3", "sync", str(source), there)
    assert "upload" not in aws("s3", "sync", str(source), there), "nothing has changed, so nothing is sent again"
    listed = aws("s3", "ls", there, "--recursive")
    assert "cli/a.txt" in listed and "cli/sub dir/ü.bin" in listed
    assert "PRE sub dir/" in aws("s3", "ls", f"{there}/")

    target = tmp_path / "target"
    aws("s3", "cp", there, str(target), "--recursive")
    for name in ("a.txt", "sub dir/ü.bin"):
        assert (target / name).read_bytes() == (source / name).read_bytes()
    aws("s3", "mv", f"{there}/a.txt", f"{there}/b.txt")
    aws("s3", "rm", there, "--recursive")
    assert aws("s3", "ls", there, "--recursive", expect=1) == ""


def test_buckets_are_made_and_removed(server, aws):
    aws("s3", "mb", "s3://made-by-cli")
    assert "made-by-cli" in aws("s3", "ls")
    aws("s3", "rb", "s3://made-by-cli")
    assert "made-by-cli" not in aws("s3", "ls")


@pytest.mark.parametrize("algorithm", ["CRC32", "SHA256"])
def test_checksums_of_the_client_are_accepted_and_returned(server, aws, tmp_path, algorithm):
    file = tmp_path / "file"
    file.write_bytes(b"checked")
    where = ("--bucket", server.bucket, "--key", f"sums/{algorithm}")
    aws("s3api", "put-object", *where, "--body", str(file), "--checksum-algorithm", algorithm)
    assert f"Checksum{algorithm}" in aws("s3api", "head-object", *where, "--checksum-mode", "ENABLED")


def test_a_link_opens(server, aws, tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"shared")
    aws("s3", "cp", str(file), f"s3://{server.bucket}/shared/x")
    aws("configure", "set", "default.s3.signature_version", "s3v4")
    link = aws("s3", "presign", f"s3://{server.bucket}/shared/x", "--expires-in", "60").strip()
    with urllib.request.urlopen(link) as answer:
        assert answer.read() == b"shared"


def test_errors_are_understood(server, aws):
    assert "NoSuchBucket" in aws("s3", "ls", "s3://not-there", expect=255)
    assert "404" in aws("s3", "cp", f"s3://{server.bucket}/not-there", "-", expect=1)
