import sys
import time
from pathlib import Path

import pytest
from comfy_bucket.engine import Engine

FAKE_ENGINE = Path(__file__).with_name("fake_engine.py")


@pytest.fixture
def start_fake():
    """Starts engines that misbehave as told, and ends them after the test."""
    engines = []

    def start(*fault):
        engine = Engine(lambda: {"version": "test", "folders": {}}, [sys.executable, str(FAKE_ENGINE), *fault])
        engines.append(engine)
        return engine

    yield start
    for engine in engines:
        engine.close()


@pytest.fixture
def eventually():
    """Waits for a condition that is about to become true."""

    def wait(condition, seconds=5.0):
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, "it did not happen in time"
            time.sleep(0.01)

    return wait
