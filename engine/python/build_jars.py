"""Puts the engine's jars into the wheel."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Jars(BuildHookInterface[Any]):
    """Takes the jars from where Maven left them, `engine/target`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by the build backend. Fails where there is nothing to pack."""
        target = Path(self.root).parent / "target"
        jars = [*target.glob("engine-*.jar"), *(target / "lib").glob("*.jar")]
        if not any(jar.name.startswith("engine-") for jar in jars):
            raise FileNotFoundError(f"no engine jar in {target}: run `scripts/mvn -pl engine -am package` first")
        for jar in jars:
            build_data["force_include"][str(jar)] = f"comfy_bucket/jars/{jar.name}"
