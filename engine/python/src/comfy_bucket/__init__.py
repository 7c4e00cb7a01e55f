"""The engine of the Cloud Storage nodes: its launcher and the client that talks to it.

Importing this package costs next to nothing; the parts are imported where they are used:

* `comfy_bucket.engine`: `Engine`, which runs nodes in the Java process
* `comfy_bucket.handover`: `HandOver`, the memory-mapped files that pixels travel in
* `comfy_bucket.profiles`: the names of the profiles, for ComfyUI's lists
* `comfy_bucket.errors`: what can go wrong, with messages for the user
"""

__version__ = "0.1.0"

PROTOCOL = 2
"""The number of the protocol that this package speaks; see `protocol/README.md`."""
