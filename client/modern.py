"""The dialogue with a Croupier table: come in, sit down, follow it, and come back after a cut."""

from collections.abc import Callable
from typing import Any, ClassVar

from client.acquaintance import Acquaintance
from client.dialogue import Dialogue, Diary, Ending, Means, Wish
from client.fair.follow import Follower
from client.fair.judge import evidence
from client.games.roulette.reduce import REPEATED
from client.house.bounds import PAGES_READ, ROUNDS_KEPT, UNANSWERED_KEPT
from client.house.events import AskedAgain, Judged, Measured, Remembered, Sent, Trouble
from client.house.state import Line, Pending, TableState
from client.house.verdicts import Verdict
from client.requests import UNNUMBERED, Enter, Examine, digest, numbered
from protocol import limits
from protocol.fairness import Account
from protocol.framing import Decoder, Dialect, Spoken
from protocol.games.roulette import bets, records, rounds
from protocol.games.roulette.rules import ROULETTE
from protocol.house import door, talk
from protocol.house.fields import NO_SPOT
from protocol.house.lists import Farewell, Reason, Seat
from protocol.house.people import ListPlayers, PlayersListed
from protocol.wire import HOUSE, Message, Request, encode

VERSION = 1
SOFTWARE = "croupier"

GREETING_SECONDS = 5.0
"""A table that has not introduced itself by then is none."""
PING_SECONDS = 5.0
SILENT_SECONDS = 13.0
"""The line is dead when nothing was heard for so long: two pings went unanswered."""
LIST_SECONDS = 1.0
"""How often, at most, a list that a broadcast could not keep whole is asked for again."""
LISTED_BETS = limits.BETS_A_PAGE
"""Up to so many bets on the table, everybody's are followed; above, only when asked for."""
LISTED_PLAYERS = 1024
ROUND_PAGES = -(-ROUNDS_KEPT // limits.ROUNDS_A_PAGE)
READ_TO_THE_END = (
    bets.ListBets,
    ListPlayers,
    records.ListRounds,
    records.ListOwnRounds,
)
"""Lists of which a person who asks for them wants every page."""
NEVER = float("inf")

UNFIT = {
    door.SignIn: Reason.NAME_UNFIT,
    bets.PlaceBets: Reason.NOT_ENOUGH_CHIPS,
    bets.TakeBackBets: Reason.NOTHING_THERE,
}
"""Why a request that the wire cannot say is refused; others have too long a text."""
WAY_IN = (door.SignIn, door.TakeSeat)
BEFORE_INTRODUCTION = (door.Greeting, door.Refused, door.Goodbye, door.Pong)

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


class ModernDialogue(Dialogue):
    """Speaks the modern dialect."""

    def __init__(self, means: Means, enter: Enter | None = None) -> None:
        """Come in as `enter` says; without it, wait at the door until a person does."""
        super().__init__(means, TableState())
        self._enter = enter
        self._sit = enter.seat if enter else Seat.NONE
        self._known_here = False
        """Whether the table has let one in: then a lost line is worth trying again."""
        self._next = 1
        self._acquaintance = Acquaintance(means.keyring)
        self._follower = Follower(means.secret, self._ask_by_itself)
        self._diary: Diary | None = None
        self._whose: tuple[bytes, Account] | None = None
        """Of which table and account the diary is."""
        self._now = 0.0
        self._clear_line(NEVER)

    def _clear_line(self, greeted_by: float) -> None:
        """What holds for one line only."""
        self._greeted_by = greeted_by
        self._introduced = self._met = False
        """Whether the house did, and the table."""
        self._signing_in = 0
        self._signed_in = False
        self._again: set[int] = set()
        self._ping_at = NEVER
        self._pinged: tuple[int, float] | None = None
        self._silent_at = NEVER
        self._waiting: dict[int, float] = {}
        """Requests that came too fast, by number, and when to send them again."""
        self._pages: dict[int, int] = {}
        """Lists that are read to their end: by request number, how many pages were read."""
        self._list_at = 0.0
        self._hungry = False
        """Whether the lists that one reads on sitting down are still to be asked for."""

    # --- what the link says -----------------------------------------------------------------------

    def decoder(self) -> Decoder:
        return Decoder(Dialect.MODERN, from_server=True)

    def opened(self, now: float) -> None:
        self._clear_line(now + GREETING_SECONDS)
        self._send(door.Greeting(VERSION, VERSION, SOFTWARE))

    @property
    def returns(self) -> bool:
        return self._known_here

    def goodbye(self) -> bytes:
        return encode(door.Goodbye(Farewell.LEAVING, ""))

    def unread(self) -> Trouble:
        strange = self.state.status.line is Line.CONNECTING and not self._known_here
        return Trouble.NOT_MODERN if strange else Trouble.BROKEN

    def cut(self, ending: Ending, retry_at: float | None, now: float) -> None:
        super().cut(ending, retry_at, now)
        self._clear_line(NEVER)

    def unheeded(self, now: float) -> None:
        self._silent_at = max(self._silent_at, now + SILENT_SECONDS)

    def remember(self, wish: Wish, now: float) -> None:
        if isinstance(wish, Enter):
            self._enter, self._sit = wish, wish.seat
        super().remember(wish, now)

    def want(self, wish: Wish, now: float) -> None:
        self._now = now
        if isinstance(wish, Enter):
            self._enter, self._sit = wish, wish.seat
            if self.state.status.line is not Line.CONNECTING:
                self._come_in()
        elif isinstance(wish, Examine):
            if self.state.live:
                self._follower.examine(wish.round_number, self.state)
        elif self._signed_in and (self.state.live or isinstance(wish, door.TakeSeat)):
            if isinstance(wish, door.TakeSeat | door.LeaveSeat):
                self._sit = wish.seat if isinstance(wish, door.TakeSeat) else Seat.NONE
            number = self._ask(wish)
            if isinstance(wish, READ_TO_THE_END):
                self._pages[number] = 1
        else:
            self.remember(wish, now)

    def tick(self, now: float) -> float:
        self._now = now
        if now >= self._greeted_by:
            self.end(Ending(Trouble.SILENT if self._known_here else Trouble.NOT_MODERN))
        elif now >= self._silent_at:
            self.end(Ending(Trouble.SILENT))
        if now >= self._ping_at:
            nonce = self._number()
            self._pinged = (nonce, now)
            self._ping_at = now + PING_SECONDS
            self._send(door.Ping(nonce))
        for number in [number for number, at in self._waiting.items() if now >= at]:
            del self._waiting[number]
            pending = self.state.pending.get(number)
            if pending is not None:
                self._send(pending.request)
        self._keep_up(now)
        if self._follower.busy:
            self._judged(self._follower.walk(self.state))
            return now
        timers = (self._greeted_by, self._silent_at, self._ping_at, *self._waiting.values())
        return min((*timers, self._list_at) if self._behind() else timers)

    def hear(self, said: Spoken, now: float) -> None:
        assert isinstance(said, Message), "the decoder reads this dialect only"
        self._now = now
        self._silent_at = now + SILENT_SECONDS
        if isinstance(said, door.Ping):
            self._send(door.Pong(said.nonce))
            return
        if said.AT_TABLE and self._introduced and said.table != self._table:
            return  # It is of a table at which one is not.
        if not self._knows(said):
            self.end(Ending(Trouble.ANOTHER_TABLE, for_good=True))
            return
        wrong = self._out_of_turn(said)
        if wrong:
            self.end(Ending(Trouble.BROKEN, words=wrong))
            return
        number = getattr(said, "number", UNNUMBERED)
        pending = self.state.pending.get(number)
        if self._too_fast(said, pending):
            return
        before = self.state
        self.note(said, now)
        part = self._PARTS.get(type(said))
        if part is not None:
            part(self, said, before)
        if self._diary is not None and self.state.own_rounds is not before.own_rounds:
            self._diary.keep(self.state.own_rounds)
        if pending is not None:
            self._answered(pending, said)

    def _knows(self, said: Message) -> bool:
        """Whether house and table are those that they were."""
        if isinstance(said, rounds.TableIntroduced):
            return self._acquaintance.has_met(said)
        meant = self._enter is not None and self._enter.new_table
        return not isinstance(said, door.HouseIntroduced) or self._acquaintance.knows(
            said, meant=meant
        )

    def _out_of_turn(self, said: Message) -> str:
        """What is wrong with a table that says this now; mostly nothing."""
        if isinstance(said, door.HouseIntroduced):
            return "it introduced itself twice" if self._introduced else ""
        if not (self._introduced or isinstance(said, BEFORE_INTRODUCTION)):
            return "it spoke before it introduced itself"
        if said.GAME != HOUSE and not self._met and not isinstance(said, rounds.TableIntroduced):
            return "it spoke of a table that it had not introduced"
        if isinstance(said, door.SignedIn):
            asked = self.state.pending.get(said.number)
            if asked is None or not isinstance(asked.request, door.SignIn):
                return "it let somebody in who did not ask"
            if not self._acquaintance.is_oneself(asked.request.name, said):
                return "it takes one for somebody else"
        return ""

    # --- sending ----------------------------------------------------------------------------------

    def _number(self) -> int:
        self._next += 1
        return self._next - 1

    def _send(self, said: Message) -> None:
        self.frames.append(encode(said, self._table))

    @property
    def _table(self) -> int:
        """The number of the table at which one means to sit: the first that one can play at."""
        tables = self.state.house.tables if self.state.house is not None else ()
        return next((each.table for each in tables if each.game == ROULETTE), HOUSE)

    def _ask(self, request: Request, *, by_itself: bool = False) -> int:
        if request.number == UNNUMBERED:
            request = numbered(request, self._number())
        self.note(Sent(request, self.means.calendar(), by_itself), self._now)
        if len(self.state.pending) > UNANSWERED_KEPT:
            self._unanswered(request, by_itself)
            return request.number
        try:
            self._send(request)
        except ValueError as error:  # Too long a text, or half a letter: the wire cannot say it.
            unfit = UNFIT.get(type(request), Reason.TEXT_UNFIT)
            self.hear(door.Refused(request.number, unfit, NO_SPOT, 0, str(error)), self._now)
        return request.number

    def _ask_by_itself(self, request: Request) -> int:
        return self._ask(request, by_itself=True)

    def _unanswered(self, request: Request, by_itself: bool) -> None:
        """One question too many: a person is told so; what the client asks by itself, it only asks
        so often where the house says without end what makes it ask.
        """
        if by_itself or isinstance(request, WAY_IN):
            self.end(Ending(Trouble.TOO_MUCH, for_good=True))
        else:
            self.hear(door.Refused(request.number, Reason.TOO_FAST, NO_SPOT, 0, ""), self._now)

    def _too_fast(self, said: Message, pending: Pending | None) -> bool:
        """What the client asks by itself, and the way in, wait until the table will hear them."""
        if not isinstance(said, door.Refused) or said.reason is not Reason.TOO_FAST:
            return False
        if pending is None:
            return False
        way_in = isinstance(pending.request, WAY_IN)
        if not (pending.by_itself or pending.again or way_in):
            return False
        self._waiting[pending.request.number] = self._now + max(said.figure, 50) / 1000
        return True

    # --- the door ---------------------------------------------------------------------------------

    def _greeted(self, said: door.Greeting, _: TableState) -> None:
        if not said.oldest <= VERSION <= said.version:
            self.end(Ending(Trouble.VERSION, words=said.software, for_good=True))

    def _met_house(self, _: door.HouseIntroduced, __: TableState) -> None:
        self._introduced = True
        self._greeted_by = NEVER
        self._ping_at = self._now
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
            self._take_seat(enter.seat)
            return
        token = self._token(house.house, enter.name) if enter.name else b""
        self._signing_in = self._number()
        password = digest(enter.table_password)
        self._ask(door.SignIn(self._signing_in, enter.name, token, password))

    def _token(self, house: bytes, name: str) -> bytes:
        """What proves the name. For a new one it is made here and kept before it is sent, so that
        a line lost before the answer does not lose the name.
        """
        token = self.means.keyring.token(house, name)
        if not token:
            token = self.means.secret()
            self.means.keyring.keep(house, name, token)
        return token

    def _signed(self, said: door.SignedIn, _: TableState) -> None:
        self._signing_in = 0
        self._signed_in = self._known_here = True
        if said.next_number >= limits.REQUEST_NUMBERS:
            self.end(Ending(Trouble.BROKEN, words="it leaves no numbers for requests"))
            return
        self._next = max(self._next, said.next_number)
        house = self.state.house
        if said.token and house is not None:
            self.means.keyring.keep(house.house, said.name, said.token)
            if self._enter and self._enter.name != said.name:
                self.means.keyring.keep(house.house, self._enter.name, said.token)
        if self._sit is not Seat.NONE:
            self._take_seat(self._sit)

    def _met_table(self, said: rounds.TableIntroduced, _: TableState) -> None:
        """Open the diary of this name at this table, once."""
        self._met = True
        table, account = said.draw, self.state.account
        if self.means.diary is None or not account or self._whose == (table, account):
            return
        self._whose = table, account
        self._diary = self.means.diary(table, account)
        rounds = self._diary.read()
        if rounds:
            self.note(Remembered(rounds), self._now)

    def _take_seat(self, seat: Seat) -> None:
        enter = self._enter
        password = digest(enter.croupier_password) if enter and seat is Seat.CROUPIER else b""
        self._hungry = True
        self._ask(door.TakeSeat(UNNUMBERED, seat, password))

    def _seat_taken(self, said: door.SeatTaken, _: TableState) -> None:
        self._sit = said.seat

    def _refused(self, said: door.Refused, before: TableState) -> None:
        pending = before.pending.get(said.number)
        if said.number == UNNUMBERED and said.reason is Reason.VERSION:
            self.end(Ending(Trouble.VERSION, words=said.words, for_good=True))
        if said.number == self._signing_in and said.number:
            self._signing_in = 0
            self._enter = None  # What was refused is not tried again by itself.
        elif pending is not None and isinstance(pending.request, door.TakeSeat):
            if before.seat is Seat.CROUPIER and not before.live:
                # The chair was given away, or was got without the password: sit down as a player.
                self._take_seat(Seat.PLAYER)
            elif not before.live:
                self._sit = Seat.NONE

    def _goodbye(self, said: door.Goodbye, _: TableState) -> None:
        self.end(Ending(Trouble.FAREWELL, said.reason, said.words, said.reason in FOR_GOOD))

    def _pong(self, said: door.Pong, _: TableState) -> None:
        if self._pinged is not None and self._pinged[0] == said.nonce:
            self.note(Measured(self._now - self._pinged[1]), self._now)
            self._pinged = None

    # --- the table --------------------------------------------------------------------------------

    def _shown(self, _: rounds.TableShown, before: TableState) -> None:
        unanswered = [
            each.request
            for each in self.state.pending.values()
            if isinstance(each.request, REPEATED) and not before.live
        ]
        for request in unanswered:
            self.note(AskedAgain(request.number), self._now)
            self._again.add(request.number)
            self._send(request)
        self._judged(self._follower.shown(before, self.state))
        if self._hungry and not unanswered:
            self._hungry = False
            self._ask_by_itself(records.ListResults(UNNUMBERED))
            self._pages[self._ask_by_itself(records.ListOwnRounds(UNNUMBERED, 0))] = 1
            self._ask_by_itself(talk.ListTalk(UNNUMBERED))

    def _answered(self, pending: Pending, said: Message) -> None:
        request = pending.request
        if request.number in self._again:
            self._again.discard(request.number)
            if not self._again:
                # What the table showed and what it has answered since may overlap: look again.
                self._take_seat(self.state.seat)
        self._judged(self._follower.answered(request, said, self.state))
        pages = self._pages.pop(request.number, 0)
        most = ROUND_PAGES if isinstance(said, records.RoundsListed) else PAGES_READ
        if pages and getattr(said, "more", False) and pages < most:
            following = _next_page(said)
            if following is not None:
                self._pages[self._ask_by_itself(following)] = pages + 1

    def _keep_up(self, now: float) -> None:
        """Ask for the lists that are not whole, where they are short enough to follow."""
        if now < self._list_at or not self._behind():
            return
        self._list_at = now + LIST_SECONDS
        state = self.state
        asked = {type(each.request) for each in state.pending.values()}
        if self._bets_behind() and bets.ListBets not in asked:
            number = self._ask_by_itself(bets.ListBets(UNNUMBERED, state.round.number, 0, 0))
            self._pages[number] = 1
        if self._roster_behind() and ListPlayers not in asked:
            self._pages[self._ask_by_itself(ListPlayers(UNNUMBERED, 0))] = 1

    def _behind(self) -> bool:
        here = self.state.live and self.state.seat is not Seat.NONE
        return here and (self._bets_behind() or self._roster_behind())

    def _bets_behind(self) -> bool:
        return not self.state.round.bets_known and self.state.round.count <= LISTED_BETS

    def _roster_behind(self) -> bool:
        return not self.state.roster_known and self.state.seated <= LISTED_PLAYERS

    def _opened(self, _: rounds.RoundOpened, before: TableState) -> None:
        self._follower.opened(before, self.state)

    def _closed(self, said: rounds.BettingClosed, _: TableState) -> None:
        self._judged(self._follower.closed(said, self.state))

    def _settled(self, said: rounds.RoundSettled, _: TableState) -> None:
        self._follower.settled(said, self.state)

    def _voided(self, said: rounds.RoundVoided, _: TableState) -> None:
        self._judged(self._follower.voided(said, self.state))

    def _judged(self, verdict: Verdict | None) -> None:
        if verdict is None:
            return
        red = not verdict.holds and verdict.round is not None
        saved = self.means.save(evidence(verdict)) if red else ""
        self.note(Judged(verdict, saved), self._now)

    _PARTS: ClassVar[dict[type, Callable[["ModernDialogue", Any, TableState], None]]] = {
        door.Greeting: _greeted,
        door.HouseIntroduced: _met_house,
        door.SignedIn: _signed,
        door.SeatTaken: _seat_taken,
        door.Refused: _refused,
        door.Goodbye: _goodbye,
        door.Pong: _pong,
        rounds.TableIntroduced: _met_table,
        rounds.TableShown: _shown,
        rounds.RoundOpened: _opened,
        rounds.BettingClosed: _closed,
        rounds.RoundSettled: _settled,
        rounds.RoundVoided: _voided,
    }


def _next_page(said: Message) -> Request | None:
    if isinstance(said, bets.BetsListed) and said.bets:
        last = said.bets[-1]
        return bets.ListBets(UNNUMBERED, said.round_number, last.account, last.spot)
    if isinstance(said, PlayersListed) and said.players:
        return ListPlayers(UNNUMBERED, said.players[-1].account)
    if isinstance(said, records.RoundsListed) and said.rounds:
        return records.ListRounds(UNNUMBERED, said.rounds[-1].round_number)
    if isinstance(said, records.OwnRoundsListed) and said.rounds:
        return records.ListOwnRounds(UNNUMBERED, said.rounds[-1].round_number)
    return None
