"""The engine behind the nodes. Its wheel is imported when a node needs it: ComfyUI starts without, or with none."""

import threading
from typing import TYPE_CHECKING

from . import host, notices
from .installing import install_line
from .problems import problem

if TYPE_CHECKING:
    from comfy_bucket.engine import Engine
    from comfy_bucket.handover import HandOver

VERSION = "0.1.0"

PROTOCOL = 2
"""What this pack speaks."""

_engine: "Engine | None" = None
_hand_over: "HandOver | None" = None


def engine() -> "Engine":
    """The engine of this ComfyUI. Raises CloudStorageError with the pip line where there is none that fits."""
    global _engine
    if _engine is None:
        _check_wheel()
        from comfy_bucket.engine import Engine

        _engine = Engine(_hello, on_notice=notices.show)
    return _engine


def start_if_wanted() -> None:
    """Starts the engine ahead of its first use when files wait for their upload; a look at the disk otherwise."""
    try:
        from comfy_bucket import autostart
    except ImportError:
        return
    if autostart.wanted(host.secrets_folder()):
        threading.Thread(target=_start, name="comfy-bucket start", daemon=True).start()


def _start() -> None:
    try:
        engine().start()
    except Exception as error:  # The nodes tell it too, when they are run.
        host.log.warning("Cloud storage: the files in the outbox wait, because the engine does not start: %s", error)


def hand_over() -> "HandOver":
    """The memory that pixels travel in."""
    global _hand_over
    if _hand_over is None:
        from comfy_bucket.handover import HandOver

        _hand_over = HandOver()
    return _hand_over


def profile_names() -> list[str]:
    """The names of the profiles; none without the wheel."""
    try:
        from comfy_bucket import profiles
    except ImportError:
        return []
    return profiles.profile_names(host.secrets_folder())


def unknown_profile(name: str) -> str | None:
    """What to tell a user whose workflow names a profile that does not exist; None if it may exist."""
    try:
        from comfy_bucket import profiles
    except ImportError:
        return None
    return profiles.unknown_profile(name, host.secrets_folder())


def _hello() -> dict[str, object]:
    comfyui = host.version()
    return {"version": VERSION, "folders": host.folders(), **({"comfyui": comfyui} if comfyui else {})}


def _check_wheel() -> None:
    try:
        import comfy_bucket
    except ImportError:
        raise problem("engine_not_installed", pip=install_line()) from None
    if comfy_bucket.PROTOCOL != PROTOCOL:
        ours = f"{VERSION} (protocol {PROTOCOL})"
        theirs = f"{comfy_bucket.__version__} (protocol {comfy_bucket.PROTOCOL})"
        raise problem("versions_differ", pack=ours, engine=theirs, pip=install_line())
