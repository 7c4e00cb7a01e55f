"""ComfyUI's own model loaders, as the one-step nodes use them: their inputs and outputs, and the loading itself."""

import inspect
from collections import OrderedDict
from functools import cache
from typing import Any

from comfy_api.latest import io

from .contract import CoreLoader

KEPT = 16
"""Loaders that are kept for another run of the same node, as ComfyUI keeps its own: some remember what they loaded."""

_kept: "OrderedDict[tuple[str, str], Any]" = OrderedDict()


def exists(core: CoreLoader) -> bool:
    """Whether the running ComfyUI has this loader, with a file input as we know it."""
    loader = _find(core)
    return loader is not None and core.file in _declared(loader, "required")


def around(core: CoreLoader, ours: list[io.Input]) -> tuple[list[io.Input], list[io.Output]]:
    """The loader's inputs and outputs with our key in place of the file name, and our other inputs at the end."""
    loader = _find(core)
    key, *others = ours
    required = [
        key if name == core.file else _input(name, declared, optional=False)
        for name, declared in _declared(loader, "required").items()
    ]
    optional = [_input(name, declared, optional=True) for name, declared in _declared(loader, "optional").items()]
    return [*required, *optional, *others], _outputs(loader)


async def load(core: CoreLoader, node: str | None, file_name: str, given: dict[str, Any]) -> tuple[Any, ...]:
    """What the loader makes of the file. Errors are ComfyUI's own."""
    loader = _find(core)
    names = {*_declared(loader, "required"), *_declared(loader, "optional")} & given.keys()
    inputs = {**{name: given[name] for name in names}, core.file: file_name}
    result = getattr(_instance(core, loader, node), loader.FUNCTION)(**inputs)
    if inspect.isawaitable(result):
        result = await result
    if isinstance(result, dict):
        result = result["result"]
    return tuple(getattr(result, "args", result))


def _find(core: CoreLoader) -> Any:
    import nodes

    return nodes.NODE_CLASS_MAPPINGS.get(core.class_name)


def _declared(loader: Any, kind: str) -> dict[str, Any]:
    return dict(loader.INPUT_TYPES().get(kind) or {})


def _input(name: str, declared: Any, optional: bool) -> io.Input:
    kind, settings = declared[0], dict(declared[1]) if len(declared) > 1 else {}
    if not isinstance(kind, str):
        kind, settings = "COMBO", {"options": list(kind), **settings}
    return _type(kind).Input(name, optional=optional, extra_dict=settings)


@cache
def _type(kind: str) -> Any:
    """Made once: ComfyUI asks for the schemas again and again, and a class that is no longer used is work for later."""
    return io.Custom(kind)


def _outputs(loader: Any) -> list[io.Output]:
    types = loader.RETURN_TYPES
    names = getattr(loader, "RETURN_NAMES", None) or types
    tooltips = getattr(loader, "OUTPUT_TOOLTIPS", None) or [None] * len(types)
    return [
        _type(kind).Output(display_name=name, tooltip=tooltip)
        for kind, name, tooltip in zip(types, names, tooltips, strict=False)
    ]


def _instance(core: CoreLoader, loader: Any, node: str | None) -> Any:
    if hasattr(loader, "define_schema"):
        return loader
    if node is None:
        return loader()
    kept = _kept.pop((core.class_name, node), None) or loader()
    _kept[core.class_name, node] = kept
    if len(_kept) > KEPT:
        _kept.popitem(last=False)
    return kept
