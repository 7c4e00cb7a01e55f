"""Java programs of the benchmarks, on the engine's jars and with the engine's own JVM options."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from types import TracebackType
from typing import IO

from comfy_bucket.aot import AotCache
from comfy_bucket.command import child_environment, find_installation

from .setting import BUILD

CLASSES = BUILD / "classes"
"""What `scripts/bench` makes of the files in `java/`."""


def java_command(main: str, *arguments: str) -> list[str]:
    """Runs a class of the engine or of ours."""
    found = find_installation()
    options = AotCache(found).options()
    *java, _ = replace(found, jars=(*found.jars, CLASSES)).command(options=options)
    return [*java, main, *arguments]


def train_cache() -> None:
    """Makes the AOT cache of these jars, unless it is there: it belongs to an engine that has been used before."""
    cache = AotCache(find_installation())
    if not cache.file.exists() and not cache.train():
        raise RuntimeError("The AOT cache could not be made")


class JavaProgram:
    """One file of `java/`, running as the engine does, with its AOT cache.

    What it is told goes to its stdin, what it answers comes from its stdout.
    """

    def __init__(self, name: str) -> None:
        train_cache()
        self._process = subprocess.Popen(
            java_command(name),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=child_environment(),
        )

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def stdin(self) -> IO[bytes]:
        """What it reads."""
        assert self._process.stdin
        return self._process.stdin

    @property
    def stdout(self) -> IO[bytes]:
        """What it writes."""
        assert self._process.stdout
        return self._process.stdout

    def ask(self, *words: object) -> str:
        """A line there, a line back."""
        self.stdin.write((" ".join(map(str, words)) + "\n").encode())
        self.stdin.flush()
        answer = self.stdout.readline().decode().strip()
        if not answer:
            raise RuntimeError(f"The Java program has ended: exit code {self._process.wait()}")
        return answer

    def __enter__(self) -> JavaProgram:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stdin.close()
        self._process.wait(60)
        self.stdout.close()
