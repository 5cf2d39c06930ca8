"""The host's own commands, typed into the server's terminal."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path

from protocol.fairness import CHAIN_LENGTH
from protocol.messages.lists import Phrase
from protocol.messages.talk import Announced
from protocol.text import UnfitTextError, fit_line
from server import desk
from server.audit import audit
from server.croupier import Call, Croupier
from server.people import Person
from server.records import export_round

HELP = """commands:
  who                 who is at the table
  kick NAME           throw somebody out; his bets stand
  release NAME        let the next who comes take this name
  say TEXT            call something to everybody
  audit               check the books
  export ROUND FILE   write what it takes to verify a round
  stop                close the house"""


class Console:
    """Reads lines until the input ends. Each is carried out by the croupier's thread."""

    def __init__(
        self, croupier: Croupier, stop: Callable[[], None], data: Path, *, until_eof: bool = False
    ) -> None:
        self._croupier = croupier
        self._stop = stop
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
            case "export", names if len(names.split()) == 2:
                self._do(lambda croupier: self._export(croupier, *names.split()))
            case "stop", "":
                self._stop()
            case _:
                show(HELP)

    def _do(self, what: Callable[[Croupier], None]) -> None:
        self._croupier.inbox.put([Call(what)])

    def _who(self, croupier: Croupier) -> None:
        people, books = croupier.house.people, croupier.house.books
        for account in people.roster():
            person = people.seated[account]
            chips = books.holders[account].wallet
            state = "" if person.presence == 0 else f", {person.presence.name.lower()}"
            show(f"{person.name}: {person.seat.name.lower()}, {chips} chips{state}")
        seated, watching = people.count()
        show(f"{seated} seated, {watching} watching, round {croupier.house.table.round.number}")

    def _kick(self, croupier: Croupier, name: str) -> None:
        person = self._person(croupier, name)
        if person:
            desk.kick(croupier.house, person, "the host asked you to leave")
            show(f"{name} was thrown out")

    def _person(self, croupier: Croupier, name: str) -> Person | None:
        for person in croupier.house.people.seated.values():
            if person.name == name:
                return person
        show(f"nobody at the table is called {name}")
        return None

    def _release(self, croupier: Croupier, name: str) -> None:
        holder = croupier.house.books.named.get(name)
        if not holder:
            show(f"nobody in the books is called {name}")
        else:
            croupier.house.books.entrust(holder.account, "", "")
            show(f"{name} belongs to whoever takes it next, with its {holder.wallet} chips")

    def _say(self, croupier: Croupier, text: str) -> None:
        try:
            words = fit_line(text)
        except UnfitTextError as error:
            show(str(error))
            return
        house = croupier.house
        house.tell_all(Announced(round(house.now * 1000), 0, Phrase.OTHER, words))

    def _export(self, croupier: Croupier, number: str, file: str) -> None:
        books = croupier.house.books
        done = croupier.ledger.finished_round(int(number)) if number.isdecimal() else None
        if not done:
            show(f"there is no finished round {number}")
            return
        try:
            Path(file).write_text(
                export_round(books.table, CHAIN_LENGTH, books.seed_0, done.record), encoding="utf-8"
            )
        except OSError as error:
            show(f"{file}: {error.strerror}")
        else:
            show(f"round {number} is in {file}")

    def _audit(self) -> None:
        """On this thread, with eyes of its own: the table goes on meanwhile."""
        for line in audit(self._data).lines():
            show(line)


def show(text: str) -> None:
    """To the host's screen, not to the log."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
