"""Tells ComfyUI whether the objects behind its load nodes have changed.

ComfyUI asks a node for a fingerprint before each prompt and runs it again when the fingerprint, or an input, differs
from last time. What it does not say is the value of a **linked** input: a linked profile or key is None. So we remember
what each node really loaded, and ask the engine whether that is still the same.

* A memory belongs to a node and its visible inputs, since a fingerprint must not depend on more than it can see: the
  same key loaded by two nodes through two profiles is two memories, and a key typed anew starts with an empty one.
* ComfyUI keeps the results of `not_idempotent` nodes apart by node, so no other node's result can be taken for ours.
* The fingerprint is a number that grows when something remembered has changed. It does not depend on whether anything
  is remembered yet, so the one before the first load equals the one after it.
* A memory keeps everything that its node has loaded, not only the last: with ComfyUI's larger caches a result may be
  taken up again after the link has pointed elsewhere for a while.
* A result that goes on reading from files counts as changed when one of them is gone.
* What cannot be asked (gone, denied, store out of reach) counts as changed and is forgotten: the node runs, and shows
  the real error if it still wants that object.
"""

import asyncio
import itertools
import json
import secrets
import threading
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Inputs = dict[str, Any]
Ask = Callable[[Inputs], Awaitable[str | None]]
"""Finds out the identity now of what the inputs name; None where it cannot be found out."""

LARGEST_MEMORY = 4096
"""Objects for one node. Beyond it the memory starts anew, which costs a run."""

MOST_MEMORIES = 4096
"""Nodes and keys. Beyond it the oldest is dropped, which costs a run if it is needed again."""

ASKED_AT_ONCE = 16


@dataclass(frozen=True)
class _Loaded:
    inputs: Inputs
    identity: str
    files: tuple[str, ...]

    def is_usable(self) -> bool:
        return all(Path(file).exists() for file in self.files)


@dataclass
class _Memory:
    generation: int
    loaded: dict[str, _Loaded] = field(default_factory=dict)
    """By the inputs as text."""


class Changes:
    """The memory of one kind of node, for the life of the process. For use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._memories: dict[str, _Memory] = {}
        self._first_generation = 0
        self._visible: dict[str, Inputs] = {}
        # Fingerprints of another process, whose results a shared cache may offer, mean nothing here.
        self._process = secrets.token_hex(8)

    def remember(self, node: str, inputs: Inputs, identity: str, files: Sequence[str] = ()) -> None:
        """A node has loaded what `inputs` name. It was asked for its fingerprint before.

        `files` are those that the result goes on reading from.
        """
        with self._lock:
            memory = self._memory(node, self._visible.get(node, {}))
            if len(memory.loaded) >= LARGEST_MEMORY:
                memory.loaded.clear()
                memory.generation += 1
            memory.loaded[_text(inputs)] = _Loaded(inputs, identity, tuple(files))

    async def fingerprint(self, node: str, visible: Inputs, ask: Ask) -> str:
        """A text that differs from the last one if an object that this node has loaded is not the same any more.

        `visible` are the inputs that are not linked.
        """
        with self._lock:
            self._visible[node] = visible
            memory = self._memory(node, visible)
            remembered = list(memory.loaded.items())
        turn = asyncio.Semaphore(ASKED_AT_ONCE)

        async def identity_now(inputs: Inputs) -> str | None:
            async with turn:
                return await ask(inputs)

        now = await asyncio.gather(*(identity_now(loaded.inputs) for _, loaded in remembered))
        with self._lock:
            changed = False
            for (name, loaded), identity in zip(remembered, now, strict=True):
                if identity == loaded.identity and loaded.is_usable():
                    continue
                changed = True
                if identity is None:
                    memory.loaded.pop(name, None)
                else:
                    memory.loaded[name] = _Loaded(loaded.inputs, identity, ())
            memory.generation += changed
            return f"{self._process}-{memory.generation}"

    def _memory(self, node: str, visible: Inputs) -> _Memory:
        name = _text([node, visible])
        memory = self._memories.pop(name, None) or _Memory(self._first_generation)
        self._memories[name] = memory  # The last one used is the last one dropped.
        if len(self._memories) > MOST_MEMORIES:
            dropped = self._memories.pop(next(iter(self._memories)))
            # Should it come back, it must not get a number that it had before.
            self._first_generation = max(self._first_generation, dropped.generation + 1)
        return memory


class EachTime:
    """Fingerprints for nodes that run each time.

    Not NaN, which ComfyUI writes into the prompt, and with it into saved files as JSON that nobody can parse.
    """

    def __init__(self) -> None:
        self._process = secrets.token_hex(8)
        self._count = itertools.count()

    def fingerprint(self) -> str:
        """A text that was never given before."""
        return f"{self._process}-{next(self._count)}"


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)
