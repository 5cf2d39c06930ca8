"""Streams, and people who keep what they hear."""

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from protocol import classic
from protocol.framing import Decoder, Dialect
from protocol.house.door import Greeting, SeatTaken
from protocol.house.lists import Seat
from protocol.wire import Message, encode
from server.limits import Limits
from server.net.session import Session
from server.net.streams import Streams
from server.people.people import Client
from server.sayings import To
from torture.stage import Plug, Porter

if TYPE_CHECKING:
    import socket

    from server.net.io_thread import IoThread

OK = classic.RegistrationAnswered(classic.Code.OK)


class Room:
    """A streams, and people who keep what they hear, piece by piece."""

    def __init__(self) -> None:
        self.noted: list[tuple[object, ...]] = []
        self.streams = Streams(lambda *noted: self.noted.append(noted))
        self.heard: dict[Client, list[bytes]] = {}

    def guest(self) -> Client:
        """Somebody without a seat."""
        plug, client = Plug(), Client("10.0.0.1", greeted=True, signed_in=True)
        self.heard[client] = []
        plug.tap = self.heard[client].append
        porter = Porter(Limits(), lambda: 0.0)
        session = Session(cast("socket.socket", plug), "10.0.0.1", cast("IoThread", porter), 0.0)
        session.who = client
        session.decoder.dialect = Dialect.MODERN
        self.streams.sessions[client] = session
        return client

    def registered(self) -> Client:
        """Somebody of the classic dialect with a seat."""
        client = self.guest()
        client.classic, client.seats = True, {1: Seat.PLAYER}
        self.streams.sessions[client].decoder.dialect = Dialect.CLASSIC
        self.streams.say([To(client, OK, 1)])
        self.heard[client].clear()
        return client

    def player(self, table: int = 1) -> Client:
        client = self.guest()
        self.sit(client, table)
        return client

    def sit(self, client: Client, table: int) -> None:
        client.seats = {**client.seats, table: Seat.PLAYER}
        self.streams.say([To(client, SeatTaken(1, Seat.PLAYER), table)])
        self.heard[client].clear()

    def tell(self) -> None:
        self.streams.tell(self.streams.waiting)
        assert not self.streams.waiting

    def pieces(self, client: Client) -> list[list[Message]]:
        """What he heard since this was asked last."""
        heard, self.heard[client][:] = list(self.heard[client]), []
        return [messages(piece) for piece in heard]


def messages(piece: bytes) -> list[Message]:
    said = Decoder(Dialect.MODERN, from_server=True).feed(encode(Greeting(1, 1, "")) + piece)
    return [replace(each, table=0) for each in said if isinstance(each, Message)][1:]
