"""The engine is wanted exactly while the outbox has owners, or a profile a backup."""

import pytest
from comfy_bucket import autostart


def test_wanted_while_somebody_has_something_to_do(tmp_path, monkeypatch):
    monkeypatch.delenv("COMFY_S3_PROFILES", raising=False)
    assert not autostart.wanted(str(tmp_path))
    (tmp_path / "outbox").mkdir()
    assert not autostart.wanted(str(tmp_path))
    (tmp_path / "outbox" / "owners").mkdir()
    assert autostart.wanted(str(tmp_path))


def test_the_outbox_lies_beside_the_profiles(tmp_path, monkeypatch):
    monkeypatch.setenv("COMFY_S3_PROFILES", str(tmp_path / "mine" / "profiles.json"))
    (tmp_path / "mine" / "outbox" / "owners").mkdir(parents=True)
    assert autostart.wanted(str(tmp_path / "other"))


def test_elsewhere_where_nothing_can_be_written(tmp_path, monkeypatch):
    monkeypatch.delenv("COMFY_S3_PROFILES", raising=False)
    monkeypatch.setattr(autostart, "data_folder", lambda: tmp_path / "data")
    monkeypatch.setattr(autostart.os, "access", lambda place, mode: False)
    assert not autostart.wanted(str(tmp_path / "read-only"))
    (tmp_path / "data" / "outbox" / "owners").mkdir(parents=True)
    assert autostart.wanted(str(tmp_path / "read-only"))


@pytest.mark.parametrize(
    ("backup", "wanted"),
    [("true", True), ('{"remove_after": "7d"}', True), ("{}", True), ("false", False), ("null", False)],
)
def test_wanted_while_a_profile_backs_up(tmp_path, monkeypatch, backup, wanted):
    monkeypatch.delenv("COMFY_S3_PROFILES", raising=False)
    profiles = tmp_path / "profiles.json"
    profiles.write_text('{"profiles": {"none": {}, "one": {"auto_backup": ' + backup + "}}}")
    assert autostart.wanted(str(tmp_path)) is wanted


def test_broken_profiles_want_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv("COMFY_S3_PROFILES", raising=False)
    (tmp_path / "profiles.json").write_text('{"profiles": {"one": {"auto_backup": true}')
    assert not autostart.wanted(str(tmp_path))
    (tmp_path / "profiles.json").write_text('{"profiles": {"one": 5}}')
    assert not autostart.wanted(str(tmp_path))
