"""Nodes for the faults of `fake_engine.py`, made as the pack makes its own."""

from conftest import part


def fault_nodes():
    """A class for each fault."""
    contract, nodes = part("contract"), part("nodes")
    text = contract.OutputSpec("text", "STRING", "", list=False)
    values = tuple(contract.InputSpec(item, "STRING", "", optional=True, settings={"default": ""}) for item in "an")
    images = contract.InputSpec("images", "IMAGE", "", optional=False, settings={})

    def node(name, fault, inputs):
        spec = contract.NodeSpec(fault, name, "", "", (), True, "cached", (), inputs, (text,))
        return type(name, (nodes.CloudNode,), {"SPEC": spec})

    faults = ("echo", "slow", "short", "refuse", "crash", "garbage")
    return [*(node(fault, fault, values) for fault in faults), node("slow_with_pixels", "slow", (images,))]
