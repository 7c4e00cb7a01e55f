"""As much of ComfyUI's executor as decides what runs: `execution.py` and `comfy_execution/caching.py`, v0.3.64.

Results are kept by a signature of everything a node depends on: its class, its fingerprint, its values, the same of the
nodes linked to it, and its id if it is not idempotent. For its fingerprint a node gets None for every linked input.
"""

import asyncio
import inspect

from comfy_api.latest import io
from comfy_execution.utils import CurrentNodeContext


def is_link(value):
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], str)


class Executor:
    """`keep_all` keeps results that the last prompt did not use, as ComfyUI's larger caches do."""

    def __init__(self, classes, keep_all=False):
        self.classes = {cls.__name__: cls for cls in classes}
        self.keep_all = keep_all
        self.cache = {}
        self.ran = []
        self.shown = {}

    def run(self, prompt, extra_pnginfo=None):
        """The outputs of each node; `ran` are the nodes that had to run, `shown` is what they show."""
        return asyncio.run(self.execute(prompt, extra_pnginfo))

    async def execute(self, prompt, extra_pnginfo=None):
        self.ran, self.shown = [], {}
        fingerprints = {node: await self._fingerprint(prompt, node) for node in prompt}
        signatures = {node: self._signature(prompt, node, fingerprints) for node in prompt}
        if not self.keep_all:
            self.cache = {key: value for key, value in self.cache.items() if key in signatures.values()}
        outputs = {}
        while len(outputs) < len(prompt):
            ready = [
                node
                for node in prompt
                if node not in outputs
                and all(value[0] in outputs for value in prompt[node]["inputs"].values() if is_link(value))
            ]
            results = await asyncio.gather(
                *(self._node(prompt, node, signatures[node], outputs, extra_pnginfo) for node in ready)
            )
            outputs.update(zip(ready, results, strict=True))
        return outputs

    async def _node(self, prompt, node, signature, outputs, extra_pnginfo):
        if signature not in self.cache:
            self.ran.append(node)
            given = {
                name: outputs[value[0]][value[1]] if is_link(value) else value
                for name, value in prompt[node]["inputs"].items()
            }
            cls = self.classes[prompt[node]["class_type"]]
            hidden = io.HiddenHolder(prompt=prompt, extra_pnginfo=extra_pnginfo)
            clone = type(cls.__name__ + "Clone", (cls,), {"hidden": hidden})
            with CurrentNodeContext("prompt", node, 0):
                result = await clone.execute(**given)
            self.shown[node] = result.ui
            self.cache[signature] = result.args
        return self.cache[signature]

    async def _fingerprint(self, prompt, node):
        fingerprint = getattr(self.classes[prompt[node]["class_type"]], "fingerprint_inputs", None)
        if fingerprint is None:
            return False
        visible = {name: None if is_link(value) else value for name, value in prompt[node]["inputs"].items()}
        with CurrentNodeContext("prompt", node, 0):
            result = fingerprint(**visible)
            return await result if inspect.isawaitable(result) else result

    def _signature(self, prompt, node, fingerprints):
        entry = prompt[node]
        own = [entry["class_type"], fingerprints[node]]
        if self.classes[entry["class_type"]].GET_SCHEMA().not_idempotent:
            own.append(node)
        for name, value in sorted(entry["inputs"].items()):
            own.append((name, self._signature(prompt, value[0], fingerprints) if is_link(value) else repr(value)))
        return tuple(own)
