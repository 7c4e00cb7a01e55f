from dataclasses import dataclass
from enum import Enum


class Input:
    io_type = None

    def __init__(self, id, display_name=None, optional=False, tooltip=None, lazy=None, extra_dict=None):
        self.id = id
        self.optional = optional
        self.tooltip = tooltip
        self.extra_dict = extra_dict or {}


class WidgetInput(Input):
    def __init__(self, id, display_name=None, optional=False, tooltip=None, lazy=None, default=None):
        super().__init__(id, display_name, optional, tooltip, lazy)
        self.default = default


class Output:
    io_type = None

    def __init__(self, id=None, display_name=None, tooltip=None, is_output_list=False):
        self.id = id
        self.display_name = display_name
        self.tooltip = tooltip
        self.is_output_list = is_output_list


class _StringInput(WidgetInput):
    def __init__(
        self,
        id,
        display_name=None,
        optional=False,
        tooltip=None,
        lazy=None,
        multiline=False,
        placeholder=None,
        default=None,
    ):
        super().__init__(id, display_name, optional, tooltip, lazy, default)
        self.multiline = multiline


class _IntInput(WidgetInput):
    def __init__(
        self,
        id,
        display_name=None,
        optional=False,
        tooltip=None,
        lazy=None,
        default=None,
        min=None,
        max=None,
        step=None,
    ):
        super().__init__(id, display_name, optional, tooltip, lazy, default)
        self.min = min
        self.max = max
        self.step = step


class _ComboInput(WidgetInput):
    def __init__(self, id, options=None, display_name=None, optional=False, tooltip=None, lazy=None, default=None):
        super().__init__(id, display_name, optional, tooltip, lazy, default)
        self.options = options


def _type(name, io_type, input_class):
    own = {"io_type": io_type}
    return type(name, (), {"Input": type("Input", (input_class,), own), "Output": type("Output", (Output,), own)})


String = _type("String", "STRING", _StringInput)
Int = _type("Int", "INT", _IntInput)
Boolean = _type("Boolean", "BOOLEAN", WidgetInput)
Combo = _type("Combo", "COMBO", _ComboInput)
Image = _type("Image", "IMAGE", Input)
Mask = _type("Mask", "MASK", Input)
Audio = _type("Audio", "AUDIO", Input)
Video = _type("Video", "VIDEO", Input)


def Custom(io_type):  # noqa: N802
    return _type("Custom", io_type, Input)


class Hidden(str, Enum):
    unique_id = "UNIQUE_ID"
    prompt = "PROMPT"
    extra_pnginfo = "EXTRA_PNGINFO"


class HiddenHolder:
    def __init__(self, prompt=None, extra_pnginfo=None):
        self.prompt = prompt
        self.extra_pnginfo = extra_pnginfo


@dataclass
class Schema:
    """The fields of v0.3.48."""

    node_id: str
    display_name: str = None
    category: str = "sd"
    inputs: list = None
    outputs: list = None
    hidden: list = None
    description: str = ""
    is_input_list: bool = False
    is_output_node: bool = False
    is_deprecated: bool = False
    is_experimental: bool = False
    is_api_node: bool = False
    not_idempotent: bool = False
    enable_expand: bool = False


class ComfyNode:
    hidden = HiddenHolder()

    @classmethod
    def GET_SCHEMA(cls):  # noqa: N802
        return cls.define_schema()


class NodeOutput:
    def __init__(self, *args, ui=None, expand=None, block_execution=None):
        self.args = args
        self.ui = ui
