"""The engine's AOT cache: loaded and linked classes of an earlier run, which make its start several times faster.

JEP 483 and JEP 514 (JDK 24 and 25). It is made in the background after the first use, belongs to exactly one Java and
one set of jars, and is only ever an advantage: whatever is wrong with it, the engine starts without.
"""

import hashlib
import logging
import os
import shutil
import subprocess
import threading
import time
from pathlib import Path

from .command import Installation, child_environment
from .folders import cache_folder
from .process import lower_priority

log = logging.getLogger("comfy_bucket")

QUIET_TIME = 20.0
"""Seconds from the engine's start to the training run, so that it does not compete with the user's first workflow."""

TRAINING_TIME = 300.0
"""Seconds that a training run may take."""

FORGOTTEN_AFTER = 14 * 86400.0
"""Seconds after which the cache of another version, which nothing has used since, is removed."""


class AotCache:
    """The cache that belongs to an installation, whether it exists yet or not."""

    def __init__(self, installation: Installation, folder: Path | None = None, quiet_time: float = QUIET_TIME) -> None:
        self.installation = installation
        self._folder = folder if folder is not None else cache_folder()
        self.file = self._folder / f"engine-{_key(installation)}.aot"
        self._failed = self.file.with_suffix(".failed")
        self._quiet_time = quiet_time
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._training: subprocess.Popen[bytes] | None = None
        self._closed = False

    def options(self) -> list[str]:
        """The JVM's options for using the cache; none while there is no cache."""
        try:
            os.utime(self.file)
        except OSError:
            return []
        return [f"-XX:AOTCache={self.file}"]

    def distrust(self) -> None:
        """The engine did not start: should the cache be the reason, there is none the next time."""
        if _remove(self.file):
            log.warning("the AOT cache was removed, because the engine did not start with it")

    def train_later(self) -> None:
        """Makes the cache in the background, unless there is one or making it has failed before."""
        with self._lock:
            if self._closed or self._timer is not None or self.file.exists() or self._failed.exists():
                return
            self._timer = threading.Timer(self._quiet_time, self._train)
            self._timer.daemon = True
            self._timer.start()

    def train(self) -> bool:
        """Makes the cache now. True if it stands afterwards."""
        fresh = self.file.with_name(f"{self.file.stem}.{os.getpid()}.tmp")
        scratch = fresh.with_suffix(".training")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._sweep_scratch()
            scratch.mkdir(mode=0o700, exist_ok=True)
            done = self._run_training(fresh, scratch) and fresh.stat().st_size > 0
            if done:
                os.replace(fresh, self.file)
                self._sweep()
            return done
        except OSError as error:
            log.debug("no AOT cache: %s", error)
            return False
        finally:
            _remove(fresh)
            shutil.rmtree(scratch, ignore_errors=True)

    def close(self) -> None:
        """Ends a training run that is under way."""
        with self._lock:
            self._closed = True
            if self._timer is not None:
                self._timer.cancel()
            if self._training is not None and self._training.poll() is None:
                self._training.kill()

    def _train(self) -> None:
        if not self.train() and not self._closed:
            try:
                self._failed.touch()
            except OSError:
                pass

    def _run_training(self, output: Path, scratch: Path) -> bool:
        options = [f"-XX:AOTCacheOutput={output}", f"-Djava.io.tmpdir={scratch}"]
        command = self.installation.command("train", options=options)
        with self._lock:
            if self._closed:
                return False
            self._training = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=child_environment(),
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
                | getattr(subprocess, "IDLE_PRIORITY_CLASS", 0),
            )
        lower_priority(self._training)
        try:
            return self._training.wait(TRAINING_TIME) == 0
        except subprocess.TimeoutExpired:
            self._training.kill()
            return False

    def _sweep_scratch(self) -> None:
        """Removes what training runs have left that were killed together with whoever started them."""
        ended = time.time() - TRAINING_TIME
        for folder in self._folder.glob("engine-*.training"):
            if folder.stat().st_mtime < ended:
                shutil.rmtree(folder, ignore_errors=True)

    def _sweep(self) -> None:
        """Removes what other versions have left."""
        forgotten = time.time() - FORGOTTEN_AFTER
        for file in self._folder.glob("engine-*"):
            if file.suffix in (".aot", ".failed", ".tmp", ".log") and file.stat().st_mtime < forgotten:
                _remove(file)


def _remove(file: Path) -> bool:
    try:
        file.unlink()
        return True
    except OSError:
        return False


def _key(installation: Installation) -> str:
    """What the JVM itself holds a cache to: the jars' paths, sizes and times, and which Java it is."""
    parts = [str(installation.java.program), installation.java.release]
    for jar in installation.jars:
        status = jar.stat()
        parts.append(f"{jar} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:16]
