"""Writes what follows from pack/nodes.json: the help pages, the English texts and the list of nodes.

Run `python scripts/node_pages.py` after a change to nodes.json or to the example workflows; a test compares.
"""

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


MOST_EXAMPLES = 6  # on one page

_AND_MORE = {
    "profile_names": ", and the profiles' names",
    "model_types": ", and the other types that the running ComfyUI has folders for",
}


def pages() -> dict[str, str]:
    """The files' texts, by their paths in the repository."""
    nodes = json.loads((ROOT / "pack" / "nodes.json").read_text(encoding="utf-8"))["nodes"]
    made = {f"web/docs/{node['id']}.md": _help(node, _examples(node["id"])) for node in nodes}
    made["locales/en/nodeDefs.json"] = _json({node["id"]: _texts(node) for node in nodes})
    made["node_list.json"] = _json({node["id"]: node["description"] for node in nodes})
    return made


def _texts(node: dict[str, Any]) -> dict[str, Any]:
    """In the form of ComfyUI's locales."""
    return {
        "display_name": node["name"],
        "description": node["description"],
        "inputs": {item["id"]: {"name": item["id"], "tooltip": item["tooltip"]} for item in node["inputs"]},
        "outputs": {
            str(index): {"name": item["name"], "tooltip": item["tooltip"]} for index, item in enumerate(node["outputs"])
        },
    }


def _examples(node_id: str) -> list[str]:
    """The names of the example workflows with that node."""
    files = sorted((ROOT / "example_workflows").glob("*.json"))
    workflows = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}
    return [name for name, workflow in workflows.items() if node_id in {node["type"] for node in workflow["nodes"]}]


def _help(node: dict[str, Any], examples: list[str]) -> str:
    parts = [f"# {node['name']}", node["description"], *node["help"]]
    inputs = [f"- **{item['id']}**{_range(item)}: {item['tooltip']}" for item in node["inputs"]]
    outputs = [f"- **{item['name']}** ({_type(item)}): {item['tooltip']}" for item in node["outputs"]]
    parts += ["## Inputs", "\n".join(inputs)]
    if outputs:
        parts += ["## Outputs", "\n".join(outputs)]
    parts += ["## Examples", f"In ComfyUI's templates, below the name of this pack: {_named(examples)}."]
    return "\n\n".join(parts) + "\n"


def _named(examples: list[str]) -> str:
    if len(examples) > MOST_EXAMPLES:
        return "nearly all of them have it"
    return ", ".join(f"`{name}`" for name in examples)


def _range(item: dict[str, Any]) -> str:
    notes = []
    if "options" in item:
        notes.append(", ".join(item["options"]) + _AND_MORE.get(item.get("source"), ""))
    if "min" in item:
        notes.append(f"{item['min']}–{item['max']}")
    if item.get("default") not in (None, ""):
        notes.append(
            f"normally `{json.dumps(item['default']) if isinstance(item['default'], bool) else item['default']}`"
        )
    elif item.get("optional"):
        notes.append("optional")
    return f" ({'; '.join(notes)})" if notes else ""


def _type(item: dict[str, Any]) -> str:
    return f"list of {item['type']}" if item.get("list") else str(item["type"])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Writes the files."""
    for path, text in pages().items():
        file = ROOT / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
