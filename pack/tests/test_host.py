"""What the pack asks of ComfyUI, in its older and newer versions."""

import logging
from pathlib import Path

import folder_paths
import pytest
from conftest import ROOT, part

host = part("host")


@pytest.fixture(autouse=True)
def lines_once_more():
    host._warn_about.cache_clear()
    host._tell_about_system_folder.cache_clear()


def test_secrets_are_in_comfyuis_protected_folder_where_it_has_one(comfyui, monkeypatch):
    def get_system_user_directory(name="system"):
        return str(comfyui / "user" / f"__{name}")

    monkeypatch.setattr(folder_paths, "get_system_user_directory", get_system_user_directory, raising=False)
    assert host.secrets_folder() == str(comfyui / "user" / "__cloud_storage")
    assert host.folders() == {
        name: str(comfyui / place)
        for name, place in {
            "output": "output",
            "temp": "temp",
            "input": "input",
            "user": Path("user") / "__cloud_storage",
        }.items()
    }


def test_an_older_comfyui_gets_the_systems_folder_and_one_line_says_so(comfyui, caplog):
    caplog.set_level(logging.INFO, "comfy_bucket")
    assert host.secrets_folder() is None
    assert "user" not in host.folders()
    assert caplog.text.count("no safe one") == 1


def test_a_file_that_lies_in_an_unprotected_folder_is_read_with_a_warning_that_names_the_fix(comfyui, caplog):
    folder = comfyui / "user" / "__cloud_storage"
    folder.mkdir(parents=True)
    (folder / "profiles.json").write_text("{}")
    assert host.secrets_folder() == host.secrets_folder() == str(folder)
    warnings = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert len(warnings) == 1
    assert str(folder / "profiles.json") in warnings[0]
    assert "v0.3.76" in warnings[0] and "COMFY_S3_PROFILES" in warnings[0]


def test_the_engine_is_told_who_we_are(comfyui):
    hello = part("engine")._hello()
    assert hello["version"] == part("engine").VERSION
    assert hello["comfyui"] == "0.3.48"


def test_the_replaced_pack_beside_ours_is_named_in_one_line(comfyui, caplog):
    packs = comfyui / "custom_nodes"
    for name, files in {
        "comfyui-cloud-storage-1": ("nodes_profile.py", "nodes_save.py", "nodes_load.py", "providers.py"),
        "comfyui-cloud-storage-2.disabled": ("nodes_profile.py", "nodes_save.py", "nodes_load.py", "providers.py"),
        "another": ("nodes_save.py",),
    }.items():
        (packs / name).mkdir(parents=True)
        for file in files:
            (packs / name / file).touch()
    (packs / "single.py").touch()
    part("neighbour").warn_about_original()
    assert [record.getMessage().split(" has ")[0] for record in caplog.records] == [
        f"Cloud storage: {packs / 'comfyui-cloud-storage-1'}"
    ]


def test_no_custom_nodes_folder_is_no_error(monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(folder_paths, "get_folder_paths", lambda name: [str(tmp_path / "none")])
    part("neighbour").warn_about_original()
    assert not caplog.records


def test_the_pack_says_the_version_that_its_project_file_says():
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{part("engine").VERSION}"' in project
