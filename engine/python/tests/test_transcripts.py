"""Our side of the protocol is what the golden transcripts say; so is the engine's, where it is built."""

import json
import os
import queue
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
import transcripts
from comfy_bucket import command, framing
from comfy_bucket.connection import Connection
from comfy_bucket.errors import EngineError, EngineUnavailable


@pytest.mark.parametrize("name", transcripts.NAMES)
def test_our_client_says_what_the_transcript_says_and_understands_the_answers(name):
    client_in, engine_out = (open(fd, mode, buffering=-1) for fd, mode in zip(os.pipe(), ("rb", "wb"), strict=True))
    engine_in, client_out = (open(fd, mode, buffering=-1) for fd, mode in zip(os.pipe(), ("rb", "wb"), strict=True))
    heard = queue.SimpleQueue()
    client = Connection(client_in, client_out, lambda *notice: heard.put(notice), lambda _: None)
    values = defaultdict(lambda: "/some/value")
    calls = {}
    for speaker, message in transcripts.read(name):
        if speaker == "pack":
            wanted = transcripts.fill(message, values)
            if "id" in wanted:
                calls[wanted["id"]] = client.request(wanted["method"], wanted["params"])
            else:
                client.notify(wanted["method"], wanted.get("params"))
            transcripts.check(message, framing.read(engine_in), values)
        else:
            said = transcripts.fill(message, values)
            engine_out.write(framing.encode(said))
            engine_out.flush()
            if "id" not in said:
                assert heard.get(timeout=5) == (said["method"], said["params"])
                continue
            answer = calls[said["id"]].future
            if "result" in said:
                assert answer.result(5) == said["result"]
            else:
                error = answer.exception(5)
                assert isinstance(error, EngineError)
                assert str(error) == said["error"]["message"]
                assert error.code == said["error"].get("data", {}).get("code", "internal")
    engine_out.close()
    client.close()


@pytest.fixture(scope="module")
def engine_command():
    try:
        return command.find_installation().command("rpc")
    except EngineUnavailable as missing:
        pytest.skip(str(missing))


@pytest.mark.parametrize("name", transcripts.NAMES)
def test_the_engine_says_what_the_transcript_says(name, engine_command, tmp_path):
    class Values(dict):
        def __missing__(self, key):
            if key.startswith("$folder"):
                (tmp_path / key[1:]).mkdir()
                self[key] = str(tmp_path / key[1:])
            else:
                self[key] = "0.1.0"
            return self[key]

    values = Values()
    bucket = tmp_path / "store"
    (bucket / "comfyui" / "pictures").mkdir(parents=True)
    (bucket / "comfyui" / "pictures" / "a.txt").write_text("hello")
    file = Path(values["$folder_user"]) / "profiles.json"
    file.touch(0o600)
    file.write_text(json.dumps({"profiles": {"here": {"provider": "Local", "folder": str(bucket)}}}))
    environment = {
        name: value for name, value in command.child_environment().items() if not name.startswith(("COMFY_", "XDG_"))
    }
    environment["HOME"] = str(tmp_path)
    with subprocess.Popen(
        engine_command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, start_new_session=True
    ) as engine:
        for speaker, message in transcripts.read(name):
            if speaker == "pack":
                engine.stdin.write(framing.encode(transcripts.fill(message, values)))
                engine.stdin.flush()
            else:
                transcripts.check(message, framing.read(engine.stdout), values)
        engine.stdin.close()
        assert engine.wait(20) == 0
