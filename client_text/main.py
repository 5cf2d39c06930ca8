#!/usr/bin/env python3
"""The terminal client: `python client_text/main.py HOST PORT`."""

import signal

if __name__ == "__main__":
    # Until `main` can say it in words, Ctrl-C ends this like any program: at once and silently.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import argparse
import os
import sys
from importlib.util import find_spec
from pathlib import Path

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    import run  # noqa: F401  # It says so where this Python is too old for what follows.

from client import passwords
from client.connect import connect
from client.ending import ends_by, in_time
from client.language import system_language
from client.local_time import local_time
from client.requests import Enter
from client.store import Store
from client.talk.ignored import Ignored
from client.wording import LANGUAGES
from client_text.here import as_utf8, speech_in
from client_text.lines import Line
from client_text.paper import Paper
from client_text.telling import Teller
from client_text.visit import Manner, Visit
from protocol.house.lists import Seat


def parser() -> argparse.ArgumentParser:
    parse = argparse.ArgumentParser(
        prog="python run.py text",
        description="Play at a table in a terminal, or from a script.",
        epilog="A password that is not given is asked for when it is needed."
        " `help` at the table lists all words; docs/terminal.md tells the rest.",
    )
    add = parse.add_argument
    add("host", metavar="HOST", help="the computer that the table is on")
    add("port", metavar="PORT", type=int, nargs="?", default=1234, help="its port (1234)")
    add("--name", default="", help="your name at the table; else it is asked for")
    role = parse.add_mutually_exclusive_group()
    role.add_argument("--croupier", action="store_true", help="come as the croupier")
    role.add_argument("--watch", action="store_true", help="only watch; needs no name")
    add("--table", default="", metavar="NAME", help="the table's name or number (the first)")
    add("--classic", action="store_true", help="speak the assignment's protocol, with its menu")
    add(
        "--new-table",
        action="store_true",
        help="the host has begun anew: know the table that answers now instead of the old one",
    )
    passwords.add_options(parse, "croupier", "table")
    add("--lang", choices=LANGUAGES, help="the language (the system's)")
    return parse


def main() -> int:
    parse = parser()
    given = parse.parse_args()
    if not 0 < given.port < 65536:
        parse.error(f"a port is 1 to 65535, not {given.port}")
    if given.classic and given.table:
        parse.error("the classic protocol has one table")
    if given.classic and given.watch:
        parse.error("the classic protocol has no watchers")
    language = given.lang or system_language()
    teller = Teller(speech_in(language), local_time)
    ends_by(signal.SIGTERM, 128 + signal.SIGTERM)
    both = sys.stdin.isatty() and sys.stdout.isatty()
    dumb = os.environ.get("TERM", "").lower() in ("dumb", "unknown")
    if both and not dumb and find_spec("prompt_toolkit"):
        from client_text.live import Live

        screen: Live | Paper = Live()
    else:
        screen = Paper(as_utf8(sys.stdin), as_utf8(sys.stdout))
        if both and not dumb:
            screen.put([Line(teller.speech("cannot.plain_input"))])
    store = Store()
    visit = Visit(
        who(parse, given),
        lambda enter: connect(
            given.host,
            given.port,
            enter,
            store=store,
            classic=given.classic,
            on_news=screen.on_news,
        ),
        teller,
        screen.put,
        manner=Manner(interactive=both, patient=not both),
        classic=given.classic,
        ignored=lambda table: Ignored(store, table),
    )
    try:
        ends_by(signal.SIGINT, 128 + signal.SIGINT)
        return screen.run(visit)
    except KeyboardInterrupt:  # What edits the line listens to this signal itself.
        in_time(128 + signal.SIGINT)
        return 128 + signal.SIGINT
    except BrokenPipeError:
        # Who read our lines is gone. Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    finally:
        visit.close()


def who(parse: argparse.ArgumentParser, given: argparse.Namespace) -> Enter | None:
    """Who comes in; None where even the role is to be asked."""
    if given.classic and not (given.croupier or given.name):
        return None
    seat = Seat.CROUPIER if given.croupier else Seat.WATCHER if given.watch else Seat.PLAYER
    croupier, table = (passwords.read(parse, given, whose) for whose in ("croupier", "table"))
    return Enter(given.name, seat, croupier, table, given.new_table, given.table)


if __name__ == "__main__":
    sys.exit(main())
