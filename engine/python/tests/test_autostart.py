"""The engine is wanted exactly while the outbox has owners."""

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
