"""Check for oneself that a round was not steered: standard library only, no network, no table.

    python run.py verify FILE

reads a document that the server or a window exported (or the test vectors), makes every step of
every round in it again, and says for each that it holds, how far it could be checked, or which step
does not hold. First it names the table's anchor, as the file has it: whoever was there compares it
with his own. Exit status 0: nothing is red; 1: something is; 2: the file is not such a document.

The shape of a document is in `protocol/fair/document.py`. It may come from anybody. Whatever its
bytes are, they get a verdict or one plain line, and nothing in them reaches the terminal as
anything but text.
"""

import sys
from pathlib import Path

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    import run  # noqa: F401  # It says so where this Python is too old for what follows.

from protocol.fair.reading import NotADocument, read_json
from protocol.report import report
from protocol.text import visible

MOST_BYTES = 64 * 1024 * 1024
"""Far over a round of ten thousand players; a file without end is not read to its end."""

USAGE = "usage: python run.py verify FILE"
ABOUT = (
    "Checks that the rounds in FILE were not steered, without network and without a table. FILE is",
    "what a window or the server exported. Of each round it says that it holds, how far that could",
    "be checked, or which step does not. Exit code 0: nothing is wrong; 1: something is; 2: there",
    "is nothing to check.",
)


def main(arguments: list[str]) -> int:
    """Verify a file; the exit status."""
    if arguments in (["-h"], ["--help"]):
        for line in (USAGE, "", *ABOUT):
            _say(line)
        return 0
    if len(arguments) != 1 or arguments[0].startswith("-"):
        _say(USAGE)
        return 2
    # A terminal of another encoding shows what it can: that is no reason to say nothing.
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] # a stream of text
    try:
        held, lines = report(read_json(_content(Path(arguments[0]))))
    except OSError as error:
        _say(f"{arguments[0]}: {error.strerror}")
        return 2
    except (NotADocument, MemoryError) as error:
        _say(f"{arguments[0]}: {str(error) or 'it is more than the memory holds'}")
        return 2
    for line in lines:
        _say(line)
    return 0 if held else 1


def _content(path: Path) -> bytes:
    if path.is_fifo() and not path.is_symlink():  # (What a shell hands over is a link to one.)
        raise NotADocument("this is a pipe, whose other end may never come: give a file")
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if not content:
        raise NotADocument("there is nothing in it")
    if len(content) > MOST_BYTES:
        raise NotADocument(f"more than {MOST_BYTES >> 20} MB are no round")
    return content


def _say(line: str) -> None:
    sys.stdout.write(visible(line) + "\n")


if __name__ == "__main__":
    try:
        status = main(sys.argv[1:])
        sys.stdout.flush()
    except (BrokenPipeError, KeyboardInterrupt):
        # A reader who has seen enough, or Ctrl-C. Python would flush it once more.
        sys.stdout, status = None, 1
    sys.exit(status)
