"""Side-by-side measurements of the product and its peers: see README.md."""

import sys
from pathlib import Path

_root = Path(__file__).resolve().parent.parent

# The wheel as users get it, which `scripts/bench` puts there, and what drives a ComfyUI.
sys.path[:0] = [str(_root / ".build" / "bench" / "wheel"), str(_root / "e2e")]
