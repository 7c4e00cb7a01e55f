"""The entries of the error catalogue that concern the pack, in the catalogue's words.

The engine has the whole catalogue (`docs/errors.md` is made from it, and a test holds this part against it).
"""

_CATALOGUE = {
    "codec_not_available": (
        "{codec} cannot be written into {format} on this machine",
        "Choose one of these instead: {choices}.",
    ),
    "codec_not_readable": (
        "{codec} cannot be read on this machine: {uri}",
        "Use an object in another format, such as {choices}.",
    ),
    "disk_full": (
        "No room for {needed} in {folder}",
        "Free {missing} on that disk, or move the folder to a larger one.",
    ),
    "engine_not_installed": (
        "The engine of the cloud nodes is not installed",
        "Run: {pip}  and restart ComfyUI.",
    ),
    "folder_not_writable": (
        "Nothing can be written to {folder}",
        "Let the user that runs ComfyUI write there ({reason}).",
    ),
    "image_too_large": (
        "The picture is too large to be loaded safely: {uri}",
        "Scale it down; the reader says: {reason}.",
    ),
    "image_too_large_for_format": (
        "A picture of {width} × {height} pixels does not fit into {format}",
        "Scale it down to {limit} pixels a side, or choose another format.",
    ),
    "input_not_usable": (
        "Input {input} is not usable: {reason}",
        "Set it to {allowed}.",
    ),
    "media_not_encoded": (
        "What was to be saved cannot be written as {format}",
        "Choose another format or codec; the encoder says: {reason}.",
    ),
    "not_an_image": (
        "Not a picture that can be read: {uri}",
        "Check that the object is a whole PNG, JPEG, WebP or other picture; the reader says: {reason}.",
    ),
    "not_audio": (
        "Not a sound that can be read: {uri}",
        "Check that the object is a whole FLAC, MP3, WAV or Opus file; the reader says: {reason}.",
    ),
    "not_a_video": (
        "Not a video that can be read: {uri}",
        "Check that the object is a whole MP4, WebM or MKV file; the reader says: {reason}.",
    ),
    "nothing_loaded": (
        "None of {total} pictures could be loaded",
        "Correct this first: {cause}",
    ),
    "versions_differ": (
        "The nodes are version {pack}, their engine is version {engine}",
        "Run: {pip}  and restart ComfyUI.",
    ),
}


class CloudStorageError(Exception):
    """What ComfyUI shows to the user; `code` is the entry of the catalogue."""

    # ComfyUI sends the type's full name to the page, and a pack's modules are named by their path on this machine.
    __module__ = "comfy_bucket"

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


def problem(code: str, **values: object) -> CloudStorageError:
    """The error to raise."""
    happened, remedy = _CATALOGUE[code]
    return CloudStorageError(f"{happened.format(**values)}. {remedy.format(**values)}", code)
