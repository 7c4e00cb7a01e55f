"""Runs a node in the engine: pixels there, progress and cancel meanwhile, results back."""

import asyncio
import weakref
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from . import host, pictures, tensors
from .contract import HANDED_OVER, NodeSpec
from .engine import engine
from .handing import Handed, Making
from .pixels import hand_pixels_over
from .sounds import hand_sounds_over
from .videos import hand_video_over
from .wire import engine_context, engine_inputs, file_metadata

if TYPE_CHECKING:
    from comfy_bucket.connection import Call

POLL = 0.1
"""Seconds between two looks at ComfyUI's cancel button, and between two moves of the progress bar."""

CANCEL_TIME = 1.0
"""Seconds that the engine gets to stop before the node ends without it."""

AT_ONCE = 4
"""Runs at the same time. A list wired to a node is many runs, each with memory of its own."""

_Result = TypeVar("_Result")

_gates: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore]" = weakref.WeakKeyDictionary()

# Not the loop's own threads: ComfyUI's loop ends with each prompt and would wait for them.
_threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="comfy-bucket")


class Interrupted(Exception):
    """The user has cancelled the prompt."""


async def run(spec: NodeSpec, given: dict[str, Any], hidden: Any) -> tuple[list[Any], dict[str, Any], str | None]:
    """The node's outputs, what ComfyUI shows on it, and the identity of the object that it loaded.

    Raises CloudStorageError or the engine's own errors, whose texts are for the user; and ComfyUI's exception when
    the user cancels.
    """
    try:
        async with _gate():
            return await _run(spec, given, hidden)
    except Interrupted:
        host.raise_interrupted()


async def ask(method: str, params: dict[str, Any]) -> Any:
    """A question that changes nothing. Raises Interrupted, and leaves telling ComfyUI to the caller."""
    return await _answer(engine().request(method, params, repeatable=True), _show_nothing)


async def _run(spec: NodeSpec, given: dict[str, Any], hidden: Any) -> tuple[list[Any], dict[str, Any], str | None]:
    running = engine()
    inputs = engine_inputs(spec, given)
    params = {"node": spec.id, "inputs": inputs, "context": engine_context(spec, hidden)}
    running.start()  # Java starts while pixels are copied and files are made.
    progress = _Progress()
    handed = await _hand_over(spec, given, params, progress)
    call = running.run_node(params, progress.heard)
    if handed is not None:
        # The engine reads the pixels until it answers, also when nobody waits for the answer any more.
        call.future.add_done_callback(lambda _: _release(handed))
    return await _results(spec, await _answer(call, progress.show))


async def _hand_over(
    spec: NodeSpec, given: dict[str, Any], params: dict[str, Any], progress: "_Progress"
) -> Handed | None:
    """Adds to the parameters where the engine finds the pictures, sounds or video that the node takes, if it does."""
    item = spec.input_of_type(*HANDED_OVER)
    if item is None:
        return None
    making = Making(progress.heard)
    value, inputs = given.get(item.id), params["inputs"]
    if item.type == "IMAGE":
        work = partial(hand_pixels_over, item.id, value, inputs)
    else:
        write = {"AUDIO": hand_sounds_over, "VIDEO": hand_video_over}[item.type]
        work = partial(_made, write, making, item.id, value, inputs, file_metadata(inputs, params["context"]))
    handed = await _await(_threads.submit(work), making.stop, _release, progress.show)
    params.update(handed.params)
    return handed


def _made(write: Callable[..., Handed], making: Making, *arguments: Any) -> Handed:
    try:
        return write(*arguments, making)
    except BaseException:
        making.remove()
        raise


class _Progress:
    """The last word of the engine, shown when it is time: each move of a bar sends the state of all nodes."""

    def __init__(self) -> None:
        self._heard: tuple[int, int] | None = None
        self._shown: tuple[int, int] | None = None

    def heard(self, value: int, total: int) -> None:
        self._heard = (value, total)

    async def show(self) -> None:
        if self._heard is not None and self._heard != self._shown:
            self._shown = self._heard
            value, total = self._heard
            if total > 0:
                await host.show_progress(value, total)


async def _answer(call: "Call", show_progress: Callable[[], Awaitable[None]]) -> Any:
    return await _await(call.future, call.cancel, _remove_unwanted_file, show_progress)


async def _await(
    future: "Future[_Result]",
    cancel: Callable[[], object],
    if_unwanted: Callable[[_Result], None],
    show_progress: Callable[[], Awaitable[None]],
) -> _Result:
    """Waits, shows progress and listens for a cancel; `if_unwanted` gets a result that came after one."""
    answer = asyncio.wrap_future(future)
    try:
        while not answer.done():
            if host.interrupted():
                cancel()
                await asyncio.wait({answer}, timeout=CANCEL_TIME)
                raise Interrupted
            await show_progress()
            await asyncio.wait({answer}, timeout=POLL)
    except BaseException:
        # Cancelled by the user; or by ComfyUI, because another node failed.
        cancel()
        future.add_done_callback(lambda done: _dispose(done, if_unwanted))
        answer.cancel()
        raise
    return answer.result()


async def _results(spec: NodeSpec, answer: dict[str, Any]) -> tuple[list[Any], dict[str, Any], str | None]:
    outputs = list(answer.get("outputs") or [])
    shown = answer.get("ui") or {}
    # ComfyUI merges what several runs of a node show by the members of the first: a node's are always the same.
    ui = {"text": [], **shown}
    file = answer.get("file")
    if file is None:
        return outputs, ui, None
    uri = next(iter(ui["text"]), file.get("name", ""))
    try:
        image, mask = await _in_thread(partial(pictures.load_picture, Path(file["path"]), uri))
    finally:
        _remove(file)
    return [tensors.to_tensor(image), tensors.to_tensor(mask), *outputs], ui, file.get("identity")


async def _in_thread(work: Callable[[], _Result], if_unwanted: Callable[[_Result], None] | None = None) -> _Result:
    """Work that takes its time, beside the other nodes; `if_unwanted` gets a result that came after a cancel."""
    if host.interrupted():
        raise Interrupted
    future = _threads.submit(work)
    try:
        return await asyncio.wrap_future(future)
    except asyncio.CancelledError:
        if if_unwanted is not None:
            future.add_done_callback(lambda done: _dispose(done, if_unwanted))
        raise


def _dispose(done: "Future[_Result]", dispose: Callable[[_Result], None]) -> None:
    if not done.cancelled() and done.exception() is None:
        dispose(done.result())


def _release(handed: Handed) -> None:
    handed.release()


def _remove_unwanted_file(answer: Any) -> None:
    if isinstance(answer, dict) and answer.get("file"):
        _remove(answer["file"])


def _remove(file: dict[str, Any]) -> None:
    try:
        Path(file["path"]).unlink(missing_ok=True)
    except OSError:
        host.log.debug("could not be removed: %s", file["path"])


def _gate() -> asyncio.Semaphore:
    # ComfyUI has a new loop for each prompt.
    return _gates.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))


async def _show_nothing() -> None:
    pass
