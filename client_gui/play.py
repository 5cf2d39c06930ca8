"""An evening on this machine: `python run.py` starts a table that runs itself, company, a window.

Closing the window ends all of it. The table's books stay, so that one finds one's chips again.
"""

import signal

if __name__ == "__main__":
    # Until `main` can say it in words, Ctrl-C ends this like any program: at once and silently.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import sys
from pathlib import Path

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    import run  # noqa: F401  # It says so where this Python is too old for what follows.

import argparse
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module

from client.store import home
from client_gui.evening import HOST, CannotOpenError, evening
from client_gui.options import Options, looks

BETTING_SECONDS = 25
COMPANY = 5


def read(arguments: Sequence[str] | None = None) -> Options:
    parser = argparse.ArgumentParser(prog="python run.py play", description="Play on this machine.")
    looks(parser)
    said = parser.parse_args(arguments)
    return Options(
        HOST, 0, said.name, "player", False, said.lang, said.size, said.fullscreen, said.trace
    )


def main() -> int:
    options = read()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with evening(home() / "table", BETTING_SECONDS, COMPANY, _load_window) as port:
            return _window(replace(options, port=port, passing=True))
    except CannotOpenError as error:
        sys.stderr.write(f"The table could not be opened: {error}\n")
        return 2
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def _load_window() -> None:
    """Takes as long as it takes the table to open."""
    import_module("client_gui.app")


def _window(options: Options) -> int:
    from client_gui.opening import play

    return play(options)


if __name__ == "__main__":
    sys.exit(main())
