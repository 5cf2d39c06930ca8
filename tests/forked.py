"""A program of ours that was not started anew but forked from one that has loaded all it needs."""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from resource import RLIMIT_NOFILE, getrlimit
from typing import IO, Any

CLONE = Path(__file__).resolve().parents[1]
WINDOW = ("client_gui.app", "client_gui.session", "client_gui.sound.follow", "client_gui.trace")
TERMINAL = ("prompt_toolkit.patch_stdout", "prompt_toolkit.input.vt100")
LOADED = {
    "server/main.py": (),
    "client_text/main.py": ("client_text.live", *TERMINAL),
    "client_gui/main.py": ("client_gui.opening", *WINDOW),
    "client_gui/play.py": WINDOW,
}
"""The programs that are started often, and what they import only when it is needed."""
FROM_PYGAME = ("PYGAME_", "SDL_VIDEO_X11_WMCLASS")


class Forked:
    """Like a `subprocess.Popen` of `python SCRIPT …`, in what the tests ask of one. Its text is
    UTF-8, and it keeps nothing back that it says.
    """

    def __init__(
        self,
        script: str,
        *arguments: str,
        stdin: int = subprocess.DEVNULL,
        stdout: int = subprocess.PIPE,
        stderr: int = 2,
        env: Mapping[str, str] | None = None,
        session: bool = False,
        descriptors: int = 0,
    ) -> None:
        """`descriptors`: the system lets it have no more."""
        self.args: Sequence[str] = (script, *arguments)
        self.returncode: int | Any = None
        """The exit code, for who has waited; nothing before. (`Any` is what typeshed says.)"""
        self.stdin: IO[str] | None = None
        self.stdout: IO[str] | None = None
        self.stderr: IO[str] | None = None
        theirs = []
        for name, file in (("stdin", stdin), ("stdout", stdout), ("stderr", stderr)):
            if file == subprocess.PIPE:
                read, write = os.pipe()
                own, other = (write, read) if name == "stdin" else (read, write)
                mode = "w" if name == "stdin" else "r"
                setattr(self, name, open(own, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - a number; kept
                theirs.append(other)
            elif file == subprocess.DEVNULL:
                theirs.append(os.open(os.devnull, os.O_RDWR))
            else:
                theirs.append(os.dup(file))
        self._report, report = os.pipe()
        theirs.append(report)
        request = {
            "arguments": arguments,
            "env": dict(os.environ if env is None else env),
            "session": session,
            "descriptors": (descriptors,) * 2 if descriptors else getrlimit(RLIMIT_NOFILE),
        }
        try:
            nursery_of(script).ask(request, theirs)
        finally:
            for each in theirs:
                os.close(each)
        self.pid = int(self._hear())

    def _hear(self) -> bytes:
        """The next line of the report."""
        heard = b""
        while not heard.endswith(b"\n"):
            more = os.read(self._report, 1)
            assert more, "the nursery is gone"
            heard += more
        return heard

    def poll(self) -> int | None:
        """The exit code, if it has ended."""
        return self._ended(0)

    def wait(self, timeout: float | None = None) -> int:
        code = self._ended(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return code

    def _ended(self, timeout: float | None) -> int | None:
        if self.returncode is None and select.select([self._report], [], [], timeout)[0]:
            self.returncode = int(self._hear())
            os.close(self._report)
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """Close its input, wait for its end; all that was still to be read."""
        if self.stdin:
            with suppress(BrokenPipeError):
                self.stdin.close()
        heard = ["", ""]

        def listen(at: int, pipe: IO[str]) -> None:
            with pipe:
                heard[at] = pipe.read()

        threads = [
            threading.Thread(target=listen, args=(at, pipe), daemon=True)
            for at, pipe in enumerate((self.stdout, self.stderr))
            if pipe and not pipe.closed
        ]
        for thread in threads:
            thread.start()
        self.wait(timeout)
        for thread in threads:
            thread.join()
        return heard[0], heard[1]


class _Nursery:
    """The process that one of them is forked from."""

    def __init__(self, script: str) -> None:
        self._asking, asked = socket.socketpair()
        with asked:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    str(CLONE / "tests" / "nursery.py"),
                    script,
                    *LOADED.get(script, ()),
                ],
                cwd=CLONE,
                stdin=asked.fileno(),
                # What pygame left here when pytest imported it would be taken for the wish of who
                # starts a window.
                env={k: v for k, v in os.environ.items() if not k.startswith(FROM_PYGAME)},
                start_new_session=True,  # Ctrl-C is for who started the tests.
            )
        self._turn = threading.Lock()
        atexit.register(self._close)

    def ask(self, request: Mapping[str, object], files: Sequence[int]) -> None:
        """All of these are one message: the next may follow at once."""
        text = json.dumps(request).encode() + b"\n"
        with self._turn:
            sent = socket.send_fds(self._asking, [text], files)
            self._asking.sendall(text[sent:])

    def _close(self) -> None:
        self._asking.close()
        self._process.wait()


nursery_of = cache(_Nursery)


def run(
    script: str,
    *arguments: str,
    words: str = "",
    env: Mapping[str, str] | None = None,
    within: float = 60.0,
) -> subprocess.CompletedProcess[str]:
    """One that ends by itself, and reads these few words."""
    program = Forked(script, *arguments, stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
    assert program.stdin
    program.stdin.write(words)
    try:
        out, complaints = program.communicate(within)
    finally:
        program.kill()
    return subprocess.CompletedProcess(program.args, program.wait(), out, complaints)
