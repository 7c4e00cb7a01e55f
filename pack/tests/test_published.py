"""What goes to the Registry, by .comfyignore, whose patterns are those of .gitignore."""

import pathspec
import pytest
from conftest import ROOT

HERE = [
    "__init__.py",
    "LICENSE",
    "README.md",
    "example_workflows/save_images.json",
    "locales/zh/nodeDefs.json",
    "node_list.json",
    "pack/nodes.json",
    "pack/nodes.py",
    "pyproject.toml",
    "requirements.txt",
    "web/docs/SaveImageToCloud.md",
    "web/docs/SaveImageToCloud/zh.md",
]

LEFT_OUT = ["bench/README.md", "docs/architecture.md", "engine/pom.xml", "pack/tests/conftest.py", "pom.xml", "test"]


@pytest.fixture
def ignored():
    lines = (ROOT / ".comfyignore").read_text(encoding="utf-8").splitlines()
    return pathspec.GitIgnoreSpec.from_lines(lines)


@pytest.mark.parametrize("path", HERE)
def test_what_comfyui_and_its_page_read_is_published(ignored, path):
    assert (ROOT / path).is_file()
    assert not ignored.match_file(path)


@pytest.mark.parametrize("path", LEFT_OUT)
def test_what_only_this_repository_needs_is_not(ignored, path):
    assert (ROOT / path).is_file()
    assert ignored.match_file(path)
