"""The closed lists of roulette. A number, once given, keeps its meaning for ever."""

from enum import IntEnum


class Phase(IntEnum):
    """Where a round is: bets are open, frozen, the wheel turns, the number is known."""

    BETTING = 0
    CLOSED = 1
    SPINNING = 2
    SETTLED = 3


class WheelKind(IntEnum):
    """The wheels."""

    SINGLE = 0
    """With one zero: the numbers 0-36 and the spots 0-156."""
    DOUBLE = 1
    """With 0 and 00, which is number 37: the spots 0-163 without 39, 98 and 111."""


class Zero(IntEnum):
    """What becomes of the stake of an even chance when a zero falls."""

    NOTHING = 0
    """It is lost."""
    PARTAGE = 1
    """Half of it comes back."""
    PRISON = 2
    """It is locked for the next spin: won, it comes back without profit; else it is lost."""
    PRISON2 = 3
    """The same, but each zero locks it once more."""
    SURRENDER = 4
    """As `PARTAGE`, at a table with two zeros."""


class End(IntEnum):
    """What became of a bet."""

    PAID = 0
    """It won, or it is lost: `returned` says what came back."""
    HALVED = 1
    """Half of it came back. `returned` has the whole chips of it; two halves are a chip."""
    LOCKED = 2
    """Zero locked it: it lies on the next spot for locked stakes."""
    KEPT = 3
    """It was locked and still is, as the round was voided."""


class RoundState(IntEnum):
    """How a round ended."""

    SETTLED = 0
    VOID = 1
