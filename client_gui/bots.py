"""Company for a newcomer's table: a few players with habits, so that there is something to see.

What a bot lays is a pure function of chance and of its chips; `Company` is the thread that sits
them down, each on a line of its own like anybody else.
"""

import random
import selectors
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from client import requests
from client.connect import connect
from client.link import Link
from client.requests import Enter
from client.state import Line, TableState
from client.store import Store
from protocol.messages.lists import Phase, Seat
from protocol.roulette import SPOTS, Chips, Group, Spot, neighbours

NAMES = (
    "Анна", "Boris", "Chen", "Дмитрий", "Eve", "Faruk", "Greta", "Hugo", "Ирина", "Jonas",
    "Katya", "Léa", "Marco", "Nadia", "Олег", "Pilar", "Quinn", "Rosa", "Sven", "Тамара",
)  # fmt: skip
SEATS = 5
COINS = (1, 2, 5, 5, 10, 10, 25)
POOREST = 5
"""Who has less gets up, and somebody else takes the chair."""

Chance = random.Random
Lay = dict[Spot, Chips]
Habit = Callable[[Chance, Chips], Lay]


def _spots(group: Group) -> list[Spot]:
    return [info.spot for info in SPOTS if info.group is group]


def _coin(chance: Chance, purse: Chips) -> Chips:
    """The more one has, the higher one plays."""
    return chance.choice(COINS) * (1 + (purse > 800) + (purse > 2000))


def lucky_numbers(numbers: tuple[int, ...], chance: Chance, purse: Chips) -> Lay:
    """Always the same numbers, now and then one more."""
    picked = chance.sample(numbers, chance.randint(1, len(numbers)))
    if chance.random() < 0.3:
        picked.append(chance.randrange(37))
    coin = _coin(chance, purse)
    return dict.fromkeys(picked, coin)


def even_chances(chance: Chance, purse: Chips) -> Lay:
    return {chance.choice(_spots(Group.CHANCE)): 2 * _coin(chance, purse)}


def dozens(chance: Chance, purse: Chips) -> Lay:
    """Two of the three."""
    group = chance.choice((Group.DOZEN, Group.COLUMN))
    coin = _coin(chance, purse)
    return dict.fromkeys(chance.sample(_spots(group), 2), coin)


def lines_and_corners(chance: Chance, purse: Chips) -> Lay:
    places = _spots(Group.CORNER) + _spots(Group.LINE) + _spots(Group.STREET)
    coin = _coin(chance, purse)
    return dict.fromkeys(chance.sample(places, chance.randint(1, 3)), coin)


def a_sector(chance: Chance, purse: Chips) -> Lay:
    """A number and its neighbours on the wheel."""
    coin = max(1, _coin(chance, purse) // 2)
    return dict.fromkeys(neighbours(chance.randrange(37), 2), coin)


HABITS: tuple[Habit, ...] = (
    partial(lucky_numbers, (7, 17, 23)),
    even_chances,
    dozens,
    lines_and_corners,
    a_sector,
    partial(lucky_numbers, (0, 13, 26, 32)),
)


def choose(habit: Habit, chance: Chance, purse: Chips) -> Lay:
    """What this player lays now: nothing in one round of eight, and never more than there is."""
    if chance.random() < 1 / 8:
        return {}
    lay: Lay = {}
    left = purse
    for spot, chips in habit(chance, purse).items():
        if chips <= left:
            lay[spot] = chips
            left -= chips
    return lay


@dataclass(slots=True)
class _Guest:
    name: str
    link: Link
    habit: Habit
    round: int = 0
    lays_at: float | None = None


class Company:
    """Sits down, plays, and goes when it is told to."""

    def __init__(self, host: str, port: int, store: Store, seed: int | None = None) -> None:
        self._host = host
        self._port = port
        self._store = store
        self._chance = random.Random(seed)
        self._names = list(NAMES)
        self._chance.shuffle(self._names)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="company", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._over.set()
        self._thread.join(10)

    def _run(self) -> None:
        guests = [self._guest(at) for at in range(SEATS)]
        try:
            while not self._over.is_set():
                with selectors.DefaultSelector() as selector:
                    for guest in guests:
                        selector.register(guest.link.wakeup, selectors.EVENT_READ)
                    selector.select(0.25)
                now = time.monotonic()
                guests = [self._play(guest, now) for guest in guests]
        finally:
            for guest in guests:
                guest.link.close()

    def _guest(self, at: int) -> _Guest:
        """Somebody new in this chair; when all names have played, from the first again."""
        name = self._names[0]
        self._names.append(self._names.pop(0))
        link = connect(self._host, self._port, Enter(name, Seat.PLAYER), store=self._store)
        return _Guest(name, link, HABITS[at % len(HABITS)])

    def _play(self, guest: _Guest, now: float) -> _Guest:
        guest.link.take()
        state = guest.link.state
        if state.status.line is Line.GONE or _broke(state):
            guest.link.close()
            return self._guest(HABITS.index(guest.habit))
        if not state.live or state.round.phase is not Phase.BETTING:
            return guest
        if state.round.number != guest.round:
            guest.round = state.round.number
            guest.lays_at = now + self._when(state, now)
        if guest.lays_at is not None and now >= guest.lays_at:
            guest.lays_at = None
            lay = choose(guest.habit, self._chance, state.balance)
            if lay:
                guest.link.want(requests.place(state, lay))
        return guest

    def _when(self, state: TableState, now: float) -> float:
        """Nobody lays his chips at once."""
        left = 12.0 if state.deadline is None else state.deadline - now
        return left * self._chance.uniform(0.1, 0.75)


def _broke(state: TableState) -> bool:
    return state.live and state.balance < POOREST and not state.round.own and not state.pending
