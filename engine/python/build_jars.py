"""Puts the engine's jars into the wheel."""

import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LEFT_OUT = re.compile(r"META-INF/[^/]+\.(SF|RSA|DSA|EC)|org/publicsuffix/list/effective_tld_names\.dat")
"""What only costs time in the engine, see `copy_jar`."""


class Jars(BuildHookInterface[Any]):
    """Takes the jars from where Maven left them, `engine/target`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by the build backend. Fails where there is nothing to pack."""
        target = Path(self.root).parent / "target"
        jars = [*target.glob("engine-*.jar"), *(target / "lib").glob("*.jar")]
        if not any(jar.name.startswith("engine-") for jar in jars):
            raise FileNotFoundError(f"no engine jar in {target}: run `scripts/build-engine` first")
        packed = target / "wheel"
        shutil.rmtree(packed, ignore_errors=True)
        packed.mkdir()
        for jar in jars:
            copy_jar(jar, packed / jar.name)
            build_data["force_include"][str(packed / jar.name)] = f"comfy_bucket/jars/{jar.name}"


def copy_jar(jar: Path, copy: Path) -> None:
    """Copies a jar without what makes the engine's start longer.

    The JVM checks the digest of every class of a signed jar and keeps none of them in an AOT cache: together a fifth of
    a second of the engine's start. Maven has checked where the jar comes from.
    The HTTP client reads a list of all domains under which anybody can register a name, for the cookies of web sites.
    """
    with zipfile.ZipFile(jar) as source:
        if not any(LEFT_OUT.fullmatch(name) for name in source.namelist()):
            shutil.copy2(jar, copy)
            return
        with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in source.infolist():
                if not LEFT_OUT.fullmatch(entry.filename):
                    target.writestr(entry, source.read(entry))
