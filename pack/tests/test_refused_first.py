"""What cannot be saved is refused before anything is encoded, by the engine, for every save node that encodes."""

import json

import pytest
from comfy_bucket.errors import EngineError
from comfy_bucket.profiles import profiles_file
from comfyui import Executor
from test_media_nodes import Source, prompt

REMOTE = {
    "provider": "MinIO",
    "endpoint_url": "http://127.0.0.1:9",
    "access_key": "k",
    "secret_key": "s",
    "bucket": "b",
}
PROFILES = {
    "whole": REMOTE,
    "no-bucket": {name: value for name, value in REMOTE.items() if name != "bucket"},
    "no-secret": {name: value for name, value in REMOTE.items() if name != "secret_key"},
    "no-endpoint": {name: value for name, value in REMOTE.items() if name != "endpoint_url"},
    "reading": {**REMOTE, "read_only": True},
    "fixed": {**REMOTE, "allow_bucket_override": False},
    "wrong-type": {**REMOTE, "access_key": 7},
    "unknown-provider": {**REMOTE, "provider": "Acme"},
}

REFUSALS = {
    "profile_not_found": {"profile": {"profile": "nobody"}},
    "bucket_missing": {"profile": {"profile": "no-bucket"}},
    "secret_key_missing": {"profile": {"profile": "no-secret"}},
    "endpoint_missing": {"profile": {"profile": "no-endpoint"}},
    "profile_read_only": {"profile": {"profile": "reading"}},
    "bucket_override_refused": {"profile": {"profile": "fixed", "bucket": "elsewhere"}},
    "profile_broken": {"profile": {"profile": "wrong-type"}},
    "provider_unknown": {"profile": {"profile": "unknown-provider"}},
    "key_outside": {"profile": {"profile": "whole"}, "key_prefix": "s3://other/"},
    "key_not_storable": {"profile": {"profile": "whole"}, "key_prefix": "x/" * 600},
    "input_not_usable": {"profile": {"profile": "whole"}, "on_conflict": "ask"},
}


class Untouchable:
    """A medium that must not be looked at."""

    def __getattr__(self, name):
        raise AssertionError(f"the medium was asked for {name}")


@pytest.fixture
def profiles(folder, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))  # As the engine was started with.
    file = profiles_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(0o600)
    file.write_text(json.dumps({"profiles": PROFILES}))
    yield
    file.unlink()


@pytest.mark.usefixtures("profiles")
@pytest.mark.parametrize("code", REFUSALS)
@pytest.mark.parametrize(
    "node, choice",
    [
        ("SaveVideoToCloud", {}),
        ("SaveAudioToCloud", {}),
        ("SaveImageToCloud", {}),
        ("SaveImageToCloud", {"format": "jpg"}),
    ],
)
def test_it_is_refused_before_the_medium_is_looked_at(nodes, monkeypatch, node, choice, code):
    monkeypatch.setattr(Source, "value", Untouchable())
    with pytest.raises(EngineError) as caught:
        Executor([*nodes.values(), Source]).run(prompt(node, **choice, **REFUSALS[code]))
    assert caught.value.code == code
