"""The names of the profiles: quick, current, and nothing but the names."""

import json
import os

import pytest
from comfy_bucket import profiles


@pytest.fixture(autouse=True)
def no_setting(monkeypatch):
    monkeypatch.delenv(profiles.SETTING, raising=False)


def write(folder, content):
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / "profiles.json").write_text(text, encoding="utf-8")
    return str(folder)


def test_names_in_the_files_order(tmp_path):
    folder = write(tmp_path, {"profiles": {"zebra": {}, "b2": {"bucket": "x"}, "ü": {}}})
    assert profiles.profile_names(folder) == ["zebra", "b2", "ü"]


def test_no_value_is_kept(tmp_path):
    folder = write(tmp_path, {"profiles": {"a": {"secret_key": "canary-1234"}}})
    profiles.profile_names(folder)
    assert "canary-1234" not in repr(profiles._cache)


def test_a_changed_file_is_read_anew_and_an_unchanged_one_is_not(tmp_path, monkeypatch):
    folder = write(tmp_path, {"profiles": {"a": {}}})
    assert profiles.profile_names(folder) == ["a"]
    with monkeypatch.context() as patch:
        patch.setattr(profiles, "_read", lambda file: pytest.fail("read again"))
        assert profiles.profile_names(folder) == ["a"]
    write(tmp_path, {"profiles": {"a": {}, "b": {}}})
    assert profiles.profile_names(folder) == ["a", "b"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"profiles": []}', "{}", "[" * 100_000])
def test_a_broken_file_has_no_names_and_no_verdict(tmp_path, content):
    folder = write(tmp_path, content)
    assert profiles.profile_names(folder) == []
    assert profiles.unknown_profile("a", folder) is None


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    folder = write(tmp_path, "\ufeff" + json.dumps({"profiles": {"a": {}}}))
    assert profiles.profile_names(folder) == ["a"]


def test_an_unknown_name_is_told_with_the_nearest_ones(tmp_path):
    folder = write(tmp_path, {"profiles": {"b2-outputs": {}, "models": {}}})
    assert profiles.unknown_profile("models", folder) is None
    message = profiles.unknown_profile("b2-output", folder)
    assert message.startswith("Profile not found: b2-output. Choose b2-outputs; ")
    assert str(tmp_path) in message


def test_without_a_file_every_name_is_unknown(tmp_path):
    assert "Choose (env vars); " in profiles.unknown_profile("a", str(tmp_path))


def test_the_place_is_setting_then_comfyuis_folder_then_the_systems(tmp_path, monkeypatch):
    monkeypatch.setattr(profiles, "config_folder", lambda: tmp_path / "config")
    assert profiles.profiles_file() == tmp_path / "config" / "profiles.json"
    assert profiles.profiles_file(str(tmp_path)) == tmp_path / "profiles.json"
    monkeypatch.setenv(profiles.SETTING, os.fspath(tmp_path / "mine.json"))
    assert profiles.profiles_file(str(tmp_path)) == tmp_path / "mine.json"
