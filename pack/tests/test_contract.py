"""nodes.json keeps its form and its promises, and what is made from it is up to date."""

import json
import re
import runpy

import jsonschema
import pytest
from conftest import ROOT

# Facts of the pack that this one replaces, version 0.3.0: workflows saved with it load and run here. For each node its
# inputs in order, as (name, type, default, optional), and its outputs. What we added comes after, optional.
REPLACED = {
    "CloudStorageProfile": (
        [
            ("profile", "COMBO", "(env vars)", False),
            ("provider", "COMBO", "(from profile)", True),
            ("bucket", "STRING", "", True),
            ("path_prefix", "STRING", "", True),
        ],
        ["S3_PROFILE"],
    ),
    "SaveImageToCloud": (
        [
            ("images", "IMAGE", None, False),
            ("key_prefix", "STRING", "comfyui/images/", False),
            ("filename", "STRING", "ComfyUI_%batch_num%", False),
            ("format", "COMBO", "png", False),
            ("quality", "INT", 95, False),
            ("presign_url", "BOOLEAN", False, True),
            ("expires_hours", "INT", 24, True),
            ("profile", "S3_PROFILE", None, True),
        ],
        ["STRING", "STRING"],
    ),
    "SaveVideoToCloud": (
        [
            ("video", "VIDEO", None, False),
            ("key_prefix", "STRING", "comfyui/videos/", False),
            ("filename", "STRING", "ComfyUI_video", False),
            ("format", "COMBO", "auto", False),
            ("codec", "COMBO", "auto", False),
            ("profile", "S3_PROFILE", None, True),
        ],
        ["STRING"],
    ),
    "SaveAudioToCloud": (
        [
            ("audio", "AUDIO", None, False),
            ("key_prefix", "STRING", "comfyui/audio/", False),
            ("filename", "STRING", "ComfyUI_audio", False),
            ("format", "COMBO", "flac", False),
            ("profile", "S3_PROFILE", None, True),
        ],
        ["STRING"],
    ),
    "LoadImageFromCloud": (
        [("key", "STRING", "", False), ("profile", "S3_PROFILE", None, True)],
        ["IMAGE", "MASK"],
    ),
    "LoadModelFromCloud": (
        [
            ("model_type", "COMBO", "checkpoints", False),
            ("key", "STRING", "", False),
            ("force_redownload", "BOOLEAN", False, False),
            ("profile", "S3_PROFILE", None, True),
        ],
        ["STRING"],
    ),
    "ListBucketContents": (
        [("prefix", "STRING", "", False), ("max_results", "INT", 100, False), ("profile", "S3_PROFILE", None, True)],
        ["STRING"],
    ),
    "GeneratePresignedURL": (
        [("key", "STRING", "", False), ("expires_hours", "INT", 24, False), ("profile", "S3_PROFILE", None, True)],
        ["STRING"],
    ),
    "TestCloudConnection": ([("profile", "S3_PROFILE", None, True)], ["STRING"]),
}

# What its lists offered; the video ones were those of ComfyUI 0.3.64.
OFFERED = {
    ("SaveImageToCloud", "format"): {"png", "jpg", "webp"},
    ("SaveVideoToCloud", "format"): {"auto", "mp4"},
    ("SaveVideoToCloud", "codec"): {"auto", "h264"},
    ("SaveAudioToCloud", "format"): {"flac", "mp3", "wav"},
}

LANGUAGES = ("en", "ja", "zh")


def test_it_has_the_form_that_its_schema_says(contract):
    schema = json.loads((ROOT / "pack" / "nodes.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads((ROOT / "pack" / "nodes.json").read_text(encoding="utf-8")), schema)
    for node in contract:
        for item in node["inputs"]:
            if "options" in item:
                assert item["default"] in item["options"]
            if "min" in item:
                assert item["min"] <= item["default"] <= item["max"]


@pytest.mark.parametrize("name", REPLACED)
def test_workflows_of_the_replaced_pack_fit(contract, name):
    inputs, outputs = REPLACED[name]
    node = next(node for node in contract if node["id"] == name)
    ours = [(item["id"], item["type"], item.get("default"), item.get("optional", False)) for item in node["inputs"]]
    assert ours[: len(inputs)] == inputs
    assert all(optional for _, _, _, optional in ours[len(inputs) :])
    assert [item["type"] for item in node["outputs"]][: len(outputs)] == outputs


@pytest.mark.parametrize(("name", "item"), OFFERED)
def test_choices_of_the_replaced_pack_are_here(contract, name, item):
    node = next(node for node in contract if node["id"] == name)
    assert OFFERED[name, item] <= set(next(entry for entry in node["inputs"] if entry["id"] == item)["options"])


def test_required_inputs_come_before_optional_ones(contract):
    """The page lists required inputs first: another order here would shift the widget values of saved workflows."""
    for node in contract:
        optional = [item.get("optional", False) for item in node["inputs"]]
        assert optional == sorted(optional), node["id"]


def test_what_is_made_from_it_is_up_to_date():
    for path, text in runpy.run_path(str(ROOT / "scripts" / "node_pages.py"))["pages"]().items():
        assert (ROOT / path).read_text(encoding="utf-8") == text, f"{path}: run python scripts/node_pages.py"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(contract, language):
    texts = json.loads((ROOT / "locales" / language / "nodeDefs.json").read_text(encoding="utf-8"))
    assert list(texts) == [node["id"] for node in contract]
    for node in contract:
        ours = texts[node["id"]]
        assert list(ours["inputs"]) == [item["id"] for item in node["inputs"]]
        assert list(ours["outputs"]) == [str(index) for index in range(len(node["outputs"]))]
        for entry in [*ours["inputs"].values(), *ours["outputs"].values()]:
            assert entry["name"] and entry["tooltip"]
        assert ours["display_name"] and ours["description"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_has_signs_that_the_page_takes_for_commands(language):
    text = json.dumps(json.loads((ROOT / "locales" / language / "nodeDefs.json").read_text(encoding="utf-8")))
    for sentence in re.findall(r'": "((?:[^"\\]|\\.)*)"', text):
        assert not set("{}|@") & set(sentence), sentence


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_names_of_tokens_options_and_settings_are_not_translated(contract, language):
    english = json.loads((ROOT / "locales" / "en" / "nodeDefs.json").read_text(encoding="utf-8"))
    theirs = json.loads((ROOT / "locales" / language / "nodeDefs.json").read_text(encoding="utf-8"))
    fixed = r"%\w+%|\(env vars\)|s3://bucket/key|\b(?:allow_bucket_override|public_base_url|profiles\.json|COMFY_S3_)"
    for node in contract:
        for name, entry in english[node["id"]]["inputs"].items():
            translated = theirs[node["id"]]["inputs"][name]["tooltip"]
            assert set(re.findall(fixed, entry["tooltip"])) <= set(re.findall(fixed, translated)), (node["id"], name)


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_help_page_is_translated_paragraph_by_paragraph(contract, language):
    """A text that was written anew in English only shows by its paragraphs, its rows or what it quotes."""
    theirs = json.loads((ROOT / "locales" / language / "help.json").read_text(encoding="utf-8"))
    assert list(theirs["nodes"]) == [node["id"] for node in contract]
    for node in contract:
        translated = theirs["nodes"][node["id"]]
        assert len(translated) == len(node["help"]), node["id"]
        for english, paragraph in zip(node["help"], translated, strict=True):
            assert sorted(re.findall(r"`[^`]*`", paragraph)) == sorted(re.findall(r"`[^`]*`", english)), node["id"]
            assert paragraph.count("\n") == english.count("\n"), node["id"]
            assert paragraph.count("|") == english.count("|"), node["id"]


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_the_words_around_the_texts_are_translated(language):
    english = runpy.run_path(str(ROOT / "scripts" / "node_pages.py"))["ENGLISH"]
    theirs = json.loads((ROOT / "locales" / language / "help.json").read_text(encoding="utf-8"))["page"]
    assert list(theirs) == list(english)
    for name, words in english.items():
        assert set(re.findall(r"\{\w+\}", words)) <= set(re.findall(r"\{\w+\}", theirs[name])), name
