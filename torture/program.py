"""The real house in a process of its own, on loopback, in a folder of its own."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from torture.punter import PASSWORD

NURSERY = Path(__file__).with_name("nursery.py")
WITHIN = 30.0


class Nursery:
    """Where houses are started; ends what it started when it is left."""

    def __init__(self) -> None:
        """Start the process that the houses are forked from."""
        self._process = subprocess.Popen(
            [sys.executable, str(NURSERY)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            bufsize=1,
            start_new_session=True,  # Ctrl-C is for who waits for the houses, and ends them.
        )
        self._running: dict[int, Program] = {}
        self.said: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for program in list(self._running.values()):
            program.kill()
        self._process.communicate(timeout=WITHIN)

    def open(self, data: Path, *options: str) -> "Program":
        """A house that listens."""
        arguments = ["--data", str(data), "--port", "0", "--croupier-password", PASSWORD]
        self._tell(["start", *arguments, "--no-console", "--log-level", "warning", *options])
        pid = port = 0
        while not (pid and port):
            line = self._read()
            if found := re.match(r"listening on .*:(\d+)$", line):
                port = int(found[1])
            elif found := re.match(r"start (\d+)$", line):
                pid = int(found[1])
        program = Program(self, pid, port)
        self._running[pid] = program
        return program

    def wait(self, pid: int) -> int:
        """The exit status of one that ends."""
        self._running.pop(pid, None)
        self._tell(["wait", pid])
        while not (found := re.match(r"wait (-?\d+)$", self._read())):
            pass
        return int(found[1])

    def _tell(self, command: list[object]) -> None:
        _of(self._process.stdin).write(json.dumps(command) + "\n")
        _of(self._process.stdin).flush()

    def _read(self) -> str:
        line = _of(self._process.stdout).readline()
        if not line:
            raise RuntimeError(f"the nursery is gone: {_of(self._process.stderr).read()[-2000:]}")
        self.said.append(line)
        del self.said[:-50]
        return line.rstrip("\n")


class Program:
    """One running house."""

    def __init__(self, nursery: Nursery, pid: int, port: int) -> None:
        """It listens on `port`."""
        self._nursery = nursery
        self.pid = pid
        self.port = port
        self._ended = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: object, __: TracebackType | None
    ) -> None:
        if not self._ended:
            self.kill()

    def kill(self) -> None:
        """Kill -9, now."""
        os.kill(self.pid, signal.SIGKILL)
        self._ended = True
        self._nursery.wait(self.pid)

    def stop(self) -> int:
        """As Ctrl-C does; the exit status."""
        os.kill(self.pid, signal.SIGINT)
        self._ended = True
        return self._nursery.wait(self.pid)


def _of(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe
