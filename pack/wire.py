"""What goes to the engine: inputs and context as plain values, and nothing that should not."""

import json
from typing import Any

from . import host
from .contract import HANDED_OVER, PROFILE_TYPE, NodeSpec
from .problems import problem

_PROFILE_FIELDS = {"profile", "provider", "bucket", "path_prefix"}


def engine_inputs(spec: NodeSpec, given: dict[str, Any]) -> dict[str, Any]:
    """The inputs that were given as values. Raises CloudStorageError for a wire that is not ours."""
    inputs = {}
    for item in spec.inputs:
        value = given.get(item.id)
        if value is None or item.type in HANDED_OVER:
            continue
        inputs[item.id] = _profile(item.id, value) if item.type == PROFILE_TYPE else value
    return inputs


def engine_context(spec: NodeSpec, hidden: Any) -> dict[str, Any]:
    """Where and in which workflow the node runs. Prompt and workflow are the very text that ComfyUI would embed."""
    context: dict[str, Any] = {"disable_metadata": host.metadata_disabled()}
    node = host.executing_node()
    if node is not None:
        context["unique_id"] = node
    if "prompt" in spec.hidden and hidden.prompt is not None:
        context["prompt"] = json.dumps(hidden.prompt)
    if "extra_pnginfo" in spec.hidden and hidden.extra_pnginfo is not None:
        context["extra_pnginfo"] = {name: json.dumps(value) for name, value in hidden.extra_pnginfo.items()}
    return context


def file_metadata(inputs: dict[str, Any], context: dict[str, Any]) -> dict[str, str]:
    """What goes into a file that the pack writes itself: nothing, when ComfyUI or the node's user does not want it."""
    if context["disable_metadata"] or inputs.get("embed_workflow") is False:
        return {}
    own = {"prompt": context["prompt"]} if "prompt" in context else {}
    return {**own, **context.get("extra_pnginfo", {})}


def _profile(name: str, value: Any) -> dict[str, str]:
    """Another pack's wire of the same type may carry secrets: nothing of it is passed on, stored or shown."""
    if (
        not isinstance(value, dict)
        or not value.keys() <= _PROFILE_FIELDS
        or not all(isinstance(entry, str) for entry in value.values())
    ):
        raise problem(
            "input_not_usable",
            input=name,
            reason="what is wired to it does not come from this pack's nodes",
            allowed="the output of this pack's Cloud Storage Profile node, and remove packs with nodes of that name",
        )
    return value
