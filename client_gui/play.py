"""An evening on this machine: `python run.py` starts a table that runs itself, company, a window.

Closing the window ends all of it. The table's books stay, so that one finds one's chips again.
"""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from client.store import Store, home
from client_gui.options import Options, looks

CLONE = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
BETTING_SECONDS = 30
PATIENCE = 10.0


class Table:
    """The server's process."""

    def __init__(self, data: Path) -> None:
        self._process = subprocess.Popen(
            [
                sys.executable, "server/main.py", "--host", HOST, "--port", "0",
                "--data", str(data), "--auto", str(BETTING_SECONDS), "--no-console",
            ],
            cwd=CLONE,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            start_new_session=True,  # Ctrl-C is for us; we tell the table in good order.
        )  # fmt: skip

    def port(self) -> int:
        """Where it listens, once it does; 0 if it could not."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            head, _, tail = line.strip().rpartition(":")
            if head.startswith("listening on") and tail.isdigit():
                return int(tail)
        return 0

    def complaint(self) -> str:
        assert self._process.stderr is not None
        return self._process.stderr.read().strip()

    def close(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()


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
    table = Table(home() / "table")
    try:
        port = table.port()
        if not port:
            sys.stderr.write(f"{table.complaint() or 'The table could not be opened.'}\n")
            return 2
        return _evening(options, port)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    finally:
        table.close()


def _evening(options: Options, port: int) -> int:
    from client_gui.app import App
    from client_gui.bots import Company

    company = Company(HOST, port, Store(home() / "company"))
    company.start()
    try:
        return App(replace(options, port=port), Store()).run()
    finally:
        company.close()


if __name__ == "__main__":
    sys.exit(main())
