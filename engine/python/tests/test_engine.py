"""The engine as nodes see it, also when the Java process dies, hangs or talks nonsense."""

import asyncio
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from comfy_bucket import session
from comfy_bucket.engine import Engine
from comfy_bucket.errors import EngineCancelled, EngineDied, EngineError, EngineUnavailable


def test_it_starts_on_first_use_and_stays(start_fake):
    engine = start_fake()
    assert engine.pid is None
    assert engine.run_node({"node": "echo", "inputs": {"a": "ü\ud800"}}).future.result(10)["outputs"] == [
        {"a": "ü\ud800"}
    ]
    first = engine.pid
    engine.run_node({"node": "echo"}).future.result(10)
    assert engine.pid == first


def test_many_threads_share_one_engine(start_fake):
    engine = start_fake()
    answers = {}

    def use(number):
        answers[number] = engine.run_node({"node": "echo", "inputs": {"n": number}}).future.result(20)

    threads = [threading.Thread(target=use, args=(number,)) for number in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {number: answer["outputs"][0]["n"] for number, answer in answers.items()} == {n: n for n in range(32)}


def test_a_refusal_carries_the_users_text_and_the_catalogue_code(start_fake):
    with pytest.raises(EngineError, match="Bucket not found: x") as caught:
        start_fake().run_node({"node": "refuse"}).future.result(10)
    assert caught.value.code == "bucket_not_found"
    assert not isinstance(caught.value, (EngineDied, EngineUnavailable))


def test_an_unforeseen_failure_is_an_error_too(start_fake):
    with pytest.raises(EngineError, match="see the log") as caught:
        start_fake().run_node({"node": "broken"}).future.result(10)
    assert caught.value.code == "internal"


def test_progress_reaches_its_own_run_and_cancel_ends_it(start_fake):
    engine = start_fake()
    heard, other = [], []
    engine.run_node({"node": "echo"}, lambda *step: other.append(step)).future.result(10)
    call = engine.run_node({"node": "slow"}, lambda *step: heard.append(step))
    while len(heard) < 3:
        time.sleep(0.01)
    started = time.monotonic()
    call.cancel()
    with pytest.raises(EngineCancelled):
        call.future.result(10)
    assert time.monotonic() - started < 1.0
    assert heard[:3] == [(1, 500), (2, 500), (3, 500)]
    assert other == []


def test_a_run_that_dies_says_so_and_the_next_one_works(start_fake, caplog):
    engine = start_fake()
    with pytest.raises(EngineDied, match="ended unexpectedly"):
        engine.run_node({"node": "crash"}).future.result(10)
    assert "the engine ended while it was in use: exit code 134" in caplog.text
    assert engine.run_node({"node": "echo", "inputs": {"a": 1}}).future.result(10)["outputs"] == [{"a": 1}]


def test_a_run_is_not_repeated_when_the_engine_dies_over_it(start_fake, tmp_path):
    engine = start_fake()
    with pytest.raises(EngineDied):
        engine.run_node({"node": "crash-once", "inputs": {"marker": str(tmp_path / "m")}}).future.result(10)


def test_a_question_that_changes_nothing_is_repeated_once(start_fake, tmp_path):
    engine = start_fake()
    params = {"node": "crash-once", "inputs": {"marker": str(tmp_path / "m")}}
    assert engine.ask("node/identity", params, timeout=10) == {"identity": "1"}


def test_runs_that_never_reached_the_engine_are_repeated_once(start_fake, tmp_path):
    engine = start_fake("crash-at-first-start", str(tmp_path / "m"))
    assert engine.run_node({"node": "echo", "inputs": {"a": 1}}).future.result(10)["outputs"] == [{"a": 1}]


def test_an_engine_that_cannot_start_is_tried_twice_and_not_for_ever(start_fake, caplog):
    caplog.set_level(logging.INFO, "comfy_bucket")
    with pytest.raises(EngineDied, match="ended unexpectedly"):
        start_fake("crash-at-start").run_node({"node": "echo"}).future.result(10)
    assert caplog.text.count("the engine ended at its start: exit code 1") == 2
    assert [r.levelname for r in caplog.records if r.message == "no good"] == ["ERROR", "ERROR"]
    assert [r.levelname for r in caplog.records if r.message == "the fake engine is up"] == ["INFO", "INFO"]


def test_what_is_not_protocol_ends_the_engine_and_is_in_the_log(start_fake, caplog):
    engine = start_fake()
    with pytest.raises(EngineDied, match="ended unexpectedly"):
        engine.run_node({"node": "garbage"}).future.result(10)
    assert "not its protocol" in caplog.text
    assert engine.run_node({"node": "echo"}).future.result(10)


def test_an_engine_that_hangs_at_its_start_is_given_up(start_fake, monkeypatch):
    monkeypatch.setattr(session, "START_TIMEOUT", 0.3)
    with pytest.raises(EngineDied, match="ended unexpectedly"):
        start_fake("hang-at-start").run_node({"node": "echo"}).future.result(10)


def test_an_engine_that_stops_reading_never_blocks_the_caller(start_fake):
    engine = start_fake("deaf")
    engine.request("node/identity", {"node": "x", "inputs": {}})
    started = time.monotonic()
    for _ in range(4):
        engine.run_node({"node": "echo", "inputs": {"big": "x" * 1_000_000}})
    assert time.monotonic() - started < 1.0


def test_an_engine_of_another_version_is_refused_with_the_pip_line(start_fake):
    with pytest.raises(EngineUnavailable, match=r"version 0.0.1 \(protocol 0\).*-m pip install") as caught:
        start_fake("old").run_node({"node": "echo"}).future.result(10)
    assert caught.value.code == "versions_differ"


def test_a_program_that_cannot_be_started_is_an_error_with_the_pip_line(tmp_path):
    engine = Engine(dict, [str(tmp_path / "no-java")])
    with pytest.raises(EngineUnavailable, match="-m pip install --force-reinstall comfy-bucket"):
        engine.run_node({"node": "echo"}).future.result(10)
    engine.close()


def test_it_can_be_awaited(start_fake):
    engine = start_fake()

    async def use():
        return await asyncio.wrap_future(engine.run_node({"node": "echo", "inputs": {"a": 2}}).future)

    assert asyncio.run(use())["outputs"] == [{"a": 2}]


def test_who_stops_waiting_does_not_end_the_call_for_others(start_fake):
    engine = start_fake()
    call = engine.run_node({"node": "slow"})

    async def impatient():
        await asyncio.wait_for(asyncio.wrap_future(call.future), 0.1)

    with pytest.raises(TimeoutError if sys.version_info >= (3, 11) else asyncio.TimeoutError):
        asyncio.run(impatient())
    assert not call.future.done()
    call.cancel()
    with pytest.raises(EngineCancelled):
        call.future.result(10)


def test_javas_variables_do_not_reach_the_engine(start_fake, monkeypatch):
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-Xmx1m")
    assert start_fake().run_node({"node": "echo"}).future.result(10)["ui"]["text"] == ["-"]


def test_close_ends_the_engine_and_later_calls_say_so(start_fake):
    engine = start_fake()
    engine.run_node({"node": "echo"}).future.result(10)
    pid = engine.pid
    engine.close()
    assert not _runs(pid)
    with pytest.raises(EngineDied, match="ended"):
        engine.run_node({"node": "echo"}).future.result(10)


def test_close_ends_a_stubborn_engine_too(start_fake, monkeypatch):
    monkeypatch.setattr(session, "END_TIMEOUT", 0.2)
    engine = start_fake("stubborn")
    engine.run_node({"node": "echo"}).future.result(10)
    pid = engine.pid
    engine.close()
    assert not _runs(pid)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("ending", ["exit", "kill"])
def test_the_engine_ends_with_the_process_that_started_it(ending, eventually):
    fake = Path(__file__).with_name("fake_engine.py")
    program = (
        "import sys, time\n"
        "from comfy_bucket.engine import Engine\n"
        f"engine = Engine(lambda: {{}}, [sys.executable, {str(fake)!r}])\n"
        "engine.run_node({'node': 'echo'}).future.result(10)\n"
        "print(engine.pid, flush=True)\n"
        "sys.stdin.readline()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as host:
        pid = int(host.stdout.readline())
        assert _runs(pid)
        if ending == "kill":
            host.send_signal(signal.SIGKILL)
        else:
            host.stdin.write(b"\n")
            host.stdin.flush()
        host.wait(10)
        eventually(lambda: not _runs(pid))


def _runs(pid):
    try:
        with open(f"/proc/{pid}/stat") as status:
            return status.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        pass
    if os.path.isdir("/proc/self"):
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
