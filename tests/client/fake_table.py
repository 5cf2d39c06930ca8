"""A small honest table without a socket: enough of the house to hold a client against."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from protocol import limits
from protocol.fair.hashes import What
from protocol.framing import Spoken
from protocol.games.roulette import bets, desk, records, rounds
from protocol.games.roulette.fields import (
    Bet,
    Payout,
    PlacedBet,
    Result,
    SpotTotal,
)
from protocol.games.roulette.lists import Phase, RoundState
from protocol.games.roulette.rules import ROULETTE, returned
from protocol.house import door, draw, talk
from protocol.house.fields import NO_DEADLINE, NO_SPOT
from protocol.house.lists import Presence, Reason, Seat
from protocol.house.people import ListPlayers, PlayerEntry, PlayersListed, RosterChanged
from protocol.wire import HOUSE, Message, Request
from server.refusal import Refusal
from tests.fair_table import SEEDS, draw_alone, unpacked

TABLE = bytes(range(16))
STACK = 500
ROUNDS_LISTED = 2
LINKS_LISTED = 2


@dataclass
class Chair:
    """One connection, as the table sees it."""

    say: Callable[[Message], None]
    account: int = 0
    seat: Seat = Seat.NONE


@dataclass
class Holder:
    """An account."""

    name: str
    token: bytes
    balance: int = STACK
    answers: dict[int, Message] = field(default_factory=dict)
    done: dict[int, Request] = field(default_factory=dict)


Tamper = Callable[[Message], Message]


class FakeTable:
    """Keeps one table as wire.md and fairness.md have it; `tamper` makes it a cheat."""

    def __init__(self, tamper: Tamper = lambda said: said, first_round: int = 1) -> None:
        self.draw = draw_alone(0.0)
        self.tamper = tamper
        self.holders: dict[int, Holder] = {}
        self.chairs: list[Chair] = []
        self.asked: list[Request] = []
        self.mute: set[type[Request]] = set()
        """What is never answered."""
        self.number = first_round - 1
        self.history: dict[int, int] = {}
        """Which number fell in each round."""
        self.listed: dict[int, dict[tuple[int, int], int]] = {}
        self.links: dict[int, list[draw.LinkRow]] = {}
        """The last link of each who had a say in a round."""
        self.pockets: list[int] = []
        self.last_results: dict[int, rounds.PlayerSettled] = {}
        self.paid: dict[int, dict[int, rounds.PlayerSettled]] = {}
        self._open()

    def _open(self) -> None:
        self.number += 1
        self.phase = Phase.BETTING
        self.bets: dict[tuple[int, int], int] = {}
        self.listed[self.number] = self.bets
        self.revision = 0
        self.draw.number = self.number
        self.tell(rounds.RoundOpened(self.number, NO_DEADLINE))

    # --- connections ------------------------------------------------------------------------------

    def arrive(self, say: Callable[[Message], None]) -> Chair:
        chair = Chair(lambda said: say(self.tamper(said)))
        chair.say(door.Greeting(1, 1, "fake"))
        chair.say(
            door.HouseIntroduced(
                TABLE,
                SEEDS[0],
                "Fake",
                password_needed=False,
                chips_shown=True,
                stack=STACK,
                tables=(
                    door.TableEntry(HOUSE, ROULETTE, "Fake", False, False, True, 0, False, 0, 0),
                ),
                more=False,
            )
        )
        return chair

    def leave(self, chair: Chair) -> None:
        if chair in self.chairs:
            self.chairs.remove(chair)
            self.draw.leave(chair.account)

    def tell(self, *said: Message) -> None:
        for chair in list(self.chairs):
            for each in said:
                chair.say(each)

    def hear(self, chair: Chair, said: Spoken) -> None:
        if isinstance(said, door.Goodbye):
            self.leave(chair)
        elif isinstance(said, door.Ping):
            chair.say(door.Pong(said.nonce))
        elif isinstance(said, Request):
            self._request(chair, said)

    def _request(self, chair: Chair, asked: Request) -> None:
        self.asked.append(asked)
        if type(asked) in self.mute:
            return
        holder = self.holders.get(chair.account)
        if holder and asked.number in holder.done:
            again = holder.done[asked.number]
            answer = holder.answers.get(asked.number)
            if answer is not None:
                assert again == asked, "a number stands for one request"
                chair.say(answer)
                return
        answered = _HANDLERS[type(asked)](self, chair, asked)
        if holder and isinstance(asked, bets.PlaceBets | bets.TakeBackBets):
            holder.done[asked.number] = asked
            if not isinstance(answered, door.Refused):
                holder.answers[asked.number] = answered
        chair.say(answered)
        if isinstance(asked, door.TakeSeat):
            chair.say(rounds.TableIntroduced(TABLE, SEEDS[0], "Fake", 0, 10_000, ()))
            chair.say(self._shown(chair))
            for each in self.draw.shown(chair.account):
                chair.say(each)
        if isinstance(answered, bets.BetsPlaced | bets.BetsTakenBack):
            self._broadcast(chair.account, asked)

    def _refuse(self, asked: Request, reason: Reason, spot: int = NO_SPOT) -> door.Refused:
        return door.Refused(asked.number, reason, spot, 0, "")

    def _sign_in(self, chair: Chair, asked: door.SignIn) -> Message:
        account = next((key for key, each in self.holders.items() if each.name == asked.name), 0)
        if account and self.holders[account].token != asked.token:
            return self._refuse(asked, Reason.WRONG_TOKEN)
        if not account:
            account = 1001 + len(self.holders)
            self.holders[account] = Holder(asked.name, asked.token)
        holder = self.holders[account]
        for other in [each for each in self.chairs if each.account == account]:
            self.leave(other)
        chair.account = account
        following = max(holder.done, default=0) + 1
        return door.SignedIn(
            asked.number, account, holder.name, holder.token, holder.balance, following
        )

    def _take_seat(self, chair: Chair, asked: door.TakeSeat) -> Message:
        chair.seat = asked.seat
        if chair not in self.chairs:
            self.chairs.append(chair)
            holder = self.holders[chair.account]
            came = self._entry(chair.account, holder)
            self.tell(RosterChanged(len(self.chairs), 0, (came,), complete=True))
        return door.SeatTaken(asked.number, asked.seat)

    def _entry(self, account: int, holder: Holder) -> PlayerEntry:
        return PlayerEntry(
            account, holder.name, Seat.PLAYER, Presence.HERE, muted=False, balance=holder.balance
        )

    def _own(self, account: int) -> dict[int, int]:
        return {spot: chips for (owner, spot), chips in self.bets.items() if owner == account}

    def _totals(self) -> dict[int, SpotTotal]:
        totals: dict[int, SpotTotal] = {}
        for (_, spot), chips in self.bets.items():
            before = totals.get(spot, SpotTotal(spot, 0, 0))
            totals[spot] = SpotTotal(spot, before.chips + chips, before.players + 1)
        return totals

    def _shown(self, chair: Chair) -> Message:
        own = self._own(chair.account)
        return rounds.TableShown(
            self.number,
            self.phase,
            NO_DEADLINE,
            0,
            0,
            "",
            len({account for account, _ in self.bets}),
            len(self.bets),
            sum(self.bets.values()),
            self.revision,
            self.holders[chair.account].balance,
            sum(own.values()),
            tuple(self._totals().values()),
            tuple(Bet(spot, chips) for spot, chips in own.items()),
        )

    # --- bets -------------------------------------------------------------------------------------

    def _place(self, chair: Chair, asked: bets.PlaceBets) -> Message:
        holder = self.holders[chair.account]
        stake = sum(bet.chips for bet in asked.bets)
        if asked.round_number != self.number:
            return self._refuse(asked, Reason.WRONG_ROUND)
        if self.phase is not Phase.BETTING:
            return self._refuse(asked, Reason.BETTING_CLOSED)
        if stake > holder.balance:
            return self._refuse(asked, Reason.NOT_ENOUGH_CHIPS, asked.bets[0].spot)
        holder.balance -= stake
        for bet in asked.bets:
            key = (chair.account, bet.spot)
            self.bets[key] = self.bets.get(key, 0) + bet.chips
        at_stake = sum(self._own(chair.account).values())
        return bets.BetsPlaced(asked.number, self.number, holder.balance, at_stake)

    def _take_back(self, chair: Chair, asked: bets.TakeBackBets) -> Message:
        holder = self.holders[chair.account]
        if asked.round_number != self.number or self.phase is not Phase.BETTING:
            return self._refuse(asked, Reason.BETTING_CLOSED)
        own = self._own(chair.account)
        taken = asked.bets or tuple(Bet(*row) for row in own.items())
        for bet in taken:
            if own.get(bet.spot, 0) < bet.chips:
                return self._refuse(asked, Reason.NOTHING_THERE, bet.spot)
        for bet in taken:
            key = (chair.account, bet.spot)
            self.bets[key] -= bet.chips
            if not self.bets[key]:
                del self.bets[key]
            holder.balance += bet.chips
        at_stake = sum(self._own(chair.account).values())
        return bets.BetsTakenBack(asked.number, self.number, holder.balance, at_stake)

    def _broadcast(self, account: int, asked: Request) -> None:
        assert isinstance(asked, bets.PlaceBets | bets.TakeBackBets)
        self.revision += 1
        spots = {bet.spot for bet in asked.bets} or set(range(157))
        totals = self._totals()
        self.tell(
            bets.BetsChanged(
                self.number,
                self.revision,
                len({owner for owner, _ in self.bets}),
                len(self.bets),
                sum(self.bets.values()),
                tuple(totals.get(spot, SpotTotal(spot, 0, 0)) for spot in spots),
                tuple(
                    PlacedBet(account, spot, self.bets.get((account, spot), 0)) for spot in spots
                )[: limits.CHANGES_A_BROADCAST],
                complete=len(spots) <= limits.CHANGES_A_BROADCAST,
            )
        )

    def _list_bets(self, _: Chair, asked: bets.ListBets) -> Message:
        if asked.round_number not in self.listed:
            return self._refuse(asked, Reason.NO_SUCH_ROUND)
        after = (asked.after_account, asked.after_spot)
        rows = sorted(
            (key, chips)
            for key, chips in self.listed[asked.round_number].items()
            if key > after or after == (0, 0)
        )
        page = tuple(PlacedBet(*key, chips) for key, chips in rows[: limits.BETS_A_PAGE])
        more = len(rows) > len(page)
        return bets.BetsListed(asked.number, asked.round_number, self.revision, page, more)

    # --- the draw ---------------------------------------------------------------------------------

    def _register(self, chair: Chair, asked: draw.RegisterChain) -> Message:
        try:
            counts = self.draw.register(chair.account, asked.first)
        except Refusal as refusal:
            return self._refuse(asked, refusal.reason)
        return draw.ChainTaken(asked.number, counts)

    def _link(self, chair: Chair, asked: draw.SendLink) -> Message:
        try:
            self.draw.take(chair.account, asked.event, asked.link)
        except Refusal as refusal:
            return self._refuse(asked, refusal.reason)
        return door.Done(asked.number)

    def _list_links(self, _: Chair, asked: draw.ListLinks) -> Message:
        """In short pages, so that there are several."""
        rows = [row for row in self.links[asked.round_number] if row.account > asked.after_account]
        page = tuple(rows[:LINKS_LISTED])
        return draw.LinksListed(asked.number, asked.round_number, page, len(rows) > len(page))

    def _stakes(self) -> dict[int, list[tuple[int, int, int]]]:
        stakes: dict[int, list[tuple[int, int, int]]] = {}
        for (account, spot), chips in self.bets.items():
            stakes.setdefault(account, []).append((spot, 0, chips))
        return stakes

    # --- the croupier -----------------------------------------------------------------------------

    def close(self) -> None:
        self.phase = Phase.CLOSED
        fixed = self.draw.freeze(1, "", b"", self._stakes())
        self.tell(rounds.BettingClosed(self.number, 3000))
        self.tell(self.draw.frozen_again())
        for chair in list(self.chairs):
            part = fixed.part(chair.account)
            if part is not None:
                chair.say(part)
        for note in self.draw.notes():
            self.tell(note)
        self.tell(self.draw.ask(What.SPIN, b"", 3.0, 0.0))

    def settle(self) -> int:
        drawn = self.draw.draw()
        pocket = self.history[self.number] = drawn.words.below(37)
        said = self.draw.close()
        self.tell(said)
        for last in self.draw.last_word(said):
            for chair in [each for each in self.chairs if each.account in last]:
                own = last[chair.account]
                chair.say(unpacked(own) if isinstance(own, bytes) else own)
        results = {account: self._pay(account, pocket) for account in {a for a, _ in self.bets}}
        self.last_results = self.paid[self.number] = results
        self.pockets.insert(0, pocket)
        self.tell(
            rounds.RoundSettled(
                self.number,
                pocket,
                1_700_000_000_000,
                len(results),
                sum(self.bets.values()),
                sum(each.returned for result in results.values() for each in result.payouts),
                tuple(
                    Result(account, self.holders[account].name, result.net)
                    for account, result in results.items()
                ),
            )
        )
        for chair in list(self.chairs):
            if chair.account in results:
                chair.say(results[chair.account])
        self.links[self.number] = [*self.draw.links()]
        self.draw.end()
        self._open()
        return pocket

    def _pay(self, account: int, pocket: int) -> rounds.PlayerSettled:
        own = sorted(self._own(account).items())
        payouts = tuple(Payout(spot, chips, returned(spot, chips, pocket)) for spot, chips in own)
        back = sum(each.returned for each in payouts)
        holder = self.holders[account]
        holder.balance += back
        net = back - sum(each.stake for each in payouts)
        return rounds.PlayerSettled(self.number, net, holder.balance, payouts)

    def void(self, words: str) -> None:
        for (account, _), chips in self.bets.items():
            self.holders[account].balance += chips
        self.tell(rounds.RoundVoided(self.number, words))
        self._open()

    # --- records ----------------------------------------------------------------------------------

    def _list_players(self, _: Chair, asked: ListPlayers) -> Message:
        rows = tuple(
            self._entry(account, each)
            for account, each in sorted(self.holders.items())
            if account > asked.after_account
        )
        return PlayersListed(asked.number, rows, more=False)

    def _list_results(self, _: Chair, asked: records.ListResults) -> Message:
        played = len(self.pockets)
        return records.ResultsListed(
            asked.number, self.number - 1, played, 0, 0, tuple(self.pockets)
        )

    def _list_own(self, chair: Chair, asked: records.ListOwnRounds) -> Message:
        """The newest of those that are asked for."""
        before = asked.before_round or self.number
        played = [
            number
            for number in sorted(self.paid, reverse=True)
            if number < before and chair.account in self.paid[number]
        ]
        page = tuple(self._own_entry(chair.account, number) for number in played[:1])
        return records.OwnRoundsListed(asked.number, page, len(played) > len(page))

    def _own_entry(self, account: int, number: int) -> records.OwnRoundEntry:
        result, pocket = self.paid[number][account], self.history[number]
        state, at = RoundState.SETTLED, 1_700_000_000_000
        return records.OwnRoundEntry(number, state, pocket, at, result.net, result.payouts)

    def _list_rounds(self, _: Chair, asked: records.ListRounds) -> Message:
        """In short pages, so that there are several."""
        before = asked.before_round or self.number
        numbers = [number for number in sorted(self.history, reverse=True) if number < before]
        page = tuple(
            records.RoundEntry(
                number, RoundState.SETTLED, self.history[number], 1_700_000_000_000, 1, 25, 0
            )
            for number in numbers[:ROUNDS_LISTED]
        )
        return records.RoundsListed(asked.number, page, len(numbers) > len(page))

    def _list_talk(self, _: Chair, asked: talk.ListTalk) -> Message:
        return talk.TalkListed(asked.number, ())

    def _done(self, _: Chair, asked: Request) -> Message:
        return door.Done(asked.number)


_HANDLERS: dict[type, Callable[[FakeTable, Chair, Any], Message]] = {
    door.SignIn: FakeTable._sign_in,
    door.TakeSeat: FakeTable._take_seat,
    door.LeaveSeat: FakeTable._done,
    bets.PlaceBets: FakeTable._place,
    bets.TakeBackBets: FakeTable._take_back,
    bets.ListBets: FakeTable._list_bets,
    bets.SayReady: FakeTable._done,
    draw.RegisterChain: FakeTable._register,
    draw.SendLink: FakeTable._link,
    draw.ListLinks: FakeTable._list_links,
    ListPlayers: FakeTable._list_players,
    records.ListResults: FakeTable._list_results,
    records.ListOwnRounds: FakeTable._list_own,
    records.ListRounds: FakeTable._list_rounds,
    talk.ListTalk: FakeTable._list_talk,
    talk.Say: FakeTable._done,
    desk.SetAuto: FakeTable._done,
}


def lies(
    kind: type[Message] | tuple[type[Message], ...], **changes: Callable[[Any], object]
) -> Tamper:
    """A table that says one thing differently, each time."""

    def tamper(said: Message) -> Message:
        if not isinstance(said, kind):
            return said
        return replace(said, **{name: change(said) for name, change in changes.items()})  # type: ignore[arg-type]  # fields of its own

    return tamper
