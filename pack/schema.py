"""ComfyUI's schema of a node, made from the contract."""

import dataclasses
from collections.abc import Callable
from typing import Any

from comfy_api.latest import io

from .contract import PROFILE_TYPE, InputSpec, NodeSpec, OutputSpec

Source = Callable[[], list[str]]
"""Finds the names of a dynamic list."""

# A field that the running ComfyUI does not know is a TypeError that takes the whole pack out of the menu.
_KNOWN_FIELDS = {field.name for field in dataclasses.fields(io.Schema)}

_TYPES = {
    "STRING": io.String,
    "INT": io.Int,
    "BOOLEAN": io.Boolean,
    "COMBO": io.Combo,
    "IMAGE": io.Image,
    "AUDIO": io.Audio,
    "VIDEO": io.Video,
    "MASK": io.Mask,
    PROFILE_TYPE: io.Custom(PROFILE_TYPE),
}


def build_schema(spec: NodeSpec, sources: dict[str, Source]) -> io.Schema:
    """The schema. `sources` finds the names of the dynamic lists; ComfyUI asks anew on each request."""
    fields: dict[str, Any] = {
        "node_id": spec.id,
        "display_name": spec.name,
        "category": spec.category,
        "description": spec.description,
        "search_aliases": list(spec.search),
        "inputs": [_input(item, sources) for item in spec.inputs],
        "outputs": [_output(item) for item in spec.outputs],
        "hidden": [io.Hidden[name] for name in spec.hidden],
        "is_output_node": spec.output_node,
        # Gives each node a cache of its own, which change detection relies on: see `changes`.
        "not_idempotent": spec.runs != "cached",
    }
    return io.Schema(**{name: value for name, value in fields.items() if name in _KNOWN_FIELDS})


def _input(spec: InputSpec, sources: dict[str, Source]) -> io.Input:
    settings = dict(spec.settings)
    source = settings.pop("source", None)
    if source is not None:
        settings["options"] = [*settings["options"], *sources[source]()]
    return _TYPES[spec.type].Input(spec.id, optional=spec.optional, tooltip=spec.tooltip, **settings)


def _output(spec: OutputSpec) -> io.Output:
    return _TYPES[spec.type].Output(display_name=spec.name, tooltip=spec.tooltip, is_output_list=spec.list)
