"""What runs again and what stays cached, as ComfyUI's executor decides it."""

import json
from concurrent.futures import Future

import pytest
from comfy_bucket.connection import Call
from comfy_bucket.errors import EngineError
from comfyui import Executor
from conftest import part
from PIL import Image


class MemoryEngine:
    """An engine over objects in memory: what a key holds, in which profile, and in which version."""

    def __init__(self, folder):
        self.folder = folder
        self.objects = {}
        self.asked = 0

    def put(self, profile, key, shade):
        self.objects[profile, key] = shade

    def start(self):
        pass

    def run_node(self, params, on_progress=None, on_file=None):
        if params["node"] == "CloudStorageProfile":
            return self._answer({"outputs": [params["inputs"]], "ui": {}})
        shade = self._find(params["inputs"])
        if shade is None:
            return self._answer(EngineError("Object not found: s3://x", "object_not_found"))
        file = self.folder / f"{len(list(self.folder.iterdir()))}.png"
        Image.new("RGB", (2, 2), (shade, 0, 0)).save(file)
        return self._answer(
            {"outputs": [], "ui": {}, "files": [{"path": str(file), "uri": "x"}], "identity": str(shade)}
        )

    def request(self, method, params, repeatable=False):
        assert method == "node/identity"
        self.asked += 1
        shade = self._find(params["inputs"])
        error = EngineError("Object not found: s3://x", "object_not_found")
        return self._answer(error if shade is None else {"identity": str(shade)})

    def _find(self, inputs):
        return self.objects.get((inputs.get("profile", {}).get("profile"), inputs["key"]))

    def _answer(self, outcome):
        future = Future()
        if isinstance(outcome, Exception):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)
        return Call(future, lambda: None)


class Text:
    """A node that puts out the text typed into it, for linked keys."""

    @classmethod
    async def execute(cls, text):
        from comfy_api.latest import io

        return io.NodeOutput(text)

    @classmethod
    def GET_SCHEMA(cls):  # noqa: N802
        from comfy_api.latest import io

        return io.Schema("Text")


@pytest.fixture
def engine(tmp_path, monkeypatch):
    folder = tmp_path / "scratch"
    folder.mkdir()
    engine = MemoryEngine(folder)
    monkeypatch.setattr(part("runs"), "engine", lambda: engine)
    return engine


@pytest.fixture(params=[False, True], ids=["classic cache", "larger cache"])
def executor(request, nodes, engine):
    return Executor([*nodes.values(), Text], keep_all=request.param)


def load(key="a", profile=None):
    inputs = {"key": key}
    if profile is not None:
        inputs["profile"] = [profile, 0]
    return {"class_type": "LoadImageFromCloud", "inputs": inputs}


def profile(name):
    return {"class_type": "CloudStorageProfile", "inputs": {"profile": name}}


def text(value):
    return {"class_type": "Text", "inputs": {"text": value}}


def red(outputs):
    return round(float(outputs[0].numpy()[0, 0, 0, 0]) * 255)


@pytest.mark.parametrize(
    "prompt",
    [
        {"1": load()},
        {"1": load(profile="2"), "2": profile("P")},
        {"1": load(key=["3", 0]), "3": text("a")},
        {"1": load(key=["3", 0], profile="2"), "2": profile("P"), "3": text("a")},
    ],
    ids=["typed key", "linked profile", "linked key", "both linked"],
)
def test_unchanged_stays_cached_and_replaced_is_loaded_anew(executor, engine, prompt):
    where = "P" if "2" in prompt else None
    engine.put(where, "a", 10)
    assert red(executor.run(prompt)["1"]) == 10
    for _ in range(3):
        executor.run(prompt)
        assert executor.ran == []
    engine.put(where, "a", 20)
    assert red(executor.run(prompt)["1"]) == 20
    assert executor.ran == ["1"]
    executor.run(prompt)
    assert executor.ran == []


def test_nothing_is_asked_before_something_was_loaded(executor, engine):
    engine.put(None, "a", 10)
    executor.run({"1": load()})
    assert engine.asked == 0


def test_same_key_two_profiles_only_the_changed_one_runs(executor, engine):
    engine.put("P", "a", 10)
    engine.put("Q", "a", 20)
    prompt = {"1": load(profile="3"), "2": load(profile="4"), "3": profile("P"), "4": profile("Q")}
    executor.run(prompt)
    engine.put("Q", "a", 30)
    outputs = executor.run(prompt)
    assert executor.ran == ["2"]
    assert (red(outputs["1"]), red(outputs["2"])) == (10, 30)


def test_a_second_node_for_the_same_object_is_not_served_an_old_result(executor, engine):
    engine.put(None, "a", 10)
    executor.run({"1": load()})
    engine.put(None, "a", 20)
    outputs = executor.run({"1": load(), "2": load()})
    assert (red(outputs["1"]), red(outputs["2"])) == (20, 20)


def test_a_link_that_comes_back_finds_what_changed_meanwhile(executor, engine):
    engine.put("P", "a", 10)
    engine.put("Q", "a", 20)
    with_p = {"1": load(profile="3"), "3": profile("P")}
    with_q = {"1": load(profile="4"), "4": profile("Q")}
    executor.run(with_p)
    executor.run(with_q)
    engine.put("P", "a", 30)
    assert red(executor.run(with_q)["1"]) == 20
    assert red(executor.run(with_p)["1"]) == 30


def test_a_key_typed_anew_and_back_finds_what_changed_meanwhile(executor, engine):
    engine.put(None, "a", 10)
    engine.put(None, "b", 20)
    executor.run({"1": load("a")})
    executor.run({"1": load("b")})
    engine.put(None, "a", 30)
    assert red(executor.run({"1": load("b")})["1"]) == 20
    assert executor.ran == []
    assert red(executor.run({"1": load("a")})["1"]) == 30


def test_an_object_that_is_gone_shows_the_error_and_comes_back(executor, engine):
    engine.put(None, "a", 10)
    executor.run({"1": load()})
    del engine.objects[None, "a"]
    for _ in range(2):
        with pytest.raises(EngineError, match="Object not found"):
            executor.run({"1": load()})
    engine.put(None, "a", 10)
    assert red(executor.run({"1": load()})["1"]) == 10
    executor.run({"1": load()})
    assert executor.ran == []


def test_an_old_object_that_is_gone_costs_the_current_one_a_single_run(executor, engine):
    engine.put("P", "a", 10)
    engine.put("Q", "a", 20)
    executor.run({"1": load(profile="3"), "3": profile("P")})
    current = {"1": load(profile="4"), "4": profile("Q")}
    executor.run(current)
    del engine.objects["P", "a"]
    executor.run(current)
    for _ in range(2):
        executor.run(current)
        assert executor.ran == []


def test_a_cancel_during_the_question_is_left_for_comfyui(executor, engine, monkeypatch):
    from comfy import model_management

    engine.put(None, "a", 10)
    executor.run({"1": load()})
    monkeypatch.setattr(engine, "request", lambda *_, **__: Call(Future(), lambda: None))
    monkeypatch.setattr(part("runs"), "CANCEL_TIME", 0.01)
    monkeypatch.setattr(model_management, "_interrupted", True)
    with pytest.raises(model_management.InterruptProcessingException):
        executor.run({"1": load()})
    assert not model_management.processing_interrupted()
    monkeypatch.undo()


def test_memories_are_bounded_and_never_repeat_a_number(engine, monkeypatch):
    import asyncio

    changes = part("changes")
    monkeypatch.setattr(changes, "MOST_MEMORIES", 3)
    memory = changes.Changes()
    seen = set()

    async def ask(inputs):
        return None

    for round_number in range(5):
        first = asyncio.run(memory.fingerprint("1", {"key": "a"}, ask))
        memory.remember("1", {"key": "a"}, f"id{round_number}")
        changed = asyncio.run(memory.fingerprint("1", {"key": "a"}, ask))
        assert changed not in seen | {first}
        seen |= {first, changed}
        for other in range(4):
            asyncio.run(memory.fingerprint("2", {"key": str(other)}, ask))
    assert len(memory._memories) == 3


def test_a_node_with_more_objects_than_fit_starts_its_memory_anew(monkeypatch):
    import asyncio

    changes = part("changes")
    monkeypatch.setattr(changes, "LARGEST_MEMORY", 2)
    memory = changes.Changes()

    async def ask(inputs):
        return inputs["key"]

    before = asyncio.run(memory.fingerprint("1", {}, ask))
    for key in "abc":
        memory.remember("1", {"key": key}, key)
    assert asyncio.run(memory.fingerprint("1", {}, ask)) != before
    assert [json.loads(name)["key"] for name in next(iter(memory._memories.values())).loaded] == ["c"]


def test_nodes_that_run_each_time_do_and_leave_the_prompt_valid_json(nodes):
    fingerprints = [nodes["ListBucketContents"].fingerprint_inputs(prefix="") for _ in range(3)]
    assert len(set(fingerprints)) == 3
    json.loads(json.dumps(fingerprints, allow_nan=False))
