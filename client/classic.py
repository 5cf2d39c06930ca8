"""The dialogue in the assignment's protocol, at any server that speaks it.

What comes in is told to the reducer in the modern words, so that a window shows it the same way.
The assignment has no frame for a balance, a round's number or an account: the balance is this
client's own sum, rounds are counted from 1, and accounts are numbers given here to names.
"""

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from client.dialogue import Dialogue, Ending, Wish
from client.games.roulette.state import roulette
from client.house.bounds import NAMES_KEPT, newest
from client.house.events import Sent, Trouble
from client.house.state import HouseState
from client.means import Means
from client.requests import UNNUMBERED, Enter, Look, digest, numbered
from protocol import classic
from protocol.framing import Decoder, Dialect, Spoken
from protocol.games.roulette import bets, desk, rounds
from protocol.games.roulette.fields import Bet, Payout, PlacedBet, Result, SpotLimit, SpotTotal
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.rules import EVEN, ODD, Group, Spot, returned
from protocol.house import door
from protocol.house.fields import NO_DEADLINE, NO_SPOT, Chips
from protocol.house.lists import Presence, Reason, Seat
from protocol.house.people import PlayerEntry, RosterChanged
from protocol.wire import Message, Request

OPENING_STACK = 500
ANSWER_SECONDS = 10.0
NEVER = float("inf")
NO_HASH = bytes(32)
NO_PASSWORD = hashlib.sha512(b"").digest()

SPOTS: Mapping[Spot, int] = {
    **{number: number for number in range(37)},
    EVEN: classic.EVEN,
    ODD: classic.ODD,
}
"""The spots that this dialect has, and what it calls them."""
_OURS = {theirs: ours for ours, theirs in SPOTS.items()}

REASONS = {
    classic.Code.CROUPIER_EXISTS: Reason.SEAT_TAKEN,
    classic.Code.WRONG_PASSWORD: Reason.WRONG_CROUPIER_PASSWORD,
    classic.Code.NAME_TAKEN: Reason.NAME_TAKEN,
    classic.Code.SECOND_BET: Reason.OVER_TABLE_MOST,
    classic.Code.NOT_ENOUGH_PLAYERS: Reason.NOT_ENOUGH_PLAYERS,
    classic.Code.NOT_ENOUGH_CHIPS: Reason.NOT_ENOUGH_CHIPS,
    classic.Code.REFUSED: Reason.OTHER,
}


class ClassicDialogue(Dialogue):
    """Speaks the classic dialect: one reply for each request, in order; results at any time."""

    def __init__(
        self, means: Means, enter: Enter | None = None, stack: Chips = OPENING_STACK
    ) -> None:
        """Come in as `enter` says. `stack` is what the house is believed to give a player."""
        super().__init__(means, HouseState(classic=True))
        self._enter = enter
        self._stack = stack
        self._chips = stack
        self._round = 1
        self._next = 1
        self._known: dict[str, int] = {}
        self._met = 0
        """So many names were met."""
        self._digest = b""
        self._asked: deque[tuple[Request, float]] = deque()
        self._registered = False
        self._has_sat = False
        self._missed = 0
        """The list that tells what happened while the line was down."""
        self._now = 0.0

    # --- what the link says -----------------------------------------------------------------------

    def decoder(self) -> Decoder:
        return Decoder(Dialect.CLASSIC, from_server=True)

    def opened(self, now: float) -> None:
        self._now = now
        self._asked.clear()
        self._registered = False
        most = classic.MOST_CHIPS
        self._tell(
            door.HouseIntroduced(
                bytes(16), NO_HASH, "", password_needed=False, chips_shown=False,
                stack=self._stack, tables=(), more=False,
            )
        )  # fmt: skip
        plaque = (SpotLimit(Group.STRAIGHT, 1, most), SpotLimit(Group.CHANCE, 1, most))
        self._tell(rounds.TableIntroduced(bytes(16), NO_HASH, "", 0, most, plaque))
        if self._enter is not None:
            self._register()

    @property
    def returns(self) -> bool:
        return self._has_sat

    def goodbye(self) -> bytes:
        return b""

    def unread(self) -> Trouble:
        return Trouble.BROKEN if self._has_sat else Trouble.NOT_CLASSIC

    def unheeded(self, now: float) -> None:
        self._asked = deque((request, now) for request, _ in self._asked)

    def remember(self, wish: Wish, now: float) -> None:
        if isinstance(wish, Enter):
            self._enter = wish
        super().remember(wish, now)

    def want(self, wish: Wish, now: float) -> None:
        self._now = now
        if isinstance(wish, Enter):
            self._enter = wish
            if not (self._registered or self._registering):
                self._register()
            return
        if isinstance(wish, Look):
            return  # The assignment has no proof, and one table.
        request = numbered(wish, self._number())
        self.note(Sent(request, self.means.calendar()), now)
        part = self._WISHES.get(type(request))
        if not self._registered or part is None:
            self._refuse(request, Reason.NOT_SERVED)
        else:
            part(self, request)

    def tick(self, now: float) -> float:
        due = self._asked[0][1] + ANSWER_SECONDS if self._asked else NEVER
        if now >= due:
            self.end(Ending(Trouble.SILENT if self._has_sat else Trouble.NOT_CLASSIC))
        return due

    def hear(self, said: Spoken, now: float) -> None:
        self._now = now
        if isinstance(said, classic.ResultsShown):
            self._results(said)
            return
        if not self._asked:
            self.end(Ending(Trouble.BROKEN, words="a reply to nothing"))
            return
        request, _ = self._asked.popleft()
        if isinstance(said, classic.BetsListed) and isinstance(request, bets.ListBets):
            self._listed(request, said)
        elif isinstance(said, classic.RegistrationAnswered | classic.OrderAnswered):
            self._answered(request, said.code)
        else:
            self.end(Ending(Trouble.BROKEN, words="a reply to something else"))

    # --- what a person wants ----------------------------------------------------------------------

    def _number(self) -> int:
        self._next += 1
        return self._next - 1

    def _tell(self, said: Message) -> None:
        self.note(said, self._now)

    def _ask(self, request: Request, frame: bytes) -> None:
        self._asked.append((request, self._now))
        self.frames.append(frame)

    @property
    def _registering(self) -> bool:
        return any(isinstance(request, door.SignIn) for request, _ in self._asked)

    def _refuse(self, request: Request, reason: Reason, spot: Spot = NO_SPOT) -> None:
        self._tell(door.Refused(request.number, reason, spot, 0, ""))

    def _register(self) -> None:
        enter = self._enter
        assert enter is not None
        number = self._number()
        if enter.seat is Seat.CROUPIER:
            # Without a password the assignment still wants 64 bytes.
            self._digest = digest(enter.croupier_password) or NO_PASSWORD
            frame = classic.RegisterCroupier(self._digest).encode()
        else:
            name = enter.name.encode("utf-8", "replace")
            frame = classic.RegisterPlayer(name).encode()
        request = door.SignIn(number, enter.name, b"", b"")
        self.note(Sent(request, self.means.calendar()), self._now)
        if enter.seat is Seat.WATCHER:
            self._refuse(request, Reason.NOT_SERVED)
        else:
            self._ask(request, frame)

    def _place(self, request: bets.PlaceBets) -> None:
        match request.bets:
            case [bet] if bet.chips <= classic.MOST_CHIPS and bet.spot in SPOTS:
                self._ask(request, classic.PlaceBet(SPOTS[bet.spot], bet.chips).encode())
            case [bet] if bet.chips <= classic.MOST_CHIPS:
                self._refuse(request, Reason.NOT_SERVED, bet.spot)
            case _:
                self._refuse(request, Reason.OVER_TABLE_MOST)

    def _list(self, request: bets.ListBets) -> None:
        frame = classic.ListBets(as_croupier=self.state.table.seat is Seat.CROUPIER).encode()
        self._ask(request, frame)

    def _start(self, request: desk.StartSpin) -> None:
        if self.state.table.seat is Seat.CROUPIER:
            self._ask(request, classic.StartSpin(self._digest).encode())
        else:
            self._refuse(request, Reason.NOT_YOURS)

    _WISHES: ClassVar[dict[type, Callable[["ClassicDialogue", Any], None]]] = {
        bets.PlaceBets: _place,
        bets.ListBets: _list,
        desk.StartSpin: _start,
    }

    # --- what the table says ----------------------------------------------------------------------

    def _answered(self, request: Request, code: classic.Code) -> None:
        if code is not classic.Code.OK:
            self._refuse(request, REASONS[code], _spot(request))
            if isinstance(request, door.SignIn):
                self._enter = None
        elif isinstance(request, door.SignIn):
            self._seated(request)
        elif isinstance(request, bets.PlaceBets):
            self._laid(request)
        else:
            self._tell(door.Done(request.number))

    def _seated(self, request: door.SignIn) -> None:
        enter = self._enter
        assert enter is not None
        back = self._has_sat
        self._registered = self._has_sat = True
        player = enter.seat is Seat.PLAYER
        self._meet([request.name] if player else [])
        me = self._account(request.name) if player else 0
        round_now = roulette(self.state).round
        self._tell(door.SignedIn(request.number, me, request.name, b"", self._chips * player, 0))
        self._tell(door.SeatTaken(UNNUMBERED, enter.seat))
        self._tell(
            rounds.TableShown(
                self._round,
                Phase.BETTING,
                NO_DEADLINE,
                auto_seconds=0,
                croupier=0,
                croupier_name="",
                players=0,
                bets=round_now.count,
                staked=0,
                revision=round_now.revision,
                balance=self._chips * player,
                at_stake=round_now.at_stake,
                totals=(),
                own_bets=tuple(Bet(spot, chips) for spot, chips in round_now.own.items()),
            )
        )
        if back:
            # What became of one's bet while the line was down, only the list can tell.
            listing = bets.ListBets(self._number(), self._round, 0, 0)
            self._missed = listing.number
            self.note(Sent(listing, self.means.calendar(), by_itself=True), self._now)
            self._list(listing)

    def _laid(self, request: bets.PlaceBets) -> None:
        (bet,) = request.bets
        self._chips = max(0, self._chips - bet.chips)
        self._tell(bets.BetsPlaced(request.number, self._round, self._chips, bet.chips))

    def _listed(self, request: bets.ListBets, said: classic.BetsListed) -> None:
        rows: dict[tuple[int, Spot], Chips] = {}
        self._meet(bet.name for bet in said.bets)
        for bet in said.bets:
            key = (self._account(bet.name), _OURS[bet.spot])
            rows[key] = rows.get(key, 0) + bet.chips
        if request.number == self._missed:
            self._catch_up({spot: chips for (who, spot), chips in rows.items() if who == self._me})
        placed = tuple(PlacedBet(*key, chips) for key, chips in sorted(rows.items()))
        self._tell(bets.BetsListed(request.number, self._round, 0, placed, more=False))
        totals: dict[Spot, SpotTotal] = {spot: SpotTotal(spot, 0, 0) for spot in SPOTS}
        for bet_row in placed:
            before = totals[bet_row.spot]
            totals[bet_row.spot] = SpotTotal(
                bet_row.spot, before.chips + bet_row.chips, before.players + 1
            )
        self._tell(
            bets.BetsChanged(
                self._round,
                roulette(self.state).round.revision + 1,
                len({bet_row.account for bet_row in placed}),
                len(placed),
                sum(rows.values()),
                tuple(totals.values()),
                (),
                complete=True,
            )
        )

    def _catch_up(self, own: Mapping[Spot, Chips]) -> None:
        """The line is back: what lies on the table now tells what happened without one."""
        unanswered = [
            each.request
            for each in self.state.pending.values()
            if isinstance(each.request, bets.PlaceBets)
        ]
        if roulette(self.state).round.own and not own:
            self._open_next()  # The wheel has turned; what it brought was not told.
        for request in unanswered:
            if _spot(request) in own and not roulette(self.state).round.own:
                self._laid(request)
            else:
                self._refuse(request, Reason.OTHER, _spot(request))

    def _results(self, said: classic.ResultsShown) -> None:
        croupier = self.state.table.seat is Seat.CROUPIER
        self.frames.append(classic.ConfirmResults(as_croupier=croupier).encode())
        self._meet(row.name for row in said.results)
        won = sum(row.net for row in said.results)
        staked = roulette(self.state).round.staked
        top = sorted(said.results, key=lambda row: -row.net)
        self._tell(
            rounds.RoundSettled(
                self._round,
                said.pocket,
                self.means.calendar(),
                len(said.results),
                staked,
                max(0, staked + won),
                tuple(Result(self._account(row.name), row.name, row.net) for row in top),
            )
        )
        self._paid(said)
        self._open_next()

    def _paid(self, said: classic.ResultsShown) -> None:
        own = roulette(self.state).round.own
        if not own:
            return
        told = [row.net for row in said.results if self._account(row.name) == self._me]
        stake = sum(own.values())
        back = {spot: returned(spot, chips, said.pocket) for spot, chips in own.items()}
        net = told[0] if told else sum(back.values()) - stake
        self._chips += stake + net
        if len(own) == 1:  # One bet a round is all that the assignment has.
            back = dict.fromkeys(own, max(0, stake + net))
        payouts = tuple(Payout(spot, chips, back[spot]) for spot, chips in sorted(own.items()))
        self._tell(rounds.PlayerSettled(self._round, net, max(0, self._chips), payouts))

    def _open_next(self) -> None:
        self._round += 1
        self._tell(rounds.RoundOpened(self._round, NO_DEADLINE))

    @property
    def _me(self) -> int:
        return self.state.account

    def _meet(self, names: Iterable[str]) -> None:
        """A number for each name that is new, and its place in the roster."""
        new = [name for name in dict.fromkeys(names) if name not in self._known]
        if not new:
            return
        numbers = {name: self._met + at for at, name in enumerate(new, 1)}
        self._met += len(new)
        self._known = dict(newest({**self._known, **numbers}, NAMES_KEPT))
        if self._me:
            self._known[self.state.name] = self._me
        entries = tuple(
            PlayerEntry(number, name, Seat.PLAYER, Presence.HERE, muted=False, balance=0)
            for name, number in numbers.items()
        )
        self._tell(RosterChanged(len(self._known), 0, entries, complete=True))

    def _account(self, name: str) -> int:
        """Who has this name; 0 where there were too many to know all of them."""
        return self._known.get(name, 0)


def _spot(request: Request) -> Spot:
    """Where it lays a chip: the assignment has one bet in a request."""
    return next((each.spot for each in getattr(request, "bets", ())), NO_SPOT)
