"""A modern dialogue whose table is the test itself, and the ways to its door and its chairs."""

from typing import Any

from client.dialogue import Ending
from client.house.events import Trouble
from client.modern import VERSION, ModernDialogue
from client.requests import Enter
from protocol import limits
from protocol.framing import Decoder, Dialect
from protocol.games.roulette import records, rounds
from protocol.games.roulette.rules import ROULETTE
from protocol.house import door, talk
from protocol.house.draw import ChainTaken, RegisterChain
from protocol.house.fields import NO_SPOT
from protocol.house.lists import Reason, Seat
from protocol.house.people import ListPlayers, PlayersListed
from protocol.wire import HOUSE, Message
from tests.client.fake_table import TABLE
from tests.client.test_reduce import shown
from tests.client.things import Things

GREETING = door.Greeting(VERSION, VERSION, "house")
ONE = door.TableEntry(HOUSE, ROULETTE, "Salon", False, False, True, 0, False, 0, 0)
INTRODUCED = door.HouseIntroduced(TABLE, bytes(32), "House", True, True, 500, (ONE,), False)
MET = rounds.TableIntroduced(TABLE, bytes(32), "Salon", 0, 10_000, ())


class Alone:
    """A dialogue whose table is the test itself."""

    def __init__(self, enter: Enter | None = None) -> None:
        self.things = Things()
        self.dialogue = ModernDialogue(self.things.means(), enter)
        self.now = 0.0
        self.dialogue.connecting("there", 1234, self.now)
        self.open()

    def open(self) -> None:
        self.reader = Decoder(Dialect.MODERN)
        self.reader.frame_limit = limits.CLIENT_FRAME_BYTES
        self.dialogue.up(self.now)

    def cut(self) -> None:
        self.dialogue.cut(Ending(Trouble.CUT), self.now, self.now)

    def hear(self, *said: Message) -> None:
        for each in said:
            self.dialogue.hear(each, self.now)

    @property
    def sent(self) -> list[Message]:
        frames, self.dialogue.frames = self.dialogue.frames, []
        said = [each for frame in frames for each in self.reader.feed(frame)]
        return [each for each in said if isinstance(each, Message)]

    def answer(self, kind: type[Message]) -> int:
        """The number of the one request of this kind that was sent."""
        (asked,) = [each for each in self.sent if isinstance(each, kind)]
        return int(getattr(asked, "number"))  # noqa: B009 (not every message has one)


def of(kind: type[Message], alone: Alone) -> list[Any]:
    return [each for each in alone.sent if isinstance(each, kind)]


def signed(number: int, name: str = "Ann", next_number: int = 1) -> door.SignedIn:
    return door.SignedIn(number, 5, name, b"t" * 32, 500, next_number)


def refused(number: int, reason: Reason, figure: int = 0) -> door.Refused:
    return door.Refused(number, reason, NO_SPOT, figure, "no")


def at_the_door(enter: Enter | None = None) -> Alone:
    alone = Alone(enter)
    alone.hear(GREETING, INTRODUCED)
    return alone


def at_the_table(seat: Seat = Seat.PLAYER, number: int = 1) -> Alone:
    alone = at_the_door(Enter("Ann", seat, "croupier's"))
    alone.hear(signed(alone.answer(door.SignIn)))
    alone.hear(door.SeatTaken(alone.answer(door.TakeSeat), seat), MET, shown(number))
    return alone


def quiet(seat: Seat = Seat.PLAYER) -> Alone:
    """At the table, with every question of one's own answered, and pinged."""
    alone = at_the_table(seat)
    settle(alone)
    return alone


def settle(alone: Alone) -> None:
    alone.dialogue.tick(alone.now)
    for each in alone.sent:
        if isinstance(each, ListPlayers):
            alone.hear(PlayersListed(each.number, (), more=False))
        elif isinstance(each, records.ListResults):
            alone.hear(records.ResultsListed(each.number, 0, 0, 0, 0, ()))
        elif isinstance(each, records.ListOwnRounds):
            alone.hear(records.OwnRoundsListed(each.number, (), more=False))
        elif isinstance(each, talk.ListTalk):
            alone.hear(talk.TalkListed(each.number, ()))
        elif isinstance(each, RegisterChain):
            alone.hear(ChainTaken(each.number, 1))
        elif isinstance(each, door.Ping):
            alone.hear(door.Pong(each.nonce))
    assert not alone.dialogue.state.pending
    assert alone.sent == []


def come_back(alone: Alone) -> None:
    alone.cut()
    alone.open()
    alone.hear(GREETING, INTRODUCED)
    alone.hear(signed(alone.answer(door.SignIn), next_number=50))
