"""The dialogue with a Croupier house: the line, the door, and which tables one is at.

It greets, signs in and keeps the line alive; how it asks for things is in `asking`. What is done by
itself at a table is that table's `Sitting`. One line carries all of them; after a cut one signs in
again, and each asks for its seat.
"""

from collections.abc import Callable
from itertools import chain
from typing import Any, ClassVar

from client.acquaintance import Acquaintance
from client.asking import Asking
from client.dialogue import Ending, Wish
from client.games import GAMES
from client.house.events import Looked, Measured, Sent, Trouble
from client.house.state import HouseState, Line, Pending
from client.keepalive import GREETING_SECONDS, Keepalive
from client.means import Means
from client.requests import UNNUMBERED, Enter, Look, digest, list_tables, numbered
from client.sitting import Sitting
from protocol import limits
from protocol.framing import Decoder, Dialect, Spoken
from protocol.house import door
from protocol.house.lists import Farewell, Reason, Seat
from protocol.wire import HOUSE, Message, Request, encode

VERSION = 1
SOFTWARE = "croupier"

ANYWHERE = (door.TakeSeat, door.ListTables)
"""What one may ask for at a table at which one is not."""
BEFORE_INTRODUCTION = (door.Greeting, door.Refused, door.Goodbye, door.Pong)
INTRODUCED: tuple[type[Any], ...] = tuple(game.introduced for game in GAMES.values())
DRAWN: tuple[type[Any], ...] = tuple(g.introduced for g in GAMES.values() if g.draws)
SHOWN = tuple(game.shown for game in GAMES.values())
FOR_GOOD = frozenset(
    (
        Farewell.LEAVING,
        Farewell.KICKED,
        Farewell.REPLACED,
        Farewell.BROKEN,
        Farewell.VERSION,
        Farewell.FLOOD,
    )
)
"""After these, coming back by itself would be wrong or of no use."""


class ModernDialogue(Asking):
    """Speaks the modern dialect."""

    def __init__(self, means: Means, enter: Enter | None = None) -> None:
        """Come in as `enter` says; without it, wait at the door until a person does."""
        super().__init__(means, HouseState())
        self._enter = self._arrival = enter
        """Who one is; and as whom one has come and did not go to a table yet."""
        self._known_here = False
        """Whether the house has let one in: then a lost line is worth trying again."""
        self._acquaintance = Acquaintance(means.keyring)
        self._sittings: dict[int, Sitting] = {}
        """By the number of the table."""
        self._looks_to: int | None = None
        """The table that is to be looked at as soon as it is shown."""
        self._clear_line(Keepalive())

    def _clear_line(self, alive: Keepalive) -> None:
        """What holds for one line only."""
        self._alive = alive
        self._introduced = False
        self._signing_in = 0
        self._signed_in = False
        self._lobby_known = False
        """Whether every table of the house was told."""
        self._forget_questions()
        for sitting in self._sittings.values():
            sitting.cut()

    # --- what the link says -----------------------------------------------------------------------

    def decoder(self) -> Decoder:
        return Decoder(Dialect.MODERN, from_server=True)

    def opened(self, now: float) -> None:
        self._clear_line(Keepalive(now + GREETING_SECONDS))
        self.send(door.Greeting(VERSION, VERSION, SOFTWARE))

    @property
    def returns(self) -> bool:
        return self._known_here

    @property
    def now(self) -> float:
        return self._now

    def goodbye(self) -> bytes:
        return encode(door.Goodbye(Farewell.LEAVING, ""))

    def unread(self) -> Trouble:
        strange = self.state.status.line is Line.CONNECTING and not self._known_here
        return Trouble.NOT_MODERN if strange else Trouble.BROKEN

    def cut(self, ending: Ending, retry_at: float | None, now: float) -> None:
        super().cut(ending, retry_at, now)
        self._clear_line(Keepalive())

    def unheeded(self, now: float) -> None:
        self._alive.unheeded(now)

    def remember(self, wish: Wish, now: float) -> None:
        if isinstance(wish, Enter):
            self._comes(wish)
        super().remember(wish, now)

    def want(self, wish: Wish, now: float) -> None:
        self._now = now
        if isinstance(wish, Enter):
            self._comes(wish)
            if self.state.status.line is not Line.CONNECTING:
                self._come_in()
        elif isinstance(wish, Look):
            self._look(wish.table)
        else:
            self._request(wish)

    def _comes(self, enter: Enter) -> None:
        self._enter = enter
        self._arrival = enter if enter.seat is not Seat.NONE else None
        if self._arrival is None:
            self._sittings.clear()

    def _request(self, wish: Request) -> None:
        """A person asks for this; where no table is named, at the one that is looked at."""
        if wish.AT_TABLE and wish.table == HOUSE:
            wish = wish.to(self.state.here)
        there = self.state.at(wish.table) if wish.AT_TABLE else self.state
        if not (self._signed_in and (there.live or isinstance(wish, ANYWHERE))):
            self.remember(wish, self._now)
        elif isinstance(wish, door.TakeSeat):
            self._go_to(wish)
        else:
            sitting = self._sittings.get(wish.table)
            if isinstance(wish, door.LeaveSeat) and sitting is not None:
                sitting.seat = Seat.NONE
            self.ask(wish, whole=self._reader.is_list(wish))

    def tick(self, now: float) -> float:
        self._now = now
        if now >= self._alive.greeted_by:
            self.end(Ending(Trouble.SILENT if self._known_here else Trouble.NOT_MODERN))
        elif self._alive.is_silent(now):
            self.end(Ending(Trouble.SILENT))
        ping = self._alive.ping(self._next, now)
        if ping is not None:
            self._number()
            self.send(ping)
        self._send_again(now)
        due = [sitting.tick(now) for sitting in self._sittings.values()]
        if any(sitting.work() for sitting in self._sittings.values()):
            return now
        return min(chain((self._alive.due,), self._waiting.values(), due))

    def hear(self, said: Spoken, now: float) -> None:
        assert isinstance(said, Message), "the decoder reads this dialect only"
        self._now = now
        self._alive.heard(now)
        if isinstance(said, door.Ping):
            self.send(door.Pong(said.nonce))
            return
        sitting = self._sittings.get(said.table) if said.AT_TABLE else None
        if said.AT_TABLE and self._introduced and sitting is None:
            return  # It is of a table at which one is not.
        if not self._knows(said):
            self._meets_another(sitting)
            return
        wrong = self._out_of_turn(said, sitting)
        if wrong:
            self.end(Ending(Trouble.BROKEN, words=wrong))
            return
        pending = self.state.pending.get(getattr(said, "number", UNNUMBERED))
        if self._too_fast(said, pending):
            return
        before = self.state
        if isinstance(said, SHOWN):
            self._shown(said.table)
        self.note(said, now)
        part = self._PARTS.get(type(said))
        if part is not None:
            part(self, said, before)
        if sitting is not None:
            sitting.introduced |= isinstance(said, INTRODUCED)
            sitting.hear(said, before.at(sitting.table))
        if pending is not None:
            self._answered(pending, said)

    def _meets_another(self, sitting: Sitting | None) -> None:
        """What is told of itself is not what it was: nothing more is heard or said."""
        if sitting is not None:
            sitting.lost()
        self.end(Ending(Trouble.ANOTHER_TABLE, for_good=True))

    def _knows(self, said: Message) -> bool:
        """Whether house and table are those that they were."""
        if isinstance(said, DRAWN):
            return self._acquaintance.has_met(said)
        meant = self._enter is not None and self._enter.new_table
        return not isinstance(said, door.HouseIntroduced) or self._acquaintance.knows(
            said, meant=meant
        )

    def _out_of_turn(self, said: Message, sitting: Sitting | None) -> str:
        """What is wrong with a house that says this now; mostly nothing."""
        if isinstance(said, door.HouseIntroduced):
            return "it introduced itself twice" if self._introduced else ""
        if not (self._introduced or isinstance(said, BEFORE_INTRODUCTION)):
            return "it spoke before it introduced itself"
        if sitting is not None and said.GAME != HOUSE:
            if said.GAME != sitting.GAME:
                return "it spoke of another game than the table's"
            if not (sitting.introduced or isinstance(said, INTRODUCED)):
                return "it spoke of a table that it had not introduced"
        if isinstance(said, door.SignedIn):
            asked = self.state.pending.get(said.number)
            if asked is None or not isinstance(asked.request, door.SignIn):
                return "it let somebody in who did not ask"
            if not self._acquaintance.is_oneself(asked.request.name, said):
                return "it takes one for somebody else"
        return ""

    # --- answers ---------------------------------------------------------------------------------

    def _answered(self, pending: Pending, said: Message) -> None:
        request = pending.request
        sitting = self._sittings.get(request.table) if request.AT_TABLE else None
        if sitting is not None:
            sitting.answered(pending, said)
        following = self._reader.after(request.number, said)
        if following is not None:
            asked, page = following
            self.ask(asked.to(request.table), by_itself=True, whole=True, page=page)
        if isinstance(request, door.LeaveSeat) and isinstance(said, door.Done):
            self._get_up(request.table)

    # --- the door ---------------------------------------------------------------------------------

    def _greeted(self, said: door.Greeting, _: HouseState) -> None:
        if not said.oldest <= VERSION <= said.version:
            self.end(Ending(Trouble.VERSION, words=said.software, for_good=True))

    def _met_house(self, said: door.HouseIntroduced, _: HouseState) -> None:
        self._introduced = True
        self._lobby_known = not said.more
        self._alive.introduced(self._now)
        if self._enter is not None:
            self._come_in()

    def _come_in(self) -> None:
        """Sign in, or sit down where one has."""
        enter, house = self._enter, self.state.house
        assert enter is not None
        if house is None or self._signing_in:
            return
        self._acquaintance.trust(house)
        if self._signed_in and self.state.name == enter.name:
            self._sit_down()
            return
        token = self._token(house.house, enter.name) if enter.name else b""
        self._signing_in = self._number()
        password = digest(enter.table_password)
        self.ask(door.SignIn(self._signing_in, enter.name, token, password))

    def _token(self, house: bytes, name: str) -> bytes:
        """What proves the name. For a new one it is made here and kept before it is sent, so that
        a line lost before the answer does not lose the name.
        """
        token = self.means.keyring.token(house, name)
        if not token:
            token = self.means.secret()
            self.means.keyring.keep(house, name, token)
        return token

    def _signed(self, said: door.SignedIn, _: HouseState) -> None:
        self._signing_in = 0
        self._signed_in = self._known_here = True
        if said.next_number >= limits.REQUEST_NUMBERS:
            self.end(Ending(Trouble.BROKEN, words="it leaves no numbers for requests"))
            return
        self._next = max(self._next, said.next_number)
        house, enter = self.state.house, self._enter
        if said.token and house is not None:
            self.means.keyring.keep(house.house, said.name, said.token)
            if enter and enter.name != said.name:
                self.means.keyring.keep(house.house, enter.name, said.token)
        if not self._lobby_known:
            self.ask(list_tables(), by_itself=True, whole=True)
        self._sittings = {
            n: each for n, each in self._sittings.items() if each.seat is not Seat.NONE
        }
        self._sit_down()
        for sitting in list(self._sittings.values()):
            if not sitting.asked:
                sitting.sit()

    def _goodbye(self, said: door.Goodbye, _: HouseState) -> None:
        self.end(Ending(Trouble.FAREWELL, said.reason, said.words, said.reason in FOR_GOOD))

    def _pong(self, said: door.Pong, _: HouseState) -> None:
        took = self._alive.took(said, self._now)
        if took is not None:
            self.tell(Measured(took))

    def _refused(self, said: door.Refused, before: HouseState) -> None:
        pending = before.pending.get(said.number)
        if said.number == UNNUMBERED and said.reason is Reason.VERSION:
            self.end(Ending(Trouble.VERSION, words=said.words, for_good=True))
        if said.number == self._signing_in and said.number:
            self._signing_in = 0
            self._enter = self._arrival = None  # What was refused is not tried again by itself.
        elif pending is not None and isinstance(pending.request, door.TakeSeat):
            table = pending.request.table
            sitting = self._sittings.get(table)
            if sitting is not None and not sitting.refused(said, before.at(table)):
                self._get_up(table)

    # --- which tables -----------------------------------------------------------------------------

    def _sit_down(self) -> None:
        """Go to the table that one has come for."""
        enter = self._arrival
        if enter is None:
            return
        table = self._find(enter.table)
        if table not in self.state.lobby and not self._lobby_known:
            return  # It may be on a page that is still to come.
        self._arrival = None
        password = digest(enter.croupier_password) if enter.seat is Seat.CROUPIER else b""
        entry = self.state.lobby.get(table or HOUSE)
        asks = entry is not None and entry.password_needed
        at_table = digest(enter.table_password) if asks else b""
        self._go_to(door.TakeSeat(UNNUMBERED, enter.seat, password, at_table, table=table or HOUSE))

    def _find(self, name: str) -> int | None:
        """The table of this number or name; where none is named, where one is, or the first that
        one can play at.
        """
        state = self.state
        if name:
            return state.find_table(name)
        first = (number for number, each in state.lobby.items() if each.game in GAMES)
        return state.here if state.here in self._sittings else next(first, None)

    def _tables_listed(self, said: door.TablesListed, _: HouseState) -> None:
        if said.more:
            return
        self._lobby_known = True
        if self._signed_in:
            self._sit_down()

    def _seat_lost(self, said: door.SeatLost, _: HouseState) -> None:
        sitting = self._sittings.get(said.table)
        if sitting is not None:
            sitting.lost()
        self._get_up(said.table)

    def _go_to(self, request: door.TakeSeat) -> None:
        """Take a seat at a table, and look at it as soon as it is shown."""
        entry = self.state.lobby.get(request.table)
        game = GAMES.get(entry.game) if entry is not None else None
        if game is None:
            request = numbered(request, self._number())
            self.tell(Sent(request, self.means.calendar()))
            self._refuse(request, Reason.NO_SUCH_TABLE if entry is None else Reason.NOT_SERVED)
            return
        sitting = self._sittings.get(request.table)
        if sitting is None:
            sitting = game.sitting(request.table, self, request.seat)
            self._sittings[request.table] = sitting
        request = sitting.take_notice(request)
        self._looks_to = request.table
        self.ask(request)

    def _get_up(self, table: int) -> None:
        """One is no longer at this table."""
        self._sittings.pop(table, None)
        others = (number for number, each in self._sittings.items() if each.shown)
        if table == self.state.here and (other := next(others, None)) is not None:
            self._look(other)

    def _shown(self, table: int) -> None:
        """The table is about to be shown: if one goes there, or is nowhere, look at it."""
        if table == self._looks_to or self.state.here not in self._sittings:
            self._looks_to = None
            self._look(table)

    def _look(self, table: int) -> None:
        if table in self._sittings and table != self.state.here:
            self.tell(Looked(table))

    _PARTS: ClassVar[dict[type, Callable[["ModernDialogue", Any, HouseState], None]]] = {
        door.Greeting: _greeted,
        door.HouseIntroduced: _met_house,
        door.SignedIn: _signed,
        door.Refused: _refused,
        door.Goodbye: _goodbye,
        door.Pong: _pong,
        door.TablesListed: _tables_listed,
        door.SeatLost: _seat_lost,
    }
