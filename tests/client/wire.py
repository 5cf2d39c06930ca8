"""A client at the small table, without a socket between them."""

from client.dialogue import Dialogue, Ending, Wish
from client.games.roulette.requests import place
from client.house.events import Trouble
from client.house.state import HouseState, Line
from client.modern import ModernDialogue
from client.requests import Enter
from protocol import limits
from protocol.framing import Decoder, Dialect
from protocol.house import door
from protocol.wire import Message, encode
from tests.client.fake_table import Chair, FakeTable
from tests.client.things import Things


class Wire:
    """Joins a dialogue to a table without a socket; what goes over can be held, counted and cut."""

    def __init__(self, dialogue: Dialogue, table: FakeTable) -> None:
        self.dialogue = dialogue
        self.table = table
        self.chair: Chair | None = None
        self.inbox: list[Message] = []
        self.now = 0.0
        self.left: int | None = None
        """After so many more frames, in either direction, the line is cut; None: never."""

    @property
    def state(self) -> HouseState:
        return self.dialogue.state

    def open(self) -> None:
        self.dialogue.connecting("table", 1234, self.now)
        self.dialogue.up(self.now)
        inbox: list[Message] = []
        self.inbox = inbox
        self.chair = self.table.arrive(inbox.append)

    def cut(self) -> None:
        if self.chair is not None:
            self.table.leave(self.chair)
            self.chair = None
            self.dialogue.cut(Ending(Trouble.CUT), self.now + 1, self.now)

    def run(self) -> None:
        """Carry frames in both directions until nobody has anything to say."""
        for _ in range(10_000):
            if self.chair is None:
                return
            self.now += 0.001
            self.dialogue.tick(self.now)
            if self.dialogue.frames:
                self._carry_up()
            elif self.inbox:
                if self._spent():
                    return
                self.dialogue.hear(self.inbox.pop(0), self.now)
            else:
                return
        raise AssertionError("they never stop talking")

    def _carry_up(self) -> None:
        frame = self.dialogue.frames.pop(0)
        if self._spent():
            return
        decoder = Decoder(Dialect.MODERN)
        decoder.frame_limit = limits.CLIENT_FRAME_BYTES
        greeting = encode(door.Greeting(1, 1, ""))
        for said in list(decoder.feed(greeting + frame))[1:]:
            assert self.chair is not None
            self.table.hear(self.chair, said)

    def _spent(self) -> bool:
        if self.left is None:
            return False
        self.left -= 1
        if self.left < 0:
            self.left = None
            self.cut()
            return True
        return False


def seated(
    table: FakeTable, name: str = "Ann", things: Things | None = None
) -> tuple[Wire, ModernDialogue]:
    """A player at the table."""
    things = things or Things()
    dialogue = ModernDialogue(things.means(), Enter(name))
    wire = Wire(dialogue, table)
    wire.open()
    wire.run()
    assert wire.state.status.line is Line.LIVE
    return wire, dialogue


def wants(wire: Wire, wish: Wish) -> None:
    wire.dialogue.want(wish, wire.now)
    wire.run()


def with_a_bet(table: FakeTable, things: Things | None = None) -> Wire:
    """A player at the table who has bet 10 on the 5."""
    wire, _ = seated(table, things=things)
    wants(wire, place(wire.state, {5: 10}))
    return wire


def play(table: FakeTable, *wires: Wire) -> int:
    """One round to its end, with every secret shown."""
    table.close()
    for wire in wires:
        wire.run()
    pocket = table.settle()
    for wire in wires:
        wire.run()
    return pocket
