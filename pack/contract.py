"""The nodes' contract, `nodes.json`, as values."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

PROFILE_TYPE = "S3_PROFILE"
"""The type of the wire from a profile node to the others."""

PROFILE_NAMES = "profile_names"
"""The dynamic source of a list: the names of the profiles."""

MODEL_TYPES = "model_types"
"""The dynamic source of a list: the kinds of models that the running ComfyUI has folders for."""

HANDED_OVER = ("IMAGE", "AUDIO", "VIDEO")
"""Inputs of these types reach the engine as memory or as files, not as values."""


@dataclass(frozen=True)
class InputSpec:
    """One input; `settings` is what else its kind has: default, min, max, step, options, source, multiline."""

    id: str
    type: str
    tooltip: str
    optional: bool
    settings: dict[str, Any]


@dataclass(frozen=True)
class OutputSpec:
    """One output; a list output runs what is wired to it once for each item."""

    name: str
    type: str
    tooltip: str
    list: bool
    file_name: bool = False


@dataclass(frozen=True)
class CoreLoader:
    """One of ComfyUI's own loaders, and which of its inputs names the file."""

    class_name: str
    file: str


@dataclass(frozen=True)
class NodeSpec:
    """One node."""

    id: str
    name: str
    category: str
    description: str
    search: tuple[str, ...]
    output_node: bool
    runs: Literal["cached", "when_object_changes", "when_files_change", "always"]
    hidden: tuple[str, ...]
    inputs: tuple[InputSpec, ...]
    outputs: tuple[OutputSpec, ...]
    core_loader: CoreLoader | None = None

    def input_with_id(self, name: str) -> InputSpec:
        """The input of that name. Raises StopIteration if there is none."""
        return next(spec for spec in self.inputs if spec.id == name)

    def input_of_type(self, *type_names: str) -> InputSpec | None:
        """The first input of one of these types."""
        return next((spec for spec in self.inputs if spec.type in type_names), None)

    @property
    def fetches_models(self) -> bool:
        """Whether it puts models into ComfyUI's folders."""
        return self.core_loader is not None or any(spec.settings.get("source") == MODEL_TYPES for spec in self.inputs)

    @property
    def output_types(self) -> tuple[str, ...]:
        """The types of the outputs, in order."""
        return tuple(spec.type for spec in self.outputs)


@cache
def read_nodes() -> tuple[NodeSpec, ...]:
    """All nodes, in the file's order."""
    file = Path(__file__).with_name("nodes.json")
    return tuple(_node(entry) for entry in json.loads(file.read_text(encoding="utf-8"))["nodes"])


def _node(entry: dict[str, Any]) -> NodeSpec:
    return NodeSpec(
        id=entry["id"],
        name=entry["name"],
        category=entry["category"],
        description=entry["description"],
        search=tuple(entry["search"]),
        output_node=entry["output_node"],
        runs=entry["runs"],
        hidden=tuple(entry["hidden"]),
        inputs=tuple(_input(item) for item in entry["inputs"]),
        outputs=tuple(
            OutputSpec(
                item["name"], item["type"], item["tooltip"], item.get("list", False), item.get("file_name", False)
            )
            for item in entry["outputs"]
        ),
        core_loader=CoreLoader(entry["core_loader"]["class"], entry["core_loader"]["file"])
        if "core_loader" in entry
        else None,
    )


def _input(item: dict[str, Any]) -> InputSpec:
    common = ("id", "type", "tooltip", "optional")
    settings = {name: value for name, value in item.items() if name not in common}
    return InputSpec(item["id"], item["type"], item["tooltip"], item.get("optional", False), settings)
