"""Places for connections: how many there are, and who gives up theirs for a newcomer. Pure.

Every connection has a standing. It comes as SILENT; with its first valid word it is GREETED; once
it has signed in it is SPARE, and KEPT while it has a seat under a name and is not away, or has a
say in the round: who gives up the place could not show the link. Those who are silent and those
who have greeted are two queues of their own: however many strangers rush in and say nothing, none
of them takes the place of one who has greeted, and if all of them greet, none stands in the way of
one who is about to. In each queue the one that came first goes first, for who means to play has
moved on within two ways of a line.

Where the house is full, or an address has all that it may have, the longest queue makes room, be it
of those who are SPARE or of strangers: a rush takes places from itself, and guests who fill a house
give theirs. Who is KEPT never does: then it is the newcomer who goes.
"""

from collections import defaultdict
from enum import IntEnum
from typing import Generic, TypeVar

from server.limits import Limits
from server.people.origin import origin_of

T = TypeVar("T")


class Standing(IntEnum):
    """What a connection is to the house."""

    SILENT = 0
    """It has said nothing yet that the house understands."""
    GREETED = 1
    """It has sent a greeting, or a request of the classic dialect."""
    SPARE = 2
    """It has signed in, and has no name, no seat, or does nothing."""
    KEPT = 3
    """It has a seat under a name and is not away, or has a say in a round that is not over."""


MAKE_ROOM = (Standing.SPARE, Standing.SILENT, Standing.GREETED)
"""Who may have to go; of queues that are as long as each other, the first."""


class Queue(Generic[T]):
    """Those of one standing, in the order in which they came to it; by origin as well."""

    def __init__(self) -> None:
        self._by_origin: defaultdict[str, dict[T, None]] = defaultdict(dict)
        self._all: dict[T, str] = {}

    def __len__(self) -> int:
        return len(self._all)

    def add(self, who: T, origin: str) -> None:
        self._all[who] = origin
        self._by_origin[origin][who] = None

    def remove(self, who: T) -> str:
        """Whoever goes; returns the origin."""
        origin = self._all.pop(who)
        del self._by_origin[origin][who]
        if not self._by_origin[origin]:
            del self._by_origin[origin]
        return origin

    def of(self, origin: str) -> dict[T, None] | dict[T, str]:
        """Those from there, or everybody if it is empty."""
        return self._by_origin.get(origin, {}) if origin else self._all


class Places(Generic[T]):
    """Everybody who is connected."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._standing: dict[T, Standing] = {}
        self._queues: dict[Standing, Queue[T]] = {standing: Queue() for standing in Standing}

    def __len__(self) -> int:
        return len(self._standing)

    def come(self, who: T, address: str) -> list[T]:
        """Give a newcomer a place; who must go for that, which may be the newcomer."""
        origin, limits = origin_of(address), self._limits
        self._standing[who] = Standing.SILENT
        self._queues[Standing.SILENT].add(who, origin.near)
        gone = self._thin_out(Standing.SILENT, origin.near)
        most = limits.sessions_here if origin.here else limits.sessions_an_address
        if sum(len(queue.of(origin.near)) for queue in self._queues.values()) > most:
            gone += self._make_room(who, origin.near)
        if len(self) > limits.sessions:
            gone += self._make_room(who, "")
        return gone

    def move(self, who: T, standing: Standing) -> list[T]:
        """Somebody has another standing; who must go for that."""
        if who not in self._standing:
            return []
        origin = self._queues[self._standing[who]].remove(who)
        self._standing[who] = standing
        self._queues[standing].add(who, origin)
        return self._thin_out(standing, origin) if standing is Standing.GREETED else []

    def leave(self, who: T) -> None:
        """The connection is over, or was told to go."""
        if who in self._standing:
            self._queues[self._standing.pop(who)].remove(who)

    def _thin_out(self, standing: Standing, origin: str) -> list[T]:
        """Strangers of one standing are only so many."""
        queue = self._queues[standing]
        if len(queue.of(origin)) > self._limits.strangers_an_address:
            return self._send_away(next(iter(queue.of(origin))))
        if len(queue) > self._limits.strangers:
            return self._send_away(next(iter(queue.of(""))))
        return []

    def _make_room(self, newcomer: T, origin: str) -> list[T]:
        queues = (self._queues[standing].of(origin) for standing in MAKE_ROOM)
        in_order = (who for queue in sorted(queues, key=len, reverse=True) for who in queue)
        return self._send_away(next((who for who in in_order if who is not newcomer), newcomer))

    def _send_away(self, who: T) -> list[T]:
        self.leave(who)
        return [who]
