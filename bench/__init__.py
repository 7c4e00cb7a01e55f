"""Side-by-side measurements of the product and its peers: see README.md."""

import sys
from pathlib import Path

_root = Path(__file__).resolve().parent.parent

# The engine's launcher and what drives a ComfyUI are used as they lie in the repository.
sys.path[:0] = [str(_root / "engine" / "python" / "src"), str(_root / "e2e")]
