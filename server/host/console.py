"""The server's terminal: the host's orders, and what the console does by itself."""

import io
import re
import sqlite3
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from protocol.text import visible
from server.books.chain import LedgerError
from server.books.folder import BANS, write_bans
from server.draw.seeds import Chains, Seeds
from server.host.audit import audit, export
from server.host.commands import ORDERS, Order, obey
from server.host.fill import ConfigError
from server.host.opening import open_one
from server.host.sections import section_of, verify
from server.host.table_orders import TABLE_ORDERS
from server.owner import Call, Owner
from server.tables.hall import FIRST

OWN = {
    "open KIND[:PRESET] [NAME]": "open one table more, until the house closes",
    "audit": "check the books",
    "export [TABLE:]ROUND FILE": "write what it takes to verify a round",
    "stop": "close the house",
    "help": "this list",
}
OPEN = re.compile(r"open +([a-z0-9-]+)(?::([a-z0-9-]+))?(?: +(\S.*))?")
EXPORT = re.compile(r"export +(?:([0-9]{1,10}):)?([0-9]{1,18}) +(\S.*)")
EVERY: dict[str, Order] = {**ORDERS, **TABLE_ORDERS}
HELP = "commands:\n" + "\n".join(
    f"  {words:<28}{about}"
    for words, about in (
        *((f"{word} {order.takes}".strip(), order.about) for word, order in EVERY.items()),
        *OWN.items(),
    )
)

LONGEST = 2000
"""A longer line is no command. (A setting takes the longer to be read the more dots it has.)"""
NAMELESS = "open: a table without a name is open already: say a name behind"
TAKES = {word: order.takes for word, order in EVERY.items()} | {
    word: takes for word, _, takes in (words.partition(" ") for words in OWN)
}
"""What follows each command."""


def _wrong(word: str) -> str:
    """Why a line that begins with this word is no command."""
    if word not in TAKES:
        return f"there is no command {visible(word)}"
    return f"{word} takes {TAKES[word] or 'nothing'}"


class Console:
    """Reads lines until the input ends. Each order is carried out by the owner's thread."""

    def __init__(
        self,
        owner: Owner,
        stop: Callable[[], None],
        show: Callable[[str], None],
        data: Path,
        chains: Chains,
        *,
        until_eof: bool = False,
    ) -> None:
        self._owner = owner
        self._stop = stop
        self._show = show
        self._until_eof = until_eof
        self._data = data
        self._chains = chains
        # A read from a terminal cannot be woken, so this thread is not waited for at the end.
        self.thread = threading.Thread(target=self._run, name="console", daemon=True)
        self.auditing: threading.Thread | None = None
        """The audit that goes on, or the last one."""

    def _run(self) -> None:
        if isinstance(sys.stdin, io.TextIOWrapper):
            # A byte that is no letter is a word that nobody knows, and not the end of the console.
            sys.stdin.reconfigure(errors="replace")
        for line in sys.stdin:
            self.obey(line.strip())
        if self._until_eof:
            if self.auditing:
                self.auditing.join()
            self._stop()

    def obey(self, line: str) -> None:
        """Carry out one command, or say what there is, or what is in the way."""
        self._safely(line, lambda: self._obey(line))

    def _safely(self, line: str, do: Callable[[], None]) -> None:
        """Whatever a command meets, the console goes on: with no descriptor left, a full disk, or
        a mistake of ours.
        """
        try:
            do()
        except Exception as error:
            strange = not isinstance(error, OSError | LedgerError | sqlite3.Error)
            words = f"{type(error).__name__}: {error}" if strange else str(error)
            self._show(f"{line}: {visible(' '.join(words.split()))}")

    def _obey(self, line: str) -> None:
        if len(line) > LONGEST:
            self._show(f"a line of {len(line)} characters is no command")
            return
        word, _, rest = line.partition(" ")
        rest = rest.strip()
        order = EVERY.get(word)
        if line == "audit":
            self._audit()
        elif export_to := EXPORT.fullmatch(line):
            self._export(int(export_to[1] or FIRST), int(export_to[2]), Path(export_to[3]))
        elif asked := OPEN.fullmatch(line):
            self._open(line, *asked.groups(""))
        elif line == "stop":
            self._stop()
        elif line == "help":
            self._show(HELP)
        elif order is not None and bool(rest) == bool(order.takes):
            do = partial(self._carry_out, line, order, rest)
            self._owner.inbox.put([Call(lambda owner: self._safely(line, partial(do, owner)))])
        elif line:
            self._show(f"{_wrong(word)}\n{HELP}")

    def _carry_out(self, line: str, order: Order, rest: str, owner: Owner) -> None:
        """The owner's part. The host is told when it is in the books, as everybody is."""
        before = dict(owner.house.admission.bans)
        told = list(obey(owner.house, order, rest))
        bans = dict(owner.house.admission.bans)

        def tell() -> None:
            if bans != before:  # A ban is kept before it is told.
                told.extend(self._keep_bans(bans))
            if told:
                self._show("\n".join(told))

        owner.when_kept(lambda: self._safely(line, tell))

    def _keep_bans(self, bans: dict[str, str]) -> list[str]:
        try:
            write_bans(self._data / BANS, bans)
        except OSError as error:
            return [f"until the house closes only: {self._data / BANS}: {error.strerror}"]
        return []

    def _audit(self) -> None:
        """On a thread of its own, with eyes of its own: it takes seconds, and the table goes on and
        the next command is heard meanwhile, `stop` too, which does not wait for it.
        """
        if self.auditing and self.auditing.is_alive():
            self._show("audit: the last one goes on still")
            return

        def do() -> None:
            self._show("\n".join(audit(self._data).lines()))

        self.auditing = threading.Thread(
            target=lambda: self._safely("audit", do), name="audit", daemon=True
        )
        self.auditing.start()

    def _open(self, line: str, kind: str, preset: str, name: str) -> None:
        """The seeds on this thread, for they take a second or two; the table on the owner's."""
        try:
            section = section_of({"kind": kind, "preset": preset, "name": name}, "open")
            verify([section])
        except ConfigError as error:
            self._show(str(error))
            return
        seeds = Seeds.fresh()

        def do(owner: Owner) -> None:
            house = owner.house
            if any(till.name == name and not till.closed for till in house.books.tills.values()):
                self._show(f"open: a table is called {name!r} already" if name else NAMELESS)
                return
            if house.disk.full:
                self._show("the disk is full: no table is opened")
                return
            self._chains.keep(house.next_number, seeds)
            table = open_one(house, section, seeds, house.now)
            owner.when_kept(lambda: self._show(f"table {table.number} is open"))

        self._owner.inbox.put([Call(lambda owner: self._safely(line, partial(do, owner)))])

    def _export(self, table: int, number: int, file: Path) -> None:
        """On this thread: a slow disk is not the table's. Only into a new file: a slip of the hand
        could name the seeds, without which the table cannot go on.
        """
        try:
            text = export(self._data, table, number)
            _write_new(file, text)
        except LedgerError as error:
            self._show(visible(str(error)))
        except OSError as error:
            self._show(f"{file}: {error.strerror}")
        else:
            self._show(f"round {number} of table {table} is in {file}")


def _write_new(path: Path, text: str) -> None:
    """All of it or nothing: half a file would say that it exists when it is written once more."""
    file = path.open("x", encoding="utf-8")
    try:
        with file:
            file.write(text)
    except OSError:
        path.unlink(missing_ok=True)
        raise
