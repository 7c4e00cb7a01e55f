"""The one-step loaders are ComfyUI's own loaders with a key in place of the file name."""

import asyncio
import json

import nodes as comfyui_nodes
import pytest
from conftest import part

GIVEN = {"model": "m", "clip": "c", "strength_model": 0.5, "strength_clip": 0.25, "key": "k", "profile": None}


def core(contract, node):
    loader = next(entry for entry in contract if entry["id"] == node)["core_loader"]
    return part("contract").CoreLoader(loader["class"], loader["file"])


def load(*arguments):
    return asyncio.run(part("loaders").load(*arguments))


def test_key_stands_where_the_file_name_stood_and_the_profile_last(nodes):
    schema = nodes["LoadLoraFromCloud"].GET_SCHEMA()
    assert [(item.id, item.io_type) for item in schema.inputs] == [
        ("model", "MODEL"),
        ("clip", "CLIP"),
        ("key", "STRING"),
        ("strength_model", "FLOAT"),
        ("strength_clip", "FLOAT"),
        ("profile", "S3_PROFILE"),
    ]
    strength = schema.inputs[3]
    assert (strength.extra_dict["default"], strength.extra_dict["min"], strength.extra_dict["step"]) == (
        1.0,
        -100,
        0.01,
    )
    assert [(item.io_type, item.display_name) for item in schema.outputs] == [("MODEL", "MODEL"), ("CLIP", "CLIP")]


def test_loaders_of_the_newer_form_are_read_as_well(nodes):
    schema = nodes["LoadUpscaleModelFromCloud"].GET_SCHEMA()
    assert [(item.id, item.io_type, item.optional) for item in schema.inputs] == [
        ("key", "STRING", False),
        ("device", "COMBO", True),
        ("profile", "S3_PROFILE", True),
    ]
    assert schema.inputs[1].extra_dict == {"options": ["default", "cpu"], "advanced": True}
    assert [(item.io_type, item.display_name) for item in schema.outputs] == [("UPSCALE_MODEL", "upscaler")]


def test_a_list_of_the_older_form_stays_a_list(nodes, monkeypatch):
    declared = {"ckpt_name": (["a"],), "kind": (["x", "y"], {"default": "y"})}
    loader = comfyui_nodes.CheckpointLoaderSimple
    monkeypatch.setattr(loader, "INPUT_TYPES", classmethod(lambda cls: {"required": declared}))
    kind = nodes["LoadCheckpointFromCloud"].GET_SCHEMA().inputs[1]
    assert (kind.io_type, kind.extra_dict) == ("COMBO", {"options": ["x", "y"], "default": "y"})


def test_what_the_running_comfyui_does_not_have_is_no_node(nodes, contract):
    named = {entry["id"] for entry in contract if "core_loader" in entry}
    assert named & nodes.keys() == {"LoadCheckpointFromCloud", "LoadLoraFromCloud", "LoadUpscaleModelFromCloud"}


def test_the_loader_gets_its_own_inputs_and_the_files_name(contract):
    loaded = load(core(contract, "LoadLoraFromCloud"), "1", "style.safetensors", GIVEN)
    assert loaded == (("m", "style.safetensors", 0.5, 1), ("c", "style.safetensors", 0.25))
    checkpoint = load(core(contract, "LoadCheckpointFromCloud"), "2", "a.safetensors", {"key": "k"})
    assert checkpoint == ("model of a.safetensors", "clip of a.safetensors", "vae of a.safetensors")
    newer = load(core(contract, "LoadUpscaleModelFromCloud"), "3", "u.pth", {"key": "k", "device": "cpu"})
    assert newer == (("u.pth", "cpu"),)


def test_a_node_keeps_its_loader_and_shares_it_with_no_other(contract):
    loaders = part("loaders")
    loaders._kept.clear()
    lora = core(contract, "LoadLoraFromCloud")
    assert [load(lora, node, "a", GIVEN)[0][3] for node in ("1", "1", "2", "1")] == [1, 2, 1, 3]
    for node in range(loaders.KEPT):
        load(lora, f"other {node}", "a", GIVEN)
    assert len(loaders._kept) == loaders.KEPT
    assert load(lora, "1", "a", GIVEN)[0][3] == 1


def test_a_file_name_links_into_texts_and_lists_and_nothing_else(nodes):
    [output] = nodes["LoadModelFromCloud"].GET_SCHEMA().outputs
    assert json.dumps(output.io_type) == json.dumps(output.get_io_type()) == '"STRING"'
    for accepted in ("STRING", "COMBO", "*", "INT,COMBO", ["a.safetensors"], []):
        assert (output.io_type != accepted) is False, accepted
    for refused in ("MODEL", "INT", "STRINGS", ""):
        assert output.io_type != refused, refused


@pytest.mark.parametrize("extra", ["style_models", "mine"])
def test_every_type_with_folders_can_be_chosen_but_those_of_programs(nodes, comfyui, extra):
    import folder_paths

    packs = comfyui / "custom_nodes"
    (comfyui / "models").mkdir(parents=True)
    (comfyui / "models" / "link").symlink_to(packs)
    folder_paths.folder_names_and_paths.update(
        {
            extra: ([str(comfyui / "models" / extra)], set()),
            "evil": ([str(packs)], set()),
            "deeper": ([str(packs / "pack" / "models")], set()),
            "linked": ([str(comfyui / "models" / "link")], set()),
        }
    )
    options = nodes["LoadModelFromCloud"].GET_SCHEMA().inputs[0].options
    assert options[0] == "checkpoints"
    assert options[9:] == [extra]
    assert not {"custom_nodes", "configs", "diffusers"} & set(options)
