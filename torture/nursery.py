"""Starts the real program quickly and often: Python and its modules are loaded once, then forked.

    python torture/nursery.py

reads commands as JSON lines: `["start", argument, …]` forks a child that becomes
`python server/main.py argument …`; `["wait", pid]` waits for its end. What the child prints goes
to this process's own output.
"""

import json
import os
import runpy
import signal
import sys
from pathlib import Path

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from server import config, console, croupier, listener

MAIN = Path(__file__).resolve().parents[1] / "server" / "main.py"
LOADED = (config, console, croupier, listener)


def start(arguments: list[str]) -> int:
    """Fork the program; its process id."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        sys.argv = [str(MAIN), *arguments]
        runpy.run_path(str(MAIN), run_name="__main__")
    except SystemExit as ended:
        status = int(ended.code or 0)
    finally:
        sys.stdout.flush()
        os._exit(status)


def main() -> None:
    running: set[int] = set()
    for line in sys.stdin:
        what, *rest = json.loads(line)
        if what == "start":
            answer = start(rest)
            running.add(answer)
        else:
            _, status = os.waitpid(rest[0], 0)
            running.discard(rest[0])
            answer = os.waitstatus_to_exitcode(status)
        sys.stdout.write(f"{what} {answer}\n")
        sys.stdout.flush()
    for pid in running:  # Whoever had them opened is gone.
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
