"""The engine starts while the nodes before ours run."""

import asyncio
import sys
import types

import pytest
from conftest import part


@pytest.fixture
def queue(monkeypatch):
    """Queues a prompt with nodes of these classes, as ComfyUI's server does."""
    handlers = []
    instance = types.SimpleNamespace(add_on_prompt_handler=handlers.append)
    server = types.ModuleType("server")
    server.PromptServer = types.SimpleNamespace(instance=instance)
    monkeypatch.setitem(sys.modules, "server", server)

    def queue(*classes):
        request = {"prompt": {str(at): {"class_type": name, "inputs": {}} for at, name in enumerate(classes)}}
        for handler in handlers:
            assert handler(request) is request
        return request

    return queue


def test_a_prompt_with_one_of_our_nodes_starts_the_engine(queue, eventually):
    started = []
    part("ahead").start_with_prompts({"SaveImageToCloud"}, lambda: started.append(True))
    queue("KSampler", "SaveImage")
    queue("KSampler", "SaveImageToCloud")
    eventually(lambda: started == [True])


def test_an_engine_that_is_not_there_stops_no_prompt(queue, eventually):
    tried = []

    def start():
        tried.append(True)
        raise part("problems").problem("engine_not_installed", pip="pip install comfy-bucket")

    part("ahead").start_with_prompts({"SaveImageToCloud"}, start)
    queue("SaveImageToCloud")
    eventually(lambda: tried == [True])


@pytest.mark.parametrize("request_", [{}, {"prompt": None}, {"prompt": {"1": None}}, {"prompt": {"1": {}}}])
def test_a_prompt_that_is_none_is_left_to_comfyui(queue, monkeypatch, request_):
    heard = []
    monkeypatch.setattr(part("host"), "on_prompt", heard.append)
    part("ahead").start_with_prompts({"SaveImageToCloud"}, lambda: pytest.fail("started"))
    assert heard[0](request_) is request_


def test_all_our_nodes_are_meant(queue, contract, monkeypatch, eventually):
    """Those that this ComfyUI has: the nodes that load with its own loaders are only there where these are."""
    started = []
    monkeypatch.setattr(part("ahead"), "_start", lambda start: started.append(start))
    offered = [node.__name__ for node in asyncio.run(part("extension").CloudStorageExtension().get_node_list())]
    assert {entry["id"] for entry in contract if not entry.get("core_loader")} <= set(offered)
    for node in offered:
        queue(node)
    eventually(lambda: len(started) == len(offered))
