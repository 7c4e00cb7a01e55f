"""What the running ComfyUI knows and offers. Versions differ from v0.3.48 on, so nothing is taken for granted."""

import logging
import sys
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NoReturn

log = logging.getLogger("comfy_bucket")

SECRETS = "cloud_storage"
"""Our system user: ComfyUI keeps its folder `user/__cloud_storage` away from HTTP."""

_NO_MODELS = {"custom_nodes", "configs", "diffusers"}
"""In ComfyUI's list of model folders, and something else: programs, settings, whole folders."""


def interrupted() -> bool:
    """Whether the user has cancelled. Asking leaves the flag for ComfyUI and for the other nodes that run."""
    from comfy import model_management

    return bool(model_management.processing_interrupted())


def raise_interrupted() -> NoReturn:
    """Ends the node as cancelled."""
    from comfy import model_management

    model_management.throw_exception_if_processing_interrupted()
    raise model_management.InterruptProcessingException


async def show_progress(value: int, total: int) -> None:
    """Moves the bar on the node that is running."""
    from comfy_api.latest import ComfyAPI

    await ComfyAPI.Execution().set_progress(value, total)


def video_from_file(path: str) -> Any:
    """ComfyUI's own value for a video that lies in a file."""
    from comfy_api.latest import InputImpl

    return InputImpl.VideoFromFile(path)


def show_text(text: str) -> None:
    """Shows a line on the node that is running, where ComfyUI can: it stays until the next."""
    server = _server()
    send = getattr(server, "send_progress_text", None)
    node = executing_node()
    if send is not None and node is not None:
        send(text, node, getattr(server, "client_id", None))


def page_is_open() -> bool:
    """Whether a page of this ComfyUI could hear what is sent to it."""
    server = _server()
    return server is not None and bool(getattr(server, "sockets", None))


def send_to_pages(event: str, data: dict[str, str]) -> None:
    """Sends to all pages. Called on any thread."""
    server = _server()
    if server is not None:
        server.send_sync(event, data)


def _server() -> Any:
    try:
        from server import PromptServer
    except ImportError:
        return None
    return getattr(PromptServer, "instance", None)


def executing_node() -> str | None:
    """The id of the node that ComfyUI is running or asking for its fingerprint."""
    try:
        from comfy_execution.utils import get_executing_context
    except ImportError:
        return None
    context: Any = get_executing_context()
    return None if context is None else str(context.node_id)


def on_prompt(heard: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Has ComfyUI pass each prompt that is queued through `heard`. Without a server, as in tests, there are none."""
    try:
        from server import PromptServer
    except ImportError:
        return
    server: Any = getattr(PromptServer, "instance", None)
    if server is not None:
        server.add_on_prompt_handler(heard)


def metadata_disabled() -> bool:
    """Whether ComfyUI was started with --disable-metadata."""
    from comfy.cli_args import args

    return bool(getattr(args, "disable_metadata", False))


def temp_folder() -> Path:
    """ComfyUI's folder for what lasts until its next start."""
    import folder_paths

    return Path(folder_paths.get_temp_directory())


def comfyui_folder() -> Path:
    """The one with `main.py`."""
    import folder_paths

    return Path(folder_paths.__file__).parent


def version() -> str | None:
    """ComfyUI's version."""
    try:
        from comfyui_version import __version__
    except ImportError:
        return None
    return str(__version__)


def folders() -> dict[str, str]:
    """The folders that the engine is told about."""
    import folder_paths

    told = {
        "output": folder_paths.get_output_directory(),
        "temp": folder_paths.get_temp_directory(),
        "input": folder_paths.get_input_directory(),
    }
    secrets = secrets_folder()
    return told if secrets is None else {**told, "user": secrets}


def model_types() -> list[str]:
    """The kinds of models that ComfyUI has folders for, in its order. The engine decides which it puts models into.

    ComfyUI's page asks for it with all nodes: the disk is looked at when the folders are other ones than the last time.
    """
    import folder_paths

    kinds = tuple((name, tuple(folders)) for name, (folders, *_) in folder_paths.folder_names_and_paths.items())
    return list(_outside_packs(kinds, tuple(pack_folders())))


@lru_cache(maxsize=1)
def _outside_packs(kinds: tuple[tuple[str, tuple[str, ...]], ...], pack_folders: tuple[Path, ...]) -> list[str]:
    packs = [str(folder.resolve()) for folder in pack_folders]

    def is_among_packs(folder: str) -> bool:
        place = Path(folder).resolve()
        return any(place.is_relative_to(pack) for pack in packs)

    return [
        name
        for name, folders in kinds
        if name not in _NO_MODELS and any(not is_among_packs(folder) for folder in folders)
    ]


def model_folders() -> dict[str, Any]:
    """What the engine decides by: the folders that ComfyUI calls model folders, and where programs come from."""
    import folder_paths
    from comfy.cli_args import args

    own = Path(folder_paths.__file__).parent / "extra_model_paths.yaml"
    named = [file for group in getattr(args, "extra_model_paths_config", None) or [] for file in group]
    return {
        "folder": folder_paths.models_dir,
        "types": {name: list(folders) for name, (folders, *_) in folder_paths.folder_names_and_paths.items()},
        "extra": [*([str(own)] if own.is_file() else []), *named],
        "code": [*map(str, pack_folders()), *(str(Path(place).absolute()) for place in sys.path)],
    }


def secrets_folder() -> str | None:
    """ComfyUI's folder for our settings, or None where it has no safe one: then the system's own folder is used.

    Before v0.3.76 a multi-user ComfyUI could be made to serve `user/__…` over HTTP. A file that lies there already is
    still read.
    """
    import folder_paths

    if hasattr(folder_paths, "get_system_user_directory"):
        return str(folder_paths.get_system_user_directory(SECRETS))
    folder = Path(folder_paths.get_user_directory()) / f"__{SECRETS}"
    if (folder / "profiles.json").is_file():
        _warn_about(folder)
        return str(folder)
    _tell_about_system_folder()
    return None


def pack_folders() -> list[Path]:
    """The folders that packs lie in."""
    import folder_paths

    return [Path(folder) for folder in folder_paths.get_folder_paths("custom_nodes")]


@cache
def _warn_about(folder: Path) -> None:
    log.warning(
        "Cloud storage: %s is read, but this ComfyUI does not fully protect that folder from HTTP. "
        "Update ComfyUI to v0.3.76 or newer, or name a file elsewhere in COMFY_S3_PROFILES.",
        folder / "profiles.json",
    )


@cache
def _tell_about_system_folder() -> None:
    log.info(
        "Cloud storage: profiles are read from the system's settings folder, because this ComfyUI has no safe one."
    )
