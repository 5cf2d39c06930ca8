"""The command line of the window."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field

from client import passwords
from client_gui.kit.box import BASE, LEAST, Size
from client_gui.kit.words import LANGUAGES

PORT = 1234


@dataclass(frozen=True, slots=True)
class Options:
    host: str = ""
    port: int = PORT
    name: str = ""
    role: str = "player"
    classic: bool = False
    language: str = ""
    size: Size = BASE
    fullscreen: bool = False
    trace: bool = False
    passing: bool = False
    """The table ends with the window: it is no place to come back to."""
    croupier_password: str = field(default="", repr=False)
    table_password: str = field(default="", repr=False)
    table: str = ""
    """At which table: its name or number; empty: the first."""
    tv: bool = False
    """Whether a whole room looks at the window."""


def _size(text: str) -> Size:
    width, _, height = text.lower().partition("x")
    if not (width.isdigit() and height.isdigit()):
        raise argparse.ArgumentTypeError(f"a size looks like 1280x800, not {text!r}")
    size = (int(width), int(height))
    if size[0] < LEAST[0] or size[1] < LEAST[1] or max(size) > 16_384:
        raise argparse.ArgumentTypeError(f"the smallest window is {LEAST[0]}x{LEAST[1]}")
    return size


def is_port(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= 65535


def _port(text: str) -> int:
    if not is_port(text):
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to 65535, not {text!r}")
    return int(text)


def looks(parser: argparse.ArgumentParser) -> None:
    """The options that do not depend on where the table is."""
    parser.add_argument("--name", default="", help="what the others shall call you")
    parser.add_argument("--lang", choices=LANGUAGES, default="", help="else as the system has it")
    parser.add_argument("--size", type=_size, default=BASE, metavar="WxH", help="of the window")
    parser.add_argument("--fullscreen", action="store_true", help="fill the screen")
    parser.add_argument(
        "--trace", action="store_true", help="print a JSON line when something changes, for tests"
    )


def read(arguments: Sequence[str] | None = None) -> Options:
    """What was asked for; ends the program with one plain line if it cannot be meant."""
    parser = argparse.ArgumentParser(
        prog="python run.py client", description="Open the window at a table."
    )
    parser.add_argument("host", nargs="?", default="", help="the table's address; asked if missing")
    parser.add_argument("port", nargs="?", type=_port, default=PORT, help="1234 unless given")
    looks(parser)
    seat = parser.add_mutually_exclusive_group()
    seat.add_argument("--croupier", action="store_true", help="come as the croupier")
    seat.add_argument("--watch", action="store_true", help="come to watch")
    parser.add_argument(
        "--tv", action="store_true", help="watch on a screen that the whole room looks at"
    )
    parser.add_argument(
        "--table", default="", metavar="NAME", help="the table's name or number (the first)"
    )
    parser.add_argument("--classic", action="store_true", help="speak the assignment's protocol")
    passwords.add_options(parser, "croupier", "table")
    said = parser.parse_args(arguments)
    if said.tv and said.croupier:
        parser.error("a screen for the room only watches: --tv goes without --croupier")
    watches = said.watch or said.tv
    if said.classic and said.table:
        parser.error("the classic protocol has one table")
    if said.classic and watches:
        parser.error("the classic protocol has nobody who only watches")
    role = "croupier" if said.croupier else "watcher" if watches else "player"
    return Options(
        said.host, said.port, said.name, role, said.classic, said.lang, said.size,
        said.fullscreen, said.trace, tv=said.tv, table=said.table,
        croupier_password=passwords.read(parser, said, "croupier"),
        table_password=passwords.read(parser, said, "table"),
    )  # fmt: skip
