"""What `scripts/install.py` puts into a ComfyUI, what it never removes, and what it leaves for the command line."""

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


class TestPlacing:
    """With a checkout of a few files in the place of this one."""

    @pytest.fixture
    def nodes(self, tmp_path: Path) -> Path:
        folder = comfyui(tmp_path, "") / "custom_nodes"
        folder.mkdir()
        return folder

    @staticmethod
    def checkout(folder: Path) -> Path:
        for name in (".git/HEAD", "pack/nodes.json", "README.md"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("ours", encoding="utf-8")
        return folder

    @staticmethod
    def place(install: ModuleType, destination: Path, link: bool = False) -> None:
        install.check_destination(destination)
        install.place_pack(destination, link=link)

    def test_an_earlier_copy_is_replaced(
        self, install: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, nodes: Path
    ) -> None:
        monkeypatch.setattr(install, "ROOT", self.checkout(tmp_path / "checkout"))
        self.place(install, nodes / "comfyui-cloud-storage")
        (nodes / "comfyui-cloud-storage" / "README.md").write_text("older", encoding="utf-8")
        self.place(install, nodes / "comfyui-cloud-storage")
        assert (nodes / "comfyui-cloud-storage" / "README.md").read_text(encoding="utf-8") == "ours"

    @pytest.mark.parametrize("link", [False, True])
    @pytest.mark.parametrize("name", ["comfyui-cloud-storage", "cloned-under-another-name"])
    def test_a_checkout_in_custom_nodes_stays_where_it_is(
        self, install: ModuleType, monkeypatch: pytest.MonkeyPatch, nodes: Path, name: str, link: bool
    ) -> None:
        checkout = self.checkout(nodes / name)
        monkeypatch.setattr(install, "ROOT", checkout)
        self.place(install, nodes / "comfyui-cloud-storage", link)
        assert list(nodes.iterdir()) == [checkout]
        assert (checkout / ".git" / "HEAD").is_file()

    def test_another_checkout_is_not_removed(
        self, install: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, nodes: Path
    ) -> None:
        monkeypatch.setattr(install, "ROOT", self.checkout(tmp_path / "checkout"))
        other = self.checkout(nodes / "comfyui-cloud-storage")
        with pytest.raises(SystemExit, match="checkout of its own"):
            self.place(install, other)
        assert (other / ".git" / "HEAD").is_file()
