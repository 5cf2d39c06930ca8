"""A round of the model: its phases and clocks, chips, and the payout."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from protocol.classic import ResultsShown
from protocol.games.roulette import bets, desk, rounds
from protocol.games.roulette.lists import Phase, RoundState
from protocol.house.door import Done as DoneSaid
from protocol.house.lists import Presence, Reason, Seat
from protocol.wire import Message, Request
from tests.server.model.layout import LAYOUT, ONCE, Fate, called_off, fate, takes_chips
from tests.server.model.people import Done, Expected, Person
from tests.server.model.says import Says
from tests.server.model.state import NEVER, Fault

Faults = Iterator[Fault]
Row = tuple[int, int, int]
"""Account, spot and chips."""
Payouts = tuple[tuple[int, int, int, int], ...]
"""Spot, stake, whole chips that came back, and how it ended."""


class Round(NamedTuple):
    """What is remembered of a round."""

    number: int
    state: RoundState
    at: int
    bets: tuple[Row, ...]
    pocket: int = 0
    sums: tuple[int, int] = (0, 0)
    """The stakes that ended, and what came back to the players."""
    nets: Mapping[int, int] = MappingProxyType({})
    paid: Mapping[int, Payouts] = MappingProxyType({})
    proof: Mapping[str, Any] = MappingProxyType({})
    links: tuple[tuple[int, bool, bytes], ...] = ()
    """What was frozen and drawn, and everybody's last link."""

    @property
    def owners(self) -> list[int]:
        return [account for account, _, _ in self.bets]

    def payouts(self, account: int) -> Payouts:
        """One's own."""
        return self.paid.get(account, ())


def done(request: Request) -> Expected:
    return Expected(DoneSaid, {"number": request.number})


class Rounds(Says):
    """What a round goes through."""

    ended: list[Round]

    def part(self, who: Person) -> None:
        """His line ends, and he has no seat."""
        raise NotImplementedError

    # The phases

    def open(self) -> None:
        on_top = self.rules.spin_seconds if self.round else 0
        self.round += 1
        self.hurried_until = self.now + self.rules.least_seconds
        self.phase = Phase.BETTING
        self.ready: set[int] = set()
        self.reveal_until = self.start_at = NEVER
        self.deadline = self.now + self.auto + on_top if self.auto else NEVER
        for who in self.people.values():
            for number in [n for n, was in who.done.items() if was.round_number < self.round - 2]:
                del who.done[number]
        self.tell_all(
            rounds.RoundOpened,
            round_number=self.round,
            ms_left=self.ms_left(),
        )

    def betting_over(self) -> None:
        """The clock of a table that runs itself."""
        if self.enough:
            self.freeze_bets(start=True)
            self.turn_wheel()
        else:
            self.move_deadline(self.now + self.auto)

    def move_deadline(self, deadline: float) -> None:
        self.deadline = deadline
        self.tell_all(rounds.DeadlineMoved, round_number=self.round, ms_left=self.ms_left())

    def look_who_is_ready(self) -> None:
        """When every player has bet enough, a table that runs itself waits for the least only."""
        players = {
            who.account
            for who in self.at_table()
            if who.seat is Seat.PLAYER and who.presence is Presence.HERE
        }
        open_to_bets = self.phase is Phase.BETTING
        if self.auto and open_to_bets and players and players <= self.ready and self.enough:
            if self.hurried_until <= self.now:
                self.betting_over()
            elif self.hurried_until < self.deadline:
                self.move_deadline(self.hurried_until)

    def freeze_bets(self, *, start: bool = False) -> None:
        self.phase = Phase.CLOSED
        self.start_at = self.now + (0 if self.auto else self.rules.start_seconds)
        left = 0 if start else self.ms_left()
        self.tell_all(rounds.BettingClosed, round_number=self.round, ms_left=left)
        self.freeze_says({who.account: who.chips for who in self.bettors})

    def turn_wheel(self) -> None:
        self.phase = Phase.SPINNING
        self.reveal_until = self.now + self.ask_for_links()
        if self.reveal_until == self.now:
            self.settle()

    def links_are_in(self) -> None:
        self.settle()

    def settle(self) -> None:
        pocket = self.spin()
        zero = self.rules.zero
        ended = self._take_up(
            RoundState.SETTLED, lambda spot, chips: fate(zero, spot, chips, pocket), pocket
        )
        nets = [(net, self.people[account]) for account, net in sorted(ended.nets.items())]
        self.bank -= sum(net for net, _ in nets)
        best = sorted(nets, key=lambda row: -row[0])[:10]
        self.tell_all(
            rounds.RoundSettled,
            round_number=self.round,
            pocket=pocket,
            players=len(nets),
            staked=ended.sums[0],
            returned=ended.sums[1],
            top=tuple((who.account, who.name, net) for net, who in best),
        )
        self._say_payouts(ended)
        self.say_who_withheld()
        self._show_classic(pocket, nets)
        self._end()

    def _show_classic(self, pocket: int, nets: list[tuple[int, Person]]) -> None:
        """In the classic dialect everybody hears everybody's result, and has to confirm it."""
        rows = tuple((who.name, net) for net, who in nets)
        for line in sorted(self.classic & set(self.lines)):
            who = self.lines[line]
            if who is not None and who.seat:
                self.tell(line, ResultsShown, pocket=pocket, results=rows)
                self.unconfirmed.setdefault(line, self.now + self.rules.ack_timeout)

    def call_off(self, words: str) -> None:
        ended = self._take_up(RoundState.VOID, called_off)
        said: dict[str, Any] = {"words": words} if words else {}
        self.tell_all(rounds.RoundVoided, round_number=self.round, **said)
        self._say_payouts(ended)
        self._end()

    def lying(self) -> tuple[Row, ...]:
        """All chips on the layout, by account and spot."""
        rows = ((who.account, *bet) for who in self.bettors for bet in who.chips.items())
        return tuple(sorted(rows))

    def as_round(
        self, state: RoundState, bets: tuple[Row, ...], pocket: int = 0, **known: Any
    ) -> Round:
        at = round(self.now * 1000)
        if state is RoundState.SETTLED and known:
            known |= {"proof": self.proof, "links": self.rows}
        return Round(self.round, state, at, bets, pocket, **known)

    def _take_up(
        self, state: RoundState, fate_of: Callable[[int, int], Fate], pocket: int = 0
    ) -> Round:
        """All chips, off the layout: to their owner, to the bank, or to where they stay."""
        lying = self.lying()
        nets: dict[int, int] = {}
        paid: dict[int, Payouts] = {}
        staked = returned = 0
        for who in self.bettors:
            bets_of, who.chips = sorted(who.chips.items()), {}
            halves, ended, rows = who.half, 0, []
            for spot, chips in bets_of:
                fallen = fate_of(spot, chips)
                self.fates[fallen.end] += 1
                halves += fallen.halves
                rows.append((spot, chips, fallen.halves // 2, fallen.end))
                if fallen.lies is None:
                    ended += chips
                else:
                    who.chips[fallen.lies] = who.chips.get(fallen.lies, 0) + chips
            came, who.half = divmod(halves, 2)
            who.wallet += came
            nets[who.account], paid[who.account] = came - ended, tuple(rows)
            staked, returned = staked + ended, returned + came
        sums = (staked, returned)
        over = self.as_round(state, lying, pocket, sums=sums, nets=nets, paid=paid)
        self.ended.append(over)
        return over

    def _say_payouts(self, ended: Round) -> None:
        for account, payouts in ended.paid.items():
            who = self.people[account]
            self.tell(
                who.line if who.seat and who.present else None,
                rounds.PlayerSettled,
                round_number=self.round,
                net=ended.nets[account],
                balance=who.wallet,
                payouts=payouts,
                half_owed=bool(who.half),
            )

    def _end(self) -> None:
        self.phase = Phase.SETTLED
        for who in [who for who in self.people.values() if who.leaving]:
            self.part(who)
        self.open()

    # Chips

    def _judge_number(self, who: Person, request: Request) -> Faults:
        if not who.last < request.number < 2**62:
            yield Fault(Reason.NUMBER_REUSED)

    def judge_place(self, who: Person, request: bets.PlaceBets) -> Faults:
        yield from self._judge_number(who, request)
        yield from self._judge_spots(who, request)
        more = sum(bet.chips for bet in request.bets)
        if who.at_stake + more > self.rules.table_most:
            yield Fault(Reason.OVER_TABLE_MOST, self.rules.table_most)
        if more > who.wallet:
            yield Fault(Reason.NOT_ENOUGH_CHIPS, who.wallet)

    def _judge_spots(self, who: Person, request: bets.PlaceBets) -> Faults:
        """One after another, as they are named; the first that is at fault is said."""
        seen = set()
        for spot, chips in [(bet.spot, bet.chips) for bet in request.bets]:
            if not takes_chips(self.rules.wheel, spot):
                yield Fault(Reason.NO_SUCH_SPOT, 0, spot)
                return
            least, most = self.rules.plaque[LAYOUT[spot][0]]
            would = who.chips.get(spot, 0) + chips
            if would < least or not chips:
                yield Fault(Reason.UNDER_LEAST, least, spot)
                return
            if would > most or spot in seen:
                yield Fault(Reason.OVER_MOST, most, spot)
                return
            seen.add(spot)
        if not seen:
            yield Fault(Reason.UNDER_LEAST)

    def place(self, who: Person, request: bets.PlaceBets, _: Any) -> Expected:
        for bet in request.bets:
            who.chips[bet.spot] = who.chips.get(bet.spot, 0) + bet.chips
            who.wallet -= bet.chips
        return self._moved(who, request, bets.BetsPlaced)

    def judge_take(self, who: Person, request: bets.TakeBackBets) -> Faults:
        yield from self._judge_number(who, request)
        seen = set()
        for spot, chips in [(bet.spot, bet.chips) for bet in request.bets]:
            lies = who.free.get(spot, 0)
            if spot >= ONCE[0]:
                yield Fault(Reason.STAKE_LOCKED, 0, spot)
                return
            least, _ = self.rules.plaque[LAYOUT[spot][0]]
            if not 0 < chips <= lies or spot in seen:
                yield Fault(Reason.NOTHING_THERE, lies, spot)
                return
            if 0 < lies - chips < least:
                yield Fault(Reason.UNDER_LEAST, least, spot)
                return
            seen.add(spot)
        if not who.free:
            yield Fault(Reason.NOTHING_THERE)

    def take(self, who: Person, request: bets.TakeBackBets, _: Any) -> Expected:
        for spot, chips in [(b.spot, b.chips) for b in request.bets] or list(who.free.items()):
            who.chips[spot] -= chips
            who.wallet += chips
            if not who.chips[spot]:
                del who.chips[spot]
        return self._moved(who, request, bets.BetsTakenBack)

    def _moved(self, who: Person, request: Request, kind: type[Message]) -> Expected:
        self.ready.discard(who.account)
        known = {"number": request.number, "round_number": self.round}
        answer = Expected(kind, {**known, "balance": who.wallet, "at_stake": who.at_stake})
        who.last = request.number
        who.done[request.number] = Done(request, self.round, answer)
        kept = [number for number, was in who.done.items() if was.round_number == self.round]
        for number in sorted(kept)[:-100]:
            del who.done[number]
        return answer

    def say_ready(self, who: Person, request: bets.SayReady, _: Any) -> Expected:
        self.ready.add(who.account)
        return done(request)

    # The croupier's orders to the wheel

    def judge_start(self, _: Person, __: Request) -> Faults:
        if self.phase is Phase.BETTING and not self.bettors:
            yield Fault(Reason.NO_BETS)
        if self.phase is Phase.BETTING and not self.enough:
            yield Fault(Reason.NOT_ENOUGH_PLAYERS, self.rules.min_players)

    def start(self, _: Person, request: desk.StartSpin, __: Any) -> Expected:
        if self.phase is Phase.BETTING:
            self.freeze_bets(start=True)
        self.turn_wheel()
        return done(request)

    def close(self, _: Person, request: desk.CloseBetting, __: Any) -> Expected:
        self.freeze_bets()
        if self.auto:
            self.turn_wheel()
        return done(request)

    def void(self, _: Person, request: desk.VoidRound, __: Any) -> Expected:
        self.call_off(request.words)
        return done(request)

    def set_auto(self, _: Person, request: desk.SetAuto, __: Any) -> Expected:
        self.auto = request.seconds
        self.tell_all(rounds.AutoChanged, seconds=request.seconds)
        if self.phase is Phase.BETTING:
            self.move_deadline(self.now + self.auto if self.auto else NEVER)
        elif self.phase is Phase.CLOSED and self.auto:
            self.turn_wheel()
        return done(request)
