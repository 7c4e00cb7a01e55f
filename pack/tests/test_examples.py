"""The example workflows are workflows: their widgets and links fit the nodes."""

import pytest
from workflows import EXAMPLES, ONLY_IN_THE_PAGE, read, to_prompt, widgets


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_widgets_and_links_fit_the_nodes(file, contract):
    workflow = read(file)
    nodes = {node["id"]: node for node in workflow["nodes"]}
    names = widgets(contract)
    for node in nodes.values():
        if node["type"] not in ONLY_IN_THE_PAGE:
            assert len(node["widgets_values"]) == len(names[node["type"]]), node["type"]
    for number, source, out, target, into, kind in workflow["links"]:
        assert kind in nodes[source]["outputs"][out]["type"].split(",")
        assert number in nodes[source]["outputs"][out]["links"]
        assert nodes[target]["inputs"][into]["link"] == number
        assert nodes[target]["inputs"][into]["type"] in (kind, "*")
    assert workflow["last_node_id"] == max(nodes)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_values_are_those_that_the_nodes_accept(file, contract):
    by_id = {node["id"]: node for node in contract}
    for node in to_prompt(read(file), contract).values():
        for item in by_id.get(node["class_type"], {"inputs": []})["inputs"]:
            value = node["inputs"].get(item["id"])
            if isinstance(value, list) or value is None:
                continue
            assert "options" not in item or value in item["options"]
            assert "min" not in item or item["min"] <= value <= item["max"]
            assert type(value) is type(item["default"])


def test_every_node_of_the_main_job_is_shown(contract):
    shown = {node["class_type"] for file in EXAMPLES for node in to_prompt(read(file), contract).values()}
    saving = {f"Save{what}ToCloud" for what in ("Image", "Video", "Audio", "File", "Text")}
    loading = {"LoadImageFromCloud", "LoadModelFromCloud", "LoadCheckpointFromCloud"}
    assert {"CloudStorageProfile"} | loading | saving <= shown
