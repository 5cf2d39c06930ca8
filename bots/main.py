"""Seat players at a table: `python bots/main.py 4 --port 1234`. Wiring only."""

import signal

if __name__ == "__main__":
    # Until everybody can be sent home, Ctrl-C ends this like any program: at once and silently.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import argparse
import sys
import threading
from pathlib import Path

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    import run  # noqa: F401  # It says so where this Python is too old for what follows.

from bots.company import Company
from bots.games import GAMES
from client import passwords
from client.ending import in_time
from client.store import home
from protocol.text import visible

MOST = 100
STYLES = {style for game in GAMES.values() for style in game.styles}


def main() -> int:
    """The whole program; the exit status."""
    chosen = arguments()
    company = Company(
        chosen.host,
        chosen.port,
        chosen.count,
        style=chosen.style,
        seed=chosen.seed,
        hurry=chosen.hurry,
        table_password=chosen.table_password,
        new_table=chosen.new_table,
        table=chosen.table,
        folder=home() / "bots",
        say=say,
    )

    def home_now(*_: object) -> None:
        in_time(0)
        company.stop()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, home_now)
    if chosen.until_eof:
        threading.Thread(target=_stop_at_the_end, args=(company,), daemon=True).start()
    else:
        players = "1 player" if chosen.count == 1 else f"{chosen.count} players"
        sys.stdout.write(f"{players} for {chosen.host}:{chosen.port}; Ctrl-C takes them home.\n")
        sys.stdout.flush()
    if company.run():
        return 0
    sys.stderr.write(f"Nobody plays any more: {visible(company.trouble)}\n")
    return 1


def say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()


def _stop_at_the_end(company: Company) -> None:
    """Whoever started this holds the other end of its input, and lets go of it when he ends."""
    while sys.stdin.read(4096):
        pass
    company.stop()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python run.py bots", description="Seat players at a table, as company."
    )
    parser.add_argument("count", type=_count, metavar="N", help=f"how many (1 to {MOST})")
    parser.add_argument("--host", default="127.0.0.1", help="where the table is (this machine)")
    parser.add_argument("--port", type=int, default=1234, help="its port (1234)")
    parser.add_argument(
        "--style", choices=sorted(STYLES), default="", help="how they play (each in his own way)"
    )
    parser.add_argument("--seed", type=int, default=0, help="the same number, the same players")
    parser.add_argument("--hurry", type=_hurry, default=1.0, help="how many times as fast (1)")
    parser.add_argument(
        "--table", default="", metavar="NAME", help="the table's name or number (the first)"
    )
    passwords.add_options(parser, "table")
    parser.add_argument(
        "--new-table",
        action="store_true",
        help="the host has begun anew: know the table that answers now instead of the old one",
    )
    parser.add_argument(
        "--until-eof", action="store_true", help="go home when the standard input ends"
    )
    chosen = parser.parse_args()
    chosen.table_password = passwords.read(parser, chosen, "table")
    return chosen


def _count(text: str) -> int:
    count = int(text)
    if not 1 <= count <= MOST:
        raise argparse.ArgumentTypeError(f"1 to {MOST}, not {count}")
    return count


def _hurry(text: str) -> float:
    hurry = float(text)
    if not 0.1 <= hurry <= 1000:
        raise argparse.ArgumentTypeError(f"0.1 to 1000, not {text}")
    return hurry


if __name__ == "__main__":
    sys.exit(main())
