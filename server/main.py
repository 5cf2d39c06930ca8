"""Run the house: `python server/main.py`. Wiring only; nobody imports this file."""

import signal

if __name__ == "__main__":
    # Until `main` can say it in words, Ctrl-C ends this like any program: at once and silently.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import contextlib
import ipaddress
import logging
import secrets
import socket
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

if not (__spec__ and __spec__.parent):
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    import run  # noqa: F401  # It says so where this Python is too old for what follows.

from dataclasses import replace

from protocol.text import visible
from server.books.chain import LedgerError
from server.books.folder import BANS, PASSWORD, FolderLocked, Lock, kept_password, read_bans
from server.books.ledger import FILE, Ledger, LedgerFull, LedgerLost
from server.books.privacy import NotPrivate, keep_private, make_private
from server.draw.seeds import Chains, SeedsError
from server.games import STATES
from server.host import config
from server.host.audit import audit, export
from server.host.config import Config
from server.host.console import Console
from server.host.fill import ConfigError
from server.host.opening import open_all
from server.host.table_orders import lines_of_tables
from server.host.terminal import open_streams, signals_to_stop
from server.house import House, Manner
from server.log import transcript
from server.log.writer import Writer, close_all, to
from server.net.descriptors import room_for
from server.net.listener import Listener, open_port
from server.owner import Owner, collect_seldom, steady_clock, take_turns_quickly
from server.people.digests import password_digest

log = logging.getLogger("server")

USAGE_ERROR = 2
LONGEST = 600
"""Characters of a complaint; of a longer one its beginning and its end say what it is."""
TROUBLE = (
    *(ConfigError, FolderLocked, NotPrivate),
    *(LedgerError, LedgerFull, LedgerLost, SeedsError),
)
"""What a start can stumble over; the text of each is one plain line."""
INTERRUPTED = 130
"""As the shell says it of a program that Ctrl-C ended."""


def main() -> int:
    """The whole program; the exit status."""
    open_streams()
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        keep_private()
        chosen = config.read()
        if chosen.audit:
            return check_books(chosen)
        if chosen.export is not None:
            return print_round(chosen, *chosen.export)
        return keep_open(chosen)
    except TROUBLE as error:
        return complain(str(error))
    except sqlite3.Error as error:
        return complain(f"{chosen.data / FILE}: {error}")
    except OSError as error:
        return complain(f"{error.filename or chosen.data}: {error.strerror}")
    except KeyboardInterrupt:
        # Before the house is open, or while the books are checked.
        sys.stderr.write("Stopped.\n")
        return INTERRUPTED


def complain(words: str) -> int:
    """One plain line, whatever it quotes: a number of thousands of digits, or damaged bytes."""
    if len(words) > LONGEST:
        words = f"{words[: LONGEST // 2]} … {words[-LONGEST // 2 :]}"
    sys.stderr.write(f"{visible(words)}\n")
    return USAGE_ERROR


def check_books(chosen: Config) -> int:
    """`--audit`."""
    found = audit(chosen.data)
    sys.stdout.write("".join(f"{line}\n" for line in found.lines()))
    return 1 if found.wrong else 0


def print_round(chosen: Config, table: int, number: int) -> int:
    """`--export`."""
    sys.stdout.write(export(chosen.data, table, number))
    return 0


def keep_open(chosen: Config) -> int:
    """Open the house, until a signal or the console closes it."""
    if time.time() < 0:
        raise ConfigError("this machine's clock is before 1970, which no message can say: set it")
    try:
        chosen.data.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise ConfigError(f"--data: {chosen.data} is no folder") from None
    notes = make_private(chosen.data)
    lock = Lock(chosen.data)
    try:
        port = open_port(chosen.host, chosen.port)  # Before a new folder gets its seeds and books.
    except (OSError, UnicodeError) as error:
        raise ConfigError(f"port {chosen.port} on {chosen.host}: {_reason(error)}") from None
    screen = Writer("screen", to(sys.stdout))
    fresh = not (chosen.data / FILE).exists()
    if not fresh:
        (chosen.data / FILE).open("r+b").close()  # Or only the first bet would find it read-only.
    chains = Chains(chosen.data / "seeds")
    ledger = Ledger(chosen.data, STATES)
    transcript.start(chosen.data / "log", chosen.log_level, lambda: ledger.full)
    password = chosen.croupier_password or kept_password(chosen.data / PASSWORD)
    owner = open_house(chosen, ledger, chains, password)
    room = room_for(chosen.limits.sessions)
    if room < 1:
        raise ConfigError("the system lets this program open too few files: none for a connection")
    limits = replace(chosen.limits, sessions=room)
    listener = Listener(port, owner.inbox, limits)
    for line in welcome(chosen, room, listener.address, owner.house, password, notes):
        screen.put(line)
    closing = threading.Event()
    for number in signals_to_stop():
        signal.signal(number, lambda *_: closing.set())
    collect_seldom()
    take_turns_quickly()
    owner.thread.start()
    listener.start()
    if chosen.console:
        console = Console(
            owner, closing.set, screen.put, chosen.data, chains, until_eof=chosen.until_eof
        )
        console.thread.start()
    while not closing.wait(3600) and owner.thread.is_alive():
        pass
    owner.stop()
    owner.thread.join()
    listener.stop()
    ledger.close()
    lock.release()
    screen.put("The house is closed; the books are in order.")
    close_all([screen], transcript.CLOSE_SECONDS)
    logging.shutdown()
    return 0


def _reason(error: OSError | UnicodeError) -> str:
    if isinstance(error, UnicodeError):
        return "this is no name of a machine"
    words = error.strerror or str(error)
    return words.partition(" (while")[0]  # The rest would say the address once more.


def open_house(chosen: Config, ledger: Ledger, chains: Chains, password: str) -> Owner:
    """Put table, books and people together."""
    books, clock = ledger.books, steady_clock()
    manner = Manner(
        chosen.name,
        password_digest(password),
        password_digest(chosen.table_password) if chosen.table_password else b"",
        chosen.chips_shown,
        chosen.stack,
    )
    house = House(books, ledger, manner, chosen.limits, secrets.token_bytes)
    open_all(house, chosen.tables, chains, clock())
    house.admission.bans.update(read_bans(chosen.data / BANS))
    return Owner(house, ledger, clock)


def welcome(
    chosen: Config,
    room: int,
    address: tuple[str, int],
    house: House,
    password: str,
    notes: list[str],
) -> Iterator[str]:
    """One screen: where it listens, what to tell friends, how to stop it."""
    host, port = address
    listens = ipaddress.ip_address(host)
    yield f"listening on {f'[{host}]' if ':' in host else host}:{port}"
    if listens.is_loopback:
        yield f"  you join with:       python run.py client {host} {port}"
        yield "  only this machine can join; for your network start with:  --host 0.0.0.0"
    else:
        for own in own_addresses(listens.version) if listens.is_unspecified else [host]:
            yield f"  friends join with:   python run.py client {own} {port}"
    made_up = f"{password} (made up; kept in {chosen.data / PASSWORD})"
    yield f"  croupier's password: {'as you set it' if chosen.croupier_password else made_up}"
    yield f"  table's password:    {'as you set it' if chosen.table_password else 'none'}"
    holders = len(house.books.holders) - 1
    yield f"  books:               {chosen.data} ({max(0, holders)} names)"
    for line in lines_of_tables(house):
        head, _, rest = line.partition(": ")
        yield f"  {head + ':':<21}{rest}"
    if room < chosen.limits.sessions:
        yield (
            f"  room for:            {room} connections, not {chosen.limits.sessions}:"
            " the system lets this program open no more files (ulimit -Hn)"
        )
    yield from (f"  take care:           {note}" for note in notes)
    yield "  what is sent is not encrypted: play in a network that you trust"
    yield "  to stop:             Ctrl-C, or type: stop   (who, kick, say ... : type help)"


NOBODYS = {4: (socket.AF_INET, "192.0.2.1"), 6: (socket.AF_INET6, "2001:db8::1")}
"""The kind of address of each version, and one that nobody has."""


def own_addresses(version: int) -> list[str]:
    """This machine's addresses in the network, the likeliest first. Nothing is sent for it. (A port
    of one version takes no connection of the other.)
    """
    family, nobodys = NOBODYS[version]
    found: dict[str, None] = {}
    with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
        probe.connect((nobodys, 9))  # Chooses the way out; a datagram socket sends nothing yet.
        found[probe.getsockname()[0]] = None
    with contextlib.suppress(OSError):
        for info in socket.getaddrinfo(socket.gethostname(), None, family):
            found[str(info[4][0])] = None
    return [own for own in found if _leads_here(own)] or ["(this machine's address)"]


def _leads_here(own: str) -> bool:
    """From another machine: one of a single wire (fe80::) does not without the name of that."""
    address = ipaddress.ip_address(own)
    return not address.is_loopback and not (address.version == 6 and address.is_link_local)


if __name__ == "__main__":
    sys.exit(main())
