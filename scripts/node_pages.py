"""Writes what follows from pack/nodes.json: the help pages, the English texts and the list of nodes.

The help pages of other languages follow from their locales/<language>/nodeDefs.json and help.json, written by hand.
Run `python scripts/node_pages.py` after a change to any of these or to the example workflows; a test compares.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

TRANSLATIONS = ("ja", "zh")

MOST_EXAMPLES = 6  # on one page

ENGLISH = {
    "inputs": "Inputs",
    "outputs": "Outputs",
    "examples": "Examples",
    "templates": "In ComfyUI's templates, below the name of this pack: {names}.",
    "nearly_all": "nearly all of them have it",
    "input": "- **{id}**{notes}: {tooltip}",
    "output": "- **{id}** ({type}): {tooltip}",
    "notes": " ({notes})",
    "semicolon": "; ",
    "comma": ", ",
    "normally": "normally `{value}`",
    "optional": "optional",
    "list": "list of {type}",
    "profile_names": "and the profiles' names",
    "model_types": "and the other types that the running ComfyUI has folders for",
}


@dataclass(frozen=True)
class Language:
    """What the pages of one language say."""

    words: dict[str, str]
    """Headings, and what stands around the texts of the nodes; those of ENGLISH."""
    texts: dict[str, Any]
    """By node, in the form of ComfyUI's locales."""
    help: dict[str, list[str]]
    """By node, the paragraphs between the description and the inputs."""


def pages() -> dict[str, str]:
    """The files' texts, by their paths in the repository."""
    nodes = json.loads((ROOT / "pack" / "nodes.json").read_text(encoding="utf-8"))["nodes"]
    texts = {node["id"]: _texts(node) for node in nodes}
    english = Language(ENGLISH, texts, {node["id"]: node["help"] for node in nodes})
    translated = {language: _translated(language) for language in TRANSLATIONS}
    made = {}
    for node in nodes:
        # The page asks for <node>/<language>.md, and where there is none for <node>.md.
        examples = _examples(node["id"])
        made[f"web/docs/{node['id']}.md"] = _help(node, examples, english)
        for name, language in translated.items():
            made[f"web/docs/{node['id']}/{name}.md"] = _help(node, examples, language)
    made["locales/en/nodeDefs.json"] = _json(texts)
    made["node_list.json"] = _json({node["id"]: node["description"] for node in nodes})
    return made


def _translated(language: str) -> Language:
    folder = ROOT / "locales" / language
    texts, pages = (json.loads((folder / name).read_text(encoding="utf-8")) for name in ("nodeDefs.json", "help.json"))
    return Language(pages["page"], texts, pages["nodes"])


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


def _help(node: dict[str, Any], examples: list[str], language: Language) -> str:
    words, texts = language.words, language.texts[node["id"]]
    inputs = [
        words["input"].format(id=item["id"], notes=_notes(item, words), **texts["inputs"][item["id"]])
        for item in node["inputs"]
    ]
    outputs = [
        words["output"].format(id=item["name"], type=_type(item, words), **texts["outputs"][str(index)])
        for index, item in enumerate(node["outputs"])
    ]
    parts = [f"# {texts['display_name']}", texts["description"], *language.help[node["id"]]]
    parts += [f"## {words['inputs']}", "\n".join(inputs)]
    if outputs:
        parts += [f"## {words['outputs']}", "\n".join(outputs)]
    parts += [f"## {words['examples']}", words["templates"].format(names=_named(examples, words))]
    return "\n\n".join(parts) + "\n"


def _named(examples: list[str], words: dict[str, str]) -> str:
    if len(examples) > MOST_EXAMPLES:
        return words["nearly_all"]
    return words["comma"].join(f"`{name}`" for name in examples)


def _notes(item: dict[str, Any], words: dict[str, str]) -> str:
    notes = []
    if "options" in item:
        others = [words[item["source"]]] if item.get("source") in words else []
        notes.append(words["comma"].join([*item["options"], *others]))
    if "min" in item:
        notes.append(f"{item['min']}–{item['max']}")
    if item.get("default") not in (None, ""):
        value = json.dumps(item["default"]) if isinstance(item["default"], bool) else item["default"]
        notes.append(words["normally"].format(value=value))
    elif item.get("optional"):
        notes.append(words["optional"])
    return words["notes"].format(notes=words["semicolon"].join(notes)) if notes else ""


def _type(item: dict[str, Any], words: dict[str, str]) -> str:
    return words["list"].format(type=item["type"]) if item.get("list") else str(item["type"])


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
