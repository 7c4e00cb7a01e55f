"""Runs a node in the engine: pixels there, progress and cancel meanwhile, results back."""

import asyncio
import weakref
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from . import host, threads
from .contract import HANDED_OVER, NodeSpec
from .engine import engine
from .handing import Handed, Making
from .pixels import hand_pixels_over
from .readings import Readings
from .sounds import hand_sounds_over
from .threads import AT_ONCE, Interrupted
from .videos import hand_video_over
from .wire import engine_context, engine_inputs, file_metadata

if TYPE_CHECKING:
    from concurrent.futures import Future

    from comfy_bucket.connection import Call

POLL = 0.1
"""Seconds between two looks at ComfyUI's cancel button, and between two moves of the progress bar."""

CANCEL_TIME = 0.7
"""Seconds that the engine gets to stop before the node ends without it, within a second of the cancel all in all."""

_Result = TypeVar("_Result")

_gates: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore]" = weakref.WeakKeyDictionary()


@dataclass(frozen=True)
class Ran:
    """What came of a run."""

    outputs: list[Any]
    ui: dict[str, Any]
    identity: str | None
    """Of the objects that the node has loaded."""
    files: list[str]
    """What must stay where it is for as long as the outputs are used."""


async def run(spec: NodeSpec, given: dict[str, Any], hidden: Any) -> Ran:
    """Does the node's work.

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


async def _run(spec: NodeSpec, given: dict[str, Any], hidden: Any) -> Ran:
    running = engine()
    inputs = engine_inputs(spec, given)
    params = {"node": spec.id, "inputs": inputs, "context": engine_context(spec, hidden)}
    if spec.fetches_models:
        params["models"] = host.model_folders()
    running.start()  # Java starts while pixels are copied and files are made.
    progress = _Progress()
    handed = await _hand_over(spec, given, params, progress)
    readings = Readings(spec)
    call = running.run_node(params, progress.heard, readings.begin)
    if handed is not None:
        # The engine reads the pixels until it answers, also when nobody waits for the answer any more.
        call.future.add_done_callback(lambda _: _release(handed))
    try:
        return await _results(await _answer(call, progress.show), readings)
    except BaseException:
        readings.stop()
        raise


async def _hand_over(
    spec: NodeSpec, given: dict[str, Any], params: dict[str, Any], progress: "_Progress"
) -> Handed | None:
    """Adds to the parameters where the engine finds the pictures, sounds or video that the node takes, if it does."""
    item = spec.input_of_type(*HANDED_OVER)
    if item is None:
        return None
    # Encoding takes its time: what is refused whatever comes in is refused first.
    asked = {"node": spec.id, "inputs": params["inputs"]}
    await ask("node/check", asked)
    making = Making(progress.heard)
    value, inputs = given.get(item.id), params["inputs"]
    if item.type == "IMAGE":
        work = partial(hand_pixels_over, item.id, value, inputs)
        handed = await _await(threads.start(work), making.stop, _release, progress.show)
    else:
        write = {"AUDIO": hand_sounds_over, "VIDEO": hand_video_over}[item.type]
        work = partial(_made, write, making, item.id, value, inputs, file_metadata(inputs, params["context"]))
        handed = await _make(work, making, asked, progress)
    params.update(handed.params)
    return handed


async def _make(work: Callable[[], Handed], making: Making, asked: dict[str, Any], progress: "_Progress") -> Handed:
    """Encodes. The store is asked meanwhile, and what it refuses is not encoded to its end."""
    reached = engine().request("node/reach", asked, repeatable=True)

    async def meanwhile() -> None:
        refusal = _refusal(reached)
        if refusal is not None:
            raise refusal
        await progress.show()

    try:
        return await _await(threads.start(work), making.stop, _release, meanwhile)
    finally:
        reached.cancel()


def _refusal(reached: "Call") -> BaseException | None:
    """What the engine has said, if that is no. Whether there is an engine shows when it is needed."""
    from comfy_bucket.errors import EngineDied

    error = reached.future.exception() if reached.future.done() else None
    return error if getattr(error, "code", "") and not isinstance(error, EngineDied) else None


def _made(write: Callable[..., Handed], making: Making, *arguments: Any) -> Handed:
    try:
        return write(*arguments, making)
    except BaseException:
        making.remove()
        raise


class _Progress:
    """The last word of the engine, shown when it is time: each move of a bar sends the state of all nodes."""

    def __init__(self) -> None:
        self._heard: tuple[int, int, str] | None = None
        self._shown: tuple[int, int, str] | None = None

    def heard(self, value: int, total: int, text: str = "") -> None:
        self._heard = (value, total, text)

    async def show(self) -> None:
        if self._heard is not None and self._heard != self._shown:
            self._shown = self._heard
            value, total, text = self._heard
            if total > 0:
                await host.show_progress(value, total)
            if text:
                host.show_text(text)


async def _answer(call: "Call", show_progress: Callable[[], Awaitable[None]]) -> Any:
    return await _await(call.future, call.cancel, _ignore, show_progress)


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


async def _results(answer: dict[str, Any], readings: Readings) -> Ran:
    outputs = list(answer.get("outputs") or [])
    files = answer.get("files") or []
    # ComfyUI merges what several runs of a node show by the members of the first: a node's are always the same.
    ui = {"text": [], **(answer.get("ui") or {})}
    if files:
        outputs, lines = await readings.results(files, outputs)
        ui["text"] = [*lines, *ui["text"]]
    return Ran(outputs, ui, answer.get("identity"), readings.kept(files))


def _dispose(done: "Future[_Result]", dispose: Callable[[_Result], None]) -> None:
    if not done.cancelled() and done.exception() is None:
        dispose(done.result())


def _release(handed: Handed) -> None:
    handed.release()


def _ignore(_: Any) -> None:
    pass


def _gate() -> asyncio.Semaphore:
    # ComfyUI has a new loop for each prompt.
    return _gates.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))


async def _show_nothing() -> None:
    pass
