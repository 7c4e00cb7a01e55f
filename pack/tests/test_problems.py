"""Problems of the catalogue that only a node can run into."""

import pytest
from comfy_bucket.errors import EngineError
from comfyui import Executor

pytestmark = pytest.mark.usefixtures("folder")


@pytest.mark.parametrize(
    ("node", "inputs", "code"),
    [
        ("GeneratePresignedURL", {"key": ""}, "key_empty"),
        ("CloudStorageProfile", {"profile": "(env vars)", "provider": "Custom"}, "provider_override_refused"),
    ],
)
def test_a_node_tells_what_to_do(nodes, node, inputs, code):
    with pytest.raises(EngineError) as error:
        Executor(nodes.values()).run({"1": {"class_type": node, "inputs": inputs}})
    assert error.value.code == code
