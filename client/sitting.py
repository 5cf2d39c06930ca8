"""What a client does by itself at one table at which it sits or looks on.

`modern` holds the line, and one of these for each table. It begins with the seat that a person
wishes for, and lasts over all lines: when a line was cut, each asks for its seat again, and about
every bet that was not answered. A game's own is in its folder (`client/games`).

    asked for ── taken, the table introduced, the table shown ──> there ── a cut ──> asked for
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar, Protocol

from client.house.events import AskedAgain, Local
from client.house.state import HouseState, Pending
from client.means import Means
from client.requests import UNNUMBERED
from protocol.house.door import Refused, SeatTaken, TakeSeat
from protocol.house.lists import Seat
from protocol.house.people import ListPlayers
from protocol.house.talk import ListTalk
from protocol.wire import Message, Request

LIST_SECONDS = 1.0
"""How often, at most, a list that a broadcast could not keep whole is asked for again."""
LISTED_PLAYERS = 1024
"""Up to so many people are followed; above, they are listed only when somebody asks."""
NEVER = float("inf")


class Voice(Protocol):
    """What speaks to the house for all sittings."""

    means: Means
    state: HouseState

    @property
    def now(self) -> float:
        """This moment."""

    def ask(self, request: Request, *, by_itself: bool = False, whole: bool = False) -> int:
        """Send this, under a number of its own if it has none; `whole`: a list, to its end."""

    def send(self, said: Message) -> None: ...

    def tell(self, said: Local) -> None:
        """Let the reducer know."""


class Sitting:
    """At one table."""

    GAME: ClassVar[int]
    """What is played there."""
    REPEATED: ClassVar[tuple[type[Request], ...]] = ()
    """What is asked about again by its number when the line is back."""

    def __init__(self, table: int, voice: Voice, seat: Seat) -> None:
        """Be at this table, on this seat."""
        self.table = table
        self.voice = voice
        self.seat = seat
        """The one that is wished for: it is asked for again after a cut."""
        self.password = b""
        """The croupier's, as it goes over the wire."""
        self.table_password = b""
        """The table's, in the same way: it is asked for at each return, too."""
        self.cut()

    def cut(self) -> None:
        """Forget what holds for one line only."""
        self.asked = False
        """Whether the seat was asked for."""
        self.introduced = False
        self.shown = False
        self._again: set[int] = set()
        self._list_at = 0.0
        self._hungry = False
        """Whether the lists that one reads on sitting down are still to be asked for."""

    @property
    def state(self) -> HouseState:
        """What is known, looked at from this table."""
        return self.voice.state.at(self.table)

    # --- the seat ---------------------------------------------------------------------------------

    def sit(self, seat: Seat | None = None) -> None:
        """Ask for the seat; none named: for the one that is wished for."""
        seat = self.seat if seat is None else seat
        self.asked = self._hungry = True
        password = self.password if seat is Seat.CROUPIER else b""
        self.ask(TakeSeat(UNNUMBERED, seat, password, self.table_password), by_itself=False)

    def take_notice(self, request: TakeSeat) -> TakeSeat:
        """A person asks for a seat here: the request, with the password that let one in before."""
        self.seat, self.password = request.seat, request.croupier_password
        self.table_password = request.table_password or self.table_password
        self.asked, self._hungry = True, self._hungry or not self.shown
        return replace(request, table_password=self.table_password)

    def ask(self, request: Request, *, by_itself: bool = True, whole: bool = False) -> int:
        return self.voice.ask(request.to(self.table), by_itself=by_itself, whole=whole)

    def refused(self, said: Refused, before: HouseState) -> bool:
        """A seat here was refused. Whether one is here all the same."""
        del said
        if self.shown:
            return True
        if before.table.seat is Seat.CROUPIER and self.seat is Seat.CROUPIER:
            # The chair was given away, or was got without the password: sit down as a player.
            self.seat = Seat.PLAYER
            self.sit()
            return True
        return False

    # --- what the table says ----------------------------------------------------------------------

    def hear(self, said: Message, before: HouseState) -> None:
        """Something was said at the table, and is known by now; `before` it was known."""
        del before
        if isinstance(said, SeatTaken):
            self.seat = said.seat

    def came(self) -> bool:
        """The table was shown; whether everything on it is certain."""
        unanswered = [
            each.request
            for each in self.state.pending.values()
            if isinstance(each.request, self.REPEATED)
            and each.request.table == self.table
            and not self.shown
        ]
        self.shown = True
        for request in unanswered:
            self.voice.tell(AskedAgain(request.number, self.table))
            self._again.add(request.number)
            self.voice.send(request)
        return not unanswered

    def read_lists(self) -> None:
        """Ask once for what one reads on sitting down."""
        if self._hungry:
            self._hungry = False
            for request, whole in self.first_read():
                self.ask(request, whole=whole)

    def first_read(self) -> Iterator[tuple[Request, bool]]:
        """What one asks for on sitting down, and whether it is a list that is wanted whole."""
        yield ListTalk(UNNUMBERED), False

    def answered(self, pending: Pending, said: Message) -> None:
        """A request at this table was answered."""
        del said
        number = pending.request.number
        if number in self._again:
            self._again.discard(number)
            if not self._again:
                # What the table showed and what it has answered since may overlap: look again.
                self.sit(self.state.table.seat)

    # --- lists that are kept up -------------------------------------------------------------------

    def tick(self, now: float) -> float:
        """Do what is due; say when something will be, at the latest."""
        missing = list(self.missing()) if self.shown else []
        if missing and now >= self._list_at:
            self._list_at = now + LIST_SECONDS
            asked = {
                type(each.request)
                for each in self.state.pending.values()
                if each.request.table == self.table
            }
            for request in missing:
                if type(request) not in asked:
                    self.ask(request, whole=True)
        return self._list_at if missing else NEVER

    def lost(self) -> None:
        """The seat is gone, and one did not leave it."""

    def work(self) -> bool:
        """Work out a piece of what takes long; whether there was any."""
        return False

    def missing(self) -> Iterator[Request]:
        """What asks for the lists that are not whole, where they are short enough to follow."""
        table = self.state.table
        if not table.roster_known and table.seated <= LISTED_PLAYERS:
            yield ListPlayers(UNNUMBERED, 0)
