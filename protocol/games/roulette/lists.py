"""The closed lists of roulette. A number, once given, keeps its meaning for ever."""

from enum import IntEnum


class Phase(IntEnum):
    """Where a round is: bets are open, frozen, the wheel turns, the number is known."""

    BETTING = 0
    CLOSED = 1
    SPINNING = 2
    SETTLED = 3


class RoundState(IntEnum):
    """Where a round is in the books. It only goes forward; only an open one can be voided."""

    OPEN = 0
    FROZEN = 1
    REVEALED = 2
    SETTLED = 3
    VOID = 4
