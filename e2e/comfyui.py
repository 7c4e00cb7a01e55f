"""Drives a real ComfyUI over HTTP: starts it on folders of its own, queues prompts, reads what came of them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

READY_WITHIN = 180.0
DONE_WITHIN = 180.0


@dataclass(frozen=True)
class Run:
    """One prompt's entry of the history."""

    history: dict[str, Any]

    @property
    def succeeded(self) -> bool:
        return bool(self.history["status"]["status_str"] == "success")

    @property
    def error(self) -> str:
        return str(next((data["exception_message"] for data in self._messages("execution_error")), ""))

    @property
    def interrupted(self) -> bool:
        return bool(self._messages("execution_interrupted"))

    @property
    def cached(self) -> set[str]:
        return {node for data in self._messages("execution_cached") for node in data["nodes"]}

    def ui(self, node: str) -> dict[str, Any]:
        return dict(self.history["outputs"].get(node, {}))

    def _messages(self, kind: str) -> list[dict[str, Any]]:
        return [data for name, data in self.history["status"]["messages"] if name == kind]


class Page:
    """What an open page of a ComfyUI is told; closed by `close`."""

    def __init__(self, comfyui: ComfyUI, python: str) -> None:
        program = [python, str(Path(__file__).with_name("listener.py")), comfyui.url]
        self._process = subprocess.Popen(program, stdout=subprocess.PIPE, text=True)
        self._events: list[dict[str, Any]] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout
        self._events.extend(map(json.loads, self._process.stdout))

    def notices(self) -> list[dict[str, Any]]:
        return [event["data"] for event in list(self._events) if event["type"] == "comfy-bucket.notice"]

    def await_notice(self, summary: str) -> dict[str, Any]:
        deadline = time.monotonic() + DONE_WITHIN
        while time.monotonic() < deadline:
            for notice in self.notices():
                if notice["summary"] == summary:
                    return notice
            time.sleep(0.05)
        raise AssertionError(f"There was no notice {summary!r}, but {self.notices()}")

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


class ComfyUI:
    """One process; stopped by `stop`."""

    def __init__(self, folder: Path, python: str, base: Path, environment: dict[str, str], *arguments: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = base / f"comfyui.{self.port}.log"
        command = [python, "main.py", "--cpu", "--listen", "127.0.0.1", "--port", str(self.port)]
        command += ["--disable-auto-launch", "--base-directory", str(base), "--database-url", "sqlite:///:memory:"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command + list(arguments),
                cwd=folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=os.environ | environment,
            )
        self._await_ready()

    def _await_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                self.get("/prompt")
                return
            except OSError:
                time.sleep(0.2)
        self.stop()
        raise AssertionError(f"ComfyUI did not start:\n{self.log.read_text(errors='replace')[-4000:]}")

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(self.url + path, timeout=30) as response:
            return json.load(response)

    def post(self, path: str, body: dict[str, Any]) -> Any:
        request = urllib.request.Request(
            self.url + path, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            text = response.read()
        return json.loads(text) if text else None

    def queue(self, prompt: dict[str, Any], workflow: dict[str, Any] | None = None) -> str:
        """Queues a prompt in API format and gives its id; a refused one raises with ComfyUI's reasons."""
        extra = {"extra_pnginfo": {"workflow": workflow}} if workflow else {}
        try:
            answer = self.post("/prompt", {"prompt": prompt, "extra_data": extra})
        except urllib.error.HTTPError as refused:
            raise AssertionError(refused.read().decode()) from None
        return str(answer["prompt_id"])

    def run(self, prompt: dict[str, Any], workflow: dict[str, Any] | None = None) -> Run:
        return self.await_end(self.queue(prompt, workflow))

    def await_end(self, prompt_id: str) -> Run:
        deadline = time.monotonic() + DONE_WITHIN
        while time.monotonic() < deadline:
            history = self.get(f"/history/{prompt_id}")
            if prompt_id in history:
                return Run(history[prompt_id])
            time.sleep(0.05)
        raise AssertionError(f"The prompt did not end:\n{self.log.read_text(errors='replace')[-4000:]}")

    def processes(self) -> list[int]:
        """ComfyUI's own and its descendants, the engine among them."""
        found = [self.process.pid]
        for parent in found:
            for task in Path(f"/proc/{parent}/task").glob("*/children"):
                found.extend(int(child) for child in task.read_text().split())
        return found

    def kill(self) -> None:
        """Ends ComfyUI and the engine without a word to either."""
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def stop(self, how: int = signal.SIGTERM) -> None:
        if self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
