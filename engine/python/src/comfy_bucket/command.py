"""The command line that starts the engine, and the environment that it gets."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import EngineUnavailable
from .folders import cache_folder
from .java import Java, find_java
from .problems import pip, problem

MAIN_CLASS = "comfybucket.Main"

# They would add options to every JVM, also ones that break ours, and announce themselves on the streams.
DROPPED_VARIABLES = ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH")


@dataclass(frozen=True)
class Installation:
    """One Java and one set of jars: what an AOT cache belongs to."""

    java: Java
    jars: tuple[Path, ...]

    def command(self, *arguments: str, options: Sequence[str] = ()) -> list[str]:
        """The whole command line; `options` are further ones for the JVM."""
        classpath = os.pathsep.join(str(jar) for jar in self.jars)
        return [str(self.java.program), *_options(), *options, "-cp", classpath, MAIN_CLASS, *arguments]


def find_installation() -> Installation:
    """What is installed here. Raises EngineUnavailable with what to do."""
    return Installation(find_java(), _find_jars())


def child_environment() -> dict[str, str]:
    """The environment of this process, which holds the user's settings, less what would disturb the JVM."""
    return {name: value for name, value in os.environ.items() if name not in DROPPED_VARIABLES}


def _options() -> list[str]:
    return [
        "-Djava.awt.headless=true",
        # stdout carries the protocol: whatever the JVM itself has to say goes to stderr.
        "-XX:+DisplayVMOutputToStderr",
        "-Xlog:disable",
        # The AOT cache's own complaints (another Java, other jars) are no news for a user: it starts without.
        "-Xlog:all=warning,aot*=off,cds*=off:stderr",
        "--enable-native-access=ALL-UNNAMED",
        "-XX:+UseSerialGC",
        # Maps the AOT cache where it was made for. Elsewhere its pointers are changed, which makes 17 MB of it private
        # memory of this process. A flag for diagnosis only in name: JDK 25 acts on it in every build.
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:ArchiveRelocationMode=0",
        # Compiling takes more than half of the processor time of a start, most of it for code that is not needed again.
        # What is really hot gets there all the same, a few calls later.
        "-XX:CompileThresholdScaling=10",
        # But for TLS and SHA-256, whose loops the processor's own instructions replace only when they are compiled: ten
        # times 0.02 is five times earlier than the JVM's own, ten times 0.1 the same. `quiet` keeps the JVM from
        # announcing them.
        "-XX:CompileCommand=quiet",
        "-XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.*::*,0.02",
        "-XX:CompileCommand=CompileThresholdScaling,sun.security.ssl.*::*,0.05",
        "-XX:CompileCommand=CompileThresholdScaling,sun.security.provider.SHA2*::*,0.1",
        "-XX:CompileCommand=CompileThresholdScaling,sun.security.provider.DigestBase::*,0.1",
        # And but for the loops over pixels, which a first object has none of and the first batch of pictures waits for.
        "-XX:CompileCommand=CompileThresholdScaling,comfybucket.media.*::*,0.1",
        # The libraries' few calls by reflection: the JVM's usual way makes classes for each, dozens of them at a start.
        "-Djdk.reflect.useNativeAccessorOnly=true",
        # Who waits for a virtual thread's socket: a thread of the system, ready at once, in place of a virtual one.
        "-Djdk.pollerMode=1",
        "-Xms48m",
        # Pictures pass through: they must not grow old and wait for a full collection.
        "-Xmn24m",
        "-Xmx1g",
        # Gives memory back after a burst, when the engine collects at the beginning of a quiet time.
        "-XX:MinHeapFreeRatio=10",
        "-XX:MaxHeapFreeRatio=20",
        "-XX:-ShrinkHeapInSteps",
        "-XX:TrimNativeHeapInterval=10000",
        # No dump may hold a secret, and none may fill the working folder.
        "-XX:-CreateCoredumpOnCrash",
        "-XX:-HeapDumpOnOutOfMemoryError",
        f"-XX:ErrorFile={cache_folder() / 'engine-crash-%p.log'}",
        # An engine that ran out of memory is not to be trusted; a new one is started on the next use.
        "-XX:+ExitOnOutOfMemoryError",
    ]


def _find_jars() -> tuple[Path, ...]:
    """The jars in an order that never changes, since an AOT cache is bound to it."""
    packaged = Path(__file__).with_name("jars")
    built = Path(__file__).parents[3] / "target"
    places = [packaged] if packaged.is_dir() else [built, built / "lib"]
    jars = sorted((jar for place in places for jar in place.glob("*.jar")), key=lambda jar: jar.name)
    if not any(jar.name.startswith("engine-") for jar in jars):
        raise EngineUnavailable(*problem("engine_not_installed", pip=pip("--force-reinstall", "comfy-bucket")))
    return tuple(jar for jar in jars if not jar.name.endswith(("-sources.jar", "-javadoc.jar", "-tests.jar")))
