"""The servers that are measured, each started as a program of its own on a port of its choice."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench import frames
from bench.tongues import Trouble

ROOM = Path(__file__).resolve().parent
CLONE = ROOM.parent


END_SECONDS = 30
"""How long a server may take to end; then it is killed."""


@dataclass
class Target:
    """A server that runs."""

    pid: int
    port: int
    counts: dict[str, int] = field(default_factory=dict)
    """What it says at its end that it has done; our own server says nothing."""


def compiler() -> str | None:
    """The system's C compiler, if there is one."""
    named = os.environ.get("CC")
    return next(filter(None, map(shutil.which, [named] if named else ["cc", "gcc", "clang"])), None)


def build_c(folder: Path, using: str) -> Path:
    """Compile the yardstick in C with the frames of today."""
    (folder / "frames.h").write_text(frames.c_header(), "ascii")
    program = folder / "yardstick"
    if program.exists():
        return program
    flags = ["-O2", "-std=c11", "-Wall", "-Wextra", "-Werror", f"-I{folder}"]
    command = [using, *flags, "-o", str(program), str(ROOM / "yardstick.c")]
    subprocess.run(command, check=True, timeout=120)
    return program


THREADS = (sys.executable, str(ROOM / "yardstick.py"))


@contextlib.contextmanager
def yardstick(command: Sequence[str]) -> Iterator[Target]:
    """A yardstick from its port to its counts. The end of its standard input ends it."""
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="ascii"
    ) as process:
        assert process.stdout
        try:
            target = Target(process.pid, int(process.stdout.readline()))
            yield target
            target.counts.update(json.loads(process.communicate(timeout=END_SECONDS)[0]))
        finally:
            process.kill()


SETTINGS = """\
stack = 1_000_000
[limits]
strangers = 20_000
strangers_an_address = 20_000
sessions = 16_000
sessions_here = 16_000
"""
"""Ours as it is, but for a door wide enough for everybody, and chips for the whole night."""


@contextlib.contextmanager
def ours(clone: Path, folder: Path, log_level: str = "warning") -> Iterator[Target]:
    """Our own server with new books in the folder, and what it logs beside them."""
    settings = folder / "load.toml"
    settings.write_text(SETTINGS, "ascii")
    command = [sys.executable, str(clone / "server" / "main.py"), "--config", str(settings)]
    command += ["--port", "0", "--data", str(folder / "data"), "--no-console"]
    command += ["--log-level", log_level]
    environment = {**os.environ, "CROUPIER_PASSWORD": frames.PASSWORD}
    screen = folder / "screen"
    with (
        screen.open("wb") as log,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            encoding="utf-8",
            env=environment,
        ) as process,
    ):
        assert process.stdout
        try:
            first = process.stdout.readline()
            if not first.startswith("listening"):
                raise Trouble(f"the server in {clone} did not start: {screen.read_text('utf-8')}")
            yield Target(process.pid, int(first.rsplit(":", 1)[1]))
            process.terminate()
            process.wait(END_SECONDS)
        finally:
            process.kill()
