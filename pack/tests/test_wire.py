"""What goes to the engine, and what never does."""

import json
from types import SimpleNamespace

import pytest
from comfy import cli_args
from conftest import part

wire = part("wire")
CloudStorageError = part("problems").CloudStorageError


def spec(name):
    return next(spec for spec in part("contract").read_nodes() if spec.id == name)


def test_inputs_that_were_not_given_are_absent_and_pixels_stay_here():
    given = {"images": object(), "filename": "x", "profile": None, "quality": 0, "embed_workflow": False}
    assert wire.engine_inputs(spec("SaveImageToCloud"), given) == {
        "filename": "x",
        "quality": 0,
        "embed_workflow": False,
    }


def test_the_profile_is_passed_on_as_it_came():
    profile = {"profile": "b2", "bucket": "other"}
    assert wire.engine_inputs(spec("LoadImageFromCloud"), {"key": "a", "profile": profile}) == {
        "key": "a",
        "profile": profile,
    }


@pytest.mark.parametrize(
    "foreign",
    [
        {"provider": "AWS S3", "access_key": "canary", "secret_key": "canary", "bucket": "b"},
        {"profile": "b2", "endpoint_url": "http://canary"},
        {"profile": {"secret": "canary"}},
        {"profile": None},
        "canary",
        ["canary"],
        7,
    ],
)
def test_a_wire_of_another_pack_is_refused_and_not_repeated(foreign):
    with pytest.raises(CloudStorageError, match="Cloud Storage Profile node") as caught:
        wire.engine_inputs(spec("LoadImageFromCloud"), {"key": "a", "profile": foreign})
    assert "canary" not in str(caught.value)


def test_prompt_and_workflow_are_the_text_that_comfyui_would_embed(monkeypatch):
    prompt = {"1": {"inputs": {"text": "ü😀"}, "class_type": "X", "is_changed": [float("nan")]}}
    workflow = {"nodes": [1, 2.5, None]}
    hidden = SimpleNamespace(prompt=prompt, extra_pnginfo={"workflow": workflow, "more": 1})
    context = wire.engine_context(spec("SaveImageToCloud"), hidden)
    assert context == {
        "disable_metadata": False,
        "prompt": json.dumps(prompt),
        "extra_pnginfo": {"workflow": json.dumps(workflow), "more": "1"},
    }
    monkeypatch.setattr(cli_args.args, "disable_metadata", True)
    assert wire.engine_context(spec("SaveImageToCloud"), hidden)["disable_metadata"] is True


def test_nodes_that_do_not_save_get_no_workflow():
    hidden = SimpleNamespace(prompt={"1": {}}, extra_pnginfo={"workflow": {}})
    assert wire.engine_context(spec("LoadImageFromCloud"), hidden) == {"disable_metadata": False}
