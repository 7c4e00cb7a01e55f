"""Workflows as the page stores them, turned into prompts as the page does."""

import json

from conftest import ROOT

EXAMPLES = sorted((ROOT / "example_workflows").glob("*.json"))

# The widgets of the core nodes in the examples; ours are in the contract.
CORE_WIDGETS = {
    "CLIPTextEncode": ["text"],
    "CLIPVisionEncode": ["crop"],
    "Canny": ["low_threshold", "high_threshold"],
    "CheckpointLoaderSimple": ["ckpt_name"],
    "ControlNetApplyAdvanced": ["strength", "start_percent", "end_percent"],
    "CreateVideo": ["fps"],
    "EmptyAudio": ["duration", "sample_rate", "channels"],
    "EmptyImage": ["width", "height", "batch_size", "color"],
    "EmptyLatentImage": ["width", "height", "batch_size"],
    "ImageUpscaleWithModel": [],
    "KSampler": ["seed", "control_after_generate", "steps", "cfg", "sampler_name", "scheduler", "denoise"],
    "PrimitiveStringMultiline": ["value"],
    "GetVideoComponents": [],
    "PreviewAudio": [],
    "PreviewImage": [],
    "PreviewAny": [],
    "StyleModelApply": ["strength", "strength_type"],
    "StyleModelLoader": ["style_model_name"],
    "VAEDecode": [],
}

# The widgets that our loaders have from ComfyUI's, behind the key.
LOADER_WIDGETS = {
    "LoadDiffusionModelFromCloud": ["weight_dtype"],
    "LoadLoraFromCloud": ["strength_model", "strength_clip"],
    "LoadTextEncoderFromCloud": ["type", "device"],
}

ONLY_IN_THE_PAGE = ("MarkdownNote", "Note")


def widgets(contract):
    """The names of each node's widgets, in the order in which workflows store their values."""
    ours = {
        node["id"]: [
            item["id"] for item in node["inputs"] if item["type"] not in ("IMAGE", "AUDIO", "VIDEO", "S3_PROFILE")
        ]
        + LOADER_WIDGETS.get(node["id"], [])
        for node in contract
    }
    return {**CORE_WIDGETS, **ours}


def to_prompt(workflow, contract):
    """The prompt in API format."""
    sources = {link[0]: [str(link[1]), link[2]] for link in workflow["links"]}
    names = widgets(contract)
    prompt = {}
    for node in workflow["nodes"]:
        if node["type"] in ONLY_IN_THE_PAGE:
            continue
        inputs = dict(zip(names[node["type"]], node.get("widgets_values") or [], strict=False))
        inputs.update({item["name"]: sources[item["link"]] for item in node.get("inputs", []) if item["link"]})
        prompt[str(node["id"])] = {"class_type": node["type"], "inputs": inputs}
    return prompt


def read(file):
    """A stored workflow."""
    return json.loads(file.read_text(encoding="utf-8"))
