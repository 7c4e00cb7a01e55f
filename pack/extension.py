"""What ComfyUI asks the pack for at its start."""

from comfy_api.latest import ComfyExtension, io

from . import engine
from .ahead import start_with_prompts
from .neighbour import warn_about_original
from .nodes import node_classes


class CloudStorageExtension(ComfyExtension):
    """The nodes of this pack."""

    async def get_node_list(self) -> list[type[io.ComfyNode]]:
        """All of them, also where the engine is missing: then they say what to run."""
        warn_about_original()
        engine.start_if_wanted()
        nodes = node_classes()
        start_with_prompts({node.__name__ for node in nodes}, lambda: engine.engine().start())
        return list(nodes)


async def comfy_entrypoint() -> CloudStorageExtension:
    """Called by ComfyUI when it loads the pack."""
    return CloudStorageExtension()
