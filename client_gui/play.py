"""An evening on this machine: `python run.py` starts a table that runs itself, company, a window.

Closing the window ends all of it. The table's books stay, so that one finds one's chips again.
"""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from client.store import Store, home
from client_gui.options import Options, looks

CLONE = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
BETTING_SECONDS = 25
COMPANY = 5
PATIENCE = 10.0


@contextmanager
def program(complaints: IO[str], *command: str) -> Iterator[subprocess.Popen[str]]:
    """Another script of the house, for as long as it is needed.

    What it complains about goes to a file: a pipe that nobody reads would make it wait.
    """
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=CLONE,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=complaints,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        start_new_session=True,  # Ctrl-C is for us; we end the others in good order.
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def port_of(table: subprocess.Popen[str]) -> int:
    """Where the table listens, once it does; 0 if it could not be opened."""
    assert table.stdout is not None
    for line in table.stdout:
        head, _, tail = line.strip().rpartition(":")
        if head.startswith("listening on") and tail.isdigit():
            return int(tail)
    return 0


def read(arguments: Sequence[str] | None = None) -> Options:
    parser = argparse.ArgumentParser(prog="run.py play", description="Play on this machine.")
    looks(parser)
    said = parser.parse_args(arguments)
    return Options(
        HOST, 0, said.name, "player", False, said.lang, said.size, said.fullscreen, said.trace
    )


def main() -> int:
    options = read()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    serve = (
        "server/main.py", "--host", HOST, "--port", "0", "--data", str(home() / "table"),
        "--auto", str(BETTING_SECONDS), "--no-console", "--log-level", "warning",
    )  # fmt: skip
    try:
        with TemporaryFile("w+") as complaints, program(complaints, *serve) as table:
            port = port_of(table)
            if not port:
                table.wait(PATIENCE)
                complaints.seek(0)
                sys.stderr.write(complaints.read() or "The table could not be opened.\n")
                return 2
            with program(complaints, "bots/main.py", str(COMPANY), "--port", str(port)):
                return _window(replace(options, port=port))
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def _window(options: Options) -> int:
    from client_gui.app import App

    return App(options, Store()).run()


if __name__ == "__main__":
    sys.exit(main())
