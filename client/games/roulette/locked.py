"""Stakes that zero has locked: they lie on spots of their own, from one round to the next. Pure."""

from collections.abc import Mapping

from protocol.games.roulette.lists import End
from protocol.games.roulette.rounds import PlayerSettled
from protocol.games.roulette.rules import LOCK, SPOTS, Spot
from protocol.house.fields import Chips


def free(own: Mapping[Spot, Chips]) -> dict[Spot, Chips]:
    """What of these chips can be taken back, or laid once more."""
    return {spot: chips for spot, chips in own.items() if not SPOTS[spot].locked}


def locked(own: Mapping[Spot, Chips]) -> dict[Spot, Chips]:
    """What of these chips stays until its number falls."""
    return {spot: chips for spot, chips in own.items() if SPOTS[spot].locked}


def staying(result: PlayerSettled | None) -> dict[Spot, Chips]:
    """One's own chips that lie on the table when a round with this result is over."""
    lying: dict[Spot, Chips] = {}
    for each in result.payouts if result else ():
        if each.end is End.LOCKED and each.spot in LOCK:
            lying[LOCK[each.spot]] = lying.get(LOCK[each.spot], 0) + each.stake
        elif each.end is End.KEPT:
            lying[each.spot] = lying.get(each.spot, 0) + each.stake
    return lying
