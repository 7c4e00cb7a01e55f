"""A node's run: progress, cancel, errors; also when the engine is missing, dies or talks nonsense."""

import asyncio
import contextlib
import sys
import threading
import time

import pytest
from comfy import model_management
from comfy_api.latest import ComfyAPI
from comfy_bucket.errors import EngineDied, EngineError
from comfyui import Executor
from conftest import part
from faults import fault_nodes


@pytest.fixture
def executor():
    return Executor(fault_nodes())


@pytest.fixture(autouse=True)
def nothing_cancelled():
    yield
    model_management.interrupt_current_processing(False)
    ComfyAPI.Execution.shown.clear()


def prompt(name, **inputs):
    return {"7": {"class_type": name, "inputs": inputs}}


def test_a_run_brings_outputs_and_shows_its_lines(executor, fake_engine):
    fake_engine()
    outputs = executor.run(prompt("echo", a="b"))
    assert outputs["7"] == ({"a": "b"},)
    assert executor.shown["7"] == {"text": ["-"]}


def test_progress_is_shown_on_the_node_a_few_times_a_second(executor, fake_engine):
    fake_engine()
    started = time.monotonic()
    interrupt_after(0.6)
    with pytest.raises(model_management.InterruptProcessingException):
        executor.run(prompt("slow"))
    shown = ComfyAPI.Execution.shown
    assert {node for node, _, _ in shown} == {"7"}
    assert 2 <= len(shown) <= (time.monotonic() - started) / part("runs").POLL + 1
    assert [value for _, value, _ in shown] == sorted({value for _, value, _ in shown})


def test_a_cancel_reaches_the_engine_at_once_and_ends_the_node(executor, fake_engine):
    fake_engine()
    cancelled = []
    running = part("engine").engine()
    run_node = running.run_node

    def watched(*arguments):
        call = run_node(*arguments)
        call.future.add_done_callback(lambda answer: cancelled.append((time.monotonic(), type(answer.exception()))))
        return call

    running.run_node = watched
    pressed = interrupt_after(0.3)
    with pytest.raises(model_management.InterruptProcessingException):
        executor.run(prompt("slow"))
    moment, kind = cancelled[0]
    assert kind.__name__ == "EngineCancelled"
    assert moment - pressed() < 0.3
    assert not model_management.processing_interrupted()


def test_a_cancelled_prompt_leaves_no_run_behind(executor, fake_engine, eventually):
    """ComfyUI cancels what still runs when another node has failed."""
    fake_engine()

    async def fail_meanwhile():
        task = asyncio.create_task(executor.execute(prompt("slow")))
        await asyncio.sleep(0.3)
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    asyncio.run(fail_meanwhile())
    session = part("engine").engine()._session
    eventually(lambda: not session._connection._pending)


def test_a_refusal_is_the_engines_text(executor, fake_engine):
    fake_engine()
    with pytest.raises(EngineError, match="Bucket not found: x"):
        executor.run(prompt("refuse"))


@pytest.mark.parametrize("fault", ["crash", "garbage"])
def test_an_engine_that_dies_says_so_and_the_next_run_works(executor, fake_engine, fault):
    fake_engine()
    with pytest.raises(EngineDied, match="ended unexpectedly"):
        executor.run(prompt(fault))
    assert executor.run(prompt("echo", a="b"))["7"] == ({"a": "b"},)


def test_pixels_stay_the_engines_until_it_has_answered(executor, fake_engine, tensor, eventually):
    fake_engine()
    pool = part("engine").hand_over()
    interrupt_after(0.3)
    with pytest.raises(model_management.InterruptProcessingException):
        executor.run(prompt("slow_with_pixels", images=tensor(1, 2, 2, 3)))
    eventually(lambda: pool._leased == [])
    assert len(pool._free) == 1


def test_at_most_a_few_runs_at_the_same_time(executor, fake_engine):
    fake_engine()
    runs = part("runs")
    most = 0

    async def count():
        nonlocal most
        gate = runs._gate()
        while True:
            most = max(most, runs.AT_ONCE - gate._value)
            await asyncio.sleep(0.005)

    async def many():
        counting = asyncio.create_task(count())
        await executor.execute({str(n): {"class_type": "short", "inputs": {"n": n}} for n in range(12)})
        counting.cancel()

    asyncio.run(many())
    assert most == runs.AT_ONCE


def test_without_the_wheel_a_run_says_what_to_run(executor, monkeypatch):
    for name in [name for name in sys.modules if name.split(".")[0] == "comfy_bucket"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "comfy_bucket", None)
    with pytest.raises(part("problems").CloudStorageError) as caught:
        executor.run(prompt("echo"))
    assert caught.value.code == "engine_not_installed"
    assert f"Run: {part('installing').install_line()}  and restart ComfyUI" in str(caught.value)


def test_a_wheel_of_another_version_is_refused_with_what_to_run(executor, monkeypatch):
    monkeypatch.setattr("comfy_bucket.PROTOCOL", 3)
    with pytest.raises(part("problems").CloudStorageError, match=r"protocol 2.*protocol 3.*Run: .* install ") as caught:
        executor.run(prompt("echo"))
    assert caught.value.code == "versions_differ"


def interrupt_after(seconds):
    """Presses the cancel button; the result tells when."""
    pressed = []

    def press():
        pressed.append(time.monotonic())
        model_management.interrupt_current_processing()

    timer = threading.Timer(seconds, press)
    timer.daemon = True
    timer.start()
    return lambda: pressed[0]
