"""Open the window: `python client_gui/main.py [HOST PORT]`."""

import signal

if __name__ == "__main__":
    # Until `main` can say it in words, Ctrl-C ends this like any program: at once and silently.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import sys
from pathlib import Path

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    import run  # noqa: F401  # It says so where this Python is too old for what follows.

from client.ending import ends_by
from client_gui.options import read


def main() -> int:
    options = read()
    # Only now, so that `--help` and a wrong option answer at once.
    from client_gui.opening import play

    ends_by(signal.SIGINT, 130)
    ends_by(signal.SIGTERM, 0)
    return play(options)


if __name__ == "__main__":
    sys.exit(main())
