"""The host's own commands, typed into the server's terminal."""

import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from protocol.messages.lists import Phrase
from protocol.messages.talk import Announced
from protocol.text import UnfitTextError, fit_line
from server import desk
from server.audit import audit, export
from server.chain import LedgerError
from server.croupier import Call, Croupier
from server.people import Person

HELP = """commands:
  who                 who is at the table
  kick NAME           throw somebody out; his bets stand
  release NAME        let the next who comes take this name
  say TEXT            call something to everybody
  audit               check the books
  export ROUND FILE   write what it takes to verify a round
  stop                close the house"""


EXPORT = re.compile(r"[0-9]{1,18} +\S.*")
"""A round and a file."""


class Console:
    """Reads lines until the input ends. Each is carried out by the croupier's thread."""

    def __init__(
        self,
        croupier: Croupier,
        stop: Callable[[], None],
        show: Callable[[str], None],
        data: Path,
        *,
        until_eof: bool = False,
    ) -> None:
        self._croupier = croupier
        self._stop = stop
        self._show = show
        self._until_eof = until_eof
        self._data = data
        # A read from a terminal cannot be woken, so this thread is not waited for at the end.
        self.thread = threading.Thread(target=self._run, name="console", daemon=True)

    def _run(self) -> None:
        for line in sys.stdin:
            self.obey(line.strip())
        if self._until_eof:
            self._stop()

    def obey(self, line: str) -> None:
        """Carry out one command, or say what there is."""
        word, _, rest = line.partition(" ")
        rest = rest.strip()
        match word, rest:
            case "", _:
                pass
            case "who", "":
                self._do(self._who)
            case "kick", name if name:
                self._do(lambda croupier: self._kick(croupier, name))
            case "release", name if name:
                self._do(lambda croupier: self._release(croupier, name))
            case "say", text if text:
                self._do(lambda croupier: self._say(croupier, text))
            case "audit", "":
                self._audit()
            case "export", words if EXPORT.fullmatch(words):
                self._export(*words.split(maxsplit=1))
            case "stop", "":
                self._stop()
            case _:
                self._show(HELP)

    def _do(self, what: Callable[[Croupier], None]) -> None:
        self._croupier.inbox.put([Call(what)])

    def _who(self, croupier: Croupier) -> None:
        people, books = croupier.house.people, croupier.house.books
        lines = []
        for account in people.roster():
            person = people.seated[account]
            chips = books.holders[account].wallet
            state = "" if person.presence == 0 else f", {person.presence.name.lower()}"
            lines.append(f"{person.name}: {person.seat.name.lower()}, {chips} chips{state}")
        seated, watching = people.count()
        number = croupier.house.table.round.number
        self._show("\n".join([*lines, f"{seated} seated, {watching} watching, round {number}"]))

    def _kick(self, croupier: Croupier, name: str) -> None:
        person = self._person(croupier, name)
        if person:
            desk.kick(croupier.house, person, "the host asked you to leave")
            self._show(f"{name} was thrown out")

    def _person(self, croupier: Croupier, name: str) -> Person | None:
        for person in croupier.house.people.seated.values():
            if person.name == name:
                return person
        self._show(f"nobody at the table is called {name}")
        return None

    def _release(self, croupier: Croupier, name: str) -> None:
        holder = croupier.house.books.named.get(name)
        if not holder:
            self._show(f"nobody in the books is called {name}")
        else:
            croupier.house.books.entrust(holder.account, "", "")
            self._show(f"{name} belongs to whoever takes it next, with its {holder.wallet} chips")

    def _say(self, croupier: Croupier, text: str) -> None:
        try:
            words = fit_line(text)
        except UnfitTextError as error:
            self._show(str(error))
            return
        house = croupier.house
        house.tell_all(Announced(round(house.now * 1000), 0, Phrase.OTHER, words))

    def _export(self, number: str, file: str) -> None:
        """On this thread, like the audit: a slow disk is not the table's."""
        try:
            Path(file).write_text(export(self._data, int(number)), encoding="utf-8")
        except LedgerError as error:
            self._show(str(error))
        except OSError as error:
            self._show(f"{file}: {error.strerror}")
        else:
            self._show(f"round {number} is in {file}")

    def _audit(self) -> None:
        """On this thread, with eyes of its own: the table goes on meanwhile."""
        self._show("\n".join(audit(self._data).lines()))
