"""Notes which functions the programs call that tests start: most of them are killed in the end, so
each is written down at once.

It is put as `sitecustomize.py` where Python looks for that, by `cover.py`, and knows from the
environment which test runs.
"""

import os
import sys
import threading
from types import CodeType, FrameType

TEST = "CROUPIER_MUTATION_TEST"
FILE = "CROUPIER_MUTATION_CALLS"
ROOT = "CROUPIER_MUTATION_ROOT"
ENOUGH = 1_000_000
"""After so many calls without a new function a program is left in peace: it counts, or waits."""


def note() -> None:
    """From now on, in every thread."""
    root, test = os.environ[ROOT] + os.sep, os.environ.get(TEST, "")
    file = os.open(os.environ[FILE], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    seen: dict[int, CodeType] = {}  # Kept, or what comes after one could have its number.
    quiet = 0

    def profile(frame: FrameType, event: str, _: object) -> None:
        nonlocal quiet
        code = frame.f_code
        quiet += 1
        if quiet > ENOUGH:
            sys.setprofile(None)
        elif event == "call" and id(code) not in seen:
            seen[id(code)] = code
            quiet = 0
            if code.co_filename.startswith(root):
                path = code.co_filename[len(root) :]
                os.write(file, f"{test}\t{path}\t{code.co_qualname}\n".encode())

    threading.setprofile(profile)
    sys.setprofile(profile)


if __name__ == "sitecustomize" and FILE in os.environ:
    note()
