"""A real window in a real process, driven as a person would: what it says is read from `--trace`.

Nothing here sleeps: every step waits for a line of the trace, and gives up after `PATIENCE`.
"""

import json
import os
import selectors
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.forked import Forked
from tests.server.pure import SEEDS

CLONE = Path(__file__).resolve().parents[2]
PATIENCE = 90.0

Seen = dict[str, Any]
Wanted = Callable[[Seen], object]


class Window:
    """The window's process, what it last said, and hands on its display."""

    def __init__(
        self, display: str, home: Path, *arguments: str, script: str = "client_gui/main.py"
    ) -> None:
        self.seen: Seen = {}
        self.display = display
        environment = os.environ | {
            "DISPLAY": display,
            "CROUPIER_HOME": str(home),
            "SDL_VIDEODRIVER": "x11",
            "LANG": "C.UTF-8",
        }
        environment.setdefault("SDL_AUDIODRIVER", "dummy")
        environment.pop("WAYLAND_DISPLAY", None)
        # pygame-ce names the program that imports it first, and that is pytest.
        environment.pop("SDL_VIDEO_X11_WMCLASS", None)
        self._unread = b""
        self.process = Forked(script, *arguments, "--trace", env=environment)

    def wait(self, wanted: Wanted, what: str) -> Seen:
        """The first thing said from now on, or just before, that is wanted."""
        if not self._comes(wanted, PATIENCE):
            said = {key: each for key, each in self.seen.items() if key != "hits"}
            raise AssertionError(f"waited in vain for {what}; the window last said {said}")
        return self.seen

    def _comes(self, wanted: Wanted, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while not (self.seen and wanted(self.seen)):
            left = until - time.monotonic()
            if left <= 0 or not self._listen(left):
                return False
        return True

    def _listen(self, seconds: float) -> bool:
        """Take in the next line; false when there will be none."""
        assert self.process.stdout is not None
        while b"\n" not in self._unread:
            with selectors.DefaultSelector() as selector:
                selector.register(self.process.stdout, selectors.EVENT_READ)
                if not selector.select(seconds):
                    return False
            more = os.read(self.process.stdout.fileno(), 1 << 16)
            if not more:
                return False
            self._unread += more
        line, _, self._unread = self._unread.partition(b"\n")
        self.seen = json.loads(line)
        return True

    def where(self, name: str) -> tuple[int, int]:
        """The middle of what can be clicked, once it is there."""
        x, y, w, h = self.wait(lambda seen: name in seen["hits"], name)["hits"][name]
        return x + w // 2, y + h // 2

    def click(self, name: str, button: int = 1) -> None:
        x, y = self.where(name)
        self._hands("mousemove", "--window", self._number(), str(x), str(y), "click", str(button))

    def point(self, name: str) -> None:
        x, y = self.where(name)
        self._hands("mousemove", "--window", self._number(), str(x), str(y))

    def draw(self, start: str, end: str) -> None:
        """Take hold of what lies there, and let go of it here."""
        self.point(start)
        self._hands("mousedown", "1")
        self.point(end)
        self._hands("mouseup", "1")

    def turn(self, name: str, button: int, clicks: int) -> None:
        """The wheel of the mouse over it: 4 is up, 5 is down."""
        self.point(name)
        self._hands("click", "--repeat", str(clicks), "--delay", "12", str(button))

    def bet(self, spot: int) -> Seen:
        """Lay what is in the hand, and wait for the server's word."""
        before = self.seen["at_stake"]
        self.click(f"spot:{spot}")
        return self.wait(lambda seen: seen["at_stake"] > before and not seen["pending"], "a bet")

    def type(self, text: str) -> None:
        self._hands("type", "--delay", "12", text)

    def press(self, key: str) -> None:
        self._hands("key", key)

    def until_heard(self, key: str, wanted: Wanted) -> None:
        """Press this key until it does something. (Without a window manager, a window that has just
        been made has the keyboard a moment after it is seen, and what is pressed before is lost.)
        """
        for _ in range(10):
            self.press(key)
            if self._comes(wanted, PATIENCE / 30):
                return
        self.wait(wanted, f"something to come of {key}")

    def keyboard(self, layout: str) -> None:
        subprocess.run(
            ["setxkbmap", "-display", self.display, "-layout", layout], check=True, timeout=PATIENCE
        )

    def resize(self, width: int, height: int) -> None:
        """As pulling at the corner does."""
        self._hands("windowsize", self._number(), str(width), str(height))

    def _number(self) -> str:
        """The window's number on its display, which it has to itself; a full screen has another."""
        # (It says what it shows a moment before the display has it.)
        found = self._hands("search", "--sync", "--onlyvisible", "--class", "croupier")
        return found.split()[-1]

    def _hands(self, *command: str) -> str:
        done = subprocess.run(
            ["xdotool", *command],
            env=os.environ | {"DISPLAY": self.display},
            check=True,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        return done.stdout

    def until_table(self) -> Seen:
        return self.wait(
            lambda seen: seen["scene"] == "table" and seen["phase"] == "betting", "the table"
        )

    def close(self) -> int:
        """As the window's cross does; the exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        # What it says meanwhile is read: a full pipe would hold it up.
        self.process.communicate(timeout=PATIENCE)
        return self.process.returncode


class House:
    """A server of ours, as a host starts it."""

    def __init__(self, data: Path, *arguments: str, port: int = 0) -> None:
        self.data = data
        self.arguments = arguments
        self.port = port
        self.process: Forked | None = None

    def open(self) -> "House":
        """Start it, and wait until it says where it listens."""
        if not self.data.exists():
            self.data.mkdir(mode=0o700, parents=True)
            SEEDS.save(self.data / "seeds" / "1")  # To make the full chain takes a second or two.
        self.process = Forked(
            "server/main.py",
            *("--port", str(self.port), "--data", str(self.data), "--no-console"),
            *self.arguments,
            env=os.environ | {"CROUPIER_PASSWORD": "secret"},
            stderr=subprocess.DEVNULL,
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            port = _port_in(line)
            if port:
                self.port = port
                return self
        raise AssertionError("the server ended before it listened")

    def kill(self) -> None:
        """As a power cut does."""
        assert self.process is not None
        self.process.kill()
        self._reap()

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self._reap()

    def _reap(self) -> None:
        assert self.process is not None
        self.process.wait(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()


def _port_in(line: str) -> int:
    """The port in what the server says at its start: the last number after a colon."""
    for word in reversed(line.replace(",", " ").split()):
        _, colon, tail = word.rpartition(":")
        if colon and tail.rstrip(".").isdigit():
            return int(tail.rstrip("."))
    return 0


@contextmanager
def screen(size: str = "1600x1000") -> Iterator[str]:
    """A display of its own, so that several can be driven at once. Its keys do not repeat, however
    late a busy machine lets go of them; and it does not begin anew when nobody shows anything on it
    for a moment, as who goes to the whole screen does: it would turn away who comes just then.
    """
    read, write = os.pipe()
    server = subprocess.Popen(
        [
            *("Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24"),
            *("-nolisten", "tcp", "-r", "-noreset"),
        ],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as number:
            display = number.readline().strip()
        assert display, "Xvfb did not start"
        yield f":{display}"
    finally:
        server.terminate()
        server.wait(PATIENCE)
