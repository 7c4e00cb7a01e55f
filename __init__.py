"""Cloud storage for ComfyUI.

ComfyUI imports this folder. The code is in `pack`, the engine in the wheel `comfy_bucket`.
"""

from .pack.extension import comfy_entrypoint

WEB_DIRECTORY = "./web"

__all__ = ["WEB_DIRECTORY", "comfy_entrypoint"]
