"""Golden transcripts, and what it means that a message is as one says."""

import json
from pathlib import Path

FOLDER = Path(__file__).parents[3] / "protocol" / "transcripts"
NAMES = sorted(file.stem for file in FOLDER.glob("*.jsonl"))


def read(name):
    """The lines of a transcript: who says what."""
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [(line["from"], line["message"]) for line in map(json.loads, lines)]


def fill(wanted, values):
    """The message to send: our own values in place of the names. `values` makes one for a name that is new."""
    if isinstance(wanted, dict):
        return {name: fill(value, values) for name, value in wanted.items()}
    if isinstance(wanted, list):
        return [fill(value, values) for value in wanted]
    return values[wanted] if _is_name(wanted) else wanted


def check(wanted, said, values, where="message"):
    """Fails unless what was said is what the transcript wants; what stands for a name is remembered."""
    if _is_name(wanted):
        assert values.setdefault(wanted, said) == said, where
    elif isinstance(wanted, dict):
        assert isinstance(said, dict) and wanted.keys() == said.keys(), f"{where}: {said}"
        for name, value in wanted.items():
            check(value, said[name], values, f"{where}.{name}")
    elif isinstance(wanted, list):
        assert isinstance(said, list) and len(wanted) == len(said), f"{where}: {said}"
        for index, value in enumerate(wanted):
            check(value, said[index], values, f"{where}[{index}]")
    else:
        assert said == wanted, where


def _is_name(value):
    return isinstance(value, str) and value.startswith("$") and value[1:2].isalpha()
