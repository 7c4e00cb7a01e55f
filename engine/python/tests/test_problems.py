"""The launcher speaks in the words of the one catalogue."""

import re
from pathlib import Path

import pytest
from comfy_bucket import problems

CATALOGUE = Path(__file__).parents[3] / "docs" / "errors.md"


@pytest.mark.parametrize("code", problems._CATALOGUE)
def test_its_texts_are_those_of_the_catalogue(code):
    row = re.search(rf"^\| `{code}` \| (.*) \| (.*) \|$", CATALOGUE.read_text(encoding="utf-8"), re.MULTILINE)
    assert row and row.groups() == problems._CATALOGUE[code]


def test_the_pip_line_runs_in_a_shell_as_it_is(monkeypatch):
    monkeypatch.setattr(problems.sys, "executable", "/opt/My ComfyUI/bin/python")
    assert problems.pip("x") == '"/opt/My ComfyUI/bin/python" -m pip install x'
