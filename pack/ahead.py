"""Starts the engine when a prompt that needs it is queued: Java starts while the nodes before ours run."""

import threading
from collections.abc import Callable, Collection
from typing import Any

from . import host

Prompt = dict[str, Any]


def start_with_prompts(nodes: Collection[str], start: Callable[[], None]) -> None:
    """Has ComfyUI call us with each prompt; `start` runs for those that hold one of these nodes, and may raise."""

    def queued(request: Prompt) -> Prompt:
        prompt = request.get("prompt")
        given = prompt.values() if isinstance(prompt, dict) else ()
        if any(isinstance(node, dict) and node.get("class_type") in nodes for node in given):
            threading.Thread(target=_start, args=(start,), name="comfy-bucket start", daemon=True).start()
        return request

    host.on_prompt(queued)


def _start(start: Callable[[], None]) -> None:
    try:
        start()
    except Exception as error:
        host.log.debug("the engine did not start ahead: %s", error)  # The node says so, with what to do.
