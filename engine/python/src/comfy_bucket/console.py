"""The command `comfy-bucket`: hands its arguments to the engine's command line."""

import os
import subprocess
import sys

from .aot import AotCache
from .command import child_environment, find_installation
from .errors import EngineUnavailable

NO_ENGINE = 3
"""Exit code when there is no engine to run."""


def main() -> int:
    """Runs the engine with this process's arguments and returns its exit code."""
    try:
        installation = find_installation()
    except EngineUnavailable as error:
        print(f"comfy-bucket: {error}", file=sys.stderr)
        return NO_ENGINE
    command = installation.command(*sys.argv[1:], options=AotCache(installation).options())
    environment = child_environment()
    if sys.platform != "win32":
        sys.stdout.flush()
        os.execve(command[0], command, environment)
    # Windows has no exec. Ctrl-C reaches the engine too; its exit code is what counts then.
    process = subprocess.Popen(command, env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue
