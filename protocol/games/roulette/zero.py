"""What becomes of an even chance when a zero falls: the rules of a table beside its wheel.

| rule         | the stake of an even chance, when a zero falls                                |
| ------------ | ----------------------------------------------------------------------------- |
| `NOTHING`    | is lost                                                                       |
| `PARTAGE`    | half of it comes back                                                         |
| `SURRENDER`  | the same, with two zeros                                                      |
| `PRISON`     | is locked for the next spin: won, it comes back without profit; else it is    |
|              | lost, also when zero falls again                                              |
| `PRISON2`    | the same, but zero locks it once more, as often as it falls                   |

A locked stake that a later rule of the table knows nothing of comes back if its chance wins, and
is lost otherwise. Facts only, as in `rules`. Half stakes are counted in half chips.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from protocol.games.roulette.lists import End, WheelKind, Zero
from protocol.games.roulette.rules import (
    CHANCES,
    DOUBLE,
    LOCK,
    SINGLE,
    SPOTS,
    TIMES,
    ZEROS,
    Pocket,
    Spot,
    Wheel,
)
from protocol.house.fields import Chips


class Law(NamedTuple):
    """By what a round is played."""

    wheel: WheelKind = WheelKind.SINGLE
    zero: Zero = Zero.NOTHING


PLAIN = Law()
"""One zero, and it takes everything."""
WHEELS: Mapping[WheelKind, Wheel] = {WheelKind.SINGLE: SINGLE, WheelKind.DOUBLE: DOUBLE}
LAWFUL: Mapping[WheelKind, frozenset[Zero]] = {
    WheelKind.SINGLE: frozenset((Zero.NOTHING, Zero.PARTAGE, Zero.PRISON, Zero.PRISON2)),
    WheelKind.DOUBLE: frozenset((Zero.NOTHING, Zero.SURRENDER)),
}
"""Which rules go with which wheel."""

_HALVING = frozenset((Zero.PARTAGE, Zero.SURRENDER))
_LOCKING: Mapping[Zero, Iterable[Spot]] = {Zero.PRISON: CHANCES, Zero.PRISON2: LOCK}
"""The spots whose stakes are locked."""


def locks(zero: Zero, pocket: Pocket) -> Mapping[Spot, Spot]:
    """The spots whose stakes stay on the table, and where they lie then."""
    return _LOCKS[zero] if pocket in ZEROS else {}


def halves(zero: Zero, pocket: Pocket) -> frozenset[Spot]:
    """The spots of which half comes back."""
    return frozenset(CHANCES) if zero in _HALVING and pocket in ZEROS else frozenset()


_LOCKS = {zero: {spot: LOCK[spot] for spot in _LOCKING.get(zero, ())} for zero in Zero}


def in_halves(zero: Zero, spot: Spot, stake: Chips, pocket: Pocket) -> int:
    """What comes back of a stake, in half chips."""
    if spot in locks(zero, pocket):
        return 0
    return stake if spot in halves(zero, pocket) else 2 * stake * TIMES[pocket][spot]


def payout(zero: Zero, spot: Spot, stake: Chips, pocket: Pocket) -> tuple[Chips, End]:
    """What comes back of a stake, in whole chips, and how it ended."""
    end = End.HALVED if spot in halves(zero, pocket) else End.PAID
    if spot in locks(zero, pocket):
        end = End.LOCKED
    return in_halves(zero, spot, stake, pocket) // 2, end


def edge(law: Law, spot: Spot) -> Fraction:
    """What the house keeps of a stake, in the long run."""
    return 1 - _worth(WHEELS[law.wheel], law.zero, spot)


def _worth(wheel: Wheel, zero: Zero, spot: Spot) -> Fraction:
    """What a chip there brings: at once, or from where it is locked. Where it stays as it was, it
    is as if the spin had not been.
    """
    brings, spins = Fraction(0), len(wheel.pockets)
    for pocket in wheel.pockets:
        moves = locks(zero, pocket).get(spot)
        if moves == spot:
            spins -= 1
        elif moves is not None:
            brings += _worth(wheel, zero, moves)
        elif spot in halves(zero, pocket):
            brings += Fraction(1, 2)
        else:
            brings += TIMES[pocket][spot]
    return brings / spins


TOKENS: Mapping[Zero, str] = {
    Zero.NOTHING: "",
    Zero.PARTAGE: "partage",
    Zero.PRISON: "prison",
    Zero.PRISON2: "prison2",
    Zero.SURRENDER: "surrender",
}
"""As they are written in settings and in records."""
GAME_OF: Mapping[WheelKind, str] = {
    WheelKind.SINGLE: "roulette",
    WheelKind.DOUBLE: "roulette00",
}
"""The same of the wheel, as a game of its own."""
WHEEL_OF: Mapping[str, WheelKind] = {game: kind for kind, game in GAME_OF.items()}
ZERO_OF: Mapping[str, Zero] = {token: zero for zero, token in TOKENS.items()}

assert max(LOCK) == len(SPOTS) - 1
