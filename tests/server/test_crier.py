"""Who is told what, in which order, and in how many pieces."""

from typing import TYPE_CHECKING, cast

from protocol.framing import Decoder, Dialect
from protocol.messages.door import Done, Greeting, SeatTaken
from protocol.messages.lists import Seat
from protocol.messages.rounds import AutoChanged
from protocol.wire import Message, encode
from server.crier import Crier
from server.limits import Limits
from server.people import Client
from server.sayings import To, ToAll, ToEach
from server.session import Session
from torture.stage import Plug, Porter

if TYPE_CHECKING:
    import socket

    from server.pump import Pump

A, B, C, D = (AutoChanged(seconds) for seconds in range(4))


class Room:
    """A crier, and people who keep what they hear, piece by piece."""

    def __init__(self) -> None:
        self.crier = Crier()
        self.heard: dict[Client, list[bytes]] = {}

    def guest(self) -> Client:
        """Somebody without a seat."""
        plug, client = Plug(), Client("10.0.0.1", greeted=True, signed_in=True)
        self.heard[client] = []
        plug.tap = self.heard[client].append
        porter = Porter(Limits(), lambda: 0.0)
        session = Session(cast("socket.socket", plug), "10.0.0.1", cast("Pump", porter), 0.0)
        session.who = client
        self.crier.sessions[client] = session
        return client

    def player(self) -> Client:
        client = self.guest()
        client.seat = Seat.PLAYER
        self.crier.say([To(client, SeatTaken(1, Seat.PLAYER))])
        self.heard[client].clear()
        return client

    def tell(self) -> None:
        self.crier.tell(self.crier.waiting)
        assert not self.crier.waiting

    def pieces(self, client: Client) -> list[list[Message]]:
        """What he heard since this was asked last."""
        heard, self.heard[client][:] = list(self.heard[client]), []
        return [messages(piece) for piece in heard]


def messages(piece: bytes) -> list[Message]:
    said = Decoder(Dialect.MODERN, from_server=True).feed(encode(Greeting(1, 1, "")) + piece)
    return [each for each in said if isinstance(each, Message)][1:]


def test_whoever_is_behind_hears_all_of_it_in_order_and_in_one_piece() -> None:
    room = Room()
    anna = room.player()
    room.crier.say([ToAll(A)])
    room.crier.say([ToAll(B), ToAll(C)])
    room.tell()
    assert room.pieces(anna) == [[A, B, C]]
    room.tell()
    assert room.pieces(anna) == []


def test_whoever_is_answered_hears_first_what_was_said_before() -> None:
    room = Room()
    anna, boris = room.player(), room.player()
    room.crier.say([ToAll(A)])
    room.crier.say([To(anna, Done(7)), ToAll(B), To(anna, Done(8))])
    assert room.pieces(anna) == [[A, Done(7), B, Done(8)]]
    assert room.pieces(boris) == []
    room.tell()
    assert (room.pieces(anna), room.pieces(boris)) == ([], [[A, B]])


def test_ones_own_part_stands_in_the_middle_of_what_is_said_to_all() -> None:
    room = Room()
    anna, boris = room.player(), room.player()
    own = {anna: encode(Done(1)), room.guest(): encode(Done(2))}
    room.crier.say([ToAll(A), ToEach(own), ToAll(B)])
    room.tell()
    assert (room.pieces(anna), room.pieces(boris)) == ([[A, Done(1), B]], [[A, B]])
    assert all(not heard for heard in room.heard.values())


def test_two_rounds_that_end_in_one_batch_are_told_one_after_the_other() -> None:
    room = Room()
    anna, boris = room.player(), room.player()
    first, second = {anna: encode(Done(1))}, {boris: encode(Done(2)), anna: encode(Done(3))}
    room.crier.say([ToAll(A), ToEach(first), ToAll(B), ToEach(second), ToAll(C)])
    room.tell()
    assert room.pieces(anna) == [[A, Done(1), B, Done(3), C]]
    assert room.pieces(boris) == [[A, B, Done(2), C]]


def test_whoever_leaves_his_seat_hears_what_came_before_and_nothing_after() -> None:
    room = Room()
    anna = room.player()
    room.crier.say([ToAll(A)])
    anna.seat = Seat.NONE
    room.crier.unseat(anna)
    room.crier.say([To(anna, Done(7)), ToAll(B)])
    room.crier.say([ToAll(C)])
    room.tell()
    assert room.pieces(anna) == [[A, Done(7)]]


def test_whoever_sits_down_hears_what_comes_after_his_seat() -> None:
    room = Room()
    room.player()
    anna = room.guest()
    room.crier.say([ToAll(A)])
    anna.seat = Seat.PLAYER
    room.crier.say([ToAll(B), To(anna, SeatTaken(1, Seat.PLAYER)), ToAll(C)])
    room.tell()
    assert room.pieces(anna) == [[SeatTaken(1, Seat.PLAYER), C]]


def test_nothing_is_kept_of_what_everybody_has_heard() -> None:
    room = Room()
    room.player()
    room.crier.say([ToAll(A)])
    room.tell()
    room.crier.say([ToAll(D)])
    assert len(room.crier._broadcasts) == 1
    room.tell()
    assert not room.crier._broadcasts
