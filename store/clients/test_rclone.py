"""rclone, which is written in Go and checks after each transfer that both sides hash alike."""

import os
import shutil
import subprocess

import pytest

RCLONE = os.environ.get("RCLONE") or shutil.which("rclone")
pytestmark = pytest.mark.skipif(not RCLONE, reason="rclone is not on PATH and RCLONE does not name it")


@pytest.fixture
def rclone(server, tmp_path):
    settings = {
        "RCLONE_CONFIG_STORE_TYPE": "s3",
        "RCLONE_CONFIG_STORE_PROVIDER": "Other",
        "RCLONE_CONFIG_STORE_ENDPOINT": server.endpoint,
        "RCLONE_CONFIG_STORE_ACCESS_KEY_ID": server.access_key,
        "RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY": server.secret_key,
        "RCLONE_CONFIG_STORE_REGION": "us-east-1",
    }

    def run(*arguments: str, stdin: bytes = b"") -> str:
        done = subprocess.run(
            [RCLONE, "--retries", "1", "--low-level-retries", "1", *arguments],
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), **settings},
            input=stdin,
            capture_output=True,
            timeout=120,
        )
        errors = done.stderr.decode()
        assert done.returncode == 0, errors
        assert "ERROR" not in errors, errors
        return done.stdout.decode()

    return run


def test_a_tree_is_copied_checked_changed_and_purged(server, rclone, tmp_path):
    source = tmp_path / "source"
    for name, size in {"a": 0, "b/c.png": 1_300_000, "B/ü ?.txt": 10, "b/big": 21 << 20}.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(os.urandom(size))
    there = f"store:{server.bucket}/rclone"
    rclone("copy", str(source), there, "--s3-upload-cutoff", "8M", "--s3-chunk-size", "8M")
    rclone("check", str(source), there, "--download")
    rclone("check", str(source), there)
    assert set(rclone("lsf", "-R", "--files-only", there).split("\n")) >= {"a", "b/c.png", "B/ü ?.txt", "b/big"}

    (source / "a").write_bytes(b"changed")
    (source / "b/c.png").unlink()
    rclone("sync", str(source), there)
    assert rclone("cat", f"{there}/a") == "changed"
    rclone("moveto", f"{there}/a", f"{there}/moved/a")
    rclone("copyto", f"{there}/b/big", f"{there}/copied", "--s3-copy-cutoff", "10M", "--s3-chunk-size", "8M")
    assert rclone("size", there).startswith("Total objects: 4")
    rclone("purge", there)
    assert rclone("lsf", "-R", there) == ""


def test_modification_times_are_kept(server, rclone, tmp_path):
    file = tmp_path / "dated"
    file.write_bytes(b"old")
    os.utime(file, (1_000_000_000, 1_000_000_000))
    rclone("copy", str(file), f"store:{server.bucket}/dated")
    assert "2001-09-09 01:46:40" in rclone("lsl", f"store:{server.bucket}/dated")


def test_a_stream_of_unknown_length(server, rclone):
    sent = os.urandom(7 << 20)
    rclone("rcat", f"store:{server.bucket}/streamed", "--s3-chunk-size", "5M", stdin=sent)
    assert (server.folder / server.bucket / "streamed%o").read_bytes() == sent
