"""An engine in Python that keeps to the protocol, and misbehaves in one way when it is told to.

Run as `python fake_engine.py [FAULT]`. It stands in for the Java engine only where a test needs a fault that the real
one does not have.
"""

import json
import os
import sys
import threading
import time
from pathlib import Path

output = threading.Lock()
cancelled: set[int] = set()
fault = sys.argv[1] if len(sys.argv) > 1 else ""


def send(message):
    body = json.dumps({"jsonrpc": "2.0", **message}).encode()
    with output:
        sys.stdout.buffer.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        sys.stdout.buffer.flush()


def receive():
    length = 0
    while (line := sys.stdin.buffer.readline().strip()) or length == 0:
        if not line and length == 0:
            return None
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return json.loads(sys.stdin.buffer.read(length))


def once(marker: str) -> bool:
    """True the first time in the life of a test: the marker file outlives this process."""
    path = Path(marker)
    if path.exists():
        return False
    path.touch()
    return True


def initialize(number, params):
    if fault == "hang-at-start":
        time.sleep(60)
    if fault == "old":
        send({"id": number, "result": {"protocol": 0, "version": "0.0.1", "pid": os.getpid()}})
    else:
        send({"id": number, "result": {"protocol": params["protocol"], "version": "test", "pid": os.getpid()}})


def run(number, params):
    inputs = params.get("inputs", {})
    what = params["node"]
    if what == "crash" or (what == "crash-once" and once(inputs["marker"])):
        os._exit(134)
    if what == "garbage":
        with output:
            sys.stdout.buffer.write(b"OpenJDK 64-Bit Server VM warning: something\n")
            sys.stdout.buffer.flush()
        return
    if what == "refuse":
        error = {"code": -32000, "message": "Bucket not found: x", "data": {"code": "bucket_not_found"}}
        send({"id": number, "error": error})
        return
    if what == "broken":
        send({"id": number, "error": {"code": -32603, "message": "unforeseen; see the log"}})
        return
    if what == "short":
        time.sleep(0.05)
    if what == "slow":
        for step in range(1, 500):
            send({"method": "$/progress", "params": {"run": params["run"], "value": step, "total": 500}})
            time.sleep(0.02)
            if number in cancelled:
                send({"id": number, "error": {"code": -32800, "message": "cancelled"}})
                return
    if what == "read":
        data = Path(params["encoded"]["path"]).read_bytes()[: sum(params["encoded"]["lengths"])]
        send({"id": number, "result": {"outputs": [data.decode()], "ui": {}}})
        return
    send({"id": number, "result": {"outputs": [inputs], "ui": {"text": [os.environ.get("JAVA_TOOL_OPTIONS", "-")]}}})


def handle(message):
    method, number, params = message["method"], message.get("id"), message.get("params") or {}
    if method == "initialize":
        initialize(number, params)
    elif method == "node/run":
        run(number, params)
    elif method in ("node/check", "node/reach"):
        send({"id": number, "result": {}})
    elif method == "node/identity":
        if params["node"] == "crash-once" and once(params["inputs"]["marker"]):
            os._exit(1)
        send({"id": number, "result": {"identity": "1"}})
    elif method == "shutdown":
        send({"id": number, "result": {}})


print("INFO the fake engine is up", file=sys.stderr, flush=True)
if fault == "crash-at-start" or (fault == "crash-at-first-start" and once(sys.argv[2])):
    print("ERROR no good", file=sys.stderr, flush=True)
    sys.exit(1)
while (message := receive()) is not None:
    if message["method"] == "exit":
        break
    if message["method"] == "$/cancelRequest":
        cancelled.add(message["params"]["id"])
    elif fault == "deaf" and message["method"] != "initialize":
        time.sleep(60)
    else:
        threading.Thread(target=handle, args=(message,), daemon=True).start()
if fault == "stubborn":
    time.sleep(60)
