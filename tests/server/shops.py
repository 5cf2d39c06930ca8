"""An owner without a disk or a socket, and people without a line, for tests of his batches."""

from typing import TYPE_CHECKING, cast

from protocol.framing import Decoder, Dialect, Spoken
from protocol.house.door import Greeting, SignIn, TakeSeat
from protocol.house.lists import Seat
from protocol.wire import encode
from server.books.finished import Finished
from server.net.session import Session
from server.owner import Owner
from tests.server.pure import PureHouse, at
from torture.stage import Plug, Porter

if TYPE_CHECKING:
    import socket

    from server.books.ledger import Ledger
    from server.net.io_thread import IoThread


class Books:
    """A ledger that counts what is asked of it."""

    def __init__(self, house: PureHouse) -> None:
        self.house = house
        self.finished: list[Finished] = []
        self.kept: list[int] = []
        self.deeds: list[str] = []
        self.full = False
        self.has_room = False
        self.fault: Exception | None = None

    def commit(self) -> None:
        if self.fault:
            raise self.fault
        self.deeds.append("commit")
        self.kept += [each.round for each in self.finished]
        self.finished.clear()

    def tidy(self) -> None:
        self.deeds.append("tidy")

    def make_room(self) -> bool:
        self.deeds.append("look")
        self.full = not self.has_room
        return self.has_room


class Shop:
    """An owner without a disk, and people without a line."""

    def __init__(self) -> None:
        self.pure = PureHouse()
        self.now = self.pure.now
        self.step = 0.0
        self.books = Books(self.pure)
        self.owner = Owner(self.pure.house, cast("Ledger", self.books), self.clock)
        self.porter = Porter(self.pure.house.limits, self.clock)

    def clock(self) -> float:
        self.now += self.step
        return self.now

    def session(self, *said: object, address: str = "10.0.0.1") -> tuple[Session, list[bytes]]:
        """Somebody who has said this, and what he hears from then on."""
        plug = Plug()
        heard: list[bytes] = []
        session = Session(
            cast("socket.socket", plug), address, cast("IoThread", self.porter), self.now
        )
        list(session.decoder.feed(encode(Greeting(1, 1, "a test"))))
        self.turn(*((session, each) for each in (Greeting(1, 1, "a test"), *said)))
        self.owner.tell_all()
        plug.tap = heard.append
        return session, heard

    def classic(self, *said: object) -> tuple[Session, list[bytes]]:
        """Somebody of the other dialect."""
        plug = Plug()
        heard: list[bytes] = []
        plug.tap = heard.append
        session = Session(
            cast("socket.socket", plug), "10.0.0.1", cast("IoThread", self.porter), self.now
        )
        session.decoder.dialect = Dialect.CLASSIC
        self.turn(*((session, each) for each in said))
        self.owner.tell_all()
        return session, heard

    def player(self, name: str) -> tuple[Session, list[bytes]]:
        return self.session(SignIn(1, name, b"", b""), TakeSeat(2, Seat.PLAYER, b""))

    def turn(self, *items: object) -> None:
        here = [(each[0], at(each[1])) if type(each) is tuple else each for each in items]
        self.owner.turn(here)  # type: ignore[arg-type]


def answers(heard: list[bytes]) -> list[Spoken]:
    """What this was, to a client of the modern dialect."""
    decoder = Decoder(Dialect.MODERN, from_server=True)
    return list(decoder.feed(encode(Greeting(1, 1, "")) + b"".join(heard)))[1:]
