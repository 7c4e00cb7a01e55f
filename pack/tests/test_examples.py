"""The example workflows are workflows: their widgets and links fit the nodes."""

import pytest
from conftest import ROOT
from PIL import Image
from workflows import EXAMPLES, ONLY_IN_THE_PAGE, read, to_prompt, widgets

LARGEST_PICTURE = 200 * 1024  # bytes; each is downloaded with the pack


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
            assert "options" not in item or "source" in item or value in item["options"]
            assert "min" not in item or item["min"] <= value <= item["max"]
            assert type(value) is type(item["default"])


def test_every_node_is_in_an_example(contract):
    shown = {node["class_type"] for file in EXAMPLES for node in to_prompt(read(file), contract).values()}
    assert {node["id"] for node in contract} <= shown


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_a_picture_lies_beside_each_example(file):
    picture = file.with_suffix(".jpg")  # the only kind that ComfyUI's page asks for
    assert picture.stat().st_size < LARGEST_PICTURE
    with Image.open(picture) as opened:
        assert opened.format == "JPEG"
        assert min(opened.size) >= 200


def test_the_page_of_the_nodes_shows_each_node_and_each_example(contract):
    page = (ROOT / "docs" / "nodes.md").read_text(encoding="utf-8")
    assert [node["name"] for node in contract if f"**{node['name']}**" not in page] == []
    assert [file.stem for file in EXAMPLES if f"](../example_workflows/{file.stem}.jpg)" not in page] == []
