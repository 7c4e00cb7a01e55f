"""What a user is told to run where the engine is missing does install it."""

import sys
from pathlib import Path

import pytest
from conftest import part

installing = part("installing")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def pack(tmp_path):
    """A pack's folder with a name that a shell would take apart."""
    folder = tmp_path / "custom nodes" / "pack"
    folder.mkdir(parents=True)
    (folder / "requirements.txt").write_bytes((ROOT / "requirements.txt").read_bytes())
    return folder


def folder_of_comfyui():
    return part("host").comfyui_folder()


@pytest.mark.parametrize("wheel", ["comfy-bucket==0.1.0", "comfy_bucket==0.1.0"])
def test_a_release_is_installed_by_pip(pack, wheel):
    (pack / "requirements.txt").write_text(f"# What it needs:\n{wheel}\n")
    assert installing.install_line(pack) == f'{sys.executable} -m pip install -r "{pack / "requirements.txt"}"'


def test_a_linked_checkout_is_installed_by_its_own_command():
    """pip would install nothing but what the wheel needs: it is not published."""
    line = f"{ROOT / 'comfy-bucket'} install --python {sys.executable} {folder_of_comfyui()}"
    assert installing.install_line() == line


def test_a_copy_names_the_command_of_the_checkout_that_it_came_from(pack):
    line = f"./comfy-bucket install --python {sys.executable} {folder_of_comfyui()}  in the checkout"
    assert installing.install_line(pack).startswith(line)
