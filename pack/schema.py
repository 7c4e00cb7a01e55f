"""ComfyUI's schema of a node, made from the contract."""

import dataclasses
from collections.abc import Callable
from typing import Any

from comfy_api.latest import io

from . import loaders
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


class _FileName(str):
    """The type of an output that is a text to read, and can be linked into lists of file names as well.

    ComfyUI refuses a link between a STRING and a list unless the types' own `!=` says that they do not differ
    (`validate_node_input`, v0.3.64).
    """

    __slots__ = ()

    def __ne__(self, other: object) -> bool:
        return isinstance(other, str) and not {part.strip() for part in other.split(",")} & {"STRING", "COMBO", "*"}

    __hash__ = str.__hash__


_FILE_NAME = _FileName("STRING")


class _FileNameOutput(io.String.Output):
    io_type = _FILE_NAME

    def get_io_type(self) -> str:
        return _FILE_NAME


def build_schema(spec: NodeSpec, sources: dict[str, Source]) -> io.Schema:
    """The schema. `sources` finds the names of the dynamic lists; ComfyUI asks anew on each request."""
    inputs = [_input(item, sources) for item in spec.inputs]
    outputs = [_output(item) for item in spec.outputs]
    if spec.core_loader is not None:
        inputs, outputs = loaders.around(spec.core_loader, inputs)
    fields: dict[str, Any] = {
        "node_id": spec.id,
        "display_name": spec.name,
        "category": spec.category,
        "description": spec.description,
        "search_aliases": list(spec.search),
        "inputs": inputs,
        "outputs": outputs,
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
        found = (name for name in sources[source]() if name not in settings["options"])
        settings["options"] = [*settings["options"], *found]
    return _TYPES[spec.type].Input(spec.id, optional=spec.optional, tooltip=spec.tooltip, **settings)


def _output(spec: OutputSpec) -> io.Output:
    kind = _FileNameOutput if spec.file_name else _TYPES[spec.type].Output
    return kind(display_name=spec.name, tooltip=spec.tooltip, is_output_list=spec.list)
