"""One player's mind: what he sees, and what he does about it at his own pace."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from bots.games.roulette.tempers import Habit, Layout, Temper, allowed
from client.games.roulette.locked import free
from client.games.roulette.requests import place, ready, take_back
from client.games.roulette.state import roulette
from client.house.state import HouseState
from protocol.games.roulette.bets import PlaceBets
from protocol.games.roulette.lists import Phase
from protocol.games.roulette.zero import WHEELS
from protocol.house.lists import Seat
from protocol.wire import Request

NEVER = float("inf")
SITS_OUT = 0.08
"""How often he lets a round go by."""
CHANGES_HIS_MIND = 0.06
GETS_UP = 0.03
"""How often he takes a break instead."""
LAST_SECONDS = 1.2
"""He does not click when less is left: it would come too late."""
SPIN_SECONDS = 9.0
"""How long a window shows the ball run, where the table does not leave time for it itself."""
CLICK = (0.35, 1.4)
"""Seconds from click to click."""
THINKS = (0.8, 4.5)
"""Seconds before the first."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Something to do at a time."""

    at: float
    wish: Request


class Player:
    """Looks at a state and a time, and says what to ask for."""

    def __init__(self, temper: Temper, seed: str, hurry: float = 1.0) -> None:
        """Play by a temper; `hurry` shortens every pause."""
        self._temper = temper
        self._seed = seed
        self._chance = Random(seed)
        self._hurry = hurry
        self.gets_up = False
        """Whether he takes a break from this round on."""
        self._habit: Habit | None = None
        self._round = 0
        self._plans: list[Plan] = []
        self._idle = False
        """Whether he lays nothing in this round."""
        self._deadline: float | None = None
        """The end of betting for which he planned."""

    @property
    def due(self) -> float:
        """When he will do something next."""
        return self._plans[0].at if self._plans else NEVER

    def broke(self, state: HouseState) -> bool:
        """Whether he has nothing left, here or on the table."""
        return (
            state.live
            and state.table.seat is Seat.PLAYER
            and state.balance == 0
            and not roulette(state).round.own
            and not state.pending
        )

    def look(self, state: HouseState, now: float) -> list[Request]:
        """What he asks for now."""
        game = roulette(state)
        if not state.live or state.table.seat is not Seat.PLAYER:
            self._plans.clear()
            self._round = 0
            self.gets_up = False
            return []
        new_round = game.round.number != self._round
        if new_round:
            # Each round has dice of its own: a click that came too late in one changes no other.
            self._chance = Random(f"{self._seed}/{game.round.number}")
            gets_up = self._chance.random() < GETS_UP
            self.gets_up |= self._round != 0 and gets_up
            self._round = game.round.number
            self._remember(state)
        # He plans anew when he had nothing to lay, and more time is given because nobody bet.
        if new_round or (self._idle and game.deadline != self._deadline):
            self._deadline = game.deadline
            self._plans = list(self._plan(state, now))
            self._idle = not any(isinstance(plan.wish, PlaceBets) for plan in self._plans)
        if game.round.phase is not Phase.BETTING:
            self._plans.clear()
        wishes = [plan.wish for plan in self._plans if plan.at <= now]
        self._plans = [plan for plan in self._plans if plan.at > now]
        return wishes

    def _remember(self, state: HouseState) -> None:
        if self._habit is None:
            self._habit = Habit(max(state.balance, 100))
        before = roulette(state).previous
        if before is not None and before.own:
            self._habit.last = free(before.own)
            self._habit.net = before.net
        self._habit.purse = max(self._habit.purse, state.balance)

    def _plan(self, state: HouseState, now: float) -> Iterator[Plan]:
        """The clicks of a round: a stack here, a stack there."""
        game = roulette(state)
        if game.round.phase is not Phase.BETTING or free(game.round.own):
            return
        latest = NEVER if game.deadline is None else game.deadline - LAST_SECONDS
        at = now + self._watching(state, now) + self._pause(*THINKS)
        for chips in () if self.gets_up else self._clicks(state):
            if at > latest:
                return
            yield Plan(at, place(state, chips))
            at += self._pause(*CLICK)
            if self._chance.random() < CHANGES_HIS_MIND and at <= latest:
                yield Plan(at, take_back(state, chips))
                at += self._pause(*CLICK)
        if at <= latest:
            yield Plan(at, ready(state))

    def _watching(self, state: HouseState, now: float) -> float:
        """For how long he looks at the wheel: the next bets open while the ball still runs."""
        game = roulette(state)
        if game.previous is None or game.previous.settled is None:
            return 0.0
        if game.deadline is None or not game.auto:
            return SPIN_SECONDS / self._hurry
        return max(0.0, game.deadline - now - game.auto) / self._hurry

    def _clicks(self, state: HouseState) -> Iterator[Layout]:
        assert self._habit is not None
        table = roulette(state).introduced
        if self._chance.random() < SITS_OUT or table is None:
            return
        plaque = {limit.group: limit for limit in table.plaque}
        self._habit.wheel = WHEELS[table.wheel]
        wanted = self._temper.lay(self._habit, self._chance)
        rows = list(allowed(wanted, state.balance, plaque, table.table_most).items())
        while rows:
            together = self._chance.randint(1, 3)
            yield dict(rows[:together])
            rows = rows[together:]

    def _pause(self, shortest: float, longest: float) -> float:
        return self._chance.uniform(shortest, longest) / self._hurry
