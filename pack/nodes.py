"""The node classes, one for each entry of the contract; what differs between them is data."""

from types import ModuleType
from typing import Any

from comfy_api.latest import io

from . import changes, engine, host, loaders, threads
from .contract import MODEL_TYPES, PROFILE_NAMES, NodeSpec, read_nodes
from .schema import build_schema
from .wire import engine_inputs

_SOURCES = {PROFILE_NAMES: engine.profile_names, MODEL_TYPES: host.model_types}

_changes = {spec.id: changes.Changes() for spec in read_nodes() if spec.runs == "when_object_changes"}
_each_time = changes.EachTime()


class CloudNode(io.ComfyNode):
    """What every node does."""

    SPEC: NodeSpec

    @classmethod
    def define_schema(cls) -> io.Schema:
        """Asked by ComfyUI on each request."""
        return build_schema(cls.SPEC, _SOURCES)

    @classmethod
    async def execute(cls, **given: Any) -> io.NodeOutput:
        """Runs the node in the engine."""
        ran = await _runs().run(cls.SPEC, given, cls.hidden)
        node = host.executing_node()
        if ran.identity is not None and node is not None:
            _changes[cls.SPEC.id].remember(node, engine_inputs(cls.SPEC, given), ran.identity, ran.files)
        outputs = ran.outputs
        if cls.SPEC.core_loader is not None:
            outputs = list(await loaders.load(cls.SPEC.core_loader, node, outputs[0], given))
        return io.NodeOutput(*outputs, ui=ran.ui)


class EachTimeNode(CloudNode):
    """Runs in every prompt."""

    @classmethod
    def fingerprint_inputs(cls, **given: Any) -> str:
        """Never the same twice."""
        return _each_time.fingerprint()


class ObjectNode(CloudNode):
    """Runs again when an object that it loaded has changed."""

    @classmethod
    async def fingerprint_inputs(cls, **given: Any) -> str:
        """The same as long as the objects are. Linked inputs are None here."""
        node = host.executing_node()
        if node is None:
            return _each_time.fingerprint()
        visible = {name: value for name, value in given.items() if value is not None}

        async def identity(inputs: dict[str, Any]) -> str | None:
            try:
                answer = await _runs().ask("node/identity", {"node": cls.SPEC.id, "inputs": inputs})
            except threads.Interrupted:
                raise
            except Exception as error:
                host.log.debug("could not ask for %s: %s", cls.SPEC.id, error)
                return None
            return str(answer["identity"])

        try:
            return await _changes[cls.SPEC.id].fingerprint(node, visible, identity)
        except threads.Interrupted:
            return _each_time.fingerprint()  # ComfyUI ends the prompt before the node's turn comes.


class FilesNode(CloudNode):
    """Runs again when a file that it names has changed."""

    @classmethod
    async def fingerprint_inputs(cls, **given: Any) -> str:
        """The same as long as the files are. What a link will name is not known: that runs when its maker runs."""
        visible = {name: value for name, value in given.items() if value is not None}
        try:
            answer = await _runs().ask("node/identity", {"node": cls.SPEC.id, "inputs": visible})
        except Exception as error:
            host.log.debug("could not ask for %s: %s", cls.SPEC.id, error)
            return _each_time.fingerprint()
        return str(answer["identity"])


class ProfileNode(CloudNode):
    """Has a list of profiles, which is ours to check: the names change while workflows keep them."""

    @classmethod
    def validate_inputs(cls, profile: Any = None) -> bool | str:
        """Called when a prompt is queued, before anything has run. A linked profile is None."""
        fixed = cls.SPEC.input_with_id("profile").settings["options"]
        if not isinstance(profile, str) or profile in fixed:
            return True
        return engine.unknown_profile(profile) or True


def node_classes() -> list[type[CloudNode]]:
    """A class for each node of the contract; without those whose loader the running ComfyUI does not have."""
    return [
        type(spec.id, (_kind(spec),), {"SPEC": spec, "__doc__": spec.description})
        for spec in read_nodes()
        if spec.core_loader is None or loaders.exists(spec.core_loader)
    ]


def _runs() -> ModuleType:
    """Imported when it is needed: all that reads and writes pictures, sounds and videos comes with it."""
    from . import runs

    return runs


def _kind(spec: NodeSpec) -> type[CloudNode]:
    if any(item.settings.get("source") == PROFILE_NAMES for item in spec.inputs):
        return ProfileNode
    kinds = {"always": EachTimeNode, "when_object_changes": ObjectNode, "when_files_change": FilesNode}
    return kinds.get(spec.runs, CloudNode)
