"""A house in a glass: the real owner, table and ledger, with clock, chance and network by hand.

No thread, no socket, no waiting. The same seed gives the same trace, byte for byte.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, cast

from protocol.errors import ProtocolError
from protocol.house.door import Goodbye, Ping, Pong
from protocol.house.lists import Farewell
from protocol.wire import encode
from server.books.ledger import Ledger
from server.draw.seeds import Seeds
from server.games import GAMES, STATES
from server.games.roulette.play import Roulette, roulette_at
from server.games.roulette.settings import Rules
from server.house import House, Manner
from server.limits import Limits
from server.net.inbox import Inbox
from server.net.session import Item, Last, Left, Room, Session
from server.owner import Call, Owner
from server.people.places import Standing
from server.tables.hall import FIRST
from torture.chain import chain
from torture.onlooker import Onlooker
from torture.punter import DIGEST, Punter

if TYPE_CHECKING:
    import socket

    from server.net.io_thread import IoThread

BEGIN = 1_000_000.0
LATER = 1e8
"""A start long after all that an evening waited for."""
PAGE_BYTES = 8 * 1024
"""So that pages are bound in the shortest evening."""
BALLAST_BYTES = 512 * 1024
RULES, STACK = Rules(), 10_000_000
WIDE = Limits(requests_a_second=1e9, request_burst=1e9, written_a_second=1e9, written_burst=1e9)

Script = Iterator[list[Item | Call]]


class Plug:
    """What a session takes for its socket: keeps what it is given, up to `room`."""

    def __init__(self) -> None:
        self.out = bytearray()
        self.tap: Callable[[bytes], None] | None = None
        """Where it goes at once, instead of lying in `out`."""
        self.room = 1 << 40
        self.closed = False

    def send(self, data: bytes) -> int:
        if self.closed:
            raise BrokenPipeError
        if not self.room:
            raise BlockingIOError
        part = bytes(data[: self.room])
        self.room -= len(part)
        if self.tap:
            self.tap(part)
        else:
            self.out += part
        return len(part)

    def close(self) -> None:
        self.closed = True


class Porter:
    """What a session takes for its I/O thread."""

    def __init__(self, limits: Limits, now: Callable[[], float]) -> None:
        self.limits = limits
        self.now = now
        self.items: list[Item | Call] = []

    def wake(self, session: Session) -> None:
        """The rest is sent when the plug has room: `Line.drain`."""

    def moved(self, session: Session, standing: Standing) -> None:
        """Nobody counts places here."""

    def close_soon(self, session: Session) -> None:
        self.items.append((session, Left(session.why, session.cut_off)))


class Line:
    """One client's connection."""

    def __init__(self, stage: "Stage", address: str = "127.0.0.1") -> None:
        self.plug = Plug()
        self._porter = stage.porter
        self.session = Session(
            cast("socket.socket", self.plug), address, cast("IoThread", stage.porter), stage.now()
        )

    @property
    def open(self) -> bool:
        return not (self.session.over or self.plug.closed)

    def say(self, data: bytes) -> None:
        """What a client sends: as the I/O thread would take it."""
        session = self.session
        if session.over:
            return
        try:
            for said in session.decoder.feed(data):
                if isinstance(said, Ping) and session.admitted:
                    session.say(encode(Pong(said.nonce)))
                elif isinstance(said, Goodbye):
                    self._porter.items.append((session, Last(Farewell.LEAVING, "goodbye")))
                elif not isinstance(said, Pong):
                    self._porter.items.append((session, said))
        except ProtocolError as error:
            self._porter.items.append((session, Last(Farewell.BROKEN, error.fault.value)))

    def drain(self) -> bytes:
        """What has come for the client."""
        self.session.flush()
        if self.session.got_room():
            self._porter.items.append((self.session, Room()))
        data = bytes(self.plug.out)
        self.plug.out.clear()
        return data

    def cut(self) -> None:
        """The line breaks; what was under way is lost."""
        self.plug.out.clear()
        if not self.plug.closed:
            self.session.end("the connection ended")
            self._porter.items.append((self.session, Left("the connection ended", True)))


class Killed(Exception):
    """The house was killed, here and now."""


class Mortal(Ledger):
    """A ledger whose house can be killed around a commit; it is in a hurry to bind pages."""

    page_bytes = PAGE_BYTES
    ballast_bytes = BALLAST_BYTES

    dies = ""
    """`before` or `after` the next one; empty: not at all."""

    def commit(self) -> None:
        if self.dies == "before":
            raise Killed
        super().commit()
        if self.dies == "after":
            raise Killed


class _Cues(Inbox[Item | Call]):
    """The owner's inbox, with a script for what comes."""

    def __init__(self, script: Script, stop: Callable[[], None]) -> None:
        super().__init__(1 << 30)
        self._script = script
        self._stop = stop

    def take(self, timeout: float | None) -> list[Item | Call]:  # noqa: ARG002 - nobody waits here
        cue = next(self._script, None)
        if cue is None:
            self._stop()
            return super().take(0)
        return list(cue)


class Stage:
    """One house on one folder."""

    def __init__(
        self,
        folder: Path,
        seed: int = 1,
        *,
        rules: Rules = RULES,
        stack: int = STACK,
        limits: Limits = WIDE,
        begin: float = BEGIN,
    ) -> None:
        """Open the house as `server/main.py` does."""
        self.clock = begin
        self.porter = Porter(limits, self.now)
        self.trace = hashlib.sha256()
        dice = Random(seed)
        if not (folder / "seeds" / "1").exists():
            chain().save(folder / "seeds" / "1")
        seeds = Seeds.open(folder / "seeds" / "1", fresh=False)
        self.folder = folder
        self.ledger = Mortal(folder, STATES)
        books = self.ledger.books
        manner = Manner("Torture", DIGEST, stack=stack)
        self.house = House(books, self.ledger, manner, limits, dice.randbytes)
        self.house.open_table(GAMES["roulette"], seeds, rules, self.clock, number=FIRST)
        self.owner = Owner(self.house, self.ledger, self.now)
        self.lines: dict[Punter, Line] = {}
        self.onlooker = Onlooker(folder)
        """Somebody who reads the books while they are written."""

    def now(self) -> float:
        return self.clock

    @property
    def table(self) -> Roulette:
        """What is played at the first table."""
        return roulette_at(self.house.hall.tables[FIRST])

    # --- the people -------------------------------------------------------------------------

    def seat(self, punters: Iterable[Punter]) -> None:
        """A line for each of these."""
        for punter in punters:
            self.lines[punter] = Line(self)
            punter.come()

    def exchange(self) -> None:
        """Carry what was said, both ways, once."""
        for punter, line in self.lines.items():
            data = line.drain()
            self.trace.update(data)
            punter.hear(data)
            if line.open:
                line.say(punter.take())

    def items(self) -> list[Item | Call]:
        """What the owner finds in his inbox now."""
        items, self.porter.items = self.porter.items, []
        return items

    # --- the owner -----------------------------------------------------------------------

    def play(self, script: Script) -> None:
        """Batch after batch, as it is written."""
        for items in script:
            self.porter.items[:0] = items
            self.turn()

    def turn(self, items: Iterable[Item | Call] = ()) -> None:
        """What came, and then this, in this thread; what goes wrong in it is raised."""
        self.owner.turn([*self.items(), *items])
        while self.owner.waiting:
            self.owner.turn(())
        if self.owner.streams.waiting:
            self.owner.tell_all()

    def settle_down(self, turns: int = 6) -> None:
        """Until everybody has a seat and nothing is under way."""
        for _ in range(turns):
            self.exchange()
            self.turn()
        self.exchange()

    def finish(self) -> None:
        """Let the round in flight come to its end, with nobody there."""
        for _ in range(3):
            self.turn()
            self.clock += 120

    def serve(self, script: Script) -> None:
        """The owner's own loop, to its end: on a fault it ends the process, as it does live."""
        self.owner.inbox = _Cues(script, self.owner.stop)
        self.owner.thread.run()

    def again(self, seed: int) -> "Stage":
        """The house that was killed, opened once more; the trace and the onlooker go on."""
        self.ledger.close()
        stage = Stage(
            self.folder,
            seed,
            rules=self.table.rules,
            stack=self.house.manner.stack,
            begin=self.clock,
        )
        stage.trace, stage.onlooker = self.trace, self.onlooker
        return stage

    def close(self) -> None:
        self.onlooker.away()
        self.ledger.close()
