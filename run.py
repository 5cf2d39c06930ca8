#!/usr/bin/env python3
"""Croupier's front door: `python run.py` plays, `python run.py --help` lists the rest.

One file, standard library only. It makes the environment in `.venv` where a command needs one and
hands over to the script that does the work. Python 3.6 to 3.10 can read this file, to say that they
are too old; one that is older still stops at the first line that it cannot read, and shows it.
The scripts import this file for that sentence alone, where somebody starts them without it.
"""

import signal

if __name__ == "__main__":
    # Until `main` can say it in words, Ctrl-C ends this like any program: at once and silently.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import contextlib
import hashlib
import importlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import NamedTuple

WANTED: str = "Croupier needs Python 3.11 or newer: https://www.python.org/downloads/"

TROUBLE = 2
"""The exit code when nothing could be started, as the shell's for wrong usage."""


def complaint(version: "Sequence[int]") -> str:
    """What to say to a Python of this version; nothing when it will do."""
    if tuple(version) >= (3, 11):
        return ""
    return "This is Python {}.{}. {}".format(*version[:2], WANTED)


if complaint(sys.version_info[:2]):
    sys.stderr.write(complaint(sys.version_info[:2]) + "\n")
    sys.exit(TROUBLE)

# From here on only Pythons that are new enough run the code; the older ones still parse it.

CLONE = Path(__file__).resolve().parent


class Trouble(Exception):
    """It cannot go on; the message tells a person what to do."""


class Stopped(Exception):
    """Somebody stopped it with the signal `number`, and the command that ran ended with `code`."""

    def __init__(self, number: int, code: int) -> None:
        super().__init__(number, code)
        self.number = number
        self.code = code


class Command(NamedTuple):
    """A script of the house, and what has to be installed before it can start."""

    about: str
    script: str
    needs: tuple[str, ...] = ()
    reopened: bool = False
    """Whether it is started again when it ended by a fault."""


WINDOW = ("requirements.lock",)
TEXT = ("requirements-text.lock",)
TESTS = ("requirements.lock", "requirements-text.lock", "requirements-dev.lock")
COMMANDS = {
    "play": Command("start a table on this machine, open the window", "client_gui/play.py", WINDOW),
    "server": Command("start a table that others can join", "server/main.py", reopened=True),
    "client": Command("open the window on the table at HOST PORT", "client_gui/main.py", WINDOW),
    "text": Command("play in a terminal on the table at HOST PORT", "client_text/main.py", TEXT),
    "bots": Command("seat N players at a table, as company", "bots/main.py"),
    "torture": Command("put the house under fire, and count the chips", "torture/main.py"),
    "verify": Command("check the fairness proof in FILE", "protocol/verify.py"),
    "test": Command(
        "check style, types and tests; with arguments, only pytest with those",
        "tests/main.py",
        TESTS,
    ),
    "mutate": Command("make small mistakes, and see if a test notices", "mutation/main.py", TESTS),
}


def main(arguments: Sequence[str]) -> int:
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        return start(arguments)
    except Trouble as trouble:
        say(str(trouble))
        return TROUBLE
    except Stopped as stopped:
        return 128 + stopped.number
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def start(arguments: Sequence[str]) -> int:
    name, *rest = arguments or ["play"]
    if name in ("-h", "--help", "help"):
        sys.stdout.write(usage())
        return 0
    if name not in COMMANDS:
        raise Trouble(f"There is no command `{name}`.\n\n{usage()}")
    command = COMMANDS[name]
    script = CLONE / command.script
    if not script.is_file():
        raise Trouble(
            f"`{name}` is not here yet: this copy of Croupier has no {command.script}.\n"
            "A newer copy may have it: git pull"
        )
    python = Environment(CLONE).provide(command.needs) if command.needs else sys.executable
    words = [python, str(script), *rest]
    return keep_open(words) if command.reopened else hand_over(words)


def usage() -> str:
    return (
        "usage: python run.py [COMMAND] [ARGUMENTS]\n\n"
        + "".join(f"  {name:8}{command.about}\n" for name, command in COMMANDS.items())
        + "\nWithout a command it plays. `python run.py COMMAND --help` tells what COMMAND takes.\n"
    )


def say(words: str) -> None:
    if sys.stderr:  # Somebody may have closed it (`2>&-`).
        sys.stderr.write(words + "\n")
        sys.stderr.flush()


# --- the environment ------------------------------------------------------------------------------


class Environment:
    """The `.venv` of a clone: Python with what the lock files name, each by its hash.

    Its stamp says which Python it was made with and which files were installed. It is written
    last, so an install that was cut off leaves none, and the next start begins anew.
    """

    def __init__(self, clone: Path) -> None:
        self.clone = clone
        self.folder = clone / ".venv"
        self.stamp = self.folder / "croupier.json"
        self.lock = self.folder / "croupier.lock"
        inside = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
        self.python = self.folder.joinpath(*inside)

    def provide(self, needs: Sequence[str]) -> str:
        """Make sure that all in the files `needs` is installed; the Python that has it."""
        wanted = {name: digest(self.clone / name) for name in needs}
        # Nothing is written, locked or asked of the network when all is there.
        if not self.has(wanted):
            try:
                self.folder.mkdir(exist_ok=True)
                with locked(self.lock) as lock:
                    # Another start may have made it while this one waited.
                    if not self.has(wanted):
                        self.make(wanted, lock)
            except OSError as error:
                raise Trouble(
                    f"Could not make the environment in {self.folder}: {error}\n"
                    "If something of Croupier is still running, close it and start again."
                ) from error
        return str(self.python)

    def has(self, wanted: Mapping[str, str]) -> bool:
        return wanted.items() <= self.installed().items()

    def installed(self) -> dict[str, str]:
        """The digest of each file installed; empty if the environment has to be made anew."""
        try:
            stamp = json.loads(self.stamp.read_bytes())
            whole = stamp["made with"] == this_python() and self.python.exists()
            return dict(stamp["installed"]) if whole else {}
        except (OSError, ValueError, TypeError, KeyError):
            return {}

    def make(self, wanted: Mapping[str, str], lock: int) -> None:
        done = self.installed()
        if any(done.get(name, value) != value for name, value in wanted.items()):
            done = {}
        self.stamp.unlink(missing_ok=True)
        try:
            if not done:
                self.create(lock)
            code = self.install(tuple(wanted), lock)
        except (Stopped, KeyboardInterrupt):
            say("Stopped while installing; the next start begins anew.")
            raise
        if code:
            if done:
                self.sign(done)  # pip puts nothing in place before it has got hold of everything
            raise Trouble(PIP_FAILED)
        self.sign({**done, **wanted})

    def create(self, lock: int) -> None:
        """An environment with nothing in it but pip."""
        for name in ("venv", "ensurepip"):
            try:
                importlib.import_module(name)
            except ImportError:
                raise Trouble(NO_VENV.format(name)) from None
        say(f"Making an environment in {self.folder} (this is done once).")
        for entry in self.folder.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            elif entry != self.lock:
                entry.unlink()
        venv = [base_python(), "-I", "-m", "venv", "--prompt", "croupier", str(self.folder)]
        if run(venv, stdout=sys.stderr.fileno(), keep=lock):
            raise Trouble(NO_VENV.format("venv"))

    def install(self, names: Sequence[str], lock: int) -> int:
        say(f"Installing the packages of {' and '.join(names)}.")
        pip = [str(self.python), "-I", "-m", "pip", "--disable-pip-version-check", "--no-input"]
        files = [word for name in names for word in ("-r", name)]
        return run(
            # What is not byte for byte what was tested, is not installed.
            [*pip, "install", "--require-hashes", "--prefer-binary", "--retries", "2", *files],
            cwd=self.clone,
            env={**os.environ, "PIP_USER": "0"},  # a user's `pip config` may ask for --user
            stdout=sys.stderr.fileno(),
            keep=lock,
        )

    def sign(self, installed: Mapping[str, str]) -> None:
        stamp = {"made with": this_python(), "installed": dict(installed)}
        draft = self.stamp.with_suffix(".new")
        draft.write_text(json.dumps(stamp, indent=2) + "\n", encoding="utf-8")
        draft.replace(self.stamp)


NO_VENV = """\
This Python cannot make an environment: its module `{}` is missing or broken.
  Debian, Ubuntu:  sudo apt install python3-venv
  elsewhere:       install Python from https://www.python.org/downloads/
Then start again. `python run.py server` works without it."""

PIP_FAILED = """
Could not install what is needed; the lines above are pip's and say why.
  No network?         Connect and start again. It is needed only this once.
  A proxy?            Set HTTPS_PROXY to its address and start again.
  Disk full?          About 200 MB are needed.
  A brand-new Python? Packages may not be made for it yet: start with an older one, from 3.11 on.
`python run.py server` works without it."""


def digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise Trouble(f"This copy of Croupier is not whole: {error}") from error


def base_python() -> str:
    """The Python behind whatever environment this file was started in."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def this_python() -> list[str]:
    """What an environment depends on: the kind of Python and where it lives."""
    kind = f"{sys.implementation.cache_tag} {sysconfig.get_platform()}"
    return [kind, os.path.realpath(base_python())]


@contextlib.contextmanager
def locked(path: Path) -> Iterator[int]:
    """Hold the file for this process alone. The system lets go of it when the process dies."""
    waiting = "Another start is making the environment; waiting for it."
    with path.open("ab") as file:
        if sys.platform == "win32":
            import msvcrt

            for attempt in range(60):  # of ten seconds each
                try:
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:
                    if not attempt:
                        say(waiting)
            else:
                raise Trouble("Another start does not come to its end. Close it and start again.")
        else:
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say(waiting)
                fcntl.flock(file, fcntl.LOCK_EX)
        yield file.fileno()


# --- processes ------------------------------------------------------------------------------------


def hand_over(command: Sequence[str]) -> int:
    """Become the command, so that signals and exit code are its own; on Windows, wait for it."""
    if os.name != "nt":
        os.execv(command[0], list(command))
    try:
        return run(command)
    except Stopped as stopped:
        return stopped.code


FAULT = 3
"""The exit code of a house that could not be sure of its books any more."""
FIRST_SIGNAL = 128
ENDED = frozenset(
    (FIRST_SIGNAL + signal.SIGINT, FIRST_SIGNAL + signal.SIGTERM, FIRST_SIGNAL + 1, 0xC000013A)
)
"""As somebody ends a program: Ctrl-C (the last is Windows' for it), SIGTERM, a closed terminal."""
REOPENINGS, WITHIN_SECONDS = 3, 60.0


def is_fault(code: int) -> bool:
    """Whether a program that ended with this code did not mean to."""
    return code == FAULT or (code > FIRST_SIGNAL and code not in ENDED)


def keep_open(command: Sequence[str], clock: Callable[[], float] = time.monotonic) -> int:
    """Run the house, and open it again when it ended by a fault; its last exit code.

    What was told is in the books, and the round in play goes on. A fault that comes at once again
    is not cured by another start, so there are only so many.
    """
    reopened: list[float] = []
    while True:
        try:
            code = run(command)
        except Stopped as stopped:
            return stopped.code
        if not is_fault(code):
            return code
        now = clock()
        reopened = [moment for moment in reopened if now - moment < WITHIN_SECONDS]
        if len(reopened) == REOPENINGS:
            say(f"The house ended by a fault once more (exit status {code}). It stays closed.")
            return code
        reopened.append(now)
        say(f"The house ended by a fault (exit status {code}). It is opened again.")


def run(
    command: Sequence[str],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    stdout: int | None = None,
    keep: int | None = None,
) -> int:
    """Run a command to its end; its exit code, as a shell would give it.

    A signal to stop goes to the command, and becomes `Stopped` when that has ended. The file `keep`
    stays open in the command as well, so that a lock holds as long as it runs.
    """
    # A terminal sends Ctrl-C to the command too; a second one would cut its cleaning up short.
    heard_already = os.name == "nt" or os.isatty(0)
    seen: list[int] = []
    child: subprocess.Popen[bytes] | None = None

    def pass_on(number: int, _: FrameType | None) -> None:
        seen.append(number)
        if child is not None and (number != signal.SIGINT or not heard_already):
            child.send_signal(number)

    before = {number: signal.signal(number, pass_on) for number in to_pass_on()}
    try:
        child = subprocess.Popen(
            command,
            cwd=cwd,
            env=env,
            stdout=stdout,
            pass_fds=() if keep is None or os.name == "nt" else (keep,),
        )
        if seen:  # It came while there was nobody yet to hand it to.
            child.send_signal(seen[0])
        code = child.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    code = code if code >= 0 else 128 - code
    if seen:
        raise Stopped(seen[0], code)
    return code


def to_pass_on() -> Iterator[int]:
    """The signals that stop a program; a closed terminal unless it is not to be heard (`nohup`)."""
    yield from (signal.SIGINT, signal.SIGTERM)
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        yield signal.SIGHUP


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
