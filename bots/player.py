"""One player's mind: what he sees, and what he does about it at his own pace."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from bots.tempers import Habit, Layout, Temper, allowed
from client.games.roulette.locked import free
from client.house.state import TableState
from client.requests import place, ready, take_back
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

    def broke(self, state: TableState) -> bool:
        """Whether he has nothing left, here or on the table."""
        return (
            state.live
            and state.seat is Seat.PLAYER
            and state.balance == 0
            and not state.round.own
            and not state.pending
        )

    def look(self, state: TableState, now: float) -> list[Request]:
        """What he asks for now."""
        if not state.live or state.seat is not Seat.PLAYER:
            self._plans.clear()
            self._round = 0
            self.gets_up = False
            return []
        new_round = state.round.number != self._round
        if new_round:
            # Each round has dice of its own: a click that came too late in one changes no other.
            self._chance = Random(f"{self._seed}/{state.round.number}")
            gets_up = self._chance.random() < GETS_UP
            self.gets_up |= self._round != 0 and gets_up
            self._round = state.round.number
            self._remember(state)
        # He plans anew when he had nothing to lay, and more time is given because nobody bet.
        if new_round or (self._idle and state.deadline != self._deadline):
            self._deadline = state.deadline
            self._plans = list(self._plan(state, now))
            self._idle = not any(isinstance(plan.wish, PlaceBets) for plan in self._plans)
        if state.round.phase is not Phase.BETTING:
            self._plans.clear()
        wishes = [plan.wish for plan in self._plans if plan.at <= now]
        self._plans = [plan for plan in self._plans if plan.at > now]
        return wishes

    def _remember(self, state: TableState) -> None:
        if self._habit is None:
            self._habit = Habit(max(state.balance, 100))
        before = state.previous
        if before is not None and before.own:
            self._habit.last = free(before.own)
            self._habit.net = before.net
        self._habit.purse = max(self._habit.purse, state.balance)

    def _plan(self, state: TableState, now: float) -> Iterator[Plan]:
        """The clicks of a round: a stack here, a stack there."""
        if state.round.phase is not Phase.BETTING or free(state.round.own):
            return
        latest = NEVER if state.deadline is None else state.deadline - LAST_SECONDS
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

    def _watching(self, state: TableState, now: float) -> float:
        """For how long he looks at the wheel: the next bets open while the ball still runs."""
        if state.previous is None or state.previous.settled is None:
            return 0.0
        if state.deadline is None or not state.auto:
            return SPIN_SECONDS / self._hurry
        return max(0.0, state.deadline - now - state.auto) / self._hurry

    def _clicks(self, state: TableState) -> Iterator[Layout]:
        assert self._habit is not None
        if self._chance.random() < SITS_OUT or state.table is None:
            return
        plaque = {limit.group: limit for limit in state.table.plaque}
        self._habit.wheel = WHEELS[state.table.wheel]
        wanted = self._temper.lay(self._habit, self._chance)
        rows = list(allowed(wanted, state.balance, plaque, state.table.table_most).items())
        while rows:
            together = self._chance.randint(1, 3)
            yield dict(rows[:together])
            rows = rows[together:]

    def _pause(self, shortest: float, longest: float) -> float:
        return self._chance.uniform(shortest, longest) / self._hurry
