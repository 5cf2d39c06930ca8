"""Change one small thing in the house at a time, and see whether a test notices."""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])

import run
from mutation.changed import NoBaseError
from mutation.command import mutate
from mutation.cover import BrokenTestsError
from mutation.equivalent import StaleError

CLONE = Path(__file__).resolve().parents[1]


def main(arguments: Sequence[str]) -> int:
    """The exit code."""
    if not hasattr(os, "fork"):
        say("mutate needs a system on which a process can fork: Linux or macOS")
        return run.TROUBLE
    signal.signal(signal.SIGTERM, stop)
    try:
        return mutate(CLONE, arguments)
    except (StaleError, BrokenTestsError, NoBaseError, FileNotFoundError) as error:
        say(str(error))
        return run.TROUBLE
    except BrokenPipeError:  # Whoever read this, like `head`, has read enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return run.TROUBLE


def stop(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


def say(words: str) -> None:
    sys.stderr.write(words + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
