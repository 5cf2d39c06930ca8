"""The other programs of an evening on one machine: the table, and company for it.

Each has a pipe for its input and ends when that does: so all of them end with this program,
however it ends, and none is left running. A table that stops by itself is opened again at the same
port; its books are as they were, and every window comes back to it by itself.
"""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryFile

CLONE = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
PATIENCE = 10.0
"""Seconds in which a program that was asked to end does so."""
REOPENINGS = 3
READY = "listening on "


class CannotOpenError(Exception):
    """The table could not be opened; the words say why."""


class Program:
    """Another script of the house, for as long as it is needed."""

    def __init__(self, *command: str) -> None:
        """Start it. What it complains about goes to a file: a full pipe would make it wait."""
        self._complaints = TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 (closed in `close`)
        self.process = subprocess.Popen(
            [sys.executable, *command],
            cwd=CLONE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            encoding="utf-8",
            env=os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"},
            # Ctrl-C is for the window; the others end after it, in good order.
            start_new_session=os.name != "nt",
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )

    def complaint(self) -> str:
        """The last that it complained about."""
        self._complaints.seek(0)
        lines = self._complaints.read().strip().splitlines()
        return lines[-1] if lines else f"exit code {self.process.returncode}"

    def let_go(self) -> None:
        """Let it end."""
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):
            self.process.stdin.close()

    def close(self) -> None:
        """Let it end, and wait for it."""
        process = self.process
        assert process.stdout is not None
        self.let_go()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        self._complaints.close()


class Table:
    """A table on this machine that runs itself."""

    def __init__(
        self, data: Path, betting_seconds: int, meanwhile: Callable[[], object] = lambda: None
    ) -> None:
        """Open it with the books in `data`, and do something `meanwhile`; `CannotOpenError` if it
        cannot be opened.
        """
        self._options = ("--data", str(data), "--auto", str(betting_seconds))
        self._closing = threading.Event()
        self._program, self.port = self._open(0, meanwhile)
        self._watch = threading.Thread(target=self._look_after, name="table", daemon=True)
        self._watch.start()

    def _open(
        self, port: int, meanwhile: Callable[[], object] = lambda: None
    ) -> tuple[Program, int]:
        program = Program(
            *("server/main.py", "--host", HOST, "--port", str(port), *self._options),
            *("--until-eof", "--log-level", "warning"),
        )
        try:
            meanwhile()
            assert program.process.stdout is not None
            first = program.process.stdout.readline().strip()
        except BaseException:
            program.close()  # Ctrl-C; the next start would find its books in use.
            raise
        _, _, found = first.rpartition(":")
        if first.startswith(READY) and found.isdecimal():
            return program, int(found)
        program.process.wait(PATIENCE)
        words = program.complaint()
        program.close()
        raise CannotOpenError(words)

    def _look_after(self) -> None:
        """Read what it says, so that it never waits; open it again if it stops by itself."""
        for left in range(REOPENINGS, -1, -1):
            program = self._program
            assert program.process.stdout is not None
            for _ in program.process.stdout:
                pass
            program.process.wait()
            if self._closing.is_set():
                return
            _say(f"The table stopped by itself ({program.complaint()}).")
            if not left:
                break
            _say("It is opened again; what was acknowledged is in its books.")
            program.close()
            try:
                self._program, _ = self._open(self.port)
            except CannotOpenError as error:
                _say(f"The table cannot be opened: {error}")
                break
            if self._closing.is_set():
                self._program.let_go()
        _say("It stays closed. Close the window, and start again.")

    def close(self) -> None:
        """End it; everything is in its books."""
        self._closing.set()
        self._program.let_go()
        self._watch.join(PATIENCE)
        self._program.close()


@contextlib.contextmanager
def evening(
    data: Path, betting_seconds: int, company: int, meanwhile: Callable[[], object]
) -> Iterator[int]:
    """A table with company, for as long as somebody plays; its port."""
    table = Table(data, betting_seconds, meanwhile)
    try:
        bots = Program("bots/main.py", str(company), "--port", str(table.port), "--until-eof")
        try:
            yield table.port
        finally:
            bots.close()
    finally:
        table.close()


def _say(words: str) -> None:
    sys.stderr.write(words + "\n")
    sys.stderr.flush()
