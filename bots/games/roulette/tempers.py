"""What each kind of player lays, and how much he talks. Nothing here looks at a clock or throws its
own dice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import TypeAlias

from protocol.games.roulette.fields import SpotLimit
from protocol.games.roulette.rules import (
    ANNOUNCED,
    CHANCES,
    SINGLE,
    SPOTS,
    Group,
    Pattern,
    Spot,
    Wheel,
    finals,
    neighbour_bet,
)
from protocol.house.fields import Chips

Layout: TypeAlias = dict[Spot, Chips]

INSIDE = (Group.SPLIT, Group.CORNER, Group.LINE)
COLUMNS_AND_DOZENS = (Group.COLUMN, Group.DOZEN)
ROUND_SUMS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2500, 5000)


@dataclass
class Habit:
    """What a player keeps from round to round."""

    purse: Chips
    """What he came with: his stakes are measured against it."""
    wheel: Wheel = SINGLE
    """The table's: its layout has spots that another has not."""
    loved: tuple[Spot, ...] = ()
    """His numbers."""
    last: Layout = field(default_factory=dict)
    net: int | None = None
    """What the last round in which he bet brought; None: nothing yet."""

    def spots(self, *groups: Group) -> list[Spot]:
        """Where he can lay chips, of these kinds."""
        return [spot for spot in sorted(self.wheel.spots) if SPOTS[spot].group in groups]


def unit(purse: Chips, share: float) -> Chips:
    """A round sum that is about this share of the purse."""
    wanted = purse * share
    return max((each for each in ROUND_SUMS if each <= wanted), default=1)


def flat(habit: Habit, chance: Random) -> Layout:
    """The same small sum on one even chance, round after round."""
    spot = habit.loved[0] if habit.loved else chance.choice(CHANCES)
    habit.loved = (spot,)
    return {spot: unit(habit.purse, 0.02)}


def martingale(habit: Habit, chance: Random) -> Layout:
    """Doubles after a loss, and begins again after a win."""
    least = unit(habit.purse, 0.01)
    if not habit.last or habit.net is None or habit.net >= 0:
        return {chance.choice(CHANCES): least}
    ((spot, stake),) = list(habit.last.items())[:1]
    doubled = stake * 2
    return {spot: doubled if doubled <= habit.purse // 2 else least}


def lucky(habit: Habit, chance: Random) -> Layout:
    """Three or four numbers of his own, and their neighbours on a good day."""
    if not habit.loved:
        habit.loved = tuple(chance.sample(habit.spots(Group.STRAIGHT), chance.randint(3, 4)))
    stake = unit(habit.purse, 0.01)
    laid = dict.fromkeys(habit.loved, stake)
    if habit.net is not None and habit.net > 0:
        (pocket,) = SPOTS[habit.loved[0]].covers
        laid |= _scaled(neighbour_bet(pocket, 2, habit.wheel), stake)
    return laid


def racetrack(habit: Habit, chance: Random) -> Layout:
    """Announced bets: a sector of the wheel, or a final. Where there are none, some neighbours."""
    stake = unit(habit.purse, 0.005)
    if not habit.wheel.announced:
        middle = chance.choice(habit.wheel.order)
        return _scaled(neighbour_bet(middle, 2, habit.wheel), stake)
    if chance.random() < 0.2:
        return _scaled(finals(chance.randint(0, 9)), stake)
    return _scaled(ANNOUNCED[chance.choice(sorted(ANNOUNCED))], stake)


def spender(habit: Habit, chance: Random) -> Layout:
    """Much, in many places at once."""
    inside, numbers = habit.spots(*INSIDE), habit.spots(Group.STRAIGHT)
    laid = {spot: unit(habit.purse, 0.02) for spot in chance.sample(inside, chance.randint(3, 6))}
    laid |= {number: unit(habit.purse, 0.03) for number in chance.sample(numbers, 3)}
    laid[chance.choice(habit.spots(*COLUMNS_AND_DOZENS))] = unit(habit.purse, 0.05)
    return laid


def chatter(habit: Habit, chance: Random) -> Layout:
    """A little of this and that: he is here to talk."""
    kinds = ((Group.STRAIGHT,), INSIDE, COLUMNS_AND_DOZENS)
    choices = [spot for groups in kinds for spot in habit.spots(*groups)]
    choices += [*CHANCES] * 3
    spots = chance.sample(choices, chance.randint(1, 4))
    return {spot: unit(habit.purse, chance.choice((0.005, 0.01, 0.02))) for spot in spots}


@dataclass(frozen=True, slots=True)
class Temper:
    """A kind of player."""

    lay: Callable[[Habit, Random], Layout]
    talkative: float
    """How likely he is to say something about a round."""


TEMPERS: Mapping[str, Temper] = {
    "flat": Temper(flat, 0.04),
    "martingale": Temper(martingale, 0.08),
    "lucky": Temper(lucky, 0.12),
    "racetrack": Temper(racetrack, 0.06),
    "spender": Temper(spender, 0.12),
    "chatter": Temper(chatter, 0.6),
}


def _scaled(pattern: Pattern, stake: Chips) -> Layout:
    return {spot: units * stake for spot, units in pattern}


def allowed(
    wanted: Layout, balance: Chips, plaque: Mapping[Group, SpotLimit], table_most: Chips
) -> Layout:
    """As much of it as the purse and the plaque allow."""
    left = min(balance, table_most or balance)
    laid = {}
    for spot, chips in wanted.items():
        limit = plaque.get(SPOTS[spot].group)
        least, most = (limit.least, limit.most) if limit else (1, chips)
        stake = min(max(chips, least), most or chips, left)
        if stake >= max(least, 1):
            laid[spot] = stake
            left -= stake
    return laid
