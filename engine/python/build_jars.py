"""Puts the engine into the wheel: its own classes and all libraries, as one jar."""

import re
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LEFT_OUT = re.compile(
    r"META-INF/[^/]+\.(SF|RSA|DSA|EC)"
    r"|META-INF/MANIFEST\.MF|META-INF/INDEX\.LIST|(META-INF/versions/\d+/)?module-info\.class"
    r"|.*/"
)
"""What is not taken over, see `merge_jars`; folders have no entries of their own."""

SERVICES = "META-INF/services/"

PAPERS = re.compile(r"(META-INF/)?(LICEN[SC]E|NOTICE|DEPENDENCIES|COPYING|about)([._-][^/]*)?", re.IGNORECASE)
"""A library's licence and what belongs to it. They have the same names everywhere."""

MANIFEST = "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\n"

STAMP = (1980, 1, 1, 0, 0, 0)


class Jars(BuildHookInterface[Any]):
    """Takes the jars from where Maven left them, `engine/target`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by the build backend. Fails where there is nothing to pack."""
        target = Path(self.root).parent / "target"
        own = [*target.glob("engine-*.jar")]
        if not own:
            raise FileNotFoundError(f"no engine jar in {target}: run `scripts/build-engine` first")
        packed = target / "wheel"
        shutil.rmtree(packed, ignore_errors=True)
        packed.mkdir()
        whole = packed / own[0].name
        merge_jars([own[0], *sorted((target / "lib").glob("*.jar"))], whole)
        build_data["force_include"][str(whole)] = f"comfy_bucket/jars/{whole.name}"


def merge_jars(jars: Iterable[Path], merged: Path) -> None:
    """Makes one jar of several, without what makes the engine's start longer.

    The JVM opens each jar of its class path and searches all of them for what is in none, such as the services of its
    logging: with one jar instead of fifty the engine starts 30 ms earlier.
    It checks the digest of every class of a signed jar and keeps none of them in an AOT cache, so the signatures are
    left out: Maven has checked where the jar comes from.

    A service's providers are listed together, licences are kept in a folder for each jar, below `META-INF/licenses`.
    Raises ValueError if two jars disagree about anything else.
    """
    services: dict[str, list[str]] = {}
    taken: dict[str, bytes] = {}
    with zipfile.ZipFile(merged, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(zipfile.ZipInfo("META-INF/MANIFEST.MF", STAMP), MANIFEST)
        for jar in jars:
            with zipfile.ZipFile(jar) as source:
                for name in source.namelist():
                    if LEFT_OUT.fullmatch(name):
                        continue
                    content = source.read(name)
                    if name.startswith(SERVICES):
                        services.setdefault(name, []).append(content.decode())
                        continue
                    if PAPERS.fullmatch(name):
                        name = f"META-INF/licenses/{jar.stem}/{name.removeprefix('META-INF/')}"
                    if taken.setdefault(name, content) is content:
                        target.writestr(_entry(name), content)
                    elif taken[name] != content:
                        raise ValueError(f"{name} of {jar.name} is not the one of another jar")
        for name, lists in services.items():
            target.writestr(_entry(name), "\n".join(lists) + "\n")


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry that is the same in every build."""
    entry = zipfile.ZipInfo(name, STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
