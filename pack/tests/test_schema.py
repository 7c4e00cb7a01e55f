"""ComfyUI gets the schemas that the contract says, in every version that it has had since v0.3.48."""

import dataclasses
import json

import pytest
from comfy_api.latest import io
from conftest import part


def without_loaders(contract):
    """The nodes that are the same in every ComfyUI; `test_loaders` has the others."""
    return [entry for entry in contract if "core_loader" not in entry]


def test_inputs_come_in_order_with_all_that_the_contract_says(nodes, contract):
    for entry in without_loaders(contract):
        schema = nodes[entry["id"]].GET_SCHEMA()
        assert [item.id for item in schema.inputs] == [item["id"] for item in entry["inputs"]]
        for made, wanted in zip(schema.inputs, entry["inputs"], strict=True):
            for name, value in wanted.items():
                if name not in ("type", "source"):
                    assert getattr(made, name) == value, (entry["id"], wanted["id"], name)
            assert made.io_type == wanted["type"]
            assert made.optional is wanted.get("optional", False)


def test_outputs_and_flags_are_the_contracts(nodes, contract):
    for entry in without_loaders(contract):
        schema = nodes[entry["id"]].GET_SCHEMA()
        made = [(item.display_name, item.io_type, item.is_output_list) for item in schema.outputs]
        assert made == [(item["name"], item["type"], item.get("list", False)) for item in entry["outputs"]]
        assert (schema.display_name, schema.category) == (entry["name"], entry["category"])
        assert schema.is_output_node is entry["output_node"]
        assert [hidden.name for hidden in schema.hidden] == entry["hidden"]


def test_a_newer_comfyui_gets_the_search_words_and_an_older_one_does_not(nodes, monkeypatch):
    schema_module = part("schema")
    assert "search_aliases" not in schema_module._KNOWN_FIELDS
    newer = dataclasses.make_dataclass("Newer", [("search_aliases", list, None)], bases=(io.Schema,))
    monkeypatch.setattr(io, "Schema", newer)
    monkeypatch.setattr(schema_module, "_KNOWN_FIELDS", {field.name for field in dataclasses.fields(newer)})
    assert "s3 upload" in nodes["SaveImageToCloud"].GET_SCHEMA().search_aliases


@pytest.fixture
def profiles_file(tmp_path, monkeypatch):
    file = tmp_path / "profiles.json"
    monkeypatch.setenv("COMFY_S3_PROFILES", str(file))

    def write(*names):
        file.write_text(json.dumps({"profiles": {name: {} for name in names}}))

    return write


def options(nodes):
    return nodes["CloudStorageProfile"].GET_SCHEMA().inputs[0].options


def test_new_profiles_are_in_the_list_without_a_restart(nodes, profiles_file):
    assert options(nodes) == ["(env vars)"]
    profiles_file("b2", "models")
    assert options(nodes) == ["(env vars)", "b2", "models"]
    profiles_file("b2")
    assert options(nodes) == ["(env vars)", "b2"]


def test_an_unknown_profile_is_told_when_the_prompt_is_queued(nodes, profiles_file):
    profiles_file("b2-outputs")
    validate = nodes["CloudStorageProfile"].validate_inputs
    assert validate(profile="b2-outputs") is True
    assert validate(profile="(env vars)") is True
    assert validate(profile=None) is True
    assert validate(profile="b2-output").startswith("Profile not found: b2-output. Choose b2-outputs; ")


def test_only_the_node_with_the_list_is_asked(nodes):
    assert not hasattr(nodes["SaveImageToCloud"], "validate_inputs")


def test_without_the_wheel_the_nodes_are_there_and_every_profile_may_exist(nodes, monkeypatch):
    import sys

    for name in [name for name in sys.modules if name.split(".")[0] == "comfy_bucket"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "comfy_bucket", None)
    assert options(nodes) == ["(env vars)"]
    assert nodes["CloudStorageProfile"].validate_inputs(profile="x") is True
