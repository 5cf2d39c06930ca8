"""A house for the tests: the real program in a process of its own, on a port that it picks."""

import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from protocol.house.door import SignedIn
from protocol.house.lists import Seat
from tests.forked import Forked, run
from tests.server.guests import Classic, Modern
from tests.server.pure import SEEDS

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "faites vos jeux"
WITHIN = 30.0


class RunningHouse:
    """`server/main.py`, started."""

    def __init__(
        self,
        data: Path,
        *options: str,
        port: int = 0,
        level: str = "info",
        unread: bool = False,
        descriptors: int = 0,
    ) -> None:
        """`unread`: what it logs goes into a pipe that nobody reads. `descriptors`: the system lets
        it have no more.
        """
        self.data = data
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (data / "seeds").exists() and not (data / "books.sqlite").exists():
            SEEDS.save(data / "seeds" / "1")  # To make the full chain takes a second or two.
        self.log_file = data.with_suffix(".log").open("a+", encoding="utf-8")
        self.process = Forked(
            "server/main.py",
            *("--data", str(data), "--port", str(port), "--log-level", level),
            *("--croupier-password", PASSWORD),
            *options,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE if unread else self.log_file.fileno(),
            descriptors=descriptors,
        )
        assert self.process.stdout
        self.first_line = self.process.stdout.readline()
        found = re.search(r":(\d+)$", self.first_line.strip())
        self.port = int(found[1]) if found else 0
        self.guests = ExitStack()

    def modern(self, name: str | None = None, seat: Seat | None = None) -> Modern:
        """A modern client; with a name it signs in, and takes a seat."""
        guest = self.guests.enter_context(Modern(self.port))
        if name is not None:
            answer = guest.sign_in(name)
            assert isinstance(answer, SignedIn), answer
        if seat is not None:
            guest.sit(seat, PASSWORD if seat is Seat.CROUPIER else "")
        return guest

    def classic(self, source: str = "") -> Classic:
        return self.guests.enter_context(Classic(self.port, source))

    def __enter__(self) -> "RunningHouse":
        return self

    def __exit__(self, *_: object) -> None:
        self.guests.close()
        self.kill()
        self.log_file.close()

    def command(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def wait_line(self, part: str) -> str:
        """The next line on its screen that has this in it."""
        assert self.process.stdout
        for line in self.process.stdout:
            if part in line:
                return line.rstrip("\n")
        raise AssertionError(f"the house closed without saying {part!r}")

    def stop(self) -> tuple[int, str, str]:
        """Close it as Ctrl-C does: exit status, what it printed, what it logged."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.stdout
        out = self.first_line + self.process.stdout.read()
        self.process.wait(timeout=WITHIN)
        return self.process.returncode, out, self.log()

    def log(self) -> str:
        """Everything that it logged to its screen."""
        self.log_file.seek(0)
        return self.log_file.read()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


def made_up_password(house: RunningHouse) -> str:
    """As its first screen says it."""
    return house.wait_line("croupier's password").split()[2]


def run_house(*options: str) -> subprocess.CompletedProcess[str]:
    """The program with options that make it end by itself."""
    return run("server/main.py", *options)


def run_script(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command: Sequence[str] = (sys.executable, str(ROOT / script), *arguments)
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
