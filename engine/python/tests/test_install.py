"""What `scripts/install.py` leaves for the command line."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "install.py"


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(sys, "path", list(sys.path))
    spec = importlib.util.spec_from_file_location("install", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def comfyui(tmp_path: Path, folder_paths: str) -> Path:
    folder = tmp_path / "ComfyUI"
    folder.mkdir()
    (folder / "folder_paths.py").write_text(folder_paths, encoding="utf-8")
    return folder


@pytest.mark.skipif(sys.platform != "linux", reason="the folder for settings is another one")
class TestRemember:
    def test_names_the_folder_for_secrets(self, install: ModuleType, tmp_path: Path) -> None:
        folder = comfyui(tmp_path, 'def get_system_user_directory(name="system"):\n    pass\n')
        install.remember(folder)
        written = json.loads((tmp_path / "config/comfy-bucket/comfyui.json").read_text(encoding="utf-8"))
        assert written == {"secrets": str(folder / "user" / "__cloud_storage")}

    def test_an_older_comfyui_leaves_the_system_folder(self, install: ModuleType, tmp_path: Path) -> None:
        file = tmp_path / "config/comfy-bucket/comfyui.json"
        file.parent.mkdir(parents=True)
        file.write_text('{"secrets": "/elsewhere"}', encoding="utf-8")
        install.remember(comfyui(tmp_path, "def get_user_directory():\n    pass\n"))
        assert not file.exists()

    def test_an_older_comfyui_with_profiles_is_named(self, install: ModuleType, tmp_path: Path) -> None:
        folder = comfyui(tmp_path, "")
        (folder / "user/__cloud_storage").mkdir(parents=True)
        (folder / "user/__cloud_storage/profiles.json").write_text("{}", encoding="utf-8")
        install.remember(folder)
        assert (tmp_path / "config/comfy-bucket/comfyui.json").is_file()
