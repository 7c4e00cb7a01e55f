"""The entries of the error catalogue that concern the launcher, in the catalogue's words.

The engine has the whole catalogue (`docs/errors.md` is made from it, and a test holds this part against it); these are
needed where there is no engine.
"""

import sys

_CATALOGUE = {
    "engine_not_installed": (
        "The engine of the cloud nodes is not installed",
        "Run: {pip}  and restart ComfyUI.",
    ),
    "engine_ended": (
        "The engine of the cloud nodes ended unexpectedly",
        "Run the workflow again, which starts it anew; if that fails too, report the lines in ComfyUI's log.",
    ),
    "java_missing": (
        "No Java 25 for the engine of the cloud nodes",
        "Run: {pip}  (it brings one), or name a Java of your own in COMFY_BUCKET_JAVA, and restart ComfyUI.",
    ),
    "profile_not_found": (
        "Profile not found: {profile}",
        "Choose {choices}; profiles are read from {profiles_file}.",
    ),
    "setting_not_usable": (
        "{setting} is not usable: {reason}",
        "Correct it in {place}.",
    ),
    "versions_differ": (
        "The nodes are version {pack}, their engine is version {engine}",
        "Run: {pip}  and restart ComfyUI.",
    ),
}


def problem(code: str, **values: str) -> tuple[str, str]:
    """The text for the user and the code: the arguments of an EngineError."""
    happened, remedy = _CATALOGUE[code]
    return f"{happened.format(**values)}. {remedy.format(**values)}", code


def pip(*arguments: str) -> str:
    """The line that runs pip in this very Python, which need not be the one on the PATH."""
    return " ".join([_quoted(sys.executable), "-m", "pip", "install", *arguments])


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path
