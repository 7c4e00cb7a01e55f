"""The memory that pixels travel in: private, exclusive, there when it is written to, and gone afterwards."""

import contextlib
import errno
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from comfy_bucket import shared_file
from comfy_bucket.handover import HandOver
from comfy_bucket.shared_file import GRAIN, SharedFile

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX file rules")


@pytest.fixture
def pool(tmp_path):
    pool = HandOver(tmp_path)
    yield pool
    pool.close()


def test_what_is_written_is_in_the_file(pool):
    with pool.lease(5) as lease:
        lease.view[:] = b"hello"
        assert Path(lease.path).read_bytes()[:5] == b"hello"


@posix
def test_it_is_private_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        pool = HandOver(tmp_path)
        with pool.lease(1) as lease:
            assert os.stat(lease.path).st_mode & 0o777 == 0o600
        pool.close()
    finally:
        os.umask(before)


def test_one_file_is_used_again_and_grows_in_place(pool):
    with pool.lease(10) as first:
        path = first.path
    with pool.lease(3 * GRAIN + 1) as second:
        assert second.path == path
        assert len(second.view) == 3 * GRAIN + 1
        assert os.path.getsize(path) == 4 * GRAIN
        second.view[-1] = 7


def test_runs_at_the_same_time_never_share_a_file(pool, tmp_path):
    with pool.lease(10) as one, pool.lease(10) as two:
        assert one.path != two.path
    assert len(list(tmp_path.iterdir())) == 2


def test_a_second_release_takes_nothing_from_the_next_run(pool):
    first = pool.lease(10)
    first.release()
    with pool.lease(10) as second:
        first.release()
        with pool.lease(10) as third:
            assert third.path != second.path


def test_a_file_whose_view_is_still_held_is_not_used_again(pool, tmp_path):
    lease = pool.lease(10)
    held = pickle.PickleBuffer(lease.view)
    lease.release()
    assert list(tmp_path.iterdir()) == []
    with pool.lease(10) as other:
        other.view[0] = 1
        assert bytes(held)[:1] == b"\0"


def sizes(folder):
    """Lengths in bytes of the files that are there; one may go while this looks."""
    found = []
    for file in folder.iterdir():
        with contextlib.suppress(FileNotFoundError):
            found.append(file.stat().st_size)
    return found


def test_idle_memory_is_given_back(tmp_path, eventually):
    pool = HandOver(tmp_path, idle_time=0.05)
    with pool.lease(2 * GRAIN) as one, pool.lease(GRAIN):
        path = one.path
    eventually(lambda: sizes(tmp_path) == [0])
    with pool.lease(8) as again:
        again.view[:] = b"12345678"
    assert Path(path).exists() or Path(again.path).exists()
    pool.close()


def test_close_leaves_nothing_behind_not_even_what_is_in_use(pool, tmp_path):
    lease = pool.lease(10)
    with pool.lease(10):
        pass
    pool.close()
    assert list(tmp_path.iterdir()) == []
    lease.release()
    assert list(tmp_path.iterdir()) == []


@posix
def test_leftovers_of_dead_processes_go_and_those_of_living_ones_stay(tmp_path):
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from comfy_bucket.shared_file import SharedFile\n"
        f"file = SharedFile(1, Path({str(tmp_path)!r}))\n"
        "print(file.path, flush=True)\n"
        "sys.stdin.readline()\n"
        "os._exit(9)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    (tmp_path / "comfy-bucket-notes.txt").write_text("not ours to delete")
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
    ) as other:
        path = Path(other.stdout.readline().decode().strip())
        shared_file.remove_leftovers(tmp_path)
        assert path.exists()
        other.stdin.write(b"\n")
        other.stdin.flush()
        other.wait(10)
    assert path.exists()
    pool = HandOver(tmp_path)
    with pool.lease(1):
        assert not path.exists()
    pool.close()
    assert [file.name for file in tmp_path.iterdir()] == ["comfy-bucket-notes.txt"]


@posix
def test_a_link_in_our_name_is_not_followed(tmp_path):
    target = tmp_path / "target"
    target.write_text("precious")
    (tmp_path / "comfy-bucket-1-0.pixels").symlink_to(target)
    shared_file.remove_leftovers(tmp_path)
    assert target.read_text() == "precious"


def test_a_full_place_is_passed_over_for_the_next(tmp_path, monkeypatch):
    full, roomy = tmp_path / "full", tmp_path / "roomy"
    full.mkdir()
    roomy.mkdir()
    monkeypatch.setattr(shared_file, "_places", lambda: iter([full, roomy]))
    really = shared_file._set_length

    def no_room_in_the_first(fd, old, new):
        if any(os.path.samestat(os.fstat(fd), file.stat()) for file in full.iterdir()):
            raise OSError(errno.ENOSPC, "No space left on device")
        really(fd, old, new)

    monkeypatch.setattr(shared_file, "_set_length", no_room_in_the_first)
    file = SharedFile(10)
    assert file.path.parent == roomy
    assert list(full.iterdir()) == []
    file.remove()


@posix
def test_no_room_anywhere_is_an_error_and_no_half_file(tmp_path):
    pool = HandOver(tmp_path)
    with pytest.raises(OSError):
        pool.lease(1 << 60)
    assert list(tmp_path.iterdir()) == []
    pool.close()
