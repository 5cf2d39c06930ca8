"""What roulette has in the books: the round in play, and the numbers that fell. Pure.

`Deeds` does each of its deeds in the books of one table.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, ClassVar, Self, TypeAlias

from protocol.fair.hashes import Account
from protocol.games.roulette.lists import WheelKind, Zero
from protocol.games.roulette.rules import LOCKED, Pocket, Spot
from protocol.games.roulette.zero import PLAIN, Law
from protocol.house.fields import Chips
from server.books.purse import BooksError
from server.books.till import numbered

Bet: TypeAlias = list[int]
"""`[spot, chips]`."""
Locked: TypeAlias = Sequence[int]
"""`[account, spot, chips]`: a stake that stays on the table, and where it lies then."""
Bets: TypeAlias = dict[Account, dict[Spot, Chips]]

RESULTS_KEPT = 500
ROUNDS_KEPT = 20


class State(StrEnum):
    """A round only goes forward."""

    OPEN = "open"
    FROZEN = "frozen"
    SETTLED = "settled"
    VOID = "void"


@dataclass(slots=True)
class History:
    """What all rounds that were ever settled come to."""

    rounds: int = 0
    last_round: int = 0
    staked: Chips = 0
    returned: Chips = 0


@dataclass(slots=True)
class Round:
    """The round in play."""

    number: int
    state: State = State.OPEN
    bets: Bets = field(default_factory=dict)
    """What zero locked in the round before is among them."""
    law: Law = PLAIN
    """By what it is played, whatever the house's settings say meanwhile."""


class RouletteState:
    """One table's."""

    OWN: ClassVar[frozenset[str]] = frozenset(("open", "freeze"))

    def __init__(self) -> None:
        self.round = Round(0, State.SETTLED)
        self.locked: Bets = {}
        """What stays on the table between two rounds."""
        self.results: deque[Pocket] = deque(maxlen=RESULTS_KEPT)
        self.history = History()
        self.rounds: dict[Account, list[int]] = {}
        """The last ones before the round in play in which an account had chips on the table."""

    # --- the deeds --------------------------------------------------------------------------

    def open(self, number: int, wheel: int, zero: int) -> None:
        """The next round, with what zero has locked."""
        self._verify(self.round.number, State.SETTLED, State.VOID)
        if number != self.round.number + 1:
            raise BooksError(f"round {number} does not follow round {self.round.number}")
        law = _law(wheel, zero)
        self._remember(self.round)  # Not when it ends: then everybody waits for the result.
        self.round = Round(number, bets=self.locked, law=law)
        self.locked = {}

    def stake(self, account: Account, chips: Chips, number: int, bets: Sequence[Bet]) -> None:
        """Bets are laid."""
        self._verify(number, State.OPEN)
        total = 0
        for spot, amount in bets:
            if amount <= 0 or spot >= LOCKED:
                raise BooksError(f"a bet of {amount} chips on spot {spot}")
            total += amount
        if total != chips:
            raise BooksError(f"bets of {total} are no stake of {chips}")
        mine = self.round.bets.setdefault(account, {})
        for spot, amount in bets:
            mine[spot] = mine.get(spot, 0) + amount

    def refund(self, account: Account, chips: Chips, number: int, bets: Sequence[Bet]) -> None:
        """Bets are taken back; none named means all of them."""
        self._verify(number, State.OPEN)
        rest = dict(self.round.bets[account])
        total = 0
        for spot, amount in bets or [[*each] for each in rest.items() if each[0] < LOCKED]:
            if not 0 < amount <= rest.get(spot, 0) or spot >= LOCKED:
                raise BooksError(f"account {account} has no {amount} on spot {spot}")
            rest[spot] -= amount
            if not rest[spot]:
                del rest[spot]
            total += amount
        if total != chips:
            raise BooksError(f"bets of {total} are no stake of {chips}")
        self.round.bets[account] = rest
        if not rest:
            del self.round.bets[account]

    def freeze(self, number: int) -> None:
        """No more bets: the round will be settled, whatever happens to the house."""
        self._verify(number, State.OPEN)
        self.round.state = State.FROZEN

    def settle(
        self,
        number: int,
        staked: Chips,
        returned: Chips,
        pocket: Pocket,
        locked: Sequence[Locked],
    ) -> None:
        """The ball lies. What is locked stays on the table."""
        self._verify(number, State.FROZEN)
        if locked and sum([chips for *_, chips in locked]) + staked != self._lying():
            raise BooksError(f"round {number}: some stakes neither ended nor stay")
        for account, spot, chips in locked:
            self.locked.setdefault(account, {})[spot] = chips
        self.round.state = State.SETTLED
        history = self.history
        history.rounds += 1
        history.last_round = number
        history.staked += staked
        history.returned += returned
        self.results.append(pocket)

    def give_back(
        self,
        number: int,
        reason: str,  # noqa: ARG002 - written down
    ) -> None:
        """The round counts for nothing. Only before the freeze. What was locked stays so."""
        self._verify(number, State.OPEN)
        self.locked = locked_of(self.round.bets)
        self.round.state = State.VOID

    def clear(self) -> None:
        """No further round: nothing stays on the table."""
        self._verify(self.round.number, State.SETTLED, State.VOID)
        self.locked = {}

    # --- small steps ------------------------------------------------------------------------

    def check(self, stakes: Mapping[Account, Chips]) -> None:
        live = self.round.state not in (State.SETTLED, State.VOID)
        bets = self.round.bets if live else self.locked
        if {account: sum(mine.values()) for account, mine in bets.items()} != stakes:
            raise BooksError("the chips on the layout are not the chips in the pot")

    def _verify(self, number: int, *lawful: State) -> None:
        if number != self.round.number or self.round.state not in lawful:
            raise BooksError(
                f"round {number}: the books are at round {self.round.number}, {self.round.state}"
            )

    def _lying(self) -> Chips:
        return sum([sum(mine.values()) for mine in self.round.bets.values()])

    def rounds_of(self, account: Account) -> list[int]:
        """The last rounds that are over in which an account had chips on the table."""
        play, before = self.round, self.rounds.get(account, [])
        over = play.state in (State.SETTLED, State.VOID)
        return [*before, play.number][-ROUNDS_KEPT:] if over and account in play.bets else before

    def _remember(self, play: Round) -> None:
        for account in play.bets:
            mine = self.rounds.setdefault(account, [])
            mine.append(play.number)
            if len(mine) > ROUNDS_KEPT:
                del mine[0]

    # --- as text ----------------------------------------------------------------------------

    def snapshot(self) -> dict[str, Any]:
        """Everything, as JSON can hold it."""
        return {
            "round": _plain(self.round),
            "locked": self.locked,
            "results": list(self.results),
            "history": _plain(self.history),
            "rounds": self.rounds,
        }

    @classmethod
    def of_snapshot(cls, kept: Any) -> Self:
        """The state that gave this snapshot, after it went through JSON."""
        state = cls()
        play = kept["round"]
        state.round = Round(
            play["number"],
            State(play["state"]),
            _bets(play["bets"]),
            _law(*play["law"]),
        )
        state.locked = _bets(kept["locked"])
        state.results.extend(kept["results"])
        state.history = History(**kept["history"])
        state.rounds = numbered(kept["rounds"])
        return state


def locked_of(bets: Mapping[Account, Mapping[Spot, Chips]]) -> Bets:
    """What of these bets is locked."""
    mine = {
        account: {spot: chips for spot, chips in lying.items() if spot >= LOCKED}
        for account, lying in bets.items()
    }
    return {account: locked for account, locked in mine.items() if locked}


def _law(wheel: int, zero: int) -> Law:
    try:
        return Law(WheelKind(wheel), Zero(zero))
    except ValueError as error:
        raise BooksError(f"a table of roulette has no such rules: {error}") from error


def _bets(kept: Any) -> Bets:
    """Bets, after they went through JSON."""
    return {account: numbered(chips) for account, chips in numbered(kept).items()}


def _plain(value: Round | History) -> dict[str, Any]:
    """Its fields by name, as they are: `asdict` would copy every bet."""
    return {each.name: getattr(value, each.name) for each in fields(value)}
