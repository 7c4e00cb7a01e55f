from comfy_execution.utils import get_executing_context

from . import _io as io

__all__ = ["ComfyAPI", "ComfyExtension", "InputImpl", "io"]


class ComfyExtension:
    async def get_node_list(self):
        raise NotImplementedError


class InputImpl:
    class VideoFromFile:
        def __init__(self, file):
            self._file = file

        def get_stream_source(self):
            return self._file


class ComfyAPI:
    class Execution:
        shown = []  # noqa: RUF012

        async def set_progress(self, value, max_value, node_id=None, preview_image=None, ignore_size_limit=False):
            context = get_executing_context()
            if node_id is None and context is None:
                raise ValueError("node_id must be provided if not in executing context")
            self.shown.append((context.node_id, value, max_value))
